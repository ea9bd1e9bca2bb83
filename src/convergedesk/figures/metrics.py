"""The converged metrics: each traditional figure beside the one that shows value returned."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.episodes import EffectPart, Episode, KeptEffect
from convergedesk.domain.tickets import Priority, Ticket, TicketId
from convergedesk.insights.support_metrics import SupportMetrics, support_metrics
from convergedesk.insights.survival import RestorationCurve, restoration_curve

FEWEST_FOR_A_HEADLINE = 5
KPI_HORIZON = 7


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


def metrics(
    period: tuple[date, date],
    accounts: Sequence[AccountId],
    tickets: Sequence[Ticket],
    episodes: Sequence[Episode],
    changes: Mapping[AccountId, float],
) -> Metrics:
    """Sums a period up.

    Args:
        period: First and last day.
        accounts: The accounts that are looked at.
        tickets: Their tickets that were opened in the period.
        episodes: Their episodes that hold one of these tickets.
        changes: Usage of the last 28 days against expected, by account.
    """
    by_id = {ticket.id: ticket for ticket in tickets}
    ranks = {episode.id: _rank(episode.ticket_ids, by_id) for episode in episodes}
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
        effects=_effects(episodes, by_id),
        points=_points(accounts, tickets, changes),
    )


def _support(tickets: Sequence[Ticket]) -> SupportMetrics:
    def known(value: float | None) -> float:
        return math.nan if value is None else float(value)

    found = support_metrics(
        [known(ticket.first_response_minutes) for ticket in tickets],
        [
            math.nan if t.closed_at is None else (t.closed_at - t.opened_at).total_seconds() / 60
            for t in tickets
        ],
        [known(ticket.satisfaction) for ticket in tickets],
        [bool(ticket.reopens) for ticket in tickets],
    )
    # A source that does not count reopenings has none to show, which is not the same as none.
    counted = any(ticket.reopens is not None for ticket in tickets)
    return found if counted else replace(found, reopen_rate=math.nan)


def _rank(ticket_ids: Iterable[TicketId], tickets: Mapping[TicketId, Ticket]) -> Priority | None:
    ranks = [tickets[one].priority for one in ticket_ids if one in tickets]
    return max((rank for rank in ranks if rank is not None), default=None)


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
    accounts: Sequence[AccountId], tickets: Sequence[Ticket], changes: Mapping[AccountId, float]
) -> tuple[AccountPoint, ...]:
    opened: dict[AccountId, int] = {}
    for ticket in tickets:
        opened[ticket.account_id] = opened.get(ticket.account_id, 0) + 1
    return tuple(
        AccountPoint(account, opened.get(account, 0), changes[account])
        for account in accounts
        if account in changes
    )
