"""The survival curve against lifelines, the quantiles against scipy."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergedesk.insights import restoration_curve
from convergedesk.insights.student import t_quantile, t_upper_tail

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from lifelines import KaplanMeierFitter
    from lifelines.utils import median_survival_times
    from scipy import stats


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 9999), st.integers(2, 80), st.floats(0.1, 1.0))
def test_the_curve_its_interval_and_its_median_are_those_of_lifelines(
    seed: int, tickets: int, observed: float
) -> None:
    rng = np.random.default_rng(seed)
    days = rng.integers(1, 40, tickets).astype(np.float64)
    flags = rng.random(tickets) < observed
    flags[0] = True
    ours = restoration_curve(days, flags)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = KaplanMeierFitter().fit(days, flags)
        limits = theirs.confidence_interval_
        medians = np.asarray(median_survival_times(limits), dtype=np.float64).ravel()
    np.testing.assert_allclose(ours.waiting, theirs.survival_function_at_times(ours.times), atol=1e-12)
    inside = ours.waiting > 0.0
    low, high = (limits.iloc[:, column].loc[ours.times[inside]].to_numpy() for column in (0, 1))
    np.testing.assert_allclose(ours.waiting_low[inside], low, atol=1e-9)
    np.testing.assert_allclose(ours.waiting_high[inside], high, atol=1e-9)
    # A step that ends exactly on a half falls on either side of it by the oracle's rounding.
    ties = [bool((np.abs(share - 0.5) < 1e-9).any()) for share in (ours.waiting, low, high)]
    if not ties[0]:
        assert ours.median == theirs.median_survival_time_
    if inside.all() and not any(ties):
        assert [ours.low, ours.high] == medians.tolist()


@settings(max_examples=200, deadline=None)
@given(st.floats(1e-6, 1 - 1e-6), st.floats(1.0, 1000.0))
def test_quantiles_and_tails_are_those_of_scipy(p: float, degrees: float) -> None:
    value = t_quantile(p, degrees)
    assert value == pytest.approx(float(stats.t.ppf(p, degrees)), rel=1e-8, abs=1e-10)
    assert t_upper_tail(value, degrees) == pytest.approx(float(stats.t.sf(value, degrees)), rel=1e-8)
