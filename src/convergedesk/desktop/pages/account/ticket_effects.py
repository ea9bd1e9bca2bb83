"""What each ticket did to usage, in the few words that a row has room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from typing import TYPE_CHECKING

from convergedesk.desktop.phrases import listing, near_day
from convergedesk.desktop.widgets.paint import IntervalValue
from convergedesk.domain.episodes import EffectPart
from convergedesk.figures.effect_words import sentence
from convergedesk.figures.wording import count, percent

if TYPE_CHECKING:
    from convergedesk.domain.episodes import Episode, KeptEffect
    from convergedesk.domain.tickets import Ticket, TicketId
    from convergedesk.workspace.insights import AccountInsights

KPI_DAYS = 7
_LOOK_DAYS = 14
_LEAST_HISTORY = 28


@dataclass(frozen=True, slots=True)
class TicketEffect:
    """One ticket's effect as a row shows it.

    Attributes:
        words: '−31 %', 'inconclusive', 'no dip', 'measuring until 21 Dec'.
        tone: Colour of the words.
        icon: Icon before them, or empty.
        limits: '−38 to −22', or empty where nothing was measured.
        interval: For the mark, or None.
        window: Which days the effect speaks of; empty without one.
        restored: '6 days', 'not yet, 4 days', or empty where there was nothing to restore.
        back: True where value was restored.
        note: A sentence on it, for the tool tip.
        effect: The effect itself, for its explanation; None where there is none.
        estimate: To sort by; None without a measured effect.
        days: Days to value restored, to sort by.
        lowered: True where usage was below expected with confidence.
    """

    words: str
    tone: str = "text_3"
    icon: str = ""
    limits: str = ""
    interval: IntervalValue | None = None
    window: str = ""
    restored: str = ""
    back: bool = False
    note: str = ""
    effect: KeptEffect | None = None
    estimate: float | None = None
    days: int | None = None
    lowered: bool = False


PENDING = TicketEffect(
    "being computed", icon="hourglass-medium", note="Its effect on usage is being computed."
)


def ticket_effects(
    insights: AccountInsights, tickets: Sequence[Ticket], first_day: date | None, zone: tzinfo
) -> Mapping[TicketId, TicketEffect]:
    """The effect of every ticket of an account.

    Args:
        insights: What is kept of the account.
        tickets: Its tickets.
        first_day: The first day with usage by day, or None.
        zone: The account's time zone.
    """
    by_ticket = {ticket: episode for episode in insights.episodes for ticket in episode.ticket_ids}
    numbers = {ticket.id: f"#{ticket.number}" for ticket in tickets}
    found: dict[TicketId, TicketEffect] = {}
    for ticket in tickets:
        opened = ticket.opened_at.astimezone(zone).date()
        if (unknown := _unknown(insights, opened, first_day)) is not None:
            found[ticket.id] = unknown
            continue
        episode = by_ticket.get(ticket.id)
        if episode is None:
            found[ticket.id] = _no_episode(insights, ticket, opened)
            continue
        others = [numbers.get(one, "a site's ticket") for one in episode.ticket_ids if one != ticket.id]
        found[ticket.id] = _of_episode(episode, others, insights.as_of or opened)
    return found


def interval_of(effect: KeptEffect) -> IntervalValue | None:
    """The effect as a mark; None where nothing was measured."""
    if effect.estimate is None or effect.low is None or effect.high is None:
        return None
    return IntervalValue(
        effect.low, effect.estimate, effect.high, inconclusive=effect.verdict == "inconclusive"
    )


def limits_words(effect: KeptEffect) -> str:
    """'−38 to −22', without the per cent sign that the estimate has; empty without limits."""
    if effect.low is None or effect.high is None:
        return ""
    low, high = (
        percent(limit, signed=True).removesuffix("%").rstrip() for limit in (effect.low, effect.high)
    )
    return f"{low} to {high}"


def _unknown(insights: AccountInsights, opened: date, first_day: date | None) -> TicketEffect | None:
    if insights.computed_at is None:
        return PENDING
    if insights.as_of is None or first_day is None:
        return TicketEffect("no usage by day", note="Import this account's usage by day to measure effects.")
    if opened < first_day + timedelta(days=_LEAST_HISTORY):
        return TicketEffect(
            "too early",
            note=f"A comparison needs {_LEAST_HISTORY} days of usage before the ticket was opened.",
        )
    return None


def _no_episode(insights: AccountInsights, ticket: Ticket, opened: date) -> TicketEffect:
    as_of = insights.as_of or opened
    until = opened + timedelta(days=_LOOK_DAYS)
    if until > as_of:
        return _measuring(until, as_of, f"usage of the {_LOOK_DAYS} days after opening is not complete yet")
    high = ticket.priority is not None and ticket.priority.is_high
    if high:
        return TicketEffect("not measured", note="Usage around this ticket is not known.")
    note = f"No dip is confirmed in the {_LOOK_DAYS} days after opening."
    return TicketEffect("no dip", icon="check-circle", note=note)


def _of_episode(episode: Episode, others: Sequence[str], as_of: date) -> TicketEffect:
    effect = episode.effect(EffectPart.DURING) or episode.effect(EffectPart.AFTER, KPI_DAYS)
    back = episode.restoration
    days = None if back is None else round(back.days)
    restored = ""
    if back is not None and days is not None:
        restored = count(days, "day") if back.restored else f"not yet, {count(days, 'day')}"
    if effect is None or effect.estimate is None or effect.low is None or effect.high is None:
        return _not_measured(episode, effect, as_of)
    note = sentence(effect)
    if others:
        note += f" Judged together with {listing(others)}, since they overlap."
    inconclusive = effect.verdict == "inconclusive"
    lowered = effect.verdict == "down"
    during = effect.part is EffectPart.DURING
    return TicketEffect(
        words="inconclusive" if inconclusive else percent(effect.estimate, signed=True),
        tone="text_3" if inconclusive else "critical" if lowered else "good",
        icon="question" if inconclusive else "",
        limits=limits_words(effect),
        interval=interval_of(effect),
        window="from the dip to its end" if during else f"days 1–{KPI_DAYS} after closing",
        restored=restored,
        back=back is not None and back.restored,
        note=note,
        effect=effect,
        estimate=effect.estimate,
        days=days,
        lowered=lowered,
    )


def _not_measured(episode: Episode, effect: KeptEffect | None, as_of: date) -> TicketEffect:
    if episode.resolved_on is None:
        until = episode.opened_on + timedelta(days=_LOOK_DAYS)
        if until > as_of:
            return _measuring(until, as_of, "the ticket is open")
        return TicketEffect(
            "no dip so far", icon="check-circle", note="No dip is confirmed while the ticket is open."
        )
    until = episode.resolved_on + timedelta(days=KPI_DAYS)
    if until > as_of:
        return _measuring(until, as_of, f"days 1–{KPI_DAYS} after closing are not over yet")
    why = "the days after closing are not known" if effect is None else effect.abstained
    return TicketEffect("not measured", note=f"Not measured: {why}.", effect=effect)


def _measuring(until: date, as_of: date, reason: str) -> TicketEffect:
    return TicketEffect(
        f"measuring until {near_day(until, as_of)}",
        icon="hourglass-medium",
        note=f"Known on {near_day(until, as_of)}: {reason}.",
    )
