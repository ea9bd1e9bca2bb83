"""How wrong the forecast has been at every day of the past: the ground that every effect is judged on."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.series import Floats, Places, WeekdaySums, as_days

BASELINES = (7, 14, 28, 56)
_LEAST_SHARE = 1.0 / 3.0
_HALF = 0.5
_CHUNK = 48


class ErrorMatrix:
    """Forecast errors of accounts on one meter for windows of one length, at every origin.

    At origin t the level is the observed total of the `b` days before t − lead over the sum of their
    weekday weights, the weights come from the 112 days before t − lead, and the error is
    ln[(S + ½) / (level · Σw + ½)] with S the observed total of the `horizon` days from t. Nothing after
    t − lead enters the forecast, so one matrix serves every ticket of every account on the meter.

    Attributes:
        usage: Daily totals, shape (accounts, days), NaN where missing.
        horizon: Length of the judged window in days.
        lead: Days between the end of the baseline and the origin (an incident that is masked).
        errors: By baseline length, shape (accounts, days + 1), NaN where nothing can be said.
        expected: By baseline length, the expected total of the window's observed days, same shape.
        observed: The observed total of the window, same shape.
        seen: How many of the window's days were observed, same shape.
        first_observed: First observed day of each account.
    """

    def __init__(self, usage: ArrayLike, first_weekday: int, horizon: int, *, lead: int = 0) -> None:
        """Judge every origin.

        Args:
            usage: Daily totals, shape (accounts, days) or (days,); NaN where missing or masked.
            first_weekday: Weekday of the first day, Monday 0.
            horizon: Length of the window, at least 1.
            lead: Days left out between baseline and window.
        """
        days = np.atleast_2d(as_days(usage))
        self.usage = days
        self.horizon = horizon
        self.lead = lead
        accounts, n = days.shape
        shape = (accounts, n + 1)
        self.errors: dict[int, Floats] = {b: np.full(shape, np.nan) for b in BASELINES}
        self.expected: dict[int, Floats] = {b: np.full(shape, np.nan) for b in BASELINES}
        self.observed = np.zeros(shape)
        self.seen = np.zeros(shape)
        self.first_observed = np.full(accounts, n, dtype=np.intp)
        for start in range(0, accounts, _CHUNK):
            rows = slice(start, start + _CHUNK)
            self._fill(rows, WeekdaySums(days[rows], first_weekday), n)

    def _fill(self, rows: slice, sums: WeekdaySums, n: int) -> None:
        self.first_observed[rows] = sums.first_observed
        origins = np.arange(n + 1)
        ends = np.minimum(origins + self.horizon, n)
        known_until = np.maximum(origins - self.lead, 0)
        window = sums.counts(origins, ends)
        weights = sums.weights(known_until)
        seen = sums.seen(origins, ends)
        observed = sums.totals(origins, ends)
        self.observed[rows], self.seen[rows] = observed, seen
        weight_after = np.einsum("atd,atd->at", weights, window)
        enough_after = (seen >= self.horizon * _LEAST_SHARE) & (seen > 0)
        for b in BASELINES:
            reach = slice(b + self.lead, n + 1)
            if reach.start > n:
                continue
            level = _levels(sums, weights[:, reach], known_until[reach], b)
            expected = level * weight_after[:, reach]
            error = np.log((observed[:, reach] + _HALF) / (expected + _HALF))
            self.expected[b][rows, reach] = expected
            self.errors[b][rows, reach] = np.where(enough_after[:, reach], error, np.nan)

    @property
    def accounts(self) -> int:
        """How many accounts it holds."""
        return self.observed.shape[0]

    @property
    def days(self) -> int:
        """How many days it holds."""
        return self.observed.shape[1] - 1


def _levels(sums: WeekdaySums, weights: Floats, until: Places, b: int) -> Floats:
    """Weekday-adjusted daily level of the `b` days before `until`; NaN where too few were observed."""
    counts = sums.counts(until - b, until)
    weight_before = np.einsum("atd,atd->at", weights, counts)
    enough = (sums.seen(until - b, until) >= b * _LEAST_SHARE) & (weight_before > 0.0)
    totals = sums.totals(until - b, until)
    return np.divide(totals, weight_before, out=np.full_like(totals, np.nan), where=enough)
