"""What lies over a window: dialogs, notices, drawers; and what stands in for content."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.dialog import Dialog, confirmation
from convergedesk.desktop.widgets.drawer import Drawer
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.notice import Notice, Notices
from convergedesk.desktop.widgets.scrim import Scrim
from convergedesk.desktop.widgets.side_columns import SideColumns
from convergedesk.desktop.widgets.skeleton import Skeleton
from convergedesk.desktop.widgets.states import EmptyState, ErrorState, Loading


@pytest.fixture
def window(light: Theme, qtbot: QtBot) -> QWidget:
    host = QWidget()
    column = QVBoxLayout(host)
    column.addWidget(QLineEdit("behind"))
    qtbot.addWidget(host)
    host.resize(1440, 900)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    return host


def behind(window: QWidget) -> QLineEdit:
    field = window.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    return field


def test_a_dialog_takes_the_keyboard_and_gives_it_back(window: QWidget, qtbot: QtBot) -> None:
    behind(window).setFocus()
    dialog = Dialog(window, "Edit goal")
    field = QLineEdit()
    dialog.body.addWidget(field)
    dialog.open()
    assert QApplication.focusWidget() is field
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is behind(window)


def test_tab_goes_round_inside_a_dialog(window: QWidget, qtbot: QtBot) -> None:
    dialog = Dialog(window, "Edit goal")
    field = QLineEdit()
    dialog.body.addWidget(field)
    save = dialog.add_button("Save", "primary")
    dialog.open()
    seen = []
    for _ in range(4):
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(seen[-1], Qt.Key.Key_Tab)
    assert seen[0] is field
    assert seen[1] is save
    assert seen[3] is field
    assert behind(window) not in seen
    qtbot.keyClick(field, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert dialog.isAncestorOf(focused)
    dialog.reject()


def test_a_dialog_stands_inside_its_window(window: QWidget, qtbot: QtBot) -> None:
    dialog = Dialog(window, "Edit goal")
    dialog.body.addWidget(Label("A sentence that is long enough to wrap. " * 6, wrap=True))
    dialog.open()
    assert dialog.width() == 640
    assert dialog.y() == 96
    assert dialog.height() >= dialog.sizeHint().height() // 2
    window.resize(500, 300)
    assert dialog.geometry().left() >= 24
    assert dialog.geometry().right() <= 500 - 24
    dialog.reject()


def test_ctrl_enter_presses_the_primary_button(window: QWidget, qtbot: QtBot) -> None:
    dialog = confirmation(window, "Delete goal?", "It is gone for good.", "Delete goal")
    dialog.open()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_dialog_ends_once(window: QWidget, qtbot: QtBot) -> None:
    dialog = confirmation(window, "Delete?", "Gone for good.", "Delete", destructive=True)
    ends = []
    dialog.accepted.connect(lambda: ends.append("accepted"))
    dialog.rejected.connect(lambda: ends.append("rejected"))
    dialog.open()
    dialog.accept()
    dialog.reject()
    assert ends == ["accepted"]


def test_a_click_beside_a_dialog_closes_it_and_one_on_it_does_not(window: QWidget, qtbot: QtBot) -> None:
    dialog = Dialog(window, "Keys")
    dialog.open()
    with qtbot.assertNotEmitted(dialog.rejected):
        qtbot.mouseClick(dialog, Qt.MouseButton.LeftButton)
    scrim = window.findChild(Scrim)
    assert scrim is not None
    with qtbot.waitSignal(dialog.rejected):
        qtbot.mouseClick(scrim, Qt.MouseButton.LeftButton, pos=scrim.rect().bottomLeft())


def test_a_notice_can_be_undone_once(window: QWidget, qtbot: QtBot) -> None:
    undone = []
    notices = Notices(window)
    notices.show("Goal deleted", lambda: undone.append("goal"))
    notice = notices.current
    assert isinstance(notice, Notice)
    assert notice.accessibleName() == "Goal deleted"
    button = notice.findChild(QPushButton)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert undone == ["goal"]
    assert notices.current is None


def test_a_new_notice_takes_the_place_of_the_old(window: QWidget) -> None:
    notices = Notices(window)
    notices.show("First")
    notices.show("Second", tone="warning")
    assert notices.current is not None
    assert notices.current.accessibleName() == "Second"
    notices.clear()


def test_a_notice_stays_at_the_foot_of_its_window(window: QWidget) -> None:
    notices = Notices(window, left=104)
    notices.show("Saved on this laptop")
    window.resize(1300, 740)
    assert notices.current is not None
    assert notices.current.geometry().bottom() < 740
    assert notices.current.x() == 104
    notices.clear()


@pytest.fixture
def columns(light: Theme, qtbot: QtBot) -> Iterator[SideColumns]:
    side = QWidget()
    column = QVBoxLayout(side)
    column.addWidget(Button("Draft message"))
    widget = SideColumns(QWidget(), side, "Needs a check-in")
    host = QWidget()
    host.setObjectName("host")
    QVBoxLayout(host).addWidget(widget)
    qtbot.addWidget(host)
    host.resize(1440, 800)
    host.show()
    yield widget
    host.close()


def test_the_right_column_becomes_a_drawer_and_comes_back(columns: SideColumns, qtbot: QtBot) -> None:
    host = columns.window()
    button = host.findChild(Button)
    assert button is not None
    assert button.isVisible()
    assert not columns.narrow
    host.resize(1280, 800)
    assert columns.narrow
    assert not button.isVisible()
    assert columns.tab.isVisible()
    assert columns.tab.geometry().right() == 1279
    host.resize(1440, 800)
    assert button.isVisible()
    assert not columns.tab.isVisible()


def test_the_drawer_opens_by_its_tab_and_closes_by_escape(columns: SideColumns, qtbot: QtBot) -> None:
    host = columns.window()
    host.resize(1280, 800)
    columns.set_count(3)
    assert columns.tab.accessibleName() == "Needs a check-in, 3"
    qtbot.mouseClick(columns.tab, Qt.MouseButton.LeftButton)
    drawer = host.findChild(Drawer)
    button = host.findChild(Button)
    assert drawer is not None
    assert button is not None
    assert drawer.isAncestorOf(button)
    assert button.isVisible()
    qtbot.keyClick(drawer, Qt.Key.Key_Escape)
    assert not button.isVisible()
    assert columns.isAncestorOf(button)


def test_growing_wide_closes_the_drawer(columns: SideColumns, qtbot: QtBot) -> None:
    host = columns.window()
    host.resize(1280, 800)
    columns.open_drawer()
    host.resize(1440, 800)
    button = host.findChild(Button)
    assert button is not None
    assert columns.isAncestorOf(button)
    assert button.isVisible()


def test_details_are_copied_and_never_shown(light: Theme, qtbot: QtBot) -> None:
    state = ErrorState(
        "Billing could not be read", "Data stays as of 8 Dec.", fix="Renew key", details="HTTP 401"
    )
    qtbot.addWidget(state)
    state.show()
    texts = [label.text() for label in state.findChildren(Label)]
    assert not any("401" in text for text in texts)
    fix, copy = state.findChildren(Button)
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "HTTP 401"
    with qtbot.waitSignal(state.fix_clicked):
        qtbot.mouseClick(fix, Qt.MouseButton.LeftButton)


def test_an_error_without_a_fix_offers_none(light: Theme, qtbot: QtBot) -> None:
    state = ErrorState("The file is damaged")
    qtbot.addWidget(state)
    state.show()
    assert not any(button.isVisible() for button in state.findChildren(Button))


def test_an_empty_place_has_one_action(light: Theme, qtbot: QtBot) -> None:
    state = EmptyState("calendar-blank", "No reviews planned yet", "Start one.", "Prepare a review")
    qtbot.addWidget(state)
    state.show()
    button = state.findChild(Button)
    assert button is not None
    with qtbot.waitSignal(state.action_clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_skeleton_comes_only_when_reading_is_slow(light: Theme, qtbot: QtBot) -> None:
    content = QWidget()
    loading = Loading(content)
    qtbot.addWidget(loading)
    loading.start()
    assert not isinstance(loading.currentWidget(), Skeleton)
    qtbot.waitUntil(lambda: isinstance(loading.currentWidget(), Skeleton))
    loading.finish()
    assert loading.currentWidget() is content


def test_old_content_stays_while_new_is_read(light: Theme, qtbot: QtBot) -> None:
    content = QWidget()
    loading = Loading(content)
    qtbot.addWidget(loading)
    loading.finish()
    loading.start()
    assert loading.currentWidget() is content


def test_a_state_stands_in_for_content_until_it_is_there(light: Theme, qtbot: QtBot) -> None:
    content = QWidget()
    loading = Loading(content)
    qtbot.addWidget(loading)
    state = EmptyState("ticket", "No tickets")
    loading.show_instead(state)
    assert loading.currentWidget() is state
    loading.finish()
    assert loading.currentWidget() is content
