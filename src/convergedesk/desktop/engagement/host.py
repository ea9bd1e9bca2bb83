"""Writes about an account from anywhere: Ctrl L, the palette, and the buttons of the account's page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.engagement.note_writing import NoteWriting
from convergedesk.desktop.engagement.writing import make_edit, read_then
from convergedesk.desktop.faults import sentence_of
from convergedesk.desktop.navigator import TICKET, AccountPlace, Place
from convergedesk.desktop.palette.commands import Command
from convergedesk.desktop.widgets.scrim import Scrim
from convergedesk.domain.errors import ConvergeDeskError

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.engagement.check_in_dialog import CheckInDialog
    from convergedesk.desktop.engagement.check_in_form import CheckInForm
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.desktop.widgets.keeping_dialog import KeepingDialog
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.engagement import Action, CheckIn, Note
    from convergedesk.domain.tickets import TicketId
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.check_ins import CheckInChoices
    from convergedesk.workspace.session import Workspace


class _Asked(NamedTuple):
    """What the form for a check-in opens with."""

    choices: CheckInChoices
    draft: Mapping[str, Any] | None = None


def engagement_of(widget: QWidget, context: PageContext) -> Engagement:
    """The one of the widget's window."""
    found = widget.window().findChild(Engagement)
    return found if found is not None else Engagement(widget.window(), context)


