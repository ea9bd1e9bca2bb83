"""Figures over an account's tickets, each saying how many tickets it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from statistics import mean, median

from convergedesk.desktop.clock_words import days_between, minutes
from convergedesk.desktop.ticket_words import is_high
from convergedesk.domain.fiscal import CALENDAR_YEAR, quarter_name, quarter_start
from convergedesk.domain.tickets import Ticket
from convergedesk.figures.wording import number

_EARLY_UNDER = 5


@dataclass(frozen=True, slots=True)
class TicketFigure:
    """One figure of the strip over the tickets."""

    label: str
    value: str
    unit: str = ""
    context: str = ""


def ticket_figures(
    tickets: Sequence[Ticket], today: date, zone: tzinfo, fiscal_month: int = CALENDAR_YEAR
) -> tuple[TicketFigure, ...]:
    """Tickets of the quarter, open ones, and the medians of the last year's closed ones."""
    start = quarter_start(today, fiscal_month)
    this_quarter = [t for t in tickets if t.opened_at.astimezone(zone).date() >= start]
    open_now = [t for t in tickets if t.closed_at is None]
    recent = [t for t in tickets if (today - t.opened_at.astimezone(zone).date()).days <= 365]
    return (
        TicketFigure(
            f"Opened in {quarter_name(today, fiscal_month)}",
            number(len(this_quarter)),
            context=f"{number(sum(is_high(t) for t in this_quarter))} of high priority",
        ),
        TicketFigure(
            "Open now",
            number(len(open_now)),
            context=f"{number(sum(is_high(t) for t in open_now))} of high priority",
        ),
        _median_days(recent, zone),
        _median_response(recent),
        _satisfaction(recent),
    )


def _median_days(tickets: Sequence[Ticket], zone: tzinfo) -> TicketFigure:
    took = [days_between(t.opened_at, t.closed_at, zone) for t in tickets if t.closed_at is not None]
    label = "Median days to closing"
    if not took:
        return TicketFigure(label, "–", context="none closed in 365 days")
    middle = median(took)
    return TicketFigure(label, number(middle), "day" if middle == 1 else "days", _basis(len(took), "closed"))


def _median_response(tickets: Sequence[Ticket]) -> TicketFigure:
    waits = [t.first_response_minutes for t in tickets if t.first_response_minutes is not None]
    label = "Median first response"
    if not waits:
        return TicketFigure(label, "–", context="not in the data")
    return TicketFigure(label, minutes(round(median(waits))), context=_basis(len(waits), "answered"))


def _satisfaction(tickets: Sequence[Ticket]) -> TicketFigure:
    ratings = [t.satisfaction for t in tickets if t.satisfaction is not None]
    label = "Satisfaction"
    if not ratings:
        return TicketFigure(label, "–", context="no customer has rated a ticket")
    rated = f"{number(len(ratings))} of {number(len(tickets))} rated"
    return TicketFigure(label, number(round(mean(ratings), 1)), "of 5", f"{rated}, last 365 days")


def _basis(size: int, what: str) -> str:
    return f"{number(size)} {what}, " + ("an early sign" if size < _EARLY_UNDER else "last 365 days")
