from datetime import date, timedelta

import numpy as np

from convergedesk.figures.expected import expected_of

FIRST = date(2026, 1, 5)


def test_a_dip_that_lasts_does_not_become_what_is_expected() -> None:
    daily = np.full(200, 100.0)
    daily[180:] = 60.0
    since = FIRST + timedelta(days=180)
    held = expected_of(daily, FIRST, (), since)
    drifted = expected_of(daily, FIRST, ())
    assert held.expected[-1] > 95.0
    assert drifted.expected[-1] < held.expected[-1]
    assert daily[-1] < held.low[-1]


def test_without_a_dip_the_range_holds_an_even_line() -> None:
    found = expected_of(np.full(120, 50.0), FIRST, ())
    assert found.low[-1] <= 50.0 <= found.high[-1]


def test_a_dip_before_the_data_masks_all_of_it_and_says_nothing() -> None:
    assert expected_of(np.full(60, 50.0), FIRST, (), FIRST - timedelta(days=3)).baseline is None
