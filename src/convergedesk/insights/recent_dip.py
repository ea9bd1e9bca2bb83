"""Has usage fallen lately, ticket or no ticket?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.dip_alert import FALSE_ALARMS, LEAST_DROP, LOOKS
from convergedesk.insights.error_matrix import ErrorMatrix
from convergedesk.insights.event_study import Comparison, compare
from convergedesk.insights.levels import Levels
from convergedesk.insights.series import one_series
from convergedesk.insights.study import REACH, gap_before


@dataclass(frozen=True, slots=True)
class RecentDip:
    """Usage of the last days against expected, at the look that stands out most.

    Attributes:
        fired: True where a look is at least 10 % below expected and beyond chance.
        first: Index of the first day of that look; None where nothing can be said.
        days: Its length in days; 0 likewise.
        estimate: Relative difference; NaN likewise.
        low: Lower limit of it (95 %); NaN likewise.
        high: Upper limit of it; NaN likewise.
        p_value: Smallest p-value of the looks times their number, at most 1; NaN likewise.
    """

    fired: bool
    first: int | None
    days: int
    estimate: float
    low: float
    high: float
    p_value: float


def recent_dip(usage: ArrayLike, first_weekday: int, *, masked: ArrayLike | None = None) -> RecentDip:
    """Looks at the last 3, 5, 7, 10 and 14 days up to the last observed one.

    Args:
        usage: Daily totals, shape (days,); NaN where missing or not yet complete.
        first_weekday: Weekday of the first day, Monday 0.
        masked: Days of earlier episodes, shape (days,).

    Raises:
        ValueError: When shapes do not fit.
    """
    days = one_series(usage, masked)
    seen = np.flatnonzero(np.isfinite(days))
    end = int(seen[-1]) + 1 if seen.size else 0
    best: tuple[float, int, float, Comparison] | None = None
    fired: tuple[float, int, float, Comparison] | None = None
    first = max(end - REACH - LOOKS[-1], 0)
    levels: Levels | None = None
    for look in LOOKS:
        start = end - look
        if start < 1:
            break
        lead = gap_before(days, start)
        levels = levels or Levels(days[first:end], first_weekday + first)
        matrix = ErrorMatrix(levels, first_weekday + first, look, lead=lead)
        found = compare(matrix, start - first)
        if not isinstance(found, Comparison):
            continue
        judged = (found.p_of_a_dip(), look, math.expm1(found.effect), found)
        best = judged if best is None else min(best, judged, key=_least_likely)
        if judged[0] < FALSE_ALARMS / len(LOOKS) and judged[2] <= -LEAST_DROP:
            fired = judged if fired is None else min(fired, judged, key=_least_likely)
    shown = fired or best
    if shown is None or best is None:
        return RecentDip(False, None, 0, math.nan, math.nan, math.nan, math.nan)
    p_value = min(best[0] * len(LOOKS), 1.0)
    low, high = (math.expm1(limit) for limit in shown[3].effect_limits(0.95))
    return RecentDip(fired is not None, end - shown[1], shown[1], shown[2], low, high, p_value)


def _least_likely(judged: tuple[float, int, float, Comparison]) -> tuple[float, int, float]:
    return judged[:3]
