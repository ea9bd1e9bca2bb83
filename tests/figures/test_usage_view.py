"""Usage of an account and its sites lies on one axis, and only like is added to like."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.usage import Aggregation, Granularity, Meter, MeterId, UsageSeries
from convergedesk.figures.usage_view import combine

NAN = float("nan")
EVENTS = Meter(MeterId(1), "events", "Events delivered", "event")
RETRIES = Meter(MeterId(2), "retries", "Retries", "event")
STORAGE = Meter(MeterId(3), "storage", "Storage", "GB", Aggregation.MAX)
METERS = {m.id: m for m in (EVENTS, RETRIES, STORAGE)}


def series(
    meter: Meter, first: date, *values: float, account: int = 1, step: Granularity = Granularity.DAY
) -> UsageSeries:
    return UsageSeries(AccountId(account), meter.id, step, first, np.array(values))


def test_sites_add_up_and_a_day_is_missing_only_where_no_site_reported() -> None:
    combined = combine(
        [
            series(EVENTS, date(2026, 1, 1), 1, NAN, NAN),
            series(EVENTS, date(2026, 1, 2), 5, NAN, 7, account=2),
        ],
        METERS,
    )
    assert combined.first_day == date(2026, 1, 1)
    assert combined.days == 4
    np.testing.assert_array_equal(combined.meters[0].daily, [1, 5, NAN, 7])


def test_a_maximum_meter_takes_the_greatest_site_and_is_never_added_to_the_total() -> None:
    combined = combine(
        [
            series(STORAGE, date(2026, 1, 1), 10, 20),
            series(STORAGE, date(2026, 1, 1), 30, 5, account=2),
            series(EVENTS, date(2026, 1, 1), 1, 2),
            series(RETRIES, date(2026, 1, 1), 3, 4),
        ],
        METERS,
    )
    storage = next(u for u in combined.meters if u.meter is STORAGE)
    np.testing.assert_array_equal(storage.daily, [30, 20])
    np.testing.assert_array_equal(combined.total, [4, 6])
    assert combined.total_label == "Total of 2 meters counted in events"


def test_one_meter_of_a_unit_has_no_total() -> None:
    assert combine([series(EVENTS, date(2026, 1, 1), 1)], METERS).total is None


def test_months_are_summed_from_days_and_monthly_usage_is_never_spread() -> None:
    combined = combine(
        [
            series(EVENTS, date(2026, 1, 30), 1, 2, 4, NAN),
            series(RETRIES, date(2025, 12, 1), 100, NAN, 300, step=Granularity.MONTH),
        ],
        METERS,
    )
    events = next(u for u in combined.meters if u.meter is EVENTS)
    retries = next(u for u in combined.meters if u.meter is RETRIES)
    assert events.months == (date(2026, 1, 1), date(2026, 2, 1))
    np.testing.assert_array_equal(events.monthly, [3, 4])
    assert retries.daily is None
    assert retries.months == (date(2025, 12, 1), date(2026, 2, 1))
    assert combined.days == 4


def test_usage_known_by_month_only_has_no_day_axis() -> None:
    combined = combine([series(RETRIES, date(2025, 12, 1), 100, step=Granularity.MONTH)], METERS)
    assert combined.first_day is None
    assert combined.last_day is None
    assert combined.meters[0].monthly.sum() == 100


def test_absent_days_become_zero_only_where_the_source_says_so() -> None:
    sparse = Meter(MeterId(9), "jobs", "Jobs", "job", absent_is_zero=True)
    combined = combine([series(sparse, date(2026, 1, 1), NAN, 4, NAN, 6)], {sparse.id: sparse})
    np.testing.assert_array_equal(combined.meters[0].daily, [NAN, 4, 0, 6])


def test_no_usage_at_all() -> None:
    combined = combine([], METERS)
    assert combined.meters == ()
    assert combined.total is None


@pytest.mark.parametrize("unit", ["GB", "events"])
def test_units_that_have_no_plural_stay(unit: str) -> None:
    pair = [Meter(MeterId(i), f"m{i}", f"M{i}", unit) for i in (1, 2)]
    combined = combine([series(m, date(2026, 1, 1), 1) for m in pair], {m.id: m for m in pair})
    assert combined.total_label == f"Total of 2 meters counted in {unit}"
