"""How wrong the forecast has been at every day of the past: the ground that every effect is judged on."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.levels import LEAST_SHARE, Levels
from convergedesk.insights.series import Floats

_HALF = 0.5


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

    def __init__(self, usage: ArrayLike | Levels, first_weekday: int, horizon: int, *, lead: int = 0) -> None:
        """Judge every origin.

        Args:
            usage: Daily totals, shape (accounts, days) or (days,); NaN where missing or masked. Or their
                levels, where several horizons and leads of the same usage are judged.
            first_weekday: Weekday of the first day, Monday 0.
            horizon: Length of the window, at least 1.
            lead: Days left out between baseline and window.
        """
        before = usage if isinstance(usage, Levels) else Levels(usage, first_weekday)
        self.usage = before.usage
        self.horizon = horizon
        self.lead = lead
        self.first_observed = before.first_observed
        accounts, n = before.usage.shape
        shape = (accounts, n + 1)
        self.errors: dict[int, Floats] = {b: np.full(shape, np.nan) for b in before.levels}
        self.expected: dict[int, Floats] = {b: np.full(shape, np.nan) for b in before.levels}
        self.observed, self.seen, counts = before.window(horizon)
        known = before.weights[:, : max(n + 1 - lead, 0)]
        weight_after = np.einsum("atd,atd->at", known, counts[:, lead:])
        enough = (self.seen >= horizon * LEAST_SHARE) & (self.seen > 0)
        for b in before.levels:
            reach = slice(b + lead, n + 1)
            if reach.start > n:
                continue
            expected = before.levels[b][:, b : n + 1 - lead] * weight_after[:, b:]
            error = np.log((self.observed[:, reach] + _HALF) / (expected + _HALF))
            self.expected[b][:, reach] = expected
            self.errors[b][:, reach] = np.where(enough[:, reach], error, np.nan)

    @property
    def accounts(self) -> int:
        """How many accounts it holds."""
        return self.observed.shape[0]

    @property
    def days(self) -> int:
        """How many days it holds."""
        return self.observed.shape[1] - 1
