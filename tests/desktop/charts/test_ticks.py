"""Ticks stand on round numbers and on days that people name."""

import math
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.desktop.charts.ticks import (
    day_text,
    day_ticks,
    exact_text,
    month_ticks,
    value_range,
    value_step,
    value_text,
    value_ticks,
)

figures = st.floats(0, 1e12, allow_nan=False, allow_infinity=False)
NARROW = "\u202f"


@given(figures, figures)
def test_the_range_holds_the_values(one: float, other: float) -> None:
    low, high = sorted((one, other))
    bottom, top = value_range(low, high)
    assert bottom <= low * (1 + 1e-9)
    assert top >= high
    assert top > bottom
    assert bottom >= 0


@given(figures, figures, st.integers(2, 8))
def test_ticks_lie_in_the_range_and_are_evenly_spaced(one: float, other: float, wanted: int) -> None:
    low, high = value_range(*sorted((one, other)), wanted=wanted)
    ticks = value_ticks(low, high, wanted)
    assert 1 <= len(ticks) <= wanted + 2
    step = value_step(high - low, wanted)
    assert all(math.isclose(after - before, step, rel_tol=1e-6) for before, after in pairwise(ticks))


def test_values_near_zero_start_at_zero_and_far_ones_do_not() -> None:
    assert value_range(100, 1000)[0] == 0
    assert value_range(1.52e6, 2.4e6)[0] > 1e6


def test_what_is_unknown_has_a_range_too() -> None:
    assert value_range(math.nan, math.nan) == (0.0, 1.0)


def test_credits_hang_below_zero() -> None:
    low, high = value_range(-1200, 5000)
    assert low <= -1200
    assert high >= 5000


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [
        (0, 250_000, "0"),
        (2_250_000, 250_000, f"2.25{NARROW}M"),
        (2_500_000, 250_000, f"2.50{NARROW}M"),
        (50_000, 50_000, "50k"),
        (7_500, 2_500, "7,500"),
        (0.5, 0.25, "0.50"),
        (-20, 20, "−20"),
        (3e9, 1e9, f"3{NARROW}B"),
    ],
)
def test_a_tick_has_the_decimals_of_its_step(value: float, step: float, text: str) -> None:
    assert value_text(value, step) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(1_400_000, f"1.4{NARROW}M"), (150_000, "150k"), (1_250_000, f"1.25{NARROW}M"), (40, "40"), (0, "0")],
)
def test_where_an_axis_starts_is_said_without_idle_zeros(value: float, text: str) -> None:
    assert exact_text(value) == text


days = st.integers(date(2020, 1, 1).toordinal(), date(2030, 1, 1).toordinal())


@given(days, st.integers(1, 1500), st.integers(2, 14))
def test_days_are_named_inside_and_not_too_many(first: int, length: int, wanted: int) -> None:
    ticks = day_ticks(first, first + length, wanted)
    assert all(first <= tick <= first + length for tick in ticks)
    assert len(ticks) <= wanted + 1
    assert list(ticks) == sorted(set(ticks))
    assert all(day_text(tick, ticks) for tick in ticks)


def test_weeks_are_named_by_their_monday() -> None:
    first = date(2026, 9, 11).toordinal()
    ticks = day_ticks(first, first + 90, 8)
    assert {date.fromordinal(tick).weekday() for tick in ticks} == {0}
    assert day_text(ticks[0], ticks) == "14 Sep"


def test_months_are_named_by_their_first_and_say_their_year_once() -> None:
    ticks = month_ticks(date(2025, 11, 20).toordinal(), date(2026, 5, 2).toordinal(), 12)
    assert [day_text(tick, ticks) for tick in ticks] == ["Dec 2025", "Jan 2026", "Feb", "Mar", "Apr", "May"]
