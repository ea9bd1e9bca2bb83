"""The range in which each day's usage was to be expected: what the charts shade."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.error_matrix import ErrorMatrix
from convergedesk.insights.event_study import least_history
from convergedesk.insights.explanation import Explanation, Term, Unit
from convergedesk.insights.levels import BASELINES
from convergedesk.insights.series import Floats, Places, WeekdaySums, frozen, one_series, weekdays
from convergedesk.insights.spread import Spread, spread_of

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class ExpectedRange:
    """What each day was expected to bring, from the days before it alone.

    Attributes:
        expected: Expected total of each day, shape (days,); NaN before there is enough history.
        low: Lower limit, at least 0, same shape.
        high: Upper limit, same shape.
        baseline: Days of the rolling baseline, or None where nothing can be said.
        explanation: What stands behind it.
    """

    expected: Floats
    low: Floats
    high: Floats
    baseline: int | None
    explanation: Explanation


def expected_range(
    usage: ArrayLike,
    first_weekday: int,
    *,
    masked: ArrayLike | None = None,
    level: float = 0.95,
) -> ExpectedRange:
    """Expected range of every day, including those that are masked or missing.

    The level rolls with the days before; over masked days it stays where it was, so that an incident does
    not become its own yardstick.

    Args:
        usage: Daily totals, shape (days,); NaN where missing.
        first_weekday: Weekday of the first day, Monday 0.
        masked: Days of incidents, left out of the baseline, shape (days,).
        level: Share of ordinary days that the range holds.

    Raises:
        ValueError: When shapes do not fit or `level` is not between 0 and 1.
    """
    if not 0.0 < level < 1.0:
        raise ValueError("the level lies between 0 and 1")
    days = one_series(usage, masked)
    n = days.size
    matrix = ErrorMatrix(days, first_weekday, 1)
    start = int(matrix.first_observed[0])
    chosen = _narrowest(matrix, n - start)
    if chosen is None:
        blank = frozen(np.full(n, np.nan))
        return ExpectedRange(blank, blank, blank, None, _explanation(None, None, level))
    baseline, spread = chosen
    expected = _rolling(days, first_weekday, start, baseline)
    expected[: min(start + least_history(1), n)] = np.nan
    below, above = spread.limits(level)
    middle = np.maximum((expected + _HALF) * np.exp(spread.median) - _HALF, 0.0)
    low = np.maximum((expected + _HALF) * np.exp(spread.median + below) - _HALF, 0.0)
    high = np.maximum((expected + _HALF) * np.exp(spread.median + above) - _HALF, 0.0)
    return ExpectedRange(
        frozen(middle), frozen(low), frozen(high), baseline, _explanation(baseline, spread, level)
    )


def _narrowest(matrix: ErrorMatrix, history: int) -> tuple[int, Spread] | None:
    best: tuple[int, Spread] | None = None
    for b in BASELINES:
        spread = spread_of(matrix.errors[b][0], 1, b)
        if history < least_history(1) or b > max(14.0, (history - 1) / 3.0) or spread is None:
            continue
        if best is None or spread.deviation < best[1].deviation:
            best = (b, spread)
    return best


def _rolling(days: Floats, first_weekday: int, start: int, baseline: int) -> Floats:
    """Level of the last `baseline` observed days before each day times the day's weekday weight."""
    n = days.size
    observed = np.flatnonzero(np.isfinite(days)).astype(np.intp)
    before: Places = np.searchsorted(observed, np.arange(n, dtype=np.intp), side="left").astype(np.intp)
    sums = WeekdaySums(days[np.newaxis], first_weekday)
    oldest = np.where(before >= baseline, observed[np.maximum(before - baseline, 0)], start).astype(np.intp)
    ends = np.where(before > 0, observed[np.maximum(before - 1, 0)] + 1, 0).astype(np.intp)
    oldest = np.minimum(oldest, ends)
    weights = sums.weights(ends)[0]
    weight_before = (sums.counts(oldest, ends)[0] * weights).sum(axis=1)
    totals = sums.totals(oldest, ends)[0]
    level = np.divide(totals, weight_before, out=np.full(n, np.nan), where=weight_before > 0.0)
    return level * weights[np.arange(n, dtype=np.intp), weekdays(first_weekday, n)]


def _explanation(baseline: int | None, spread: Spread | None, level: float) -> Explanation:
    terms: tuple[Term, ...] = ()
    if baseline is not None and spread is not None:
        terms = (
            Term("days of the rolling baseline", baseline, Unit.DAYS),
            Term("days compared", spread.ordered.size, Unit.COUNT),
            Term("usual error of one day", spread.deviation, Unit.SHARE),
        )
    return Explanation(
        title="Expected range",
        definition="What each day was expected to bring, going by the days before it and by its weekday.",
        formula="level of the days before × weight of the weekday",
        terms=terms,
        interval=f"About {level * 100:.0f} of 100 ordinary days lie inside the range.",
        caution="" if terms else "Nothing can be said: too little history.",
    )
