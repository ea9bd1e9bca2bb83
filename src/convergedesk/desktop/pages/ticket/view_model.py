"""One ticket in its context."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from convergedesk.workspace import tickets as use_cases

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.tickets import TicketId
    from convergedesk.domain.usage import MeterId
    from convergedesk.insights.expected_range import ExpectedRange
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.insights import TicketInsights
    from convergedesk.workspace.tickets import TicketDetail

_SHOWN = frozenset({"tickets", "goals", "usage", "accounts", "insights"})


class TicketContext(NamedTuple):
    """A ticket with what it did to usage.

    Attributes:
        detail: The ticket and what stands around it.
        insights: Its effect, and that of the account's other tickets.
        expected: What each day was expected to bring, by meter; None for the total.
    """

    detail: TicketDetail
    insights: TicketInsights
    expected: Mapping[MeterId | None, ExpectedRange]


class TicketViewModel(QObject):
    """State and commands of the Ticket page."""

    loading = Signal()
    loaded = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        """Nothing is read before `show_ticket`."""
        super().__init__(parent)
        self._context = context
        self._ticket_id: TicketId | None = None
        self._shown: TicketContext | None = None
        self._reading: JobHandle | None = None
        context.changes.published.connect(self.apply_changes)
        context.changes.written_elsewhere.connect(self.reload)

    @property
    def detail(self) -> TicketDetail | None:
        """The ticket on screen, or None before the first answer."""
        return None if self._shown is None else self._shown.detail

    def show_ticket(self, ticket_id: TicketId) -> None:
        """Read a ticket with its conversation, usage, goals and neighbours."""
        if ticket_id != self._ticket_id:
            self._ticket_id = ticket_id
            self._shown = None
        self.reload()

    def reload(self) -> None:
        """Read the ticket again; what is on screen stays until the answer is there."""
        if self._ticket_id is None:
            return
        if self._reading is not None:
            self._reading.cancel()
        if self._shown is None:
            self.loading.emit()
        self._reading = self._context.jobs.submit(
            partial(_read, self._context, self._ticket_id), on_done=self._on_read, on_error=self._on_failed
        )

    def apply_changes(self, changes: Changes) -> None:
        """Read again when something on the page changed."""
        if self._shown is None or not changes.kinds & _SHOWN:
            return
        if not changes.accounts or self._shown.detail.account.id in changes.accounts:
            self.reload()

    def _on_read(self, read: TicketContext) -> None:
        if read.detail.ticket.id == self._ticket_id:
            self._shown = read
            self.loaded.emit(read)

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)


def _read(context: PageContext, ticket_id: TicketId, _job: JobContext) -> TicketContext:
    from convergedesk.workspace.insights import expected_ranges, ticket_insights

    workspace = context.workspace()
    detail = use_cases.ticket_detail(workspace, ticket_id)
    expected = expected_ranges(workspace, detail.account.id, detail.usage)
    insights = ticket_insights(workspace, ticket_id, others=(detail.ticket, *detail.others))
    return TicketContext(detail, insights, expected)
