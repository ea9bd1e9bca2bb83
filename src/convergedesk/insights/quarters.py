"""A quarter beside the one before it, day by day and only over days that both have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.fiscal import CALENDAR_YEAR, next_quarter, previous_quarter, quarter_start

FEWEST_DAYS = 7


@dataclass(frozen=True, slots=True)
class QuarterComparison:
    """The mean day of a quarter so far and of the same days of the quarter before.

    Attributes:
        mean: Mean over the days that count, or None with fewer than seven.
        previous_mean: Mean of the quarter before over its same days, or None likewise.
        days: How many days count: those reported in both quarters.
        finished: False while the later quarter runs.
    """

    mean: float | None
    previous_mean: float | None
    days: int
    finished: bool


def same_days_before(
    values: NDArray[np.float64], first_day: date, first_month: int = CALENDAR_YEAR
) -> NDArray[np.float64]:
    """Usage of the previous quarter laid on the same days of the quarter: its 12th on the 12th.

    Args:
        values: Daily usage, shape (n,), NaN where nothing was reported.
        first_day: Day of `values[0]`.
        first_month: First month of the fiscal year.

    Returns:
        Shape (n,). NaN where the previous quarter is shorter, lies before the data, or had
        nothing reported.
    """
    before = np.full(values.size, np.nan)
    position = 0
    while position < values.size:
        day = first_day + timedelta(days=position)
        start = quarter_start(day, first_month)
        offset = (start - previous_quarter(day, first_month)).days
        end = min(values.size, (next_quarter(day, first_month) - first_day).days)
        # A day past the end of the previous quarter has no counterpart there.
        stop = min(end, (start - first_day).days + offset)
        begin = max(position, offset)
        if begin < stop:
            before[begin:stop] = values[begin - offset : stop - offset]
        position = end
    return before


def compare_quarters(
    values: NDArray[np.float64], first_day: date, last_day: date, first_month: int = CALENDAR_YEAR
) -> QuarterComparison:
    """The quarter of `last_day`, up to that day, beside the same days of the one before.

    Args:
        values: Daily usage, shape (n,), NaN where nothing was reported.
        first_day: Day of `values[0]`.
        last_day: Last day to count.
        first_month: First month of the fiscal year.
    """
    before = same_days_before(values, first_day, first_month)
    begin = max(0, (quarter_start(last_day, first_month) - first_day).days)
    end = (last_day - first_day).days + 1
    both = ~np.isnan(values[begin:end]) & ~np.isnan(before[begin:end])
    days = int(both.sum())
    finished = last_day == next_quarter(last_day, first_month) - timedelta(days=1)
    if days < FEWEST_DAYS:
        return QuarterComparison(None, None, days, finished)
    return QuarterComparison(
        float(values[begin:end][both].mean()), float(before[begin:end][both].mean()), days, finished
    )
