"""What Home reads beside the accounts themselves, straight from the file as `store.first_paint` does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from convergedesk.domain.briefs import PortfolioBrief, portfolio_brief
from convergedesk.domain.kinds import PodId
from convergedesk.domain.portfolio import LostRole, PutOff, ReachedGoal

if TYPE_CHECKING:
    from convergedesk.domain.rates import ExchangeRate

Rows = Callable[..., list[Any]]
"""Runs a statement with its values."""
Above = Callable[[int], Iterable[int]]
"""An account and those that it is a site of."""

LOST_IS_NEWS = timedelta(days=180)
REACHED_IS_NEWS = timedelta(days=30)
_LOST = """
SELECT p.account_id, p.name, p.role, p.left_on FROM persons p
WHERE p.role IN ('sponsor', 'champion') AND p.left_on BETWEEN ?1 AND ?2 AND p.deleted_at IS NULL
  AND p.account_id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM persons q WHERE q.account_id = p.account_id AND q.role = p.role AND q.deleted_at IS NULL
      AND (q.left_on IS NULL OR q.left_on > ?2))
ORDER BY p.left_on
"""
_REACHED = """
SELECT g.account_id, g.id, g.title, min(m.day), g.due_on
FROM goals g JOIN goal_measurements m ON m.goal_id = g.id
WHERE g.deleted_at IS NULL AND g.gone_since IS NULL AND g.state <> 'dropped' AND g.audience = 'shared'
  AND g.target <> g.start AND (m.value - g.start) / (g.target - g.start) >= 1
GROUP BY g.id HAVING min(m.day) BETWEEN ?1 AND ?2 ORDER BY min(m.day)
"""
_PUT_OFF = """
SELECT account_id, until_day, need, author FROM check_ins_put_off WHERE until_day >= ? ORDER BY updated_at, id
"""


class Care(NamedTuple):
    """What is known of accounts beside their figures, by account.

    Attributes:
        lost: A sponsor or champion who left, the latest.
        reached: Goals reached lately.
        put_off: The check-in put off last.
    """

    lost: dict[int, LostRole]
    reached: dict[int, tuple[ReachedGoal, ...]]
    put_off: dict[int, PutOff]


def read_care(rows: Rows, above: Above, today: date) -> Care:
    """What people know of accounts, a site's with its parents'."""
    lost: dict[int, LostRole] = {}
    for account, name, role, left_on in rows(_LOST, _between(LOST_IS_NEWS, today)):
        for one in above(account):
            lost[one] = LostRole(name, role, date.fromisoformat(left_on))
    reached: dict[int, tuple[ReachedGoal, ...]] = {}
    for account, goal_id, title, day, due_on in rows(_REACHED, _between(REACHED_IS_NEWS, today)):
        due = None if due_on is None else date.fromisoformat(due_on)
        for one in above(account):
            goal = ReachedGoal(goal_id, title, date.fromisoformat(day), due)
            reached[one] = (*reached.get(one, ()), goal)
    put_off = {
        account: PutOff(date.fromisoformat(until), need, author)
        for account, until, need, author in rows(_PUT_OFF, (today.isoformat(),))
    }
    return Care(lost, reached, put_off)


def read_together(rows: Rows) -> dict[PodId | None, PortfolioBrief]:
    """What is kept of all accounts together, under None, and of each pod."""
    return {
        PodId(pod) if pod else None: known
        for pod, brief in rows("SELECT pod_id, brief FROM portfolio_briefs")
        if (known := portfolio_brief(brief)) is not None
    }


def read_rates(rows: Rows) -> tuple[ExchangeRate, ...]:
    """Every stated exchange rate."""
    kept = rows("SELECT currency, into_currency, day, rate, source FROM exchange_rates")
    if not kept:
        return ()
    # Most workspaces know one currency, and need none of this to be painted.
    from decimal import Decimal

    from convergedesk.domain.rates import ExchangeRate

    return tuple(
        ExchangeRate(currency, into, date.fromisoformat(day), Decimal(rate), source)
        for currency, into, day, rate, source in kept
    )


def _between(news: timedelta, today: date) -> tuple[str, str]:
    return ((today - news).isoformat(), today.isoformat())
