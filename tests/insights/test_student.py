"""Quantiles against printed tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.insights.student import incomplete_beta, t_quantile, t_upper_tail


@pytest.mark.parametrize(
    ("p", "degrees", "value"),
    [
        (0.975, 1, 12.7062047),
        (0.975, 2, 4.30265273),
        (0.975, 10, 2.22813885),
        (0.995, 5, 4.03214298),
        (0.95, 30, 1.69726089),
        (0.9995, 3, 12.9239786),
        (0.75, 1, 1.0),
        (0.975, 1e6, 1.95996636),
    ],
)
def test_printed_quantiles(p: float, degrees: float, value: float) -> None:
    assert t_quantile(p, degrees) == pytest.approx(value, rel=1e-7)


@given(st.floats(1e-6, 1 - 1e-6), st.floats(1.0, 500.0))
def test_a_quantile_leaves_its_share_above(p: float, degrees: float) -> None:
    assert t_upper_tail(t_quantile(p, degrees), degrees) == pytest.approx(1.0 - p, rel=1e-6, abs=1e-12)


@given(st.floats(0.1, 50.0), st.floats(0.1, 50.0), st.floats(0.001, 0.999))
def test_the_beta_function_mirrors_itself(a: float, b: float, x: float) -> None:
    assert incomplete_beta(a, b, x) == pytest.approx(1.0 - incomplete_beta(b, a, 1.0 - x), abs=1e-10)
