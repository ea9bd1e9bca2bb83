"""Simulated tickets: usage falls at opening, stays low, and comes back on a known day or never."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.insights_scenarios.series import Rng, simulate

AFTER = 90


class Outage(NamedTuple):
    """One ticket with its truth.

    Attributes:
        usage: Daily totals, shape (days,).
        first_weekday: Weekday of day 0.
        opened: Index of the day of opening.
        lasted: Days from opening to the first restored day; infinite where it never was.
    """

    usage: NDArray[np.float64]
    first_weekday: int
    opened: int
    lasted: float


def outage(kind: str, rng: Rng, *, begins_before: int = 0) -> Outage:
    """A ticket of an account of a kind: 40 to 80 % less for 3 to 30 days, one in six for good."""
    account, opened = simulate(kind, rng, AFTER)
    factor = np.ones(account.mean.size)
    lasted = float(rng.integers(3, 31)) if rng.random() > 1 / 6 else np.inf
    end = account.mean.size if np.isinf(lasted) else opened + int(lasted)
    factor[opened - begins_before : end] = 1.0 - rng.uniform(0.4, 0.8)
    return Outage(account.draw(rng, factor), account.first_weekday, opened, lasted)
