"""What stands behind the figures of a ticket in lists: its times and its rating."""

from __future__ import annotations

from datetime import date, tzinfo

from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.tickets import Ticket, TicketStatus
from convergedesk.figures.ticket_why import ticket_figure_id, ticket_rows
from convergedesk.figures.why import Why
from convergedesk.figures.wording import count, day, number

ROW_FIGURES = ("to-closing", "response", "rating")
_USES = ((SystemKind.SUPPORT, "for the ticket"),)


def ticket_row_why(ticket: Ticket, what: str, zone: tzinfo, today: date) -> Why | None:
    """Behind one of `ROW_FIGURES`; None where the ticket does not have it. Days are those of `zone`."""
    if what == "to-closing":
        return _to_closing(ticket, zone, today)
    if what == "response" and ticket.first_response_minutes is not None:
        return _response(ticket, ticket.first_response_minutes)
    if what == "rating" and ticket.satisfaction is not None:
        return _rating(ticket, ticket.satisfaction)
    return None


def _to_closing(ticket: Ticket, zone: tzinfo, today: date) -> Why | None:
    opened = ticket.opened_at.astimezone(zone).date()
    closed = None if ticket.closed_at is None else ticket.closed_at.astimezone(zone).date()
    if closed is None and ticket.status is TicketStatus.CLOSED:
        return None
    end, word = (today, "today") if closed is None else (closed, "final resolution")
    days = count(max((end - opened).days, 0), "day")
    caution = "" if closed is not None else "It is still open: this is how long it has waited."
    if ticket.reopens:
        caution = (
            f"{caution} It was opened again {count(ticket.reopens, 'time')}; the last end counts.".strip()
        )
    return Why(
        title="To closing",
        definition="Whole days from opening to the final resolution, in the account's time zone.",
        formula=f"{day(end)} {word} − {day(opened)} opened = {days}",
        caution=caution,
        figure=days,
        figure_id=ticket_figure_id(ticket.number, "to-closing"),
        behind=ticket_rows([ticket]),
        uses=_USES,
    )


def _response(ticket: Ticket, minutes: int) -> Why:
    return Why(
        title="First response time",
        definition="Minutes from opening to the first public answer, as the support desk states it.",
        formula=f"{number(minutes)} min, as stated by the support desk",
        caution="It says how fast somebody answered, not whether the customer got value back.",
        figure=f"{number(minutes)} min",
        figure_id=ticket_figure_id(ticket.number, "response"),
        behind=ticket_rows([ticket]),
        uses=_USES,
    )


def _rating(ticket: Ticket, rating: int) -> Why:
    return Why(
        title="Customer's rating",
        definition="What the customer gave when asked, 1 to 5.",
        formula=f"{rating} of 5, as stated by the support desk",
        caution="It tells how it felt; usage tells whether it worked again.",
        figure=f"{rating} of 5",
        figure_id=ticket_figure_id(ticket.number, "rating"),
        behind=ticket_rows([ticket]),
        uses=_USES,
    )
