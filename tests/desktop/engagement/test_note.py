"""Writing a note: always kept, never lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from convergedesk.desktop.engagement.note_dialog import NoteDialog
from convergedesk.desktop.theme import Theme
from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import Note, Pulse
from convergedesk.domain.errors import DiskFullError
from convergedesk.workspace import actions, notes
from tests.desktop.engagement.writing_desk import WritingDesk, writing_desk
from tests.desktop.pages.desk import MARLOWE

ENTER = Qt.Key.Key_Return


def written(writing: WritingDesk) -> tuple[Note, ...]:
    return notes.notes(writing.desk.workspace, MARLOWE)


def begin(writing: WritingDesk) -> NoteDialog:
    writing.engagement.write_note(MARLOWE)
    return writing.dialog(NoteDialog)


def image(width: int = 40, height: int = 30) -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor("teal"))
    return made


def test_a_note_is_kept_without_a_save_button(qtbot: QtBot, writing: WritingDesk) -> None:
    dialog = begin(writing)
    assert written(writing) == ()
    qtbot.keyClicks(dialog.text, "They like it")
    assert dialog.writer.unsaved
    dialog.writer.flush()
    (note,) = written(writing)
    assert (note.body, note.author, note.audience) == ("They like it", "Amira Haddad", Audience.INTERNAL)
    qtbot.keyClicks(dialog.text, " a lot")
    writing.button("Done").click()
    assert [one.body for one in written(writing)] == ["They like it a lot"]
    assert writing.desk.notices.shown == ["Note on Marlowe Freight kept"]


def test_a_note_that_says_nothing_is_not_kept(writing: WritingDesk) -> None:
    begin(writing).reject()
    assert written(writing) == ()
    assert writing.desk.notices.shown == []


def test_ending_the_program_keeps_the_last_words(qtbot: QtBot, writing: WritingDesk) -> None:
    dialog = begin(writing)
    qtbot.keyClicks(dialog.text, "Said a second ago")
    writing.engagement.keep_now()
    assert [one.body for one in written(writing)] == ["Said a second ago"]


def test_a_full_disk_keeps_the_text_on_screen_until_there_is_room(
    qtbot: QtBot, writing: WritingDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFullError("There is no room left on the disk.")

    dialog = begin(writing)
    qtbot.keyClicks(dialog.text, "Do not lose this")
    with monkeypatch.context() as patched:
        patched.setattr(notes, "write_note", full)
        dialog.reject()
        assert dialog.isVisible()
        dialog.reject()
        writing.button("Cancel").click()
        assert dialog.text.toPlainText() == "Do not lose this"
    writing.button("Try again").click()
    assert [one.body for one in written(writing)] == ["Do not lose this"]
    dialog.reject()
    assert not writing.has(NoteDialog)


def test_sharing_is_on_purpose_and_told(writing: WritingDesk) -> None:
    dialog = begin(writing)
    dialog.text.setPlainText("Agreed on 24 wards")
    dialog.audience.set_value(Audience.SHARED)
    dialog.audience.value_changed.emit(Audience.SHARED)
    dialog.reject()
    assert written(writing)[0].audience is Audience.SHARED


def test_a_pulse_may_stand_without_words(qtbot: QtBot, writing: WritingDesk) -> None:
    dialog = begin(writing)
    assert not dialog.reason.isVisible()
    dialog.pulse.set_value(Pulse.AT_RISK)
    dialog.pulse.value_changed.emit(Pulse.AT_RISK)
    assert dialog.reason.isVisible()
    qtbot.keyClicks(dialog.reason, "sponsor left")
    dialog.reject()
    (note,) = written(writing)
    assert (note.pulse, note.pulse_reason, note.body) == (Pulse.AT_RISK, "sponsor left", "")


def test_a_mention_is_completed_and_one_with_a_day_becomes_an_action(
    qtbot: QtBot, writing: WritingDesk
) -> None:
    dialog = begin(writing)
    qtbot.keyClicks(dialog.text, "@pri")
    assert dialog.text.suggestions is not None
    assert dialog.text.suggestions.isVisible()
    qtbot.keyClick(dialog.text, ENTER)
    qtbot.keyClicks(dialog.text, "send the list by 15 Dec.")
    assert dialog.text.toPlainText() == "@Priya Nair send the list by 15 Dec."
    dialog.writer.flush()
    writing.button("Add action").click()
    (action,) = actions.account_actions(writing.desk.workspace, MARLOWE)
    assert (action.title, action.owner, action.due_on) == ("Send the list", "Priya Nair", date(2026, 12, 15))
    with pytest.raises(StopIteration):
        writing.button("Add action")
    dialog.reject()
    writing.engagement.edit_note(written(writing)[0])
    with pytest.raises(StopIteration):
        writing.button("Add action")


def test_a_picture_is_pasted_kept_and_shown(qtbot: QtBot, writing: WritingDesk) -> None:
    dialog = begin(writing)
    QGuiApplication.clipboard().setImage(image())
    qtbot.keyClick(dialog.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog.writer.flush()
    (note,) = written(writing)
    (picture,) = notes.pictures_in(writing.desk.workspace, [note.body])
    assert (picture.width, picture.height, picture.media_type) == (40, 30, "image/png")
    assert note.body.strip() == f"![Picture](picture:{picture.digest})"
    assert dialog.strip.isVisible()
    dialog.reject()
    writing.engagement.edit_note(note)
    assert writing.dialog(NoteDialog).strip.isVisible()


def test_a_dropped_file_that_is_no_picture_is_refused_in_words(writing: WritingDesk, tmp_path: Path) -> None:
    dialog = begin(writing)
    path = tmp_path / "chart.png"
    path.write_bytes(b"<svg onload='alert(1)'/>")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path))])
    dialog.text.insertFromMimeData(dropped)
    assert dialog.text.toPlainText() == ""
    assert "not a picture" in dialog.said


def test_a_deleted_note_comes_back_with_undo(writing: WritingDesk) -> None:
    dialog = begin(writing)
    dialog.text.setPlainText("Keep me")
    dialog.writer.flush()
    writing.button("Delete").click()
    assert written(writing) == ()
    assert writing.desk.notices.shown[-1] == "Note deleted"
    writing.desk.notices.undo()
    assert [one.body for one in written(writing)] == ["Keep me"]


def test_the_tools_put_marks_around_words_and_before_lines(qtbot: QtBot, writing: WritingDesk) -> None:
    text = begin(writing).text
    text.setPlainText("one\ntwo")
    text.selectAll()
    text.start_lines("- ")
    assert text.toPlainText() == "- one\n- two"
    text.selectAll()
    text.start_lines("- ")
    assert text.toPlainText() == "one\ntwo"
    text.clear()
    qtbot.keyClick(text, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(text, "bold")
    assert text.toPlainText() == "**bold**"


def test_enter_goes_on_with_a_list_and_ends_it_on_an_empty_item(qtbot: QtBot, writing: WritingDesk) -> None:
    text = begin(writing).text
    qtbot.keyClicks(text, "1. first")
    qtbot.keyClick(text, ENTER)
    qtbot.keyClicks(text, "second")
    qtbot.keyClick(text, ENTER)
    assert text.toPlainText() == "1. first\n2. second\n3. "
    qtbot.keyClick(text, ENTER)
    assert text.toPlainText() == "1. first\n2. second\n"


def test_done_waits_until_the_file_has_the_last_words(qtbot: QtBot, light: Theme, tmp_path: Path) -> None:
    with writing_desk(qtbot, tmp_path, hold=True) as writing:
        jobs = writing.desk.jobs
        writing.engagement.write_note(MARLOWE)
        jobs.run_all()
        dialog = writing.dialog(NoteDialog)
        qtbot.keyClicks(dialog.text, "Last")
        dialog.writer.flush()
        qtbot.keyClicks(dialog.text, " words")
        writing.button("Done").click()
        assert dialog.isVisible()
        assert dialog.said == "Saving…"
        jobs.run_all()
        assert not writing.has(NoteDialog)
        assert writing.desk.notices.shown == ["Note on Marlowe Freight kept"]
        assert [one.body for one in written(writing)] == ["Last words"]
