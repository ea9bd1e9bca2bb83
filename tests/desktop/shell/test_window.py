"""The frame around the pages."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.shell.freshness import FreshnessItem, FreshnessStrip, StateChip
from convergedesk.desktop.shell.page_frame import PageFrame
from convergedesk.desktop.shell.page_host import PageSpec
from convergedesk.desktop.shell.pods import PodChoice
from convergedesk.desktop.shell.rail import RailItem
from convergedesk.desktop.shell.shortcuts import Key, KeyGroup
from convergedesk.desktop.shell.window import SMALLEST, USUAL, MainWindow
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.page_header import PageHeader

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Page(QWidget):
    built = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).built += 1
        self.opened: list[object] = []
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)

    def open(self, argument: object) -> None:
        self.opened.append(argument)

    def focus_search(self) -> None:
        self.field.setFocus()


class Account(Page):
    built = 0


class Memory:
    def __init__(self) -> None:
        self.kept: bytes | None = None

    def load(self) -> bytes | None:
        return self.kept

    def save(self, state: bytes) -> None:
        self.kept = state


def specs() -> list[PageSpec]:
    Page.built = Account.built = 0
    return [
        PageSpec("home", "Home", "house", Page),
        PageSpec("accounts", "Accounts", "buildings", QWidget),
        PageSpec("account", "Account", "buildings", Account, in_rail=False, lights="accounts"),
        PageSpec("settings", "Settings", "gear-six", QWidget, at_bottom=True),
        PageSpec("first", "Welcome", "house", QWidget, in_rail=False, bare=True),
    ]


@pytest.fixture
def window(light: Theme, qtbot: QtBot) -> MainWindow:
    main = MainWindow(specs())
    qtbot.addWidget(main)
    main.show_page("home")
    main.show()
    main.activateWindow()
    qtbot.waitUntil(main.isActiveWindow)
    return main


def test_pages_are_built_when_shown_and_kept(window: MainWindow) -> None:
    assert (Page.built, Account.built) == (1, 0)
    window.show_page("account", 7)
    window.show_page("home")
    window.show_page("account", 8)
    assert (Page.built, Account.built) == (1, 1)
    page = window.pages.page("account")
    assert isinstance(page, Account)
    assert page.opened == [7, 8]


def test_the_rail_lights_the_page_or_the_one_it_belongs_to(window: MainWindow) -> None:
    def lit() -> list[str]:
        return [item.text() for item in window.rail.findChildren(RailItem) if item.isChecked()]

    assert lit() == ["Home"]
    window.show_page("account")
    assert lit() == ["Accounts"]
    assert window.windowTitle() == "Account – ConvergeDesk"


def test_a_click_on_the_rail_asks_for_the_page(window: MainWindow, qtbot: QtBot) -> None:
    item = window.rail.findChild(RailItem, "accounts")
    assert isinstance(item, RailItem)
    with qtbot.waitSignal(window.page_requested) as asked:
        qtbot.mouseClick(item, Qt.MouseButton.LeftButton)
    assert asked.args == ["accounts"]


def test_a_click_on_the_lit_item_keeps_it_lit(window: MainWindow, qtbot: QtBot) -> None:
    item = window.rail.findChild(RailItem, "home")
    assert isinstance(item, RailItem)
    qtbot.mouseClick(item, Qt.MouseButton.LeftButton)
    assert item.isChecked()


def test_numbers_ask_for_the_rails_pages(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.page_requested) as asked:
        qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    assert asked.args == ["accounts"]
    with qtbot.assertNotEmitted(window.page_requested):
        qtbot.keyClick(window, Qt.Key.Key_8, CTRL)


def test_back_and_forward_are_asked_for(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.back_requested):
        qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    with qtbot.waitSignal(window.forward_requested):
        qtbot.mouseClick(window, Qt.MouseButton.ForwardButton)


def test_the_theme_switches_by_key(window: MainWindow, qtbot: QtBot, light: Theme) -> None:
    qtbot.keyClick(window, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert light.dark


def test_f6_goes_round_the_parts(window: MainWindow, qtbot: QtBot) -> None:
    page = window.pages.page("home")
    assert isinstance(page, Page)
    visited = []
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        visited.append(QApplication.focusWidget())
    assert page.field in visited
    assert any(isinstance(widget, RailItem) for widget in visited)
    qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is visited[1]


def test_find_goes_to_the_pages_search(window: MainWindow, qtbot: QtBot) -> None:
    page = window.pages.page("home")
    assert isinstance(page, Page)
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    assert QApplication.focusWidget() is page.field


def test_the_keys_are_listed_and_a_dialog_keeps_them_to_itself(window: MainWindow, qtbot: QtBot) -> None:
    window.set_keys([KeyGroup("On Home", (Key("N", "New note"),))])
    qtbot.keyClick(window, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    dialog = window.findChild(Dialog)
    assert isinstance(dialog, Dialog)
    texts = {label.text() for label in dialog.findChildren(Label)}
    assert {"New note", "Light or dark", "Accounts"} <= texts
    with qtbot.assertNotEmitted(window.page_requested):
        qtbot.keyClick(window, Qt.Key.Key_1, CTRL)
    dialog.reject()


def test_typing_a_question_mark_types_it(window: MainWindow, qtbot: QtBot) -> None:
    page = window.pages.page("home")
    assert isinstance(page, Page)
    page.field.setFocus()
    qtbot.keyClicks(page.field, "why?")
    assert page.field.text() == "why?"
    assert window.findChild(Dialog) is None


def test_escape_takes_a_notice_away(window: MainWindow, qtbot: QtBot) -> None:
    window.notices.show("Saved on this laptop")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.notices.current is None


def test_a_bare_page_stands_alone(window: MainWindow) -> None:
    window.show_page("first")
    assert not window.rail.isVisible()
    assert not window.top_bar.isVisible()
    window.show_page("home")
    assert window.rail.isVisible()
    assert window.top_bar.isVisible()


def test_sample_data_is_said_on_every_page(window: MainWindow) -> None:
    window.set_sample(True)
    for key in ("home", "accounts", "account"):
        window.show_page(key)
        chips = [chip for chip in window.findChildren(StateChip) if chip.isVisible()]
        assert [chip.text() for chip in chips] == ["Sample data"]


def test_size_and_place_are_remembered(light: Theme, qtbot: QtBot) -> None:
    memory = Memory()
    first = MainWindow(specs(), memory=memory)
    qtbot.addWidget(first)
    first.resize(1333, 777)
    first.show()
    first.close()
    second = MainWindow(specs(), memory=memory)
    qtbot.addWidget(second)
    # The offscreen screen is smaller than any window of ours, so Qt shrinks what it restores.
    assert memory.kept
    assert second.size() != USUAL


def test_a_memory_that_makes_no_sense_is_passed_over(light: Theme, qtbot: QtBot) -> None:
    memory = Memory()
    memory.kept = b"not a geometry"
    window = MainWindow(specs(), memory=memory)
    qtbot.addWidget(window)
    assert window.width() >= SMALLEST.width()


def test_the_bar_fits_the_smallest_window(light: Theme, qtbot: QtBot) -> None:
    window = MainWindow(specs(), search=QLineEdit())
    qtbot.addWidget(window)
    window.top_bar.pods.set_pods((PodChoice(1, "Pilot pod", 10),), 1)
    ages = [FreshnessItem(name, "12 min", "current") for name in ("CRM", "Support", "Usage", "Billing")]
    window.top_bar.set_freshness(ages)
    window.set_sample(True)
    window.top_bar.set_user("Amira Haddad")
    window.show_page("home")
    window.resize(SMALLEST)
    window.show()
    strip = window.findChild(FreshnessStrip)
    assert isinstance(strip, FreshnessStrip)
    assert strip.width() == strip.sizeHint().width()
    assert window.width() == SMALLEST.width()


def test_the_freshness_is_said_in_words(window: MainWindow) -> None:
    window.top_bar.set_freshness(
        [FreshnessItem("CRM", "12 min", "current"), FreshnessItem("Billing", "14 h", "late")]
    )
    strip = window.findChild(FreshnessStrip)
    assert isinstance(strip, FreshnessStrip)
    assert strip.accessibleName() == "CRM 12 min, up to date. Billing 14 h, late"
    window.top_bar.set_offline("08:47")
    assert not strip.isVisible()
    window.top_bar.set_offline(None)
    assert strip.isVisible()


def test_choosing_a_pod_says_which(window: MainWindow, qtbot: QtBot) -> None:
    pods = window.top_bar.pods
    pods.set_pods((PodChoice(None, "All accounts", 300), PodChoice(1, "Pilot pod", 10)), None)
    assert pods.accessibleName() == "Pod: All accounts, 300 accounts"
    actions = pods.menu().actions()
    with qtbot.waitSignal(pods.pod_changed) as chosen:
        actions[1].trigger()
    assert chosen.args == [1]
    assert "Pilot pod" in pods.accessibleName()


def test_the_state_at_the_rails_foot_says_what_waits(window: MainWindow, qtbot: QtBot) -> None:
    window.rail.set_state("cloud-slash", "Offline", "warning", 5)
    assert window.rail.state.accessibleName() == "Offline, 5 waiting"
    with qtbot.waitSignal(window.rail.state_clicked):
        qtbot.mouseClick(window.rail.state, Qt.MouseButton.LeftButton)


def test_a_page_has_less_padding_where_the_window_is_narrow(light: Theme, qtbot: QtBot) -> None:
    frame = PageFrame(PageHeader("Home"))
    qtbot.addWidget(frame)
    frame.show()
    frame.resize(1440, 800)
    wide = frame.header.x()
    frame.resize(1280, 720)
    qtbot.waitUntil(lambda: frame.header.x() != wide)
    assert (wide, frame.header.x()) == (24, 16)
