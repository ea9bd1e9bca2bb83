"""Simulated accounts: daily usage whose truth is known, in ten kinds that usage comes in.

The noise is such that a dip of 30 % over a week is seen in about seven tickets of ten; with less of it every
method looks good.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rng = np.random.Generator

MILD_WEEK = np.array([1.1, 1.12, 1.1, 1.08, 1.0, 0.8, 0.8])
OFFICE_WEEK = np.array([1.35, 1.4, 1.4, 1.35, 1.2, 0.2, 0.1])


class Account(NamedTuple):
    """One simulated account.

    Attributes:
        mean: Expected usage of each day without noise of counting, shape (days,).
        shape: Shape of the gamma noise on each day's rate; its relative deviation is 1/√shape.
        hidden: Days whose usage nobody reported.
        first_weekday: Weekday of day 0, Monday 0.
    """

    mean: Floats
    shape: float
    hidden: NDArray[np.bool_]
    first_weekday: int

    def draw(self, rng: Rng, factor: Floats | float = 1.0) -> Floats:
        """Daily totals, the mean multiplied by `factor`; NaN where hidden."""
        rate = self.mean * factor * rng.gamma(self.shape, 1.0 / self.shape, self.mean.size)
        return np.where(self.hidden, np.nan, rng.poisson(rate).astype(np.float64))


@dataclass(frozen=True)
class Knobs:
    """What sets one kind of account apart from the plain one."""

    rate: tuple[float, float] = (80.0, 1500.0)
    noise: tuple[float, float] = (0.18, 0.34)
    week: Floats = field(default_factory=lambda: MILD_WEEK)
    history: tuple[int, int] = (200, 500)
    shape_of_log: Callable[[Rng, int], Floats] | None = None
    missing: Callable[[Rng, int], NDArray[np.bool_]] | None = None


def slopes(rng: Rng, days: int) -> Floats:
    """Growth that changes its pace every 40 to 120 days, ± 0.4 % a day."""
    pace = np.zeros(days)
    at = 0
    while at < days:
        length = int(rng.integers(40, 121))
        pace[at : at + length] = rng.normal(0.0, 0.002)
        at += length
    return np.cumsum(pace)


def wandering(rng: Rng, days: int) -> Floats:
    """First-order autoregressive noise."""
    memory, deviation = rng.uniform(0.5, 0.8), rng.uniform(0.12, 0.25)
    steps = rng.normal(0.0, deviation * np.sqrt(1.0 - memory**2), days)
    steps[0] = rng.normal(0.0, deviation)
    for day in range(1, days):
        steps[day] += memory * steps[day - 1]
    return steps


def shifts(rng: Rng, days: int) -> Floats:
    """About one jump of the level every 150 days."""
    jumps = np.where(rng.random(days) < 1.0 / 150.0, rng.normal(0.0, 0.3, days), 0.0)
    return np.cumsum(jumps)


def holidays(rng: Rng, days: int) -> Floats:
    """Ten days a year on which little happens."""
    return np.where(rng.random(days) < 10.0 / 365.0, np.log(0.4), 0.0)


def gaps(rng: Rng, days: int) -> NDArray[np.bool_]:
    """One day in ten unreported, and now and then a whole week."""
    hidden = rng.random(days) < 0.08
    for start in np.flatnonzero(rng.random(days) < 1.0 / 120.0):
        hidden[start : start + 5] = True
    return hidden


def incidents(rng: Rng, days: int) -> NDArray[np.bool_]:
    """Earlier incidents, masked: a week to three, some four a year."""
    hidden = np.zeros(days, dtype=np.bool_)
    for start in np.flatnonzero(rng.random(days) < 4.0 / 365.0):
        hidden[start : start + int(rng.integers(5, 22))] = True
    return hidden


KINDS: dict[str, Knobs] = {
    "plain": Knobs(),
    "weekday business": Knobs(week=OFFICE_WEEK),
    "changing slopes": Knobs(shape_of_log=slopes),
    "autocorrelated": Knobs(shape_of_log=wandering, noise=(0.12, 0.25)),
    "level shifts": Knobs(shape_of_log=shifts),
    "low counts": Knobs(rate=(2.0, 8.0), noise=(0.18, 0.34)),
    "short history": Knobs(history=(35, 70)),
    "missing days": Knobs(missing=gaps),
    "holidays": Knobs(shape_of_log=holidays),
    "masked incidents": Knobs(missing=incidents),
}


def simulate(kind: str, rng: Rng, after: int) -> tuple[Account, int]:
    """An account of a kind with `after` days behind the event, and the event's index.

    The days from the event on are always reported, apart from the kind 'missing days'.
    """
    knobs = KINDS[kind]
    event = int(rng.integers(*knobs.history))
    days = event + after
    first_weekday = int(rng.integers(7))
    log_shape = np.zeros(days) if knobs.shape_of_log is None else knobs.shape_of_log(rng, days)
    rate = np.exp(rng.uniform(*np.log(knobs.rate)))
    mean = rate * knobs.week[(first_weekday + np.arange(days)) % 7] * np.exp(log_shape)
    hidden = np.zeros(days, dtype=np.bool_) if knobs.missing is None else knobs.missing(rng, days)
    if knobs.missing is incidents:
        hidden[event - 7 :] = False
    return Account(mean, 1.0 / rng.uniform(*knobs.noise) ** 2, hidden, first_weekday), event
