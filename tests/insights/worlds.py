"""Series for the tests: plain daily usage whose truth is known, and every odd shape that data comes in."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

WEEK = np.array([1.2, 1.2, 1.15, 1.1, 1.0, 0.7, 0.65])


def steady(days: int, *, seed: int, rate: float = 400.0, noise: float = 0.15) -> NDArray[np.float64]:
    """Daily totals of a business with a weekly rhythm that starts on a Monday."""
    rng = np.random.default_rng(seed)
    mean = rate * WEEK[np.arange(days) % 7]
    return rng.poisson(mean * rng.gamma(noise**-2, noise**2, days)).astype(np.float64)


def after(usage: NDArray[np.float64], day: int, factor: float, end: int | None = None) -> NDArray[np.float64]:
    """The same, multiplied by `factor` from a day on."""
    changed = usage.copy()
    changed[day:end] = np.round(changed[day:end] * factor)
    return changed


odd_values = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, -1.0, -250.0, 1e-300, 1e15, 1e300, np.nan, np.inf, -np.inf]),
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(0, 5000).map(float),
)


def odd_series(most: int = 140) -> st.SearchStrategy[NDArray[np.float64]]:
    """Any daily totals: empty, one day, all missing, all zero, negative, infinite, huge."""
    return st.one_of(
        st.sampled_from([0, 1, 2, 29, 120]).map(lambda n: np.full(n, np.nan)),
        st.sampled_from([0, 1, 29, 120]).map(np.zeros),
        st.integers(0, most).flatmap(lambda n: arrays.arrays(np.float64, n, elements=odd_values)),
        st.tuples(st.integers(28, most), st.integers(0, 999)).map(lambda a: steady(a[0], seed=a[1])),
        st.tuples(st.integers(28, most), st.integers(0, 999)).map(_with_holes),
    )


def _with_holes(size_and_seed: tuple[int, int]) -> NDArray[np.float64]:
    size, seed = size_and_seed
    usage = steady(size, seed=seed, rate=12.0)
    usage[np.random.default_rng(seed).random(size) < 0.3] = np.nan
    return usage
