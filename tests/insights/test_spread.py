"""Limits and p-values are two readings of the same placebos."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergedesk.insights.spread import spread_of


@settings(max_examples=60)
@given(st.integers(0, 999), st.integers(20, 365), st.sampled_from([3, 7, 28]), st.floats(0.002, 0.4))
def test_the_lower_limit_at_a_share_has_that_share_below(
    seed: int, origins: int, horizon: int, tail: float
) -> None:
    spread = spread_of(np.random.default_rng(seed).normal(0.1, 0.2, origins), horizon, 14)
    assert spread is not None
    low, high = spread.limits(1.0 - 2.0 * tail)
    assert spread.share_below(low) == pytest.approx(tail, rel=1e-3)
    assert spread.share_below(high) == pytest.approx(1.0 - tail, rel=1e-3)


def test_equal_errors_leave_a_sliver_of_doubt() -> None:
    spread = spread_of(np.full(100, 0.3), 7, 14)
    assert spread is not None
    assert spread.median == pytest.approx(0.3)
    assert spread.share_below(-1.0) == pytest.approx(1e-6)
    assert spread.share_below(1.0) == pytest.approx(1.0)
    assert spread_of(np.array([0.1, np.nan, 0.2]), 7, 14) is None


def test_the_empirical_quantiles_enter_with_more_windows() -> None:
    skewed = np.random.default_rng(0).exponential(1.0, 365)
    few, many = spread_of(skewed[:40], 7, 7), spread_of(skewed, 7, 7)
    assert few is not None
    assert many is not None
    assert -few.limits(0.95)[0] == pytest.approx(few.limits(0.95)[1])
    assert -many.limits(0.95)[0] < many.limits(0.95)[1]