class Engagement(QObject):
    """Opens the dialogs over a window and keeps what they bring. One dialog at a time."""

    def __init__(self, window: QWidget, context: PageContext) -> None:
        """Nothing is built before it is asked for."""
        super().__init__(window)
        self._window = window
        self._context = context
        self._account: AccountId | None = None
        self._ticket: TicketId | None = None
        self._notes = NoteWriting(window, context)
        self._check_in: CheckInDialog | None = None
        context.navigator.arrived.connect(self._on_arrived)

    def commands(self) -> Iterable[Command]:
        """For the palette: on the account in view, or asking which."""
        name = self._name_of(self._account) if self._account is not None else ""
        more = "…" if not name else ""
        yield Command(
            "check-in",
            f"Log a check-in with {name}" if name else f"Log a check-in{more}",
            "note-pencil",
            self.log_here,
            ("Ctrl", "L"),
            "contact call meeting email",
        )
        note = f"Write a note on {name}" if name else f"Write a note{more}"
        yield Command("note", note, "note", self.write_here, also="pulse comment text")
        action = f"Add an action for {name}" if name else f"Add an action{more}"
        yield Command("action", action, "check-square", self.act_here, also="task to-do promise owner")

    @Slot()
    def log_here(self) -> None:
        """Log a check-in with the account in view, or ask with which."""
        self._with_account("Log a check-in with which account?", self.log_check_in)

    @Slot()
    def write_here(self) -> None:
        """Write a note on the account in view, or ask on which."""
        self._with_account("Write a note on which account?", self.write_note)

    @Slot()
    def act_here(self) -> None:
        """Add an action for the account in view, or ask for which."""
        self._with_account("Add an action for which account?", self.add_action)

    def log_check_in(self, account_id: AccountId) -> None:
        """Log a contact with an account; what was begun before comes back."""

        def read(workspace: Workspace) -> _Asked:
            from convergedesk.workspace.check_ins import check_in_choices, draft_key
            from convergedesk.workspace.drafts import find_draft

            draft = find_draft(workspace, draft_key(account_id))
            return _Asked(check_in_choices(workspace, account_id), draft)

        read_then(self._context, read, self._open_check_in)

    def edit_check_in(self, check_in: CheckIn) -> None:
        """Edit a contact that was logged."""

        def read(workspace: Workspace) -> _Asked:
            from convergedesk.workspace.check_ins import check_in_choices

            return _Asked(check_in_choices(workspace, check_in.account_id))

        read_then(self._context, read, partial(self._open_check_in, check_in=check_in))

    def write_note(self, account_id: AccountId) -> None:
        """Begin a note on an account."""
        self._notes.begin(account_id)

    def edit_note(self, note: Note) -> None:
        """Go on writing a note."""
        self._notes.go_on(note)

    def add_action(self, account_id: AccountId) -> None:
        """Add an action for an account."""
        from convergedesk.domain.engagement import Action

        def read(workspace: Workspace) -> tuple[_Asked, Action]:
            from convergedesk.workspace.check_ins import check_in_choices

            asked = _Asked(check_in_choices(workspace, account_id))
            return asked, Action(account_id, "", asked.choices.author, None)

        read_then(self._context, read, lambda found: self._open_action(*found))

    def edit_action(self, action: Action) -> None:
        """Edit an action."""

        def read(workspace: Workspace) -> _Asked:
            from convergedesk.workspace.check_ins import check_in_choices

            return _Asked(check_in_choices(workspace, action.account_id))

        read_then(self._context, read, lambda asked: self._open_action(asked, action))

    def keep_now(self) -> None:
        """Before the file is closed: what is being written is kept on this thread."""
        try:
            self._notes.keep_now()
            if self._check_in is not None:
                self._keep_draft_now(self._check_in)
        except ConvergeDeskError:
            # A full disk was told already while it was written, and the file must be closed all the same.
            return

    def _keep_draft_now(self, dialog: CheckInDialog) -> None:
        from convergedesk.workspace.check_ins import draft_key
        from convergedesk.workspace.drafts import keep_draft

        form = dialog.form()
        if dialog.check_in is None and not form.is_blank:
            key = draft_key(dialog.choices.account_id)
            keep_draft(self._context.workspace(), key, form.to_draft())

    def _with_account(self, question: str, then: Callable[[AccountId], None]) -> None:
        if self._covered():
            return
        if self._account is not None:
            then(self._account)
            return
        ticket_id = self._ticket
        if ticket_id is not None:

            def read(workspace: Workspace) -> AccountId:
                from convergedesk.workspace.check_ins import account_of_ticket

                return account_of_ticket(workspace, ticket_id)

            read_then(self._context, read, then)
            return
        from convergedesk.desktop.engagement.account_picker import AccountPicker

        picker = AccountPicker(self._window, question, self._context.portfolio.rows)
        picker.picked.connect(then)
        picker.open(picker.search)

    def _open_check_in(self, asked: _Asked, check_in: CheckIn | None = None) -> None:
        from convergedesk.desktop.engagement.check_in_dialog import CheckInDialog

        today = self._context.today()
        dialog = CheckInDialog(self._window, asked.choices, today, check_in=check_in, draft=asked.draft)
        dialog.submitted.connect(partial(self._log, dialog))
        dialog.draft_changed.connect(partial(self._keep_draft, asked.choices.account_id))
        dialog.accepted.connect(self._on_check_in_closed)
        dialog.rejected.connect(self._on_check_in_closed)
        self._check_in = dialog
        dialog.open(dialog.people.line)

    def _log(self, dialog: CheckInDialog, form: CheckInForm) -> None:
        from convergedesk.desktop.clock_words import zone_of

        choices = dialog.choices
        before, newcomers = dialog.check_in, dialog.people.newcomers()
        check_in = form.check_in(choices.account_id, zone_of(choices.time_zone))
        action = form.action(choices.account_id)

        def change(workspace: Workspace) -> Changes:
            from dataclasses import replace

            from convergedesk.workspace import check_ins

            if before is not None:
                kept = replace(check_in, account_id=before.account_id, id=before.id)
                return check_ins.edit_check_in(workspace, kept, newcomers=newcomers)
            return check_ins.log_check_in(workspace, check_in, newcomers=newcomers, follow_up=action)

        verb = "logged" if before is None else "saved"
        self._submit(dialog, change, f"Check-in with {choices.account_name} {verb}")

    @Slot()
    def _on_check_in_closed(self) -> None:
        self._check_in = None

    def _keep_draft(self, account_id: AccountId, form: CheckInForm | None) -> None:
        def work(_job: JobContext) -> None:
            from convergedesk.workspace import drafts
            from convergedesk.workspace.check_ins import draft_key

            workspace = self._context.workspace()
            if form is None:
                drafts.drop_draft(workspace, draft_key(account_id))
            else:
                drafts.keep_draft(workspace, draft_key(account_id), form.to_draft())

        self._context.jobs.submit(work, write=True, on_error=self._on_error)

    def _open_action(self, asked: _Asked, action: Action) -> None:
        from convergedesk.desktop.engagement.action_dialog import ActionDialog

        choices = asked.choices
        dialog = ActionDialog(self._window, choices.account_name, choices.ours, self._context.today(), action)
        dialog.submitted.connect(partial(self._keep_action, dialog))
        dialog.open(dialog.title_field)

    def _keep_action(self, dialog: KeepingDialog, action: Action) -> None:
        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace import actions

            return (
                actions.edit_action(workspace, action) if action.id else actions.add_action(workspace, action)
            )

        verb = "saved" if action.id else "added"
        self._submit(dialog, change, f"Action “{action.title}” {verb}")

    def _submit(self, dialog: KeepingDialog, change: Callable[[Workspace], Changes], sentence: str) -> None:
        make_edit(self._context, change, sentence, on_done=dialog.accept, on_error=dialog.show_failure)

    def _name_of(self, account_id: AccountId) -> str:
        rows = self._context.portfolio.snapshot.rows if self._context.portfolio.snapshot is not None else ()
        return next((row.name for row in rows if row.account_id == account_id), "")

    def _covered(self) -> bool:
        return any(scrim.isVisible() for scrim in self._window.findChildren(Scrim))

    def _on_error(self, error: Exception) -> None:
        self._context.notify(sentence_of(error), tone="critical")

    @Slot(object)
    def _on_arrived(self, place: Place) -> None:
        argument: Any = place.argument
        on_ticket = place.page == TICKET and isinstance(argument, int)
        self._ticket = cast("TicketId", argument) if on_ticket else None
        self._account = argument.account_id if isinstance(argument, AccountPlace) else None
