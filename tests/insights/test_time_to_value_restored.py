"""From opening to usage that is back, on series whose truth is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergedesk.insights import time_to_value_restored
from tests.insights.worlds import after, steady

OPENED = 200


@settings(max_examples=30)
@given(st.integers(0, 999), st.integers(3, 40))
def test_the_first_restored_day_is_found(seed: int, lasted: int) -> None:
    usage = after(steady(290, seed=seed, noise=0.04), OPENED, 0.4, OPENED + lasted)
    found = time_to_value_restored(usage, 0, OPENED)
    assert found.qualified
    assert found.restored
    # Noise of 4 % moves the first day that holds by a few days at most; the bench measures how often.
    assert abs(found.days - lasted) <= 4
    assert found.restored_index == OPENED + found.days


def test_never_restored_waits_until_the_last_day_that_could_have_told() -> None:
    found = time_to_value_restored(after(steady(240, seed=1), OPENED, 0.4), 0, OPENED)
    assert not found.restored
    assert found.qualified
    assert found.days == 240 - 7 + 1 - OPENED


def test_churn_ends_the_wait() -> None:
    usage = after(steady(290, seed=1), OPENED, 0.4)
    assert time_to_value_restored(usage, 0, OPENED, end_index=230).days == 230 - 7 + 1 - OPENED


def test_days_still_on_their_way_confirm_nothing() -> None:
    usage = after(steady(220, seed=1, noise=0.04), OPENED, 0.4, OPENED + 15)
    usage[218:] = np.nan
    assert not time_to_value_restored(usage, 0, OPENED).restored


def test_a_ticket_without_a_dip_does_not_qualify() -> None:
    found = time_to_value_restored(steady(290, seed=3), 0, OPENED)
    assert not found.qualified
    assert found.onset_index is None
    assert math.isnan(found.days_from_onset)


def test_a_dip_that_began_before_the_ticket_is_dated_back() -> None:
    usage = after(steady(290, seed=2, noise=0.05), OPENED - 6, 0.4, OPENED + 10)
    found = time_to_value_restored(usage, 0, OPENED, resolved_index=OPENED + 4)
    assert found.onset_index == OPENED - 6
    assert found.days == pytest.approx(10, abs=1)
    assert found.days_from_onset == found.days + 6
    assert found.days_after_resolution == found.days - 4


def test_a_dip_that_begins_after_opening_is_not_taken_for_restored_before() -> None:
    usage = after(steady(290, seed=2, noise=0.05), OPENED + 8, 0.2, OPENED + 20)
    found = time_to_value_restored(usage, 0, OPENED)
    assert found.days == pytest.approx(20, abs=1)


def test_too_little_history_says_nothing() -> None:
    assert math.isnan(time_to_value_restored(steady(60, seed=1), 0, 20).days)


@settings(max_examples=20)
@given(st.integers(0, 999), st.floats(0.3, 0.95))
def test_a_lower_threshold_is_reached_no_later(seed: int, threshold: float) -> None:
    usage = after(steady(290, seed=seed), OPENED, 0.4, OPENED + 20)
    low, high = (time_to_value_restored(usage, 0, OPENED, threshold=t) for t in (threshold, 0.95))
    assert low.days <= high.days


def test_what_has_to_hold_is_checked() -> None:
    with pytest.raises(ValueError, match="share above zero"):
        time_to_value_restored(steady(90, seed=1), 0, 60, threshold=0.0)
