"""The looks of one day at one account: what the portfolio's daily queue is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.tickets import TicketId
from convergedesk.figures.alerts.facts import AccountFacts
from convergedesk.figures.study_inputs import LocalTicket
from convergedesk.insights.dip_watch import WATCHED_DAYS, Watched
from convergedesk.insights.false_discovery import benjamini_hochberg

METHOD = "3"
"""Changes whenever the same inputs would give other looks."""
QUEUE = 0.10
"""At most this share of what one day's queue lets through is expected to be chance."""
_STALE = timedelta(days=14)
_NEAR = timedelta(days=14)
_OPEN_NEAR = timedelta(days=56)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the queue: has usage fallen lately, or since a support interaction?

    Attributes:
        ticket_id: The ticket of the interaction; None for the question that is asked of every account.
        high: Whether that ticket is of high priority.
        fired: Whether a look found a drop of at least 10 % beyond chance.
        p_value: What the queue orders by.
        row: The meter of the look that stands out most, as a row of the watch; None without one.
        first: Index of that look's first day.
        days: Its length.
        estimate: Relative difference at it.
        low: Lower limit, 95 %.
        high_limit: Upper limit.
        looks: (days, estimate) of the looks at that meter that found it.
        also: (row, estimate) of the other meters that fell.
    """

    ticket_id: TicketId | None
    high: bool
    fired: bool
    p_value: float
    row: int | None = None
    first: int = 0
    days: int = 0
    estimate: float = 0.0
    low: float = 0.0
    high_limit: float = 0.0
    looks: tuple[tuple[int, float], ...] = ()
    also: tuple[tuple[int, float], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> Asked:
        """What `as_json` gave."""
        looks = tuple((int(days), float(estimate)) for days, estimate in kept.pop("looks", ()))
        also = tuple((int(row), float(estimate)) for row, estimate in kept.pop("also", ()))
        return cls(**kept, looks=looks, also=also)


def looks_of(one: AccountFacts, day: date, *, all_tickets: bool) -> tuple[Asked, ...]:
    """Every question that can be asked of an account on a day; nothing on data that is old or missing.

    Args:
        one: The account.
        day: The workspace's day; only days before it are over.
        all_tickets: Whether tickets that are not of high priority are asked about too.
    """
    watch = one.watch
    if watch is None or not one.head or one.study.left is not None:
        return ()
    end = min(one.study.index(day), one.study.usage.days)
    total = one.study.total
    if total is None or end < 1:
        return ()
    seen = np.flatnonzero(np.isfinite(total[:end]))
    if not seen.size or one.study.day(int(seen[-1])) < day - _STALE:
        return ()
    asked = [_asked(None, False, watch.last_looks(end))]
    known: set[int] = set()
    for local in one.study.tickets:
        if not (local.ticket.high or all_tickets):
            continue
        for event in _interactions(one, local, end):
            if event not in known:
                known.add(event)
                asked.append(_asked(local.ticket.id, local.ticket.high, watch.looks_since(event, end)))
    return tuple(one_asked for one_asked in asked if one_asked is not None)


def _interactions(one: AccountFacts, local: LocalTicket, end: int) -> Iterator[int]:
    """The first full days after a ticket's opening and closing, where looks at them fall due."""
    for day in (local.opened_on, local.resolved_on):
        if day is not None:
            event = one.study.index(day) + 1
            if 1 <= event <= end - 3 and end - event <= WATCHED_DAYS:
                yield event


def _asked(ticket_id: TicketId | None, high: bool, found: Watched) -> Asked | None:
    if not np.isfinite(found.p_value):
        return None
    best = found.best
    if best is None:
        return Asked(ticket_id, high, False, found.p_value)
    return Asked(
        ticket_id=ticket_id,
        high=high,
        fired=found.fired,
        p_value=found.p_value,
        row=best.row,
        first=best.first,
        days=best.days,
        estimate=best.estimate,
        low=best.low,
        high_limit=best.high,
        looks=tuple((look.days, look.estimate) for look in found.looks),
        also=found.also,
    )


def let_through(asked: Sequence[tuple[AccountId, Asked]]) -> list[tuple[AccountId, Asked]]:
    """The questions of one day, over all accounts, that fired and that the queue lets through."""
    if not asked:
        return []
    kept = benjamini_hochberg([one.p_value for _, one in asked], QUEUE)
    return [
        (account_id, one)
        for (account_id, one), holds in zip(asked, kept.tolist(), strict=True)
        if holds and one.fired
    ]


def nearest_ticket(one: AccountFacts, onset: date, day: date) -> LocalTicket | None:
    """The ticket that a dip may go with: opened or closed within 14 days before the dip, or since.

    A ticket that stays open counts for eight weeks.
    """
    near = [local for local in one.study.tickets if local.opened_on < day and _near(local, onset, day)]
    # High priority first, then the one that was opened closest to the dip.
    return min(near, key=lambda t: (not t.ticket.high, abs((t.opened_on - onset).days)), default=None)


def _near(local: LocalTicket, onset: date, day: date) -> bool:
    if local.opened_on >= onset - _NEAR:
        return True
    if local.resolved_on is None or local.resolved_on >= day:
        return local.opened_on >= onset - _OPEN_NEAR
    return local.resolved_on >= onset - _NEAR
