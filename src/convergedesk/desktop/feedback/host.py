"""Writes feedback from anywhere: the page, a ticket, an account and the palette."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.engagement.writing import make_edit, read_then
from convergedesk.desktop.navigator import TICKET, AccountPlace, Place
from convergedesk.desktop.palette.commands import Command
from convergedesk.domain.portfolio import own_rows, present

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.feedback.feedback_dialog import FeedbackDialog
    from convergedesk.desktop.feedback.feedback_form import FeedbackForm
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.desktop.widgets.keeping_dialog import KeepingDialog
    from convergedesk.domain.feedback import Feedback, Request, RequestId
    from convergedesk.domain.kinds import AccountId
    from convergedesk.domain.tickets import TicketId
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.feedback import FeedbackChoices, RequestDraft
    from convergedesk.workspace.session import Workspace


class _Asked(NamedTuple):
    """What the form for feedback opens with; `key` names its draft, where it may have one."""

    choices: FeedbackChoices
    time_zone: str
    item: Feedback | None = None
    request_id: RequestId | None = None
    key: str = ""
    draft: Mapping[str, Any] | None = None


def feedback_of(widget: QWidget, context: PageContext) -> FeedbackWriting:
    """The one of the widget's window."""
    found = widget.window().findChild(FeedbackWriting)
    return found if found is not None else FeedbackWriting(widget.window(), context)


