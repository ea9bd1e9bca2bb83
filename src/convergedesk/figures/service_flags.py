"""Warning signs of a ticket: promised times, escalation, reopening, an answer that is waited for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from convergedesk.domain.audience import Audience
from convergedesk.domain.billing import Contract, SlaTerm
from convergedesk.domain.episodes import Episode
from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.terms import AmbiguousTermsError, Held, sla_on
from convergedesk.domain.tickets import Ticket, TicketMessage, TicketStatus
from convergedesk.figures.figure_ids import figure_id
from convergedesk.figures.why import Why
from convergedesk.figures.wording import age, count, day, percent

RISK_FROM = 0.75
"""Share of a promised time from which a promise that is not kept yet counts as at risk."""
WAITS_LONG = timedelta(hours=24)
_USES = ((SystemKind.SUPPORT, "for the ticket"), (SystemKind.BILLING, "for what was promised"))


class FlagKind(StrEnum):
    """What a flag warns of."""

    ESCALATED = "escalated"
    FIRST_RESPONSE = "first-response"
    RESOLUTION = "resolution"
    REOPENED = "reopened"
    WAITING = "waiting"
    LOWERED = "lowered"


class FlagState(StrEnum):
    """How bad it is."""

    KEPT = "kept"
    RISK = "risk"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Flag:
    """One sign.

    Attributes:
        kind: What it warns of.
        state: Kept, at risk or missed.
        text: In a few words, for a badge.
        why: What stands behind it.
    """

    kind: FlagKind
    state: FlagState
    text: str
    why: Why


def service_flags(
    ticket: Ticket,
    contracts: Sequence[Contract],
    messages: Sequence[TicketMessage],
    episode: Episode | None,
    *,
    now: datetime,
) -> tuple[Flag, ...]:
    """Every sign of a ticket, the worst first.

    Args:
        ticket: The ticket.
        contracts: The account's contracts.
        messages: Its conversation, oldest first.
        episode: What it did to usage, or None.
        now: How far support's data reaches; what happened after that is not known.
    """
    found = [*_promises(ticket, contracts, now), *_signs(ticket, messages, episode, now)]
    order = [FlagState.MISSED, FlagState.RISK, FlagState.KEPT]
    return tuple(sorted(found, key=lambda flag: order.index(flag.state)))


def _promises(ticket: Ticket, contracts: Sequence[Contract], now: datetime) -> list[Flag]:
    rank = None if ticket.priority is None else int(ticket.priority)
    try:
        held = sla_on(contracts, rank, ticket.opened_at.date())
    except AmbiguousTermsError:
        return []
    if held is None:
        return []
    found: list[Flag] = []
    term = held.term
    if term.first_response_minutes is not None:
        taken = None if ticket.first_response_minutes is None else float(ticket.first_response_minutes)
        found.append(_promise(ticket, held, FlagKind.FIRST_RESPONSE, term.first_response_minutes, taken, now))
    if term.resolution_minutes is not None:
        closed = ticket.closed_at
        taken = None if closed is None else (closed - ticket.opened_at).total_seconds() / 60
        found.append(_promise(ticket, held, FlagKind.RESOLUTION, term.resolution_minutes, taken, now))
    return found


def _promise(
    ticket: Ticket, held: Held[SlaTerm], kind: FlagKind, promised: int, taken: float | None, now: datetime
) -> Flag:
    what = "First response" if kind is FlagKind.FIRST_RESPONSE else "Resolution"
    limit = _span(promised)
    open_still = ticket.status is not TicketStatus.CLOSED
    caution = ""
    if taken is not None:
        state = FlagState.KEPT if taken <= promised else FlagState.MISSED
        text = (
            f"{what} in time" if state is FlagState.KEPT else f"{what} {age(60.0 * (taken - promised))} late"
        )
        formula = f"{_span(taken)} taken, {limit} promised"
    elif not open_still:
        state, text = FlagState.KEPT, f"{what} not stated"
        formula = f"not stated by the support desk, {limit} promised"
        caution = "The support desk does not say when it was, so nothing can be said about the promise."
    else:
        waited = max((now - ticket.opened_at).total_seconds() / 60, 0.0)
        formula = f"{_span(waited)} so far, {limit} promised"
        if waited > promised:
            state, text = FlagState.MISSED, f"{what} overdue by {age(60.0 * (waited - promised))}"
        elif waited >= RISK_FROM * promised:
            state, text = FlagState.RISK, f"{what} due in {age(60.0 * (promised - waited))}"
        else:
            state, text = FlagState.KEPT, f"{what} due in {age(60.0 * (promised - waited))}"
        caution = "Judged by how far support's data reaches; what happened since is not known."
    why = Why(
        title=f"{what} promised",
        definition=(
            f"Contract “{held.contract.name}” promises {what.lower()} within {limit} for tickets of this "
            f"priority. It counts as at risk from {percent(RISK_FROM)} of that time."
        ),
        formula=formula,
        window=f"Opened {day(ticket.opened_at.date())} {ticket.opened_at:%H:%M} UTC.",
        rows=_credit_rows(held.term),
        caution=caution,
        figure=text,
        figure_id=figure_id("ticket", ticket.number, kind.value),
        uses=_USES,
    )
    return Flag(kind, state, text, why)


def _span(minutes: float) -> str:
    """Fine enough to tell what is late from what is not: hours up to four days."""
    return f"{round(minutes / 60):,} h" if 60 <= minutes < 4 * 1440 else age(60.0 * minutes)


def _credit_rows(term: SlaTerm) -> tuple[tuple[str, str], ...]:
    rows = [("Holds from", day(term.effective_from))]
    if term.credit_share:
        rows.append(("Credit where missed", f"{percent(term.credit_share)} of the monthly fee"))
        rows.append(("At most in a month", f"{percent(term.cap_share)} of the monthly fee"))
    return tuple(rows)


def _signs(
    ticket: Ticket, messages: Sequence[TicketMessage], episode: Episode | None, now: datetime
) -> list[Flag]:
    found: list[Flag] = []
    if ticket.escalated:
        definition = "The support desk marked this ticket as escalated."
        found.append(_sign(ticket, FlagKind.ESCALATED, FlagState.RISK, "Escalated", definition, "as marked"))
    if ticket.reopens:
        text = "Reopened" if ticket.reopens == 1 else f"Reopened {ticket.reopens:,} times"
        definition = "How often the ticket was opened again after it had been closed."
        found.append(
            _sign(
                ticket,
                FlagKind.REOPENED,
                FlagState.RISK,
                text,
                definition,
                count(ticket.reopens, "reopening"),
            )
        )
    waiting = _waiting(ticket, messages, now)
    if waiting is not None:
        found.append(waiting)
    back = None if episode is None else episode.restoration
    if back is not None and not back.restored and back.onset_on is not None:
        text = f"Usage below expected since {day(back.onset_on)}"
        definition = "A confirmed dip in usage began around this ticket, and usage is not back yet."
        formula = f"{count(round(back.days), 'day')} since opening without value restored"
        found.append(_sign(ticket, FlagKind.LOWERED, FlagState.RISK, text, definition, formula))
    return found


def _waiting(ticket: Ticket, messages: Sequence[TicketMessage], now: datetime) -> Flag | None:
    public = [one for one in messages if one.audience is Audience.SHARED]
    if ticket.status is TicketStatus.CLOSED or not public or not public[-1].from_customer:
        return None
    waited = now - public[-1].sent_at
    if waited < WAITS_LONG:
        return None
    told = age(waited.total_seconds())
    definition = "The last public message is the customer's, and a day or more has gone by since."
    formula = f"last written {day(public[-1].sent_at.date())} by {public[-1].author}, {told} ago"
    return _sign(ticket, FlagKind.WAITING, FlagState.RISK, f"Waits {told} for an answer", definition, formula)


def _sign(ticket: Ticket, kind: FlagKind, state: FlagState, text: str, definition: str, formula: str) -> Flag:
    why = Why(
        title=text,
        definition=definition,
        formula=formula,
        figure_id=figure_id("ticket", ticket.number, kind.value),
        uses=_USES[:1],
    )
    return Flag(kind, state, text, why)
