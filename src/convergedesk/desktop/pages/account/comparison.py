"""This quarter beside the one before, day by day and only over days that both have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from convergedesk.desktop.phrases import quarter, quarter_start
from convergedesk.figures.wording import count, percent, short_number

_FEWEST_DAYS = 7


@dataclass(frozen=True, slots=True)
class QuarterComparison:
    """The previous quarter laid under the present one.

    Attributes:
        name: Of the quarter before the last day's, such as 'Q3 2026'.
        values: For each day of the axis, usage on the same day of the quarter before it
            (the 12th day of Q4 beside the 12th of Q3), NaN where that is not known. Shape (n,).
        mean: Mean of the present quarter over the days that count, or None with under 7.
        previous_mean: Mean of the quarter before over its same days, or None likewise.
        days: How many days count: those reported in both quarters.
        finished: False while the present quarter runs.
        unit: What one is, in words.
    """

    name: str
    present_name: str
    values: NDArray[np.float64]
    mean: float | None
    previous_mean: float | None
    days: int
    finished: bool
    unit: str

    @property
    def words(self) -> str:
        """The comparison in a sentence that says how many days it rests on."""
        if self.mean is None or self.previous_mean is None:
            return f"Not enough days to compare {self.present_name} with {self.name} yet"
        so_far = "" if self.finished else " so far"
        unit = f" {self.unit}" if self.unit else ""
        change = ""
        if self.previous_mean:
            change = f" ({percent(self.mean / self.previous_mean - 1, signed=True)})"
        return (
            f"{self.present_name}{so_far}: {short_number(self.mean)}{unit} a day{change} compared with "
            f"{short_number(self.previous_mean)} on the same {count(self.days, 'day')} of {self.name}"
        )


def same_days_before(values: NDArray[np.float64], first_day: date) -> NDArray[np.float64]:
    """Usage of the previous quarter on the same day of the quarter, laid on the present axis.

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
        previous = quarter_start(start - timedelta(days=1))
        following = quarter_start(start + timedelta(days=95))
        end = min(values.size, (following - first_day).days)
        # A day past the end of the previous quarter has no counterpart there.
        last_with_counterpart = (start - first_day).days + (start - previous).days
        stop = min(end, last_with_counterpart)
        offset = (start - previous).days
        source = position - offset
        begin = max(position, offset) if source < 0 else position
        if begin < stop:
            before[begin:stop] = values[begin - offset : stop - offset]
        position = end
    return before


def compare_quarters(
    values: NDArray[np.float64], first_day: date, last_day: date, unit: str = ""
) -> QuarterComparison:
    """Compare the quarter of `last_day`, up to that day, with the same days of the one before.

    Args:
        values: Daily usage, shape (n,), NaN where nothing was reported.
        first_day: Day of `values[0]`.
        last_day: Last day with usage.
        unit: What one is, in the plural.
    """
    before = same_days_before(values, first_day)
    start = quarter_start(last_day)
    following = quarter_start(start + timedelta(days=95))
    begin = max(0, (start - first_day).days)
    end = (last_day - first_day).days + 1
    both = ~np.isnan(values[begin:end]) & ~np.isnan(before[begin:end])
    days = int(both.sum())
    enough = days >= _FEWEST_DAYS
    return QuarterComparison(
        name=quarter(start - timedelta(days=1)),
        present_name=quarter(last_day),
        values=before,
        mean=float(values[begin:end][both].mean()) if enough else None,
        previous_mean=float(before[begin:end][both].mean()) if enough else None,
        days=days,
        finished=last_day == following - timedelta(days=1),
        unit=unit,
    )
