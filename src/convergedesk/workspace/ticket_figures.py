"""What stands behind the figures of one ticket, by their ids."""

from __future__ import annotations

from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.tickets import Ticket, TicketQuery
from convergedesk.figures.service_flags import FlagKind
from convergedesk.figures.ticket_row_why import ROW_FIGURES, ticket_row_why
from convergedesk.figures.ticket_why import TICKET_FIGURES, ticket_figure_id, ticket_why
from convergedesk.figures.timeline import zone_of
from convergedesk.figures.why import Why
from convergedesk.store import accounts as store_accounts
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
    if len(parts) == 3 and parts[1] == "nudge":
        return _nudge(workspace, ticket_by_number(workspace, parts[0]), parts[2])
    if len(parts) != 2:
        return None
    what = parts[1]
    if what in ROW_FIGURES:
        return _row(workspace, ticket_by_number(workspace, parts[0]), what)
    if what in set(FlagKind):
        return _flag(workspace, ticket_by_number(workspace, parts[0]), what)
    if what == "cost":
        return _cost(workspace, ticket_by_number(workspace, parts[0]))
    return _effect(workspace, ticket_by_number(workspace, parts[0]), what) if what in TICKET_FIGURES else None


def _effect(workspace: Workspace, ticket: Ticket, what: str) -> Why:
    insights = ticket_insights(workspace, ticket.id)
    episode = insights.episode
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


def _row(workspace: Workspace, ticket: Ticket, what: str) -> Why:
    account = store_accounts.get(workspace.store, ticket.account_id)
    why = ticket_row_why(ticket, what, zone_of(account.time_zone), workspace.today)
    if why is None:
        raise NotFoundError(f"The support desk does not state that for ticket “#{ticket.number}”.")
    return why


def _flag(workspace: Workspace, ticket: Ticket, what: str) -> Why:
    from convergedesk.workspace.ticket_context import ticket_context

    flags = ticket_context(workspace, ticket.id).flags
    found = next((flag for flag in flags if flag.kind.value == what), None)
    if found is None:
        raise NotFoundError(f"Ticket “#{ticket.number}” has no such sign.")
    return found.why


def _nudge(workspace: Workspace, ticket: Ticket, meter: str) -> Why:
    from convergedesk.workspace.ticket_context import nudges_with_peers, ticket_context

    wanted = ticket_figure_id(ticket.number, "nudge", meter)
    suggested = nudges_with_peers(workspace, ticket_context(workspace, ticket.id))
    found = [one.why for one in suggested if one.why.figure_id == wanted]
    if not found:
        raise NotFoundError(f"Nothing of that name is worth suggesting for ticket “#{ticket.number}”.")
    return found[0]


def _cost(workspace: Workspace, ticket: Ticket) -> Why:
    from convergedesk.figures.cost_words import why_cost
    from convergedesk.workspace.ticket_context import ticket_context

    cost = ticket_context(workspace, ticket.id).cost
    if cost is None:
        raise NotFoundError(
            f"What ticket “#{ticket.number}” cost is not known: no dip in usage is confirmed."
        )
    return why_cost(cost, ticket.number)
