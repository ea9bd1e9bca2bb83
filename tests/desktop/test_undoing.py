"""Ctrl Z and Ctrl Shift Z, from wherever the person is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.shell.page_host import PageSpec
from convergedesk.desktop.shell.window import MainWindow
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.undoing import NOTHING_TO_REDO, NOTHING_TO_UNDO, UndoKeys
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.domain.goals import GoalDraft
from convergedesk.workspace import goals
from convergedesk.workspace.accounts import account_goals
from tests.desktop.pages.desk import KESTREL, Desk, open_desk

BACK = Qt.KeyboardModifier.ControlModifier
AGAIN = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    Theme.install(qapp, Mode.LIGHT)
    desk = open_desk(tmp_path)
    yield desk
    desk.workspace.close()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> MainWindow:
    window = MainWindow((PageSpec("home", "Home", "house", QLineEdit),))
    qtbot.addWidget(window)
    window.undo = UndoKeys(window, desk.context)  # pyright: ignore[reportAttributeAccessIssue]
    window.show_page("home")
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.setFocus()
    return window


def titles(desk: Desk) -> set[str]:
    return {view.goal.title for view in account_goals(desk.workspace, KESTREL)}


def test_the_keys_take_back_and_do_again(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    goals.create_goal(desk.workspace, KESTREL, GoalDraft("Faster exports", 0.0, 1.0))
    qtbot.keyClick(window, Qt.Key.Key_Z, BACK)
    assert "Faster exports" not in titles(desk)
    qtbot.keyClick(window, Qt.Key.Key_Z, AGAIN)
    assert "Faster exports" in titles(desk)
    assert desk.notices.shown == [
        "Undone: Added goal “Faster exports”",
        "Done again: Added goal “Faster exports”",
    ]


def test_with_nothing_to_undo_it_says_so(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Z, BACK)
    qtbot.keyClick(window, Qt.Key.Key_Y, BACK)
    assert desk.notices.shown == [NOTHING_TO_UNDO, NOTHING_TO_REDO]


def test_a_text_field_undoes_its_own_typing(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    goals.create_goal(desk.workspace, KESTREL, GoalDraft("Faster exports", 0.0, 1.0))
    field = window.pages.currentWidget()
    assert isinstance(field, QLineEdit)
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Z, BACK)
    assert field.text() == ""
    assert "Faster exports" in titles(desk)


def test_a_dialog_keeps_the_keys_to_itself(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    goals.create_goal(desk.workspace, KESTREL, GoalDraft("Faster exports", 0.0, 1.0))
    dialog = Dialog(window, "Anything")
    dialog.body.addWidget(QWidget())
    dialog.open()
    qtbot.keyClick(window, Qt.Key.Key_Z, BACK)
    assert desk.notices.shown == []


def test_a_conflict_is_told_and_nothing_changes(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    goals.create_goal(desk.workspace, KESTREL, GoalDraft("Faster exports", 0.0, 1.0))
    with desk.workspace.store.write() as connection:
        connection.exec_driver_sql("UPDATE goals SET title = 'Imported' WHERE title = 'Faster exports'")
    qtbot.keyClick(window, Qt.Key.Key_Z, BACK)
    assert "has been changed since" in desk.notices.shown[0]
    assert "Imported" in titles(desk)
