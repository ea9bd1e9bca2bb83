"""Figures over an account's tickets, each saying how many tickets it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from math import isfinite
from statistics import median
from typing import TYPE_CHECKING

from convergedesk.desktop.clock_words import days_between
from convergedesk.desktop.pages.account.ticket_costs import cost_total
from convergedesk.desktop.ticket_words import is_high
from convergedesk.domain.fiscal import CALENDAR_YEAR, quarter_name, quarter_start
from convergedesk.domain.tickets import Ticket
from convergedesk.figures.effect_words import why_of
from convergedesk.figures.why import Link, LinkKind, Why, WhyRow
from convergedesk.figures.wording import number
from convergedesk.insights.survival import restoration_curve

if TYPE_CHECKING:
    from convergedesk.desktop.pages.account.ticket_costs import TicketCost
    from convergedesk.desktop.pages.account.ticket_effects import TicketEffect
    from convergedesk.domain.tickets import TicketId

_EARLY_UNDER = 5


@dataclass(frozen=True, slots=True)
class TicketFigure:
    """One figure of the strip over the tickets."""

    label: str
    value: str
    unit: str = ""
    context: str = ""
    why: Why | None = None


def ticket_figures(
    tickets: Sequence[Ticket],
    today: date,
    zone: tzinfo,
    fiscal_month: int = CALENDAR_YEAR,
    effects: Mapping[TicketId, TicketEffect] | None = None,
    costs: Mapping[TicketId, TicketCost] | None = None,
) -> tuple[TicketFigure, ...]:
    """Tickets of the quarter, and what the last year's did to usage; `effects` are None until known."""
    start = quarter_start(today, fiscal_month)
    this_quarter = [t for t in tickets if t.opened_at.astimezone(zone).date() >= start]
    recent = [t for t in tickets if (today - t.opened_at.astimezone(zone).date()).days <= 365]
    high, still = sum(is_high(t) for t in this_quarter), sum(t.closed_at is None for t in this_quarter)
    return (
        TicketFigure(
            f"Opened in {quarter_name(today, fiscal_month)}",
            number(len(this_quarter)),
            context=f"{number(high)} high priority, {number(still)} open",
        ),
        _lowered(recent, effects),
        _median_restored(recent, effects),
        _median_days(recent, zone),
        _cost(recent, effects, costs or {}),
    )


def _cost(
    tickets: Sequence[Ticket],
    effects: Mapping[TicketId, TicketEffect] | None,
    costs: Mapping[TicketId, TicketCost],
) -> TicketFigure:
    if effects is None:
        return TicketFigure("Estimated value", "–", context="being computed")
    total = cost_total([costs[t.id] for t in tickets if t.id in costs])
    label = "Estimated value" if total.why is None else total.why.title
    return TicketFigure(label, total.words, context=total.context, why=total.why)


def _lowered(tickets: Sequence[Ticket], effects: Mapping[TicketId, TicketEffect] | None) -> TicketFigure:
    label = "Lowered usage"
    if effects is None:
        return TicketFigure(label, "–", context="being computed")
    if not tickets:
        return TicketFigure(label, "–", context="none opened in 365 days")
    found = [effects[t.id] for t in tickets if t.id in effects]
    lowered = [one for one in found if one.lowered]
    unclear = sum(one.interval is not None and not one.lowered and one.tone != "good" for one in found)
    figure = f"{number(len(lowered))} of {number(len(tickets))}"
    return TicketFigure(
        label,
        number(len(lowered)),
        f"of {number(len(tickets))}",
        f"{number(unclear)} inconclusive, last 365 days",
        Why(
            title="Tickets that lowered usage",
            definition=(
                "Tickets of the last 365 days around which usage was below expected with its whole 95 % "
                "interval. Tickets that overlap are judged together and each of them counts."
            ),
            formula=f"{number(len(lowered))} lowered usage, of {number(len(tickets))} opened",
            rows=(
                ("Lowered usage", number(len(lowered))),
                ("Inconclusive", number(unclear)),
                ("No dip, or not measured", number(len(tickets) - len(lowered) - unclear)),
            ),
            caution="Compared with expected; this does not show what caused the difference.",
            figure=figure,
            behind=tuple(
                _behind(ticket, effects[ticket.id]) for ticket in tickets if _is_lowered(ticket, effects)
            ),
        ),
    )


def _is_lowered(ticket: Ticket, effects: Mapping[TicketId, TicketEffect]) -> bool:
    return ticket.id in effects and effects[ticket.id].lowered


def _behind(ticket: Ticket, effect: TicketEffect) -> WhyRow:
    value = effect.restored or effect.words
    return WhyRow(
        f"#{ticket.number} {ticket.title}".strip(), value, Link(LinkKind.TICKET, ticket.id), effect.words
    )


def _median_restored(
    tickets: Sequence[Ticket], effects: Mapping[TicketId, TicketEffect] | None
) -> TicketFigure:
    label = "Median time to value restored"
    if effects is None:
        return TicketFigure(label, "–", context="being computed")
    # Tickets that overlap are one episode, which dips and is restored once.
    by_episode = {id(effects[t.id].effect): t for t in reversed(tickets) if t.id in effects}
    dipped = [t for t in by_episode.values() if effects[t.id].days is not None]
    if not dipped:
        return TicketFigure(label, "–", context="no confirmed dip in 365 days")
    days = [float(effects[t.id].days or 0) for t in dipped]
    curve = restoration_curve(days, [effects[t.id].back for t in dipped], out_of=len(tickets))
    basis = _basis(len(dipped), "dip" if len(dipped) == 1 else "dips")
    explanation = replace(why_of(curve.explanation), behind=tuple(_behind(t, effects[t.id]) for t in dipped))
    if not isfinite(curve.median):
        return TicketFigure(label, "not reached", context=basis, why=explanation)
    middle = round(curve.median)
    return TicketFigure(
        label,
        number(middle),
        "day" if middle == 1 else "days",
        basis,
        replace(explanation, figure=f"{middle} days"),
    )


def _median_days(tickets: Sequence[Ticket], zone: tzinfo) -> TicketFigure:
    took = [days_between(t.opened_at, t.closed_at, zone) for t in tickets if t.closed_at is not None]
    label = "Median days to closing"
    if not took:
        return TicketFigure(label, "–", context="none closed in 365 days")
    middle = median(took)
    return TicketFigure(label, number(middle), "day" if middle == 1 else "days", _basis(len(took), "closed"))


def _basis(size: int, what: str) -> str:
    return f"{number(size)} {what}, " + ("an early sign" if size < _EARLY_UNDER else "last 365 days")
