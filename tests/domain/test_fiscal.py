"""Quarters of fiscal years that begin in any month."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.domain.fiscal import next_quarter, previous_quarter, quarter_name, quarter_start

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
MONTHS = st.integers(1, 12)


@pytest.mark.parametrize(
    ("day", "first_month", "start", "name"),
    [
        (date(2026, 12, 10), 1, date(2026, 10, 1), "Q4 2026"),
        # From February: the year that ends in January 2027.
        (date(2026, 12, 10), 2, date(2026, 11, 1), "Q4 FY2027"),
        (date(2027, 1, 31), 2, date(2026, 11, 1), "Q4 FY2027"),
        (date(2027, 2, 1), 2, date(2027, 2, 1), "Q1 FY2028"),
        (date(2026, 12, 10), 4, date(2026, 10, 1), "Q3 FY2027"),
        (date(2026, 3, 31), 4, date(2026, 1, 1), "Q4 FY2026"),
        (date(2026, 1, 15), 12, date(2025, 12, 1), "Q1 FY2026"),
    ],
)
def test_quarters_by_hand(day: date, first_month: int, start: date, name: str) -> None:
    assert quarter_start(day, first_month) == start
    assert quarter_name(day, first_month) == name


@given(DAYS, MONTHS)
def test_quarters_follow_each_other_without_a_gap(day: date, first_month: int) -> None:
    start, after = quarter_start(day, first_month), next_quarter(day, first_month)
    assert start <= day < after
    assert 89 <= (after - start).days <= 92
    assert previous_quarter(after, first_month) == start
    assert quarter_start(start, first_month) == start
    assert quarter_name(after - timedelta(days=1), first_month) == quarter_name(day, first_month)


@given(DAYS, MONTHS)
def test_a_year_has_four_names(day: date, first_month: int) -> None:
    quarters = [quarter_start(day, first_month)]
    for _ in range(4):
        quarters.append(next_quarter(quarters[-1], first_month))
    names = [quarter_name(one, first_month) for one in quarters]
    assert len(set(names)) == 5
    assert names[0].split()[0] == names[4].split()[0]
