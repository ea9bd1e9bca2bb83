"""Keeps the answers to a ticket's two questions; what could not be kept is shown again and tried again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from convergedesk.desktop.faults import sentence_of
from convergedesk.domain.audience import Audience

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.domain.tickets import TicketId
    from convergedesk.workspace.changes import Changes


class Answers(NamedTuple):
    """Both answers, and who may see them."""

    trying_to: str = ""
    blocks: str = ""
    audience: Audience = Audience.INTERNAL


class AnswerWriter(QObject):
    """Writes in order, each ticket's answers to that ticket.

    Signals:
        kept: What was last written about the present ticket is in the file.
        refused: A sentence: it could not be kept.
    """

    kept = Signal()
    refused = Signal(str)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        """Nothing is written before `write`."""
        super().__init__(parent)
        self._context = context
        self._ticket_id: TicketId | None = None
        self._audience = Audience.INTERNAL
        self._unsaved: dict[TicketId, Answers] = {}

    @property
    def ticket_id(self) -> TicketId | None:
        """The ticket that is being written about."""
        return self._ticket_id

    @property
    def audience(self) -> Audience:
        """Who may see its answers."""
        return self._audience

    @property
    def is_unsaved(self) -> bool:
        """True while something about the present ticket could not be kept."""
        return self._ticket_id in self._unsaved

    def begin(self, ticket_id: TicketId, kept: Answers) -> Answers:
        """Write about another ticket from here on; returns what to show of it."""
        self._ticket_id = ticket_id
        self._audience = kept.audience
        return self._unsaved.get(ticket_id, kept)

    def write(self, answers: Answers) -> bool:
        """Begin to keep what was typed; False before a ticket is shown."""
        ticket_id = self._ticket_id
        if ticket_id is None:
            return False
        self._context.jobs.submit(
            partial(_write, self._context, ticket_id, answers),
            write=True,
            on_done=partial(self._on_kept, ticket_id),
            on_error=partial(self._on_error, ticket_id, answers),
        )
        return True

    def _on_kept(self, ticket_id: TicketId, changes: Changes) -> None:
        self._unsaved.pop(ticket_id, None)
        if ticket_id == self._ticket_id:
            self.kept.emit()
        self._context.changes.publish(changes)

    def _on_error(self, ticket_id: TicketId, answers: Answers, error: Exception) -> None:
        self._unsaved[ticket_id] = answers
        if ticket_id == self._ticket_id:
            self.refused.emit(sentence_of(error))
        else:
            self._context.notify(
                f"What you wrote about the ticket before is not saved: {sentence_of(error)}", tone="critical"
            )


def _write(context: PageContext, ticket_id: TicketId, answers: Answers, _job: JobContext) -> Changes:
    from convergedesk.workspace.ticket_notes import write_answers

    return write_answers(
        context.workspace(),
        ticket_id,
        trying_to=answers.trying_to,
        blocks=answers.blocks,
        audience=answers.audience,
    )
