"""What the days before each day let expect: weekday weights and levels, worked out once for every horizon."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.series import Flags, Floats, WeekdaySums, as_days

BASELINES = (7, 14, 28, 56)
LEAST_SHARE = 1.0 / 3.0
_CHUNK = 12
# Below this the days seen are of weekdays that bring next to nothing, and a level would be without measure.
_LEAST_WEIGHT = 1e-9


class Levels:
    """Weekday weights and daily levels of accounts on one meter, as known before each day.

    Both depend on the day up to which usage is known and on nothing else, so one object serves windows of
    every length and every lead.

    Attributes:
        usage: Daily totals, shape (accounts, days), NaN where missing.
        weights: Weekday weights of the 112 days before each day, shape (accounts, days + 1, 7), mean 1.
        levels: By baseline length b, the weekday-adjusted daily level of the b days before each day, shape
            (accounts, days + 1); NaN where fewer than a third of them were observed.
        first_observed: First observed day of each account.
    """

    def __init__(self, usage: ArrayLike, first_weekday: int, *, baselines: Sequence[int] = BASELINES) -> None:
        """Work out every day.

        Args:
            usage: Daily totals, shape (accounts, days) or (days,); NaN where missing or masked.
            first_weekday: Weekday of the first day, Monday 0.
            baselines: Lengths of the baselines, where not all are wanted.
        """
        days = np.atleast_2d(as_days(usage))
        accounts, n = days.shape
        self.usage = days
        self.weights = np.ones((accounts, n + 1, 7))
        self.levels: dict[int, Floats] = {b: np.full((accounts, n + 1), np.nan) for b in baselines}
        self.first_observed = np.full(accounts, n, dtype=np.intp)
        self._sums: list[WeekdaySums] = []
        for start in range(0, accounts, _CHUNK):
            rows = slice(start, start + _CHUNK)
            sums = WeekdaySums(days[rows], first_weekday)
            self._sums.append(sums)
            self.first_observed[rows] = sums.first_observed
            self.weights[rows] = sums.all_weights()
            for b in baselines:
                if b <= n:
                    self.levels[b][rows, b:] = _level(sums, self.weights[rows], b)[:, b:]

    @property
    def accounts(self) -> int:
        """How many accounts it holds."""
        return self.usage.shape[0]

    @property
    def days(self) -> int:
        """How many days it holds."""
        return self.usage.shape[1]

    def window(self, horizon: int) -> tuple[Floats, Floats, Floats]:
        """Of the `horizon` days from each day: total, days seen, and days seen of each weekday.

        Returns:
            Shapes (accounts, days + 1) twice and (accounts, days + 1, 7).
        """
        parts = [sums.after(horizon) for sums in self._sums]
        if len(parts) == 1:
            return parts[0]
        total, seen, counts = (np.concatenate(part) for part in zip(*parts, strict=True))
        return total, seen, counts


def _level(sums: WeekdaySums, weights: Floats, b: int) -> Floats:
    totals, seen, counts = sums.before(b)
    weight_before = np.einsum("atd,atd->at", weights, counts)
    enough: Flags = (seen >= b * LEAST_SHARE) & (weight_before > _LEAST_WEIGHT)
    return np.divide(totals, weight_before, out=np.full_like(totals, np.nan), where=enough)
