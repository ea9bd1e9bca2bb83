"""The converged metrics: each traditional figure beside the one that shows value returned."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.episodes import EffectPart, Episode, KeptEffect
from convergedesk.domain.tickets import Priority, Ticket, TicketId
from convergedesk.figures.metric_tickets import TicketColumns
from convergedesk.insights.correlation import TicketUsageCorrelation, ticket_usage_correlation
from convergedesk.insights.support_metrics import SupportMetrics, support_metrics
from convergedesk.insights.survival import RestorationCurve, restoration_curve

KPI_HORIZON = 7
MOST_WEEKS_LATER = 4


@dataclass(frozen=True, slots=True)
class Directions:
    """How many episodes were followed by rising, falling and inconclusive usage, and how many not judged."""

    rising: int
    falling: int
    inconclusive: int
    not_measured: int

    @property
    def judged(self) -> int:
        """How many could be judged."""
        return self.rising + self.falling + self.inconclusive


@dataclass(frozen=True, slots=True)
class EpisodeEffect:
    """One line of the forest plot.

    Attributes:
        episode: The episode.
        ticket: Its first ticket.
        effect: Usage in the seven days after its last resolution against expected.
    """

    episode: Episode
    ticket: Ticket
    effect: KeptEffect


@dataclass(frozen=True, slots=True)
class AccountPoint:
    """One account of the scatter of tickets and usage.

    Attributes:
        account_id: Whose.
        tickets: Tickets opened in the period.
        change: Usage of the last 28 days against expected.
    """

    account_id: AccountId
    tickets: int
    change: float


@dataclass(frozen=True, slots=True)
class Metrics:
    """What the Metrics page and `convergedesk metrics` show.

    Attributes:
        first_day: First day of the period.
        last_day: Last day.
        accounts: How many accounts were looked at.
        support: The traditional figures; times in minutes.
        episodes: How many episodes began in the period.
        restored: Time to value restored, of those with a confirmed dip.
        restored_by_priority: The same by the highest priority of the episode's tickets.
        closing: What usage did in the seven days after high-priority episodes were resolved.
        effects: Every judged episode, deepest first.
        points: Tickets and usage by account.
        together: How weekly tickets and changes in weekly usage move together.
    """

    first_day: date
    last_day: date
    accounts: int
    support: SupportMetrics
    episodes: int
    restored: RestorationCurve
    restored_by_priority: tuple[tuple[Priority, RestorationCurve], ...]
    closing: Directions
    effects: tuple[EpisodeEffect, ...]
    points: tuple[AccountPoint, ...]
    together: TicketUsageCorrelation


@dataclass(frozen=True, slots=True)
class AccountUse:
    """What is kept of one account's usage.

    Attributes:
        change: Usage of the last 28 days against expected, or None.
        monday: First day of the first whole week, or None where no week is known.
        weeks: Totals of the whole weeks from there; NaN where a day is missing.
    """

    change: float | None
    monday: date | None
    weeks: tuple[float, ...]


def metrics(
    period: tuple[date, date],
    accounts: Sequence[AccountId],
    tickets: TicketColumns,
    episodes: Sequence[Episode],
    use: Mapping[AccountId, AccountUse],
    known: Mapping[TicketId, Ticket],
) -> Metrics:
    """Sums a period up.

    Args:
        period: First and last day.
        accounts: The accounts that are looked at.
        tickets: Their tickets that were opened in the period.
        episodes: Their episodes that hold one of these tickets.
        use: What is kept of their usage.
        known: At least the first tickets of the episodes that were judged.
    """
    by_ticket = tickets.ranks()
    ranks = {episode.id: _highest(episode.ticket_ids, by_ticket) for episode in episodes}
    present = sorted({rank for rank in ranks.values() if rank is not None}, reverse=True)
    return Metrics(
        first_day=period[0],
        last_day=period[1],
        accounts=len(accounts),
        support=_support(tickets),
        episodes=len(episodes),
        restored=_curve(episodes),
        restored_by_priority=tuple(
            (rank, _curve([episode for episode in episodes if ranks[episode.id] is rank])) for rank in present
        ),
        closing=_directions(episodes),
        effects=_effects(episodes, known),
        points=_points(accounts, tickets, use),
        together=_together(period, accounts, tickets, use),
    )


def _together(
    period: tuple[date, date],
    accounts: Sequence[AccountId],
    tickets: TicketColumns,
    use: Mapping[AccountId, AccountUse],
) -> TicketUsageCorrelation:
    """Whole weeks of the period, accounts in rows."""
    first = period[0] + timedelta(days=-period[0].weekday() % 7)
    weeks = max((period[1] - first).days + 1, 0) // 7
    listed = np.array(sorted(a for a in accounts if a in use and use[a].weeks), dtype=np.int64)
    usage = np.full((listed.size, weeks), np.nan)
    opened = np.zeros((listed.size, weeks))
    for row, account in enumerate(listed.tolist()):
        known = use[AccountId(account)]
        if known.monday is None:
            continue
        shift = (known.monday - first).days // 7
        totals = np.asarray(known.weeks, dtype=np.float64)
        begin, end = max(shift, 0), min(shift + totals.size, weeks)
        if begin < end:
            usage[row, begin:end] = totals[begin - shift : end - shift]
    if listed.size:
        week = np.floor_divide(tickets.days_since(first), 7)
        rows = np.minimum(np.searchsorted(listed, tickets.accounts), listed.size - 1)
        counted = (week >= 0) & (week < weeks) & (listed[rows] == tickets.accounts)
        np.add.at(opened, (rows[counted], week[counted]), 1.0)
    return ticket_usage_correlation(opened, usage, MOST_WEEKS_LATER)


def _support(tickets: TicketColumns) -> SupportMetrics:
    found = support_metrics(
        tickets.first_response,
        tickets.minutes_to_closing,
        tickets.satisfaction,
        np.nan_to_num(tickets.reopens) > 0,
    )
    # A source that does not count reopenings has none to show, which is not the same as none.
    counted = bool(np.isfinite(tickets.reopens).any())
    return found if counted else replace(found, reopen_rate=math.nan)


def _highest(ticket_ids: Sequence[TicketId], ranks: Mapping[TicketId, int]) -> Priority | None:
    best = max((ranks.get(one, 0) for one in ticket_ids), default=0)
    return Priority(best) if best else None


def _curve(episodes: Sequence[Episode]) -> RestorationCurve:
    dips = [episode.restoration for episode in episodes if episode.restoration is not None]
    days = np.array([dip.days for dip in dips], dtype=np.float64)
    restored = np.array([dip.restored for dip in dips], dtype=np.bool_)
    return restoration_curve(days, restored, out_of=len(episodes))


def _directions(episodes: Sequence[Episode]) -> Directions:
    counted = {"up": 0, "down": 0, "inconclusive": 0}
    not_measured = 0
    for episode in episodes:
        if not episode.high or episode.resolved_on is None:
            continue
        effect = episode.effect(EffectPart.AFTER, KPI_HORIZON)
        if effect is None or effect.abstained is not None:
            not_measured += 1
        else:
            counted[effect.verdict] += 1
    return Directions(counted["up"], counted["down"], counted["inconclusive"], not_measured)


def _effects(episodes: Sequence[Episode], tickets: Mapping[TicketId, Ticket]) -> tuple[EpisodeEffect, ...]:
    found: list[EpisodeEffect] = []
    for episode in episodes:
        effect = episode.effect(EffectPart.AFTER, KPI_HORIZON)
        ticket = next((tickets[one] for one in episode.ticket_ids if one in tickets), None)
        if effect is not None and effect.estimate is not None and ticket is not None:
            found.append(EpisodeEffect(episode, ticket, effect))
    return tuple(sorted(found, key=lambda one: (one.effect.estimate or 0.0, one.ticket.id)))


def _points(
    accounts: Sequence[AccountId], tickets: TicketColumns, use: Mapping[AccountId, AccountUse]
) -> tuple[AccountPoint, ...]:
    opened = tickets.by_account()
    changes = {account: use[account].change for account in accounts if account in use}
    return tuple(
        AccountPoint(account, opened.get(account, 0), change)
        for account, change in changes.items()
        if change is not None
    )
