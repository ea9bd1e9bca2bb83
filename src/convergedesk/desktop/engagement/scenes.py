"""Pictures of people, notes, check-ins and actions."""

from __future__ import annotations

from typing import Any

from convergedesk.desktop.desk import Desk
from convergedesk.desktop.picture_stage import Stage
from convergedesk.domain.accounts import AccountId


def engagement(stage: Stage) -> None:
    """The tabs of an account where much was written, and the actions of all accounts."""
    told = _told_most(stage)
    if told is None:
        return
    desk = stage.desk(stage.snapshot)
    try:
        for tab in ("people", "notes", "actions"):
            desk.navigator.open_account(told, tab)
            stage.shoot(f"account-{tab}", desk.window)
        page: Any = desk.window.pages.currentWidget()
        if stage.narrow:
            desk.navigator.open_account(told, "notes")
            page.tab_widget("notes").columns.open_drawer()
            stage.shoot("account-notes-drawer", desk.window)
            page.tab_widget("notes").columns.close_drawer()
        desk.navigator.open_account(told, "timeline")
        timeline = page.tab_widget("timeline")
        timeline.period.set_value(90)
        stage.shoot("account-timeline-narrowed", desk.window)
        desk.navigator.open_actions()
        stage.shoot("actions", desk.window)
        actions: Any = desk.window.pages.currentWidget()
        actions.model.search("no such action")
        stage.shoot("actions-no-match", desk.window)
    finally:
        stage.put_away(desk.window)
    _lost_and_bare(stage)


def engagement_dialogs(stage: Stage) -> None:
    """Logging a check-in, writing a note, adding an action and a person."""
    told = _told_most(stage)
    if told is None:
        return
    _check_in(stage, told)
    _note(stage, told)
    _small(stage, told)


def _check_in(stage: Stage, account_id: AccountId) -> None:
    from convergedesk.desktop.engagement.check_in_dialog import CheckInDialog

    with_desk = stage.desk(stage.snapshot)
    with_desk.navigator.open_account(account_id)
    with_desk.engagement.log_here()
    dialog = with_desk.window.findChildren(CheckInDialog)[-1]
    dialog.time.setText("14:30")
    stage.shoot("check-in", with_desk.window)
    dialog.people.set_names([*(one.name for one in dialog.choices.persons[:1]), "Iris van Loon"])
    dialog.summary.setPlainText(
        "Iris leads the second gateway from January. She wants the list of carriers first."
    )
    dialog.next_step.setText("Send Iris the list of carriers")
    dialog.as_action.click()
    stage.shoot("check-in-filled", with_desk.window)
    dialog.summary.setPlainText("")
    dialog.time.setText("half past")
    dialog.save_button.click()
    stage.shoot("check-in-faults", with_desk.window)
    stage.put_away(with_desk.window)
    asking = stage.desk(stage.snapshot)
    asking.engagement.log_here()
    stage.shoot("check-in-which-account", asking.window)
    stage.put_away(asking.window)


def _note(stage: Stage, account_id: AccountId) -> None:
    from convergedesk.desktop.engagement.note_dialog import NoteDialog
    from convergedesk.workspace.notes import notes

    desk = stage.desk(stage.snapshot)
    desk.navigator.open_account(account_id, "notes")
    desk.engagement.write_here()
    dialog = desk.window.findChildren(NoteDialog)[-1]
    stage.shoot("note-new", desk.window)
    dialog.reject()
    written = notes(stage.session.workspace(), account_id)
    longest = max(written, key=lambda note: len(note.body), default=None)
    if longest is not None:
        desk.engagement.edit_note(longest)
        dialog = desk.window.findChildren(NoteDialog)[-1]
        stage.shoot("note", desk.window)
        dialog.mode.set_value("read")
        stage.shoot("note-read", desk.window)
    stage.put_away(desk.window)


def _small(stage: Stage, account_id: AccountId) -> None:
    desk = stage.desk(stage.snapshot)
    desk.navigator.open_account(account_id, "actions")
    desk.engagement.act_here()
    stage.shoot("action-dialog", desk.window)
    stage.put_away(desk.window)
    desk = stage.desk(stage.snapshot)
    desk.navigator.open_account(account_id, "people")
    _open_first_person(desk)
    stage.shoot("person-dialog", desk.window)
    stage.put_away(desk.window)


def _open_first_person(desk: Desk) -> None:
    page: Any = desk.window.pages.currentWidget()
    table = page.tab_widget("people").table
    if table.rows_model.rows:
        table.activated_id.emit(table.rows_model.id_at(0))


def _lost_and_bare(stage: Stage) -> None:
    """An account whose champion left, and one of which nothing was written."""
    from convergedesk.workspace.accounts import account_header
    from convergedesk.workspace.notes import notes

    workspace = stage.session.workspace()
    ids = [row.account_id for row in stage.snapshot.rows]
    lost = next((one for one in ids if account_header(workspace, one).lost), None)
    bare = next((one for one in ids if not notes(workspace, one)), None)
    desk = stage.desk(stage.snapshot)
    if lost is not None:
        desk.navigator.open_account(lost, "people")
        stage.shoot("account-champion-left", desk.window)
    if bare is not None:
        for tab in ("notes", "actions"):
            desk.navigator.open_account(bare, tab)
            stage.shoot(f"account-sparse-{tab}", desk.window)
    stage.put_away(desk.window)


def _told_most(stage: Stage) -> AccountId | None:
    from convergedesk.workspace.notes import notes

    workspace = stage.session.workspace()
    ids = [row.account_id for row in stage.snapshot.rows]
    return max(ids, key=lambda one: (len(notes(workspace, one)), -one), default=None)
