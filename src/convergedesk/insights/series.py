"""Daily totals made ready for judging: what is missing, which weekday it was, and running sums."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

WEIGHT_DAYS = 112
_EPSILON = 1e-9
_ONES = np.ones(7)
# From the seven weekdays of a week to 7 × 7: on each day of the week, each weekday's value; all of them, and
# only those of the days before.
_EVERY_DAY = np.tile(np.eye(7), 7)
_DAYS_BEFORE = (np.eye(7)[:, np.newaxis] * np.tri(7, k=-1)).reshape(7, 49)
_BEYOND_BELIEF = 1e18


def as_days(usage: ArrayLike, *masks: ArrayLike | None) -> Floats:
    """Daily totals as float64, with NaN wherever a day must not be judged.

    Args:
        usage: Shape (..., days); values that no meter reaches, infinite or beyond 1e18, count as missing.
        masks: Any number of flags, broadcast against `usage`; True leaves the day out.

    Raises:
        ValueError: When a mask's shape does not fit.
    """
    days = np.array(usage, dtype=np.float64, ndmin=1)
    days[~(np.abs(days) <= _BEYOND_BELIEF)] = np.nan
    for mask in masks:
        if mask is not None:
            days[np.broadcast_to(np.asarray(mask, dtype=np.bool_), days.shape)] = np.nan
    return days


def frozen(values: Floats) -> Floats:
    """The same array, read-only from now on."""
    values.setflags(write=False)
    return values


def one_series(usage: ArrayLike, *masks: ArrayLike | None) -> Floats:
    """`as_days` for the daily totals of one account and meter.

    Raises:
        ValueError: When `usage` does not have exactly one axis.
    """
    if np.ndim(usage) != 1:
        raise ValueError("one account's daily totals have one axis")
    return as_days(usage, *masks)


def scaled_to_full_days(usage: ArrayLike, hours: ArrayLike) -> Floats:
    """Usage of days of 23 or 25 hours as it would have been in 24, shape as `usage`.

    Args:
        usage: Daily totals, shape (..., days).
        hours: Length of each day in hours, shape (days,).
    """
    return as_days(usage) * (24.0 / np.asarray(hours, dtype=np.float64))


def immature_days(days: int, ages: Sequence[float] | NDArray[np.float64], lag: float) -> Flags:
    """Flags of days that are younger than the meter's usual lag of arrival, shape (days,).

    Args:
        days: Length of the axis.
        ages: Age of each day in days at the as-of instant, shape (days,).
        lag: 95th percentile of the meter's arrival lag, in days.
    """
    return np.broadcast_to(np.asarray(ages, dtype=np.float64) < lag, (days,)).copy()


def weekdays(first_weekday: int, days: int) -> Places:
    """The weekday of each day, Monday 0, shape (days,)."""
    first = int(first_weekday) % 7
    return np.arange(first, first + days, dtype=np.intp) % 7


class WeekdaySums:
    """Running sums of each weekday, from which every window's total and weight is one subtraction.

    Attributes:
        days: Shape (accounts, days), NaN where missing.
        first_observed: First observed day of each account (the number of days where there is none).
    """

    def __init__(self, days: Floats, first_weekday: int) -> None:
        accounts, n = days.shape
        self.days = days
        seen = np.isfinite(days)
        known = np.where(seen, days, 0.0)
        self._totals = _by_weekday(known, int(first_weekday) % 7)
        self._counts = _by_weekday(seen.astype(np.float64), int(first_weekday) % 7)
        self._total = np.zeros((accounts, n + 1))
        self._seen = np.zeros((accounts, n + 1))
        np.cumsum(known, axis=1, out=self._total[:, 1:])
        np.cumsum(seen, axis=1, out=self._seen[:, 1:])
        before = ~np.logical_or.accumulate(seen, axis=1)
        self.first_observed: Places = before.astype(np.intp).sum(axis=1)

    def totals(self, starts: Places, ends: Places) -> Floats:
        """Observed total of each window [start, end), at least 0, shape (accounts, windows)."""
        return np.maximum(self._total[:, ends] - self._total[:, starts], 0.0)

    def seen(self, starts: Places, ends: Places) -> Floats:
        """How many days were observed in each window [start, end), shape (accounts, windows)."""
        return self._seen[:, ends] - self._seen[:, starts]

    def counts(self, starts: Places, ends: Places) -> Floats:
        """Observed days of each weekday in each window [start, end), shape (accounts, windows, 7)."""
        return self._counts[:, ends] - self._counts[:, starts]

    def before(self, days: int) -> tuple[Floats, Floats, Floats]:
        """Of the `days` days before each day: total, days seen, and days seen of each weekday.

        Returns:
            Shapes (accounts, days + 1) twice and (accounts, days + 1, 7).
        """
        totals = np.maximum(_since(self._total, days), 0.0)
        return totals, _since(self._seen, days), _since(self._counts, days)

    def after(self, days: int) -> tuple[Floats, Floats, Floats]:
        """The same of the `days` days from each day."""
        totals = np.maximum(_from(self._total, days), 0.0)
        return totals, _from(self._seen, days), _from(self._counts, days)

    def all_weights(self) -> Floats:
        """`weights` of every day and of the one after the last, shape (accounts, days + 1, 7)."""
        totals = np.maximum(_since(self._totals, WEIGHT_DAYS), 0.0)
        return _weights(totals, _since(self._counts, WEIGHT_DAYS))

    def weights(self, at: Places) -> Floats:
        """Weekday weights from the last 112 days before each day, shape (accounts, windows, 7), mean 1.

        A weekday that has not been seen weighs as the mean of those that have.
        """
        starts = np.maximum(at - WEIGHT_DAYS, 0)
        counts = self.counts(starts, at)
        totals = np.maximum(self._totals[:, at] - self._totals[:, starts], 0.0)
        return _weights(totals, counts)


def _by_weekday(values: Floats, first: int) -> Floats:
    """Running sums of each weekday before each day, shape (accounts, days + 1, 7).

    Whole weeks are added up, and to each day what its own week holds before it: a seventh of the additions.
    """
    accounts, n = values.shape
    whole = (n + first) // 7 + 1
    weeks = np.zeros((accounts, whole, 7))
    weeks.reshape(accounts, -1)[:, first : first + n] = values
    before = np.zeros((accounts, whole, 7))
    np.cumsum(weeks[:, :-1], axis=1, out=before[:, 1:])
    # As products, for broadcasting over so short an axis takes far longer.
    sums = before @ _EVERY_DAY + weeks @ _DAYS_BEFORE
    return sums.reshape(accounts, -1, 7)[:, first : first + n + 1]


def _weights(totals: Floats, counts: Floats) -> Floats:
    known = counts > 0
    means = np.divide(totals, counts, out=np.zeros_like(totals), where=known)
    # A product with ones: sums along so short an axis take far longer.
    overall = (means @ _ONES) / np.maximum(known.astype(np.float64) @ _ONES, 1.0)
    overall = overall[:, :, None]
    return np.divide(means, overall, out=np.ones_like(means), where=known & (overall > _EPSILON))


def _since(sums: Floats, days: int) -> Floats:
    """What running sums grew by in the `days` days before each day."""
    grown = np.empty(sums.shape)
    grown[:, :days] = sums[:, :days]
    np.subtract(sums[:, days:], sums[:, : max(sums.shape[1] - days, 0)], out=grown[:, days:])
    return grown


def _from(sums: Floats, days: int) -> Floats:
    """What running sums grow by in the `days` days from each day."""
    whole = max(sums.shape[1] - days, 0)
    grown = np.empty(sums.shape)
    np.subtract(sums[:, days:], sums[:, :whole], out=grown[:, :whole])
    np.subtract(sums[:, -1:], sums[:, whole:], out=grown[:, whole:])
    return grown
