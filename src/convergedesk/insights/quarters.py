"""A quarter beside the one before it, day by day and only over days that both have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

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


def quarter_start(day: date) -> date:
    """The first day of the calendar quarter that a day lies in."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def next_quarter(day: date) -> date:
    """The first day of the calendar quarter after the one that a day lies in."""
    return quarter_start(quarter_start(day) + timedelta(days=95))


def previous_quarter(day: date) -> date:
    """The first day of the calendar quarter before the one that a day lies in."""
    return quarter_start(quarter_start(day) - timedelta(days=1))


def same_days_before(values: NDArray[np.float64], first_day: date) -> NDArray[np.float64]:
    """Usage of the previous quarter laid on the same days of the quarter: its 12th on the 12th.

    Args:
        values: Daily usage, shape (n,), NaN where nothing was reported.
        first_day: Day of `values[0]`.

    Returns:
        Shape (n,). NaN where the previous quarter is shorter, lies before the data, or had
        nothing reported.
    """
    before = np.full(values.size, np.nan)
    position = 0
    while position < values.size:
        day = first_day + timedelta(days=position)
        start = quarter_start(day)
        offset = (start - previous_quarter(day)).days
        end = min(values.size, (next_quarter(day) - first_day).days)
        # A day past the end of the previous quarter has no counterpart there.
        stop = min(end, (start - first_day).days + offset)
        begin = max(position, offset)
        if begin < stop:
            before[begin:stop] = values[begin - offset : stop - offset]
        position = end
    return before


def compare_quarters(values: NDArray[np.float64], first_day: date, last_day: date) -> QuarterComparison:
    """The quarter of `last_day`, up to that day, beside the same days of the one before.

    Args:
        values: Daily usage, shape (n,), NaN where nothing was reported.
        first_day: Day of `values[0]`.
        last_day: Last day to count.
    """
    before = same_days_before(values, first_day)
    begin = max(0, (quarter_start(last_day) - first_day).days)
    end = (last_day - first_day).days + 1
    both = ~np.isnan(values[begin:end]) & ~np.isnan(before[begin:end])
    days = int(both.sum())
    finished = last_day == next_quarter(last_day) - timedelta(days=1)
    if days < FEWEST_DAYS:
        return QuarterComparison(None, None, days, finished)
    return QuarterComparison(
        float(values[begin:end][both].mean()), float(before[begin:end][both].mean()), days, finished
    )
