"""What stands behind the figures of one ticket, by their ids."""

from __future__ import annotations

from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.tickets import Ticket, TicketId, TicketQuery
from convergedesk.figures.ticket_why import TICKET_FIGURES, ticket_why
from convergedesk.figures.why import Why
from convergedesk.store import tickets as store_tickets
from convergedesk.workspace.insights import ticket_insights
from convergedesk.workspace.session import Workspace

_MOST = 200


def ticket_by_number(workspace: Workspace, text: str) -> Ticket:
    """The ticket of that number, with or without '#'.

    Raises:
        NotFoundError: There is none, or several sources have one.
    """
    number = text.strip().removeprefix("#")
    page = store_tickets.list_tickets(workspace.store, TicketQuery(text=number, limit=_MOST))
    found = [row.ticket for row in page.rows if row.ticket.number == number]
    if len(found) == 1:
        return found[0]
    shown = "".join(letter for letter in text[:60] if letter.isprintable())
    if found:
        raise NotFoundError(f"{len(found):,} tickets have the number “{shown}”.")
    raise NotFoundError(
        f"There is no ticket “{shown}” in this workspace.", fix="Look for it with: convergedesk search"
    )


def explain_ticket(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    """Behind 'ticket:NUMBER:WHAT', or None where that names no figure."""
    if len(parts) != 2 or parts[1] not in TICKET_FIGURES:
        return None
    ticket = ticket_by_number(workspace, parts[0])
    insights = ticket_insights(workspace, TicketId(ticket.id))
    episode, what = insights.episode, parts[1]
    if episode is None:
        raise NotFoundError(
            f"Nothing is measured for ticket “#{ticket.number}”: "
            "it has neither high priority nor a confirmed dip."
        )
    tickets = [store_tickets.get(workspace.store, one) for one in episode.ticket_ids]
    why = ticket_why(ticket.number, what, episode, tickets, insights.as_of)
    if why is None:
        raise NotFoundError(f"That is not measured for ticket “#{ticket.number}”.")
    return why
