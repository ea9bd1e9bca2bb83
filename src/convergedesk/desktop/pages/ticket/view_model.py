"""One ticket in its context."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from convergedesk.workspace import tickets as use_cases

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.tickets import TicketId
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.tickets import TicketDetail


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
        self._detail: TicketDetail | None = None
        self._reading: JobHandle | None = None
        context.changes.published.connect(self.apply_changes)
        context.changes.written_elsewhere.connect(self.reload)

    @property
    def detail(self) -> TicketDetail | None:
        """The ticket on screen, or None before the first answer."""
        return self._detail

    def show_ticket(self, ticket_id: TicketId) -> None:
        """Read a ticket with its conversation, usage, goals and neighbours."""
        if ticket_id != self._ticket_id:
            self._ticket_id = ticket_id
            self._detail = None
        self.reload()

    def reload(self) -> None:
        """Read the ticket again; what is on screen stays until the answer is there."""
        if self._ticket_id is None:
            return
        if self._reading is not None:
            self._reading.cancel()
        if self._detail is None:
            self.loading.emit()
        self._reading = self._context.jobs.submit(
            partial(_read, self._context, self._ticket_id), on_done=self._on_read, on_error=self._on_failed
        )

    def apply_changes(self, changes: Changes) -> None:
        """Read again when something on the page changed."""
        if self._detail is None or not changes.kinds & {"tickets", "goals", "usage", "accounts"}:
            return
        if not changes.accounts or self._detail.account.id in changes.accounts:
            self.reload()

    def _on_read(self, detail: TicketDetail) -> None:
        if detail.ticket.id == self._ticket_id:
            self._detail = detail
            self.loaded.emit(detail)

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)


def _read(context: PageContext, ticket_id: TicketId, _job: JobContext) -> TicketDetail:
    return use_cases.ticket_detail(context.workspace(), ticket_id)
