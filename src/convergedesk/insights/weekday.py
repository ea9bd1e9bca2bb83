"""Daily usage without its weekly rhythm, so that a week's shape does not hide a dip."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RECENT_DAYS = 112
FEWEST_WEEKS = 4
LEAST_FACTOR = 0.1


def weekday_factors(values: NDArray[np.float64], first_weekday: int) -> NDArray[np.float64] | None:
    """How each weekday usually compares with the mean weekday.

    The median of each weekday over the last 112 days up to the last reported one, divided
    by the mean of the seven medians. Medians, so that a dip of some days moves no factor.

    Args:
        values: Daily usage, shape (n,), NaN where nothing was reported.
        first_weekday: Weekday of `values[0]`, Monday is 0.

    Returns:
        Shape (7,), Monday first, mean 1. None where a weekday was reported fewer than four
        times, or is so quiet (under a tenth) that dividing by it would only magnify noise.
    """
    known = np.flatnonzero(~np.isnan(values))
    if known.size == 0:
        return None
    end = int(known[-1]) + 1
    begin = max(0, end - RECENT_DAYS)
    window = values[begin:end]
    weekday = (first_weekday + np.arange(begin, end)) % 7
    medians = np.empty(7)
    for day in range(7):
        reported = window[(weekday == day) & ~np.isnan(window)]
        if reported.size < FEWEST_WEEKS:
            return None
        medians[day] = np.median(reported)
    mean = medians.mean()
    if mean <= 0:
        return None
    factors = medians / mean
    return factors if factors.min() >= LEAST_FACTOR else None


def adjusted_for_weekday(values: NDArray[np.float64], first_weekday: int) -> NDArray[np.float64] | None:
    """Daily usage divided by its weekday's factor.

    Args:
        values: Daily usage, shape (n,), NaN where nothing was reported.
        first_weekday: Weekday of `values[0]`, Monday is 0.

    Returns:
        Shape (n,), NaN as in `values`; None where there are no factors.
    """
    factors = weekday_factors(values, first_weekday)
    if factors is None:
        return None
    return values / factors[(first_weekday + np.arange(values.size)) % 7]
