"""Driving the Notes tab: what was said and written, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from convergedesk.desktop.engagement.check_in_dialog import CheckInDialog
from convergedesk.desktop.engagement.note_dialog import NoteDialog
from convergedesk.desktop.engagement.note_view import NoteView
from convergedesk.desktop.pages.account.note_rows import EntryRow
from convergedesk.desktop.pages.account.notes_tab import NotesTab
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import CheckIn, ContactChannel, Note, Pulse
from convergedesk.workspace import check_ins, notes
from tests.desktop.engagement.writing_desk import fill_people
from tests.desktop.pages.desk import KESTREL, MARLOWE, NOW, SITE, Desk, open_desk


@pytest.fixture
def desk(light: Theme, tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path)
    fill_people(desk)
    for days, body, pulse in ((1, "They like **it**", Pulse.GOOD), (5, "Budget is tight", None)):
        notes.write_note(desk.workspace, Note(MARLOWE, NOW - timedelta(days), "Amira", body, pulse=pulse))
    held = NOW - timedelta(days=3)
    check_in = CheckIn(SITE, held, ContactChannel.CALL, "Amira", ("Dana Whitlock",), "Talked", "Send figures")
    check_ins.log_check_in(desk.workspace, check_in)
    yield desk
    desk.workspace.close()


@pytest.fixture
def tab(qtbot: QtBot, desk: Desk) -> NotesTab:
    tab = NotesTab(desk.context)
    tab.resize(1400, 800)
    qtbot.addWidget(tab)
    tab.show()
    tab.show_account(MARLOWE)
    return tab


def names(tab: NotesTab) -> list[str]:
    return [row.accessibleName() for row in tab.rows()]


def choose(row: EntryRow, text: str) -> None:
    """Choose from the row's menu."""
    next(action for action in row.findChildren(QAction) if action.text() == text).trigger()


def visible(tab: NotesTab, kind: type[Dialog]) -> Dialog:
    return next(each for each in tab.window().findChildren(kind) if each.isVisible())


def test_notes_and_check_ins_of_sites_too_stand_in_one_story(tab: NotesTab) -> None:
    assert names(tab) == [
        "Note by Amira, 9 Dec 10:00",
        "Call with Dana Whitlock, 7 Dec 10:00",
        "Note by Amira, 5 Dec 10:00",
    ]
    (first, _) = tab.findChildren(NoteView)
    assert first.toPlainText() == "They like it"


def test_one_kind_is_shown_alone(tab: NotesTab) -> None:
    tab.shown.set_value("check_ins")
    tab.shown.value_changed.emit("check_ins")
    assert names(tab) == ["Call with Dana Whitlock, 7 Dec 10:00"]


def test_a_note_is_shared_from_its_menu_and_undone(tab: NotesTab, desk: Desk) -> None:
    choose(tab.rows()[0], "Share with the customer")
    assert notes.notes(desk.workspace, MARLOWE)[0].audience is Audience.SHARED
    assert desk.notices.shown == ["The customer may see this note now"]
    choose(tab.rows()[0], "Make it internal")
    assert notes.notes(desk.workspace, MARLOWE)[0].audience is Audience.INTERNAL
    desk.notices.undo()
    assert notes.notes(desk.workspace, MARLOWE)[0].audience is Audience.SHARED


def test_both_kinds_are_deleted_and_undone(tab: NotesTab, desk: Desk) -> None:
    choose(tab.rows()[1], "Delete")
    assert len(names(tab)) == 2
    desk.notices.undo()
    choose(tab.rows()[0], "Delete")
    assert names(tab)[0] == "Call with Dana Whitlock, 7 Dec 10:00"
    desk.notices.undo()
    assert len(names(tab)) == 3


def test_entries_open_for_editing(tab: NotesTab) -> None:
    choose(tab.rows()[0], "Edit…")
    note = visible(tab, NoteDialog)
    assert isinstance(note, NoteDialog)
    assert note.text.toPlainText() == "They like **it**"
    note.reject()
    choose(tab.rows()[1], "Edit…")
    check_in = visible(tab, CheckInDialog)
    assert isinstance(check_in, CheckInDialog)
    assert check_in.time.text() == "10:00"


def test_a_new_note_appears_when_it_is_done(qtbot: QtBot, tab: NotesTab) -> None:
    next(one for one in tab.findChildren(Button) if one.text() == "Write a note").click()
    dialog = visible(tab, NoteDialog)
    assert isinstance(dialog, NoteDialog)
    qtbot.keyClicks(dialog.text, "Just now")
    dialog.reject()
    assert len(names(tab)) == 4


def test_an_account_of_which_nothing_was_written_says_so(tab: NotesTab) -> None:
    tab.show_account(KESTREL)
    assert [one for one in tab.findChildren(EmptyState) if one.isVisible()]


def test_many_entries_are_built_as_far_as_they_are_looked_at(tab: NotesTab, desk: Desk) -> None:
    for number in range(45):
        written = NOW - timedelta(days=20 + number)
        notes.write_note(desk.workspace, Note(MARLOWE, written, "Ben", f"Note {number}"))
    desk.changes.written_elsewhere.emit()
    assert len(names(tab)) == 20
    next(one for one in tab.findChildren(Button) if one.text().startswith("Show 20 more")).click()
    assert len(names(tab)) == 40
