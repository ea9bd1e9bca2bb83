"""Logging a check-in with clicks and keys."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from convergedesk.desktop.engagement.account_picker import AccountPicker
from convergedesk.desktop.engagement.check_in_dialog import CheckInDialog
from convergedesk.desktop.navigator import Place
from convergedesk.domain.engagement import ContactChannel
from convergedesk.domain.errors import DiskFullError
from convergedesk.workspace import actions, check_ins, drafts, people
from tests.desktop.engagement.writing_desk import WritingDesk
from tests.desktop.pages.desk import KESTREL, MARLOWE, QUIET, SITE

ENTER = Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_check_in_is_logged_with_the_keyboard_alone(qtbot: QtBot, writing: WritingDesk) -> None:
    writing.desk.navigator.open_account(MARLOWE)
    writing.engagement.log_here()
    dialog = writing.dialog(CheckInDialog)
    assert dialog.accessibleName() == "Check-in with Marlowe Freight"
    assert dialog.people.line.hasFocus()
    qtbot.keyClicks(dialog.people.line, "dan")
    qtbot.keyClick(dialog.people.line, ENTER)
    qtbot.keyClicks(dialog.people.line, "Iris van Loon")
    qtbot.keyClick(dialog.people.line, ENTER)
    assert dialog.people.names() == ("Dana Whitlock", "Iris van Loon")
    assert dialog.people.newcomers() == ("Iris van Loon",)
    dialog.time.clear()
    qtbot.keyClicks(dialog.time, "9:45")
    qtbot.keyClicks(dialog.summary, "Second gateway in January")
    qtbot.keyClicks(dialog.next_step, "Send the list of carriers")
    qtbot.keyClick(dialog.as_action, Qt.Key.Key_Space)
    dialog.owner.set_value("Priya Nair")
    dialog.due_on.setText("15 Dec")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.due_on, ENTER, CTRL)
    assert not writing.has(CheckInDialog)
    (logged,) = check_ins.check_ins(writing.desk.workspace, MARLOWE)
    assert logged.held_at == datetime(2026, 12, 10, 8, 45, tzinfo=UTC)
    assert (logged.author, logged.channel) == ("Amira Haddad", ContactChannel.CALL)
    assert logged.attendees == ("Dana Whitlock", "Iris van Loon")
    (action,) = actions.account_actions(writing.desk.workspace, MARLOWE)
    assert (action.owner, action.due_on) == ("Priya Nair", date(2026, 12, 15))
    assert "Iris van Loon" in [v.person.name for v in people.people_at(writing.desk.workspace, MARLOWE)]
    assert writing.desk.notices.shown == ["Check-in with Marlowe Freight logged"]
    writing.desk.notices.undo()
    assert check_ins.check_ins(writing.desk.workspace, MARLOWE) == ()
    assert actions.account_actions(writing.desk.workspace, MARLOWE) == ()


def test_without_an_account_in_view_it_asks_which(qtbot: QtBot, writing: WritingDesk) -> None:
    writing.desk.navigator.open_home()
    writing.engagement.log_here()
    picker = writing.dialog(AccountPicker)
    qtbot.keyClicks(picker.search, "kest")
    qtbot.keyClick(picker.search, ENTER)
    assert writing.dialog(CheckInDialog).choices.account_id == KESTREL


def test_on_a_ticket_its_account_is_meant(writing: WritingDesk) -> None:
    writing.desk.navigator.open_ticket(QUIET)
    writing.engagement.log_here()
    assert writing.dialog(CheckInDialog).choices.account_id == KESTREL


def test_a_second_key_does_not_open_a_second_dialog(writing: WritingDesk) -> None:
    writing.desk.navigator.open_account(MARLOWE)
    writing.engagement.log_here()
    writing.engagement.log_here()
    assert len(writing.window.findChildren(CheckInDialog)) == 1


def test_what_is_wrong_is_said_and_nothing_is_logged(qtbot: QtBot, writing: WritingDesk) -> None:
    writing.engagement.log_check_in(MARLOWE)
    dialog = writing.dialog(CheckInDialog)
    dialog.time.setText("soon")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert writing.has(CheckInDialog)
    assert dialog.time.hasFocus()
    assert check_ins.check_ins(writing.desk.workspace, MARLOWE) == ()


def test_a_full_disk_keeps_what_was_typed(
    qtbot: QtBot, writing: WritingDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFullError("There is no room left on the disk.")

    writing.engagement.log_check_in(MARLOWE)
    dialog = writing.dialog(CheckInDialog)
    qtbot.keyClicks(dialog.summary, "Talked")
    with monkeypatch.context() as patched:
        patched.setattr(check_ins, "log_check_in", full)
        dialog.save_button.click()
    assert "no room left" in dialog.failure.text()
    assert dialog.summary.toPlainText() == "Talked"
    dialog.save_button.click()
    assert len(check_ins.check_ins(writing.desk.workspace, MARLOWE)) == 1


def test_what_was_begun_comes_back_after_the_program_ended(qtbot: QtBot, writing: WritingDesk) -> None:
    writing.engagement.log_check_in(SITE)
    first = writing.dialog(CheckInDialog)
    qtbot.keyClicks(first.summary, "Half a sent")
    # The program ends or locks here: the dialog is neither logged nor given up.
    writing.engagement.keep_now()
    first.accept()
    writing.engagement.log_check_in(SITE)
    second = writing.dialog(CheckInDialog)
    assert second.summary.toPlainText() == "Half a sent"
    second.save_button.click()
    assert drafts.find_draft(writing.desk.workspace, f"check-in:{SITE}") is None


def test_giving_up_asks_first_and_then_forgets_the_draft(qtbot: QtBot, writing: WritingDesk) -> None:
    writing.engagement.log_check_in(MARLOWE)
    dialog = writing.dialog(CheckInDialog)
    qtbot.keyClicks(dialog.summary, "Never mind")
    dialog.draft_changed.emit(dialog.form())
    dialog.reject()
    assert writing.has(CheckInDialog)
    writing.button("Discard").click()
    assert not writing.has(CheckInDialog)
    assert drafts.find_draft(writing.desk.workspace, f"check-in:{MARLOWE}") is None


def test_a_logged_check_in_is_edited(writing: WritingDesk) -> None:
    writing.engagement.log_check_in(MARLOWE)
    writing.dialog(CheckInDialog).summary.setPlainText("Talked")
    writing.dialog(CheckInDialog).save_button.click()
    (logged,) = check_ins.check_ins(writing.desk.workspace, MARLOWE)
    writing.engagement.edit_check_in(logged)
    dialog = writing.dialog(CheckInDialog)
    assert not dialog.as_action.isVisible()
    dialog.channel.set_value(ContactChannel.EMAIL)
    dialog.save_button.click()
    (changed,) = check_ins.check_ins(writing.desk.workspace, MARLOWE)
    assert (changed.id, changed.channel, changed.summary) == (logged.id, ContactChannel.EMAIL, "Talked")


def test_names_are_taken_back_with_backspace(qtbot: QtBot, writing: WritingDesk) -> None:
    writing.engagement.log_check_in(MARLOWE)
    field = writing.dialog(CheckInDialog).people
    qtbot.keyClicks(field.line, "Theo Marchetti,")
    qtbot.keyClicks(field.line, "Zoe,")
    assert field.names() == ("Theo Marchetti", "Zoe")
    qtbot.keyClick(field.line, Qt.Key.Key_Backspace)
    assert field.names() == ("Theo Marchetti",)


def test_the_palette_offers_the_account_in_view(writing: WritingDesk) -> None:
    writing.desk.navigator.go(Place("home"))
    assert [command.title for command in writing.engagement.commands()] == [
        "Log a check-in…",
        "Write a note…",
        "Add an action…",
    ]
    writing.desk.navigator.open_account(MARLOWE)
    assert [command.title for command in writing.engagement.commands()] == [
        "Log a check-in with Marlowe Freight",
        "Write a note on Marlowe Freight",
        "Add an action for Marlowe Freight",
    ]
