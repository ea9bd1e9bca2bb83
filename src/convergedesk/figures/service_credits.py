"""Credits that service terms owe for tickets: counted apart from what an episode cost."""

from __future__ import annotations

from collections.abc import Sequence

from convergedesk.domain.billing import Contract, SlaTerm
from convergedesk.domain.money import Money
from convergedesk.domain.terms import AmbiguousTermsError, Held, sla_on
from convergedesk.figures.study_inputs import LocalTicket
from convergedesk.figures.wording import money, number, percent
from convergedesk.insights.ticket_cost import sla_credit


def service_credit(
    tickets: Sequence[LocalTicket], contracts: Sequence[Contract], fees: Money | None
) -> tuple[Money | None, str]:
    """The largest credit that the service terms owe for one of the tickets, and why."""
    best: tuple[int, str] | None = None
    promised = False
    for local in tickets:
        try:
            held = sla_on(contracts, local.ticket.priority, local.opened_on)
        except AmbiguousTermsError:
            continue
        if held is None:
            continue
        promised = True
        missed = _missed(local, held)
        if not missed or not held.term.credit_share:
            continue
        if fees is None:
            return None, f"{missed}. The credit is a share of the monthly fee, which no bill states."
        owed = sla_credit(fees.minor_units, held.term.credit_share, held.term.cap_share or 1.0)
        words = f"{missed}: {percent(held.term.credit_share)} of {money(fees)} a month"
        best = (owed, words) if best is None else max(best, (owed, words))
    if best is not None and fees is not None and best[0] > 0:
        return Money(best[0], fees.currency), best[1]
    return (
        None,
        "Every promised time was kept." if promised else "No contract promises times for these tickets.",
    )


def _missed(local: LocalTicket, held: Held[SlaTerm]) -> str:
    """Which promised time was missed, in words; empty where none was."""
    ticket, term = local.ticket, held.term
    answered, promised = ticket.first_response_minutes, term.first_response_minutes
    if promised is not None and answered is not None and answered > promised:
        return f"#{ticket.number} was answered after {_hours(answered)}, promised {_hours(promised)}"
    if term.resolution_minutes is None or ticket.closed_at is None:
        return ""
    taken = (ticket.closed_at - ticket.opened_at).total_seconds() / 60.0
    if taken <= term.resolution_minutes:
        return ""
    return f"#{ticket.number} took {_hours(taken)}, promised {_hours(term.resolution_minutes)}"


def _hours(minutes: float) -> str:
    return f"{round(minutes)} min" if minutes < 120.0 else f"{number(round(minutes / 60.0, 1))} h"
