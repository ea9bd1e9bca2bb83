"""What usage is expected to be on the days after the data ends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from convergedesk.insights.error_matrix import ErrorMatrix
from convergedesk.insights.event_study import LEAST_EXPECTED, least_history
from convergedesk.insights.levels import BASELINES, Levels
from convergedesk.insights.series import WEIGHT_DAYS, Floats, weekdays
from convergedesk.insights.spread import MOST_PLACEBOS, Spread, narrowest
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
    return forecasts(days[np.newaxis], first_weekday, (horizon,), lead=lead)[0][0]


def forecasts(
    days: Floats,
    first_weekday: int,
    horizons: Sequence[int],
    *,
    lead: int = 0,
    baselines: Sequence[int] = BASELINES,
    placebos: int = MOST_PLACEBOS,
) -> list[list[Forecast | None]]:
    """Forecasts many series over many horizons; what they share is worked out once.

    Args:
        days: Daily totals up to the origin, shape (series, days), NaN where missing or masked.
        first_weekday: Weekday of day 0.
        horizons: Days ahead whose total is wanted, in any order.
        lead: Days between the end of `days` and the days that are forecast.
        baselines: Lengths of baselines to choose from.
        placebos: At most so many earlier origins are looked at.

    Returns:
        For each series a forecast for each horizon, None with too little history or usage.
    """
    series, origin = days.shape
    found: list[list[Forecast | None]] = [[None] * len(horizons) for _ in range(series)]
    gaps = [gap_before(row, origin) for row in days]
    longest = max(horizons, default=0)
    for gap in sorted(set(gaps)):
        rows = [row for row in range(series) if gaps[row] == gap]
        first = max(origin - placebos - WEIGHT_DAYS - longest - lead - gap, 0)
        levels = Levels(days[rows, first:], first_weekday + first, baselines=baselines)
        for place, horizon in enumerate(horizons):
            if horizon < 1:
                continue
            matrix = ErrorMatrix(levels, first_weekday + first, horizon, lead=lead + gap)
            for at, row in enumerate(rows):
                found[row][place] = _of_row(levels, matrix, at, first_weekday, first, gap)
    return found


def _of_row(
    levels: Levels, matrix: ErrorMatrix, row: int, first_weekday: int, first: int, gap: int
) -> Forecast | None:
    horizon, end = matrix.horizon, levels.days - gap
    history = end - int(levels.first_observed[row])
    if history < least_history(horizon):
        return None
    cap = max(14.0, (history - horizon) / 3.0)
    lengths = [b for place, b in enumerate(levels.levels) if b <= cap or place == 0]
    best = narrowest(((b, matrix.errors[b][row, -MOST_PLACEBOS - horizon :]) for b in lengths), horizon)
    if best is None:
        return None
    b, spread = best
    level = float(levels.levels[b][row, end])
    if not level > 0.0:
        return None
    made = Forecast(
        origin=first + levels.days,
        first_weekday=first_weekday,
        baseline=b,
        level=level * math.exp(spread.median),
        weights=levels.weights[row, end],
        spread=spread,
        horizon=horizon,
        errors=matrix.errors[b][row],
    )
    return made if made.total >= LEAST_EXPECTED else None