class FeedbackWriting(QObject):
    """Opens the dialogs over a window and keeps what they bring."""

    def __init__(self, window: QWidget, context: PageContext) -> None:
        """Nothing is built before it is asked for."""
        super().__init__(window)
        self._window = window
        self._context = context
        self._account: AccountId | None = None
        self._ticket: TicketId | None = None
        context.navigator.arrived.connect(self._on_arrived)

    def commands(self) -> Iterable[Command]:
        """For the palette: on the ticket or the account in view, or asking whose it is."""
        yield Command(
            "feedback",
            "Add feedback" if self._account or self._ticket else "Add feedback…",
            "chat-centered-text",
            self.add_here,
            also="request wish vote feature idea customer quote",
        )

    @Slot()
    def add_here(self) -> None:
        """Add feedback from the ticket or the account in view, or ask whose it is."""
        self.add(self._account, ticket_id=self._ticket)

    def add(
        self,
        account_id: AccountId | None = None,
        *,
        ticket_id: TicketId | None = None,
        request_id: RequestId | None = None,
    ) -> None:
        """Add feedback: of an account, from a ticket, or of an account to be chosen."""

        def read(workspace: Workspace) -> _Asked:
            from convergedesk.workspace.drafts import find_draft
            from convergedesk.workspace.feedback import choices, draft_key

            offered = choices(workspace, account_id, ticket_id=ticket_id)
            key = draft_key(account_id, ticket_id)
            return _Asked(
                offered,
                _zone_of(workspace, offered.account_id),
                request_id=request_id,
                key=key,
                draft=find_draft(workspace, key),
            )

        read_then(self._context, read, self._open)

    def edit(self, item: Feedback) -> None:
        """Edit feedback."""

        def read(workspace: Workspace) -> _Asked:
            from convergedesk.workspace.feedback import choices

            offered = choices(workspace, item.account_id, ticket_id=item.ticket_id)
            return _Asked(offered, _zone_of(workspace, item.account_id), item)

        read_then(self._context, read, self._open)

    def delete(self, item: Feedback) -> None:
        """Delete feedback; the notice takes it back."""

        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.feedback import delete_feedback

            return delete_feedback(workspace, item.id)

        make_edit(self._context, change, "Feedback deleted")

    def sort(self, item: Feedback, request: Request) -> None:
        """Count feedback with a request."""

        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.feedback import sort_feedback

            return sort_feedback(workspace, item.id, request.id)

        make_edit(self._context, change, f"Counted with “{request.title}”")

    def add_request(self, *, feature: str = "") -> None:
        """Add a request, for a feature that tickets are tagged with."""
        self._request(None, feature)

    def edit_request(self, request: Request) -> None:
        """Edit a request."""
        self._request(request)

    def delete_request(self, request: Request) -> None:
        """Delete a request; what customers said stays."""

        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.feedback import delete_request

            return delete_request(workspace, request.id)

        make_edit(self._context, change, f"Request “{request.title}” deleted")

    def merge(self, request: Request, into: Request) -> None:
        """Count a request with another."""

        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.feedback import merge_requests

            return merge_requests(workspace, request.id, into.id)

        make_edit(self._context, change, f"“{request.title}” merged into “{into.title}”")

    def choose_merge(self, request: Request, others: Iterable[Request]) -> None:
        """Ask which request another is counted with."""
        from convergedesk.desktop.feedback.merge_dialog import MergeDialog

        by_id = {one.id: one for one in others if one.id != request.id}
        dialog = MergeDialog(self._window, request, list(by_id.values()))
        dialog.chosen.connect(lambda wanted: self.merge(request, by_id[wanted]))
        dialog.open()

    def split(self, request: Request) -> None:
        """Let a merged request stand for itself again."""

        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.feedback import split_request

            return split_request(workspace, request.id)

        make_edit(self._context, change, f"“{request.title}” split off")

    def keep_apart(self, request: Request, other: Request) -> None:
        """Do not offer to merge these two again."""

        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.feedback import tell_apart

            return tell_apart(workspace, request.id, other.id)

        make_edit(self._context, change, f"“{request.title}” and “{other.title}” kept apart")

    def _open(self, asked: _Asked) -> None:
        from convergedesk.desktop.clock_words import zone_of
        from convergedesk.desktop.feedback.feedback_dialog import FeedbackDialog
        from convergedesk.desktop.feedback.feedback_form import from_draft

        zone = zone_of(asked.time_zone)
        snapshot = self._context.portfolio.snapshot
        rows = () if snapshot is None else own_rows(present(snapshot.rows))
        dialog = FeedbackDialog(
            self._window,
            asked.choices,
            self._context.today(),
            zone,
            accounts=[(row.account_id, row.name) for row in rows],
            item=asked.item,
            request_id=asked.request_id,
            begun=None if asked.draft is None else from_draft(asked.draft),
        )
        dialog.submitted.connect(partial(self._keep, dialog, asked.key))
        dialog.draft_changed.connect(partial(self._keep_draft, dialog, asked.key))
        dialog.discarded.connect(partial(self._drop_draft, asked.key))
        dialog.account_chosen.connect(partial(self._offer_people, dialog))
        dialog.open(dialog.first_field)

    def _keep(self, dialog: FeedbackDialog, key: str, item: Feedback, request: RequestDraft | None) -> None:
        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace import feedback

            if item.id:
                return feedback.edit_feedback(workspace, item, request=request)
            return feedback.add_feedback(workspace, item, request=request, draft=key)

        self._submit(dialog, change, "Feedback saved" if item.id else "Feedback added")

    def _keep_draft(self, dialog: FeedbackDialog, key: str, form: FeedbackForm) -> None:
        def keep(_job: JobContext) -> None:
            from convergedesk.desktop.feedback.feedback_form import to_draft
            from convergedesk.workspace.drafts import keep_draft

            keep_draft(self._context.workspace(), key, to_draft(form))

        # A draft that cannot be kept says nothing: adding the feedback meets the same fault and tells it.
        self._context.jobs.submit(
            keep, write=True, on_done=lambda _nothing: dialog.draft_kept(), on_error=_nothing_to_say
        )

    def _drop_draft(self, key: str) -> None:
        def drop(_job: JobContext) -> None:
            from convergedesk.workspace.drafts import drop_draft

            drop_draft(self._context.workspace(), key)

        if key:
            self._context.jobs.submit(drop, write=True, on_error=_nothing_to_say)

    def _offer_people(self, dialog: FeedbackDialog, account_id: AccountId) -> None:
        def read(workspace: Workspace) -> FeedbackChoices:
            from convergedesk.workspace.feedback import choices

            return choices(workspace, account_id)

        read_then(self._context, read, lambda offered: dialog.offer_people(offered.people))

    def _request(self, request: Request | None, feature: str = "") -> None:
        def read(workspace: Workspace) -> tuple[str, ...]:
            from convergedesk.workspace.feedback import choices

            return choices(workspace).features

        def show(features: tuple[str, ...]) -> None:
            from convergedesk.desktop.feedback.request_dialog import RequestDialog

            dialog = RequestDialog(self._window, features, request, title=feature)
            dialog.submitted.connect(partial(self._keep_request, dialog, request))
            dialog.open(dialog.title_field)

        read_then(self._context, read, show)

    def _keep_request(self, dialog: KeepingDialog, request: Request | None, draft: RequestDraft) -> None:
        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace import feedback

            if request is None:
                return feedback.add_request(workspace, draft)
            return feedback.edit_request(workspace, request.id, draft)

        verb = "added" if request is None else "saved"
        self._submit(dialog, change, f"Request “{draft.title}” {verb}")

    def _submit(self, dialog: KeepingDialog, change: Callable[[Workspace], Changes], sentence: str) -> None:
        make_edit(self._context, change, sentence, on_done=dialog.accept, on_error=dialog.show_failure)

    @Slot(object)
    def _on_arrived(self, place: Place) -> None:
        argument: Any = place.argument
        on_ticket = place.page == TICKET and isinstance(argument, int)
        self._ticket = cast("TicketId", argument) if on_ticket else None
        self._account = argument.account_id if isinstance(argument, AccountPlace) else None


def _nothing_to_say(_error: Exception) -> None:
    return None


def _zone_of(workspace: Workspace, account_id: AccountId | None) -> str:
    from convergedesk.workspace.feedback import time_zone_of

    return time_zone_of(workspace, account_id)
