"""The Kaplan-Meier curve against a published example and its own rules."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.insights import in_words, restoration_curve

# Remission of 21 patients under 6-mercaptopurine (Freireich et al. 1963); the curve as in Kalbfleisch and
# Prentice, The Statistical Analysis of Failure Time Data; False = still in remission.
REMISSION = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSES = {0, 1, 2, 4, 6, 9, 10, 14, 15}
RELAPSED = [patient in RELAPSES for patient in range(21)]


def test_the_published_curve() -> None:
    found = restoration_curve(REMISSION, RELAPSED)
    assert found.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert found.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    expected = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert found.waiting == pytest.approx(expected, abs=5e-4)
    assert found.median == 23.0
    assert found.low == 13.0
    assert math.isinf(found.high)


def test_the_log_log_interval_by_hand() -> None:
    found = restoration_curve(REMISSION, RELAPSED)
    share, error = 18 / 21, math.sqrt(3 / (21 * 18))
    reach = 1.959964 * error / abs(math.log(share))
    assert found.waiting_low[0] == pytest.approx(share ** math.exp(reach), rel=1e-6)
    assert found.waiting_high[0] == pytest.approx(share ** math.exp(-reach), rel=1e-6)


def test_not_reached_is_an_answer() -> None:
    found = restoration_curve([3, 10, 10, 10], [True, False, False, False])
    assert math.isinf(found.median)
    assert found.early_sign
    assert found.tickets == 4


def test_no_ticket_has_no_median() -> None:
    found = restoration_curve([], [], out_of=7)
    assert math.isnan(found.median)
    assert (found.tickets, found.out_of) == (0, 7)
    assert any("No ticket had a confirmed dip" in line for line in in_words(found.explanation))


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_without_waiting_tickets_it_is_the_plain_share(days: list[int]) -> None:
    found = restoration_curve(days, [True] * len(days))
    for time, share in zip(found.times.tolist(), found.waiting.tolist(), strict=True):
        assert share == pytest.approx(np.mean(np.array(days) > time))


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=30), st.integers(1, 9))
def test_the_median_is_in_the_unit_of_the_days(tickets: list[tuple[int, bool]], factor: int) -> None:
    days, flags = zip(*tickets, strict=True)
    one, other = restoration_curve(days, flags), restoration_curve(np.array(days) * factor, flags)
    assert other.median == one.median * factor
    assert other.low == one.low * factor


def test_one_flag_for_each_ticket() -> None:
    with pytest.raises(ValueError, match="one flag"):
        restoration_curve([1, 2], [True])
