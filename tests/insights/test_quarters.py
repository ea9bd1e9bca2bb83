from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.domain.fiscal import previous_quarter, quarter_start
from convergedesk.insights.quarters import compare_quarters, same_days_before

FIRST = date(2026, 7, 1)


@given(st.dates(date(2020, 1, 1), date(2027, 1, 1)), st.integers(0, 800), st.integers(1, 12))
def test_each_day_stands_beside_the_same_day_of_the_quarter_before(
    first: date, days: int, fiscal_month: int
) -> None:
    values = np.arange(days, dtype=np.float64)
    before = same_days_before(values, first, fiscal_month)
    assert before.shape == values.shape
    for index in range(days):
        day = first + timedelta(days=index)
        counterpart = previous_quarter(day, fiscal_month) + (day - quarter_start(day, fiscal_month))
        if counterpart < first or counterpart >= quarter_start(day, fiscal_month):
            assert np.isnan(before[index])
        else:
            assert before[index] == (counterpart - first).days


def test_an_unfinished_quarter_is_averaged_over_the_same_days_only() -> None:
    # Q3 begins at 100 a day for 40 days and ends at 900; Q4 runs for 40 days at 110.
    values = np.concatenate([np.full(40, 100.0), np.full(52, 900.0), np.full(40, 110.0)])
    result = compare_quarters(values, FIRST, FIRST + timedelta(days=values.size - 1))
    assert (result.mean, result.previous_mean, result.days) == (110.0, 100.0, 40)
    assert not result.finished


def test_a_day_missing_on_either_side_counts_on_neither() -> None:
    values = np.concatenate([np.full(92, 100.0), np.full(20, 120.0)])
    values[0] = np.nan
    values[95] = np.nan
    result = compare_quarters(values, FIRST, FIRST + timedelta(days=values.size - 1))
    assert result.days == 18


def test_too_few_days_are_not_averaged() -> None:
    values = np.full(92 + 6, 100.0)
    result = compare_quarters(values, FIRST, FIRST + timedelta(days=values.size - 1))
    assert result.mean is None
    assert result.previous_mean is None


@pytest.mark.parametrize(("last", "finished"), [(date(2026, 12, 31), True), (date(2026, 12, 30), False)])
def test_a_quarter_is_finished_on_its_last_day(last: date, finished: bool) -> None:
    values = np.ones((last - FIRST).days + 1)
    assert compare_quarters(values, FIRST, last).finished is finished
