"""Writing over the program's own window: keys, commands, and what screen readers are told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.desk import Desk
from convergedesk.desktop.engagement.account_picker import AccountPicker
from convergedesk.desktop.engagement.action_dialog import ActionDialog
from convergedesk.desktop.engagement.check_in_dialog import CheckInDialog
from convergedesk.desktop.engagement.note_dialog import NoteDialog
from convergedesk.desktop.jobs import InlineJobs
from convergedesk.desktop.session import Session
from convergedesk.desktop.theme import Theme
from convergedesk.domain.engagement import Action, Note, Pulse
from convergedesk.workspace import actions, notes
from convergedesk.workspace.portfolio import home
from tests.desktop.engagement.writing_desk import fill_people
from tests.desktop.pages.desk import KEY, MARLOWE, NOW, open_desk

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot: QtBot, light: Theme, tmp_path: Path) -> Iterator[Desk]:
    prepared = open_desk(tmp_path)
    fill_people(prepared)
    note = Note(
        MARLOWE, NOW, "Amira", "Ask @Priya Nair by 15 Dec", pulse=Pulse.UNSURE, pulse_reason="no lead"
    )
    notes.write_note(prepared.workspace, note)
    actions.add_action(prepared.workspace, Action(MARLOWE, "Send figures", "Priya Nair", NOW.date()))
    path = prepared.workspace.path
    prepared.workspace.close()
    session = Session(path, KEY)
    desk = Desk(session, InlineJobs())
    desk.begin(home(session.workspace()))
    desk.expect_warm()
    desk.navigator.open_home()
    desk.window.resize(1440, 900)
    desk.window.show()
    yield desk
    desk.stop()
    desk.window.hide()
    desk.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    session.close()


def visible(desk: Desk, kind: type[QWidget]) -> list[QWidget]:
    return [each for each in desk.window.findChildren(kind) if each.isVisible()]


def nameless(within: QWidget) -> list[str]:
    """What can have the keyboard and is told to nobody."""
    found: list[str] = []
    for widget in [within, *within.findChildren(QWidget)]:
        if not widget.isVisible() or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if not told.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def test_ctrl_l_logs_with_the_account_in_view_or_asks_which(qtbot: QtBot, desk: Desk) -> None:
    qtbot.keyClick(desk.window, Qt.Key.Key_L, CTRL)
    (picker,) = visible(desk, AccountPicker)
    qtbot.keyClick(picker, Qt.Key.Key_Escape)
    assert not visible(desk, AccountPicker)
    desk.navigator.open_account(MARLOWE)
    qtbot.keyClick(desk.window, Qt.Key.Key_L, CTRL)
    assert visible(desk, CheckInDialog)


def test_what_is_being_written_is_kept_when_the_window_goes(desk: Desk) -> None:
    desk.navigator.open_account(MARLOWE)
    desk.engagement.write_here()
    (dialog,) = visible(desk, NoteDialog)
    assert isinstance(dialog, NoteDialog)
    dialog.text.setPlainText("Last words")
    desk.stop()
    assert "Last words" in [note.body for note in notes.notes(desk.session.workspace(), MARLOWE)]


def test_the_palette_has_the_three_commands(desk: Desk) -> None:
    titles = [command.title for command in desk.palette.commands.all()]
    assert {"Log a check-in…", "Write a note…", "Add an action…", "Go to Actions"} <= set(titles)


@pytest.mark.parametrize("tab", ["people", "notes", "actions", "timeline"])
def test_every_control_of_a_tab_has_a_name(desk: Desk, tab: str) -> None:
    desk.navigator.open_account(MARLOWE, tab)
    page = desk.window.pages.currentWidget()
    assert page is not None
    assert nameless(page) == []


def test_every_control_of_the_actions_page_has_a_name(desk: Desk) -> None:
    desk.navigator.open_actions()
    page = desk.window.pages.currentWidget()
    assert page is not None
    assert nameless(page) == []


def test_every_control_of_the_dialogs_has_a_name(desk: Desk) -> None:
    workspace = desk.session.workspace()
    (note,) = notes.notes(workspace, MARLOWE)
    (action,) = actions.account_actions(workspace, MARLOWE)
    for begin, kind in (
        (lambda: desk.engagement.log_check_in(MARLOWE), CheckInDialog),
        (lambda: desk.engagement.edit_note(note), NoteDialog),
        (lambda: desk.engagement.edit_action(action), ActionDialog),
        (desk.engagement.log_here, AccountPicker),
    ):
        begin()
        (dialog,) = visible(desk, kind)
        assert nameless(dialog) == []
        dialog.reject()  # pyright: ignore[reportAttributeAccessIssue]
