"""One ticket in its context."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.tickets import TicketId
    from convergedesk.domain.usage import MeterId
    from convergedesk.figures.ticket_nudge import Nudge
    from convergedesk.insights.expected_range import ExpectedRange
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.ticket_context import TicketContext
    from convergedesk.workspace.tickets import TicketDetail

_PEERS_AFTER_MS = 400
_SHOWN = frozenset({"tickets", "goals", "usage", "accounts", "insights", "contracts", "billing"})


class TicketViewModel(QObject):
    """State and commands of the Ticket page.

    Signals:
        loading: Nothing of the ticket is on screen yet and a read began.
        loaded: The `TicketContext`.
        failed: The exception.
        nudged: What is worth suggesting, similar accounts looked at; comes after `loaded`.
        expected_read: A meter (None: the total), and what its days were expected to bring.
    """

    loading = Signal()
    loaded = Signal(object)
    failed = Signal(object)
    nudged = Signal(object)
    expected_read = Signal(object, object)

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

    def expect(self, meter_id: MeterId | None) -> None:
        """Work out what a meter's days were expected to bring."""
        shown = self._shown
        if shown is None:
            return

        def done(expected: ExpectedRange | None) -> None:
            if self._shown is shown:
                self.expected_read.emit(meter_id, expected)

        self._context.jobs.submit(partial(_expect, shown, meter_id), on_done=done, on_error=self._on_failed)

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
            if read.spoken and not read.nudges:
                QTimer.singleShot(_PEERS_AFTER_MS, self, partial(self._look_at_peers, read))

    def _look_at_peers(self, shown: TicketContext) -> None:
        """Once the person has stayed: who only passes by shall not wait for the next page."""
        if self._shown is not shown:
            return

        def done(found: tuple[Nudge, ...]) -> None:
            if self._shown is shown:
                self.nudged.emit(found)

        work = partial(_nudges, self._context, shown)
        self._context.jobs.submit(work, on_done=done, on_error=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)


def _read(context: PageContext, ticket_id: TicketId, _job: JobContext) -> TicketContext:
    from convergedesk.workspace.ticket_context import ticket_context

    return ticket_context(context.workspace(), ticket_id)


def _nudges(context: PageContext, shown: TicketContext, _job: JobContext) -> tuple[Nudge, ...]:
    from convergedesk.workspace.ticket_context import nudges_with_peers

    return nudges_with_peers(context.workspace(), shown)


def _expect(shown: TicketContext, meter_id: MeterId | None, _job: JobContext) -> ExpectedRange | None:
    from convergedesk.workspace.insights import expected_of_meter

    return expected_of_meter(shown.detail.usage, meter_id, shown.insights.all_episodes)
