"""Usage in the seven days after a high-priority ticket closes: the KPI that support and success share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from numpy.typing import ArrayLike

from convergedesk.insights.explanation import Explanation, Term, Unit
from convergedesk.insights.peers import PeerErrors
from convergedesk.insights.series import one_series
from convergedesk.insights.study import level_ratio
from convergedesk.insights.usage_impact import UsageImpact, usage_impact
from convergedesk.insights.verdict import Verdict


class Direction(StrEnum):
    """Where usage goes after closing, compared with expected."""

    RISING = "rising"
    FALLING = "falling"
    INCONCLUSIVE = "inconclusive"


_DIRECTION = {
    Verdict.UP: Direction.RISING,
    Verdict.DOWN: Direction.FALLING,
    Verdict.INCONCLUSIVE: Direction.INCONCLUSIVE,
}


@dataclass(frozen=True, slots=True)
class ClosingTrend:
    """Usage after closing.

    Attributes:
        estimate: Relative difference from expected, the headline; NaN where nothing can be said.
        low: Lower limit, NaN likewise.
        high: Upper limit, NaN likewise.
        direction: Rising, falling or inconclusive, by the headline.
        from_level_at_closing: Change against the 7 days up to closing, which are a trough; NaN where unknown.
        impact: The headline in full.
        explanation: What stands behind both.
    """

    estimate: float
    low: float
    high: float
    direction: Direction
    from_level_at_closing: float
    impact: UsageImpact
    explanation: Explanation


def closing_trend(
    usage: ArrayLike,
    first_weekday: int,
    event_index: int,
    horizon: int = 7,
    *,
    peers: ArrayLike | PeerErrors | None = None,
    level: float = 0.95,
    masked: ArrayLike | None = None,
) -> ClosingTrend:
    """Compares the days after closing with expected, and with the level at closing.

    Args:
        usage: Daily totals, shape (days,), the incident's included; NaN where missing.
        first_weekday: Weekday of the first day, Monday 0.
        event_index: Index of the first full day after closing.
        horizon: Days after closing.
        peers: Other accounts' usage, shape (accounts, days), or their errors.
        level: Confidence level.
        masked: Days of the incident and of earlier ones, shape (days,); no part of what is expected.

    Raises:
        ValueError: As `usage_impact`.
    """
    impact = usage_impact(usage, first_weekday, event_index, horizon, peers=peers, level=level, masked=masked)
    days = one_series(usage)
    since = math.nan
    if 7 <= event_index <= days.size and horizon >= 1:
        since = level_ratio(days, first_weekday, event_index, horizon, 7) - 1.0
    why = replace(
        impact.explanation,
        title="Usage after closing",
        terms=(*impact.explanation.terms, Term("change from the level at closing", since, Unit.SHARE)),
    )
    return ClosingTrend(
        impact.estimate, impact.low, impact.high, _DIRECTION[impact.verdict], since, impact, why
    )


def count_directions(trends: Iterable[ClosingTrend]) -> dict[Direction, int]:
    """How many tickets were followed by rising, falling and inconclusive usage."""
    counted = Counter(trend.direction for trend in trends)
    return {direction: counted[direction] for direction in Direction}
