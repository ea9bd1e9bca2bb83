"""What usage is expected to be on the days after the data ends."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from convergedesk.insights.error_matrix import ErrorMatrix
from convergedesk.insights.event_study import LEAST_EXPECTED, least_history
from convergedesk.insights.levels import BASELINES
from convergedesk.insights.series import WEIGHT_DAYS, Floats, WeekdaySums, weekdays
from convergedesk.insights.spread import MOST_PLACEBOS, Spread, spread_of
from convergedesk.insights.study import gap_before


@dataclass(frozen=True, slots=True)
class Forecast:
    """Weekday-adjusted level at the end of the data, and how wrong such a level has been.

    Attributes:
        origin: Index of the first day without data.
        first_weekday: Weekday of day 0.
        baseline: Days of the baseline that was used.
        level: Expected daily total of a day of weight 1, usual bias allowed for.
        weights: Weight of each weekday, Monday first, mean 1, shape (7,).
        spread: Errors of totals over `horizon` days at earlier origins.
        horizon: Days that the errors are of.
        errors: The same errors by origin, shape (origin + 1,), NaN where not judged.
    """

    origin: int
    first_weekday: int
    baseline: int
    level: float
    weights: Floats
    spread: Spread
    horizon: int
    errors: Floats

    def daily(self, days: int) -> Floats:
        """Expected total of each day of an axis of `days` days, shape (days,)."""
        return self.level * self.weights[weekdays(self.first_weekday, days)]

    @property
    def total(self) -> float:
        """Expected total of the `horizon` days from the origin."""
        return float(self.daily(self.origin + self.horizon)[self.origin :].sum())


def forecast(days: Floats, first_weekday: int, horizon: int, *, lead: int = 0) -> Forecast | None:
    """Forecasts the days after the last one; None with too little history or usage.

    Args:
        days: Daily totals up to the origin, shape (days,), NaN where missing or masked.
        first_weekday: Weekday of day 0.
        horizon: Days ahead whose total is wanted; the spread is of such totals.
        lead: Days between the end of `days` and the days that are forecast.
    """
    origin = days.size
    gap = gap_before(days, origin)
    first = max(origin - MOST_PLACEBOS - WEIGHT_DAYS - horizon - lead - gap, 0)
    matrix = ErrorMatrix(days[first:], first_weekday + first, horizon, lead=lead + gap)
    history = origin - first - gap - int(matrix.first_observed[0])
    if horizon < 1 or history < least_history(horizon):
        return None
    best: tuple[int, Spread, Floats] | None = None
    for b in BASELINES:
        errors = matrix.errors[b][0]
        spread = spread_of(errors[-MOST_PLACEBOS - horizon :], horizon, b)
        if b > max(14.0, (history - horizon) / 3.0) or spread is None:
            continue
        if best is None or spread.deviation < best[1].deviation:
            best = (b, spread, errors)
    return None if best is None else _at_the_end(days[first:], first_weekday, first, gap, horizon, best)


def _at_the_end(
    days: Floats,
    first_weekday: int,
    first: int,
    gap: int,
    horizon: int,
    best: tuple[int, Spread, Floats],
) -> Forecast | None:
    b, spread, errors = best
    sums = WeekdaySums(days[np.newaxis], first_weekday + first)
    end = np.array([days.size - gap], dtype=np.intp)
    weights = sums.weights(end)[0, 0]
    weight = float((sums.counts(end - b, end)[0, 0] * weights).sum())
    if weight <= 0.0:
        return None
    level = float(sums.totals(end - b, end)[0, 0]) / weight * math.exp(spread.median)
    made = Forecast(first + days.size, first_weekday, b, level, weights, spread, horizon, errors)
    return made if made.total >= LEAST_EXPECTED else None
