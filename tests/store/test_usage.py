"""Reading usage: series, matrix and totals say the same."""

from datetime import date, timedelta

import numpy as np
import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.usage import Aggregation, Granularity, MeterId
from convergedesk.store import usage
from convergedesk.store.engine import Store
from convergedesk.store.usage_blocks import write_days, write_months
from tests.store.rows import add, add_account, add_meter, add_subject, epoch_day

NAN = float("nan")


def report(store: Store, subject: int, meter: MeterId, first: date, values: list[float]) -> None:
    days = np.arange(epoch_day(first), epoch_day(first) + len(values))
    with store.write() as connection:
        write_days(connection, np.full(days.size, subject), np.full(days.size, meter), days, np.array(values))


def report_month(store: Store, subject: int, meter: MeterId, month: date, quantity: float) -> None:
    number = np.array([month.year * 12 + month.month - 1])
    with store.write() as connection:
        write_months(connection, np.array([subject]), np.array([meter]), number, np.array([quantity]))


def test_a_series_runs_from_the_first_to_the_last_reported_day(store: Store) -> None:
    account = add_account(store, "Acme")
    calls = add_meter(store, "calls")
    report(store, add_subject(store, account, "a"), calls, date(2024, 1, 30), [1, 2, NAN, 0])
    (series,) = usage.account_series(store, [account])
    assert (series.account_id, series.meter_id, series.granularity) == (account, calls, Granularity.DAY)
    assert series.first_day == date(2024, 1, 30)
    np.testing.assert_array_equal(series.values, [1, 2, NAN, 0])
    assert not series.values.flags.writeable


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        (Aggregation.SUM, [1, 12, 23, NAN]),
        (Aggregation.MAX, [1, 10, 20, NAN]),
        (Aggregation.LAST, [1, 10, 20, NAN]),
    ],
)
def test_subjects_of_one_account_are_combined_as_the_meter_says(
    store: Store, aggregation: Aggregation, expected: list[float]
) -> None:
    account = add_account(store, "Acme")
    meter = add_meter(store, "m", aggregation)
    report(store, add_subject(store, account, "a"), meter, date(2024, 3, 1), [1, 2, 3])
    report(store, add_subject(store, account, "b"), meter, date(2024, 3, 2), [10, 20, NAN, 4])
    (series,) = usage.account_series(store, [account])
    np.testing.assert_array_equal(series.values, [*expected, 4])


def test_usage_that_waits_for_its_account_is_not_seen(store: Store) -> None:
    calls = add_meter(store, "calls")
    report(store, add_subject(store, None, "unknown"), calls, date(2024, 3, 1), [1])
    everything = usage.portfolio_days(store, date(2024, 3, 1), date(2024, 3, 2))
    assert everything.values.shape == (0, 0, 2)
    assert usage.last_day(store) is None
    assert usage.month_totals(store) == ()


def test_months_stay_months(store: Store) -> None:
    account = add_account(store, "Acme")
    seats = add_meter(store, "seats")
    subject = add_subject(store, account, "a")
    report_month(store, subject, seats, date(2024, 1, 1), 100)
    report_month(store, subject, seats, date(2024, 3, 1), 300)
    (series,) = usage.account_series(store, [account])
    assert (series.granularity, series.first_day) == (Granularity.MONTH, date(2024, 1, 1))
    np.testing.assert_array_equal(series.values, [100, NAN, 300])


def test_a_month_known_both_ways_is_counted_once(store: Store) -> None:
    account = add_account(store, "Acme")
    calls = add_meter(store, "calls")
    subject = add_subject(store, account, "a")
    report_month(store, subject, calls, date(2024, 1, 1), 99)
    report_month(store, subject, calls, date(2024, 2, 1), 50)
    report(store, subject, calls, date(2024, 1, 1), [40, 60])
    totals = [(total.month.month, total.quantity) for total in usage.month_totals(store)]
    assert totals == [(1, 100), (2, 50)]


def test_totals_follow_the_meter(store: Store) -> None:
    account = add_account(store, "Acme")
    peak = add_meter(store, "peak", Aggregation.MAX)
    report(store, add_subject(store, account, "a"), peak, date(2024, 1, 30), [5, 9, 3, NAN])
    totals = [(total.month, total.quantity) for total in usage.month_totals(store, [account])]
    assert totals == [(date(2024, 1, 1), 9), (date(2024, 2, 1), 3)]


def test_the_matrix_holds_what_the_series_hold_cut_to_its_window(store: Store) -> None:
    rng = np.random.default_rng(7)
    accounts = [add_account(store, f"A{n}") for n in range(3)]
    meters = [add_meter(store, f"m{n}") for n in range(2)]
    start = date(2023, 11, 17)
    for number, account in enumerate(accounts):
        subject = add_subject(store, account, f"s{number}")
        for meter in meters:
            values = rng.uniform(size=120)
            values[rng.uniform(size=120) < 0.2] = NAN
            report(store, subject, meter, start + timedelta(days=number), values.tolist())
    first, last = date(2023, 12, 5), date(2024, 2, 20)
    matrix = usage.portfolio_days(store, first, last)
    assert (list(matrix.account_ids), list(matrix.meter_ids)) == (accounts, meters)
    for series in usage.account_series(store, accounts):
        offset = (first - series.first_day).days
        row = matrix.values[accounts.index(series.account_id), meters.index(series.meter_id)]
        np.testing.assert_array_equal(row, series.values[offset : offset + row.size])


def test_a_window_that_ends_within_a_month_never_spills(store: Store) -> None:
    account = add_account(store, "Acme")
    calls = add_meter(store, "calls")
    report(store, add_subject(store, account, "a"), calls, date(2024, 2, 1), [1.0] * 60)
    matrix = usage.portfolio_days(store, date(2024, 2, 10), date(2024, 3, 3))
    assert matrix.values.shape == (1, 1, 23)
    np.testing.assert_array_equal(matrix.values, 1.0)


def test_only_the_accounts_asked_for(store: Store) -> None:
    calls = add_meter(store, "calls")
    ids: list[AccountId] = []
    for name in ("One", "Two"):
        ids.append(add_account(store, name))
        report(store, add_subject(store, ids[-1], name), calls, date(2024, 1, len(ids)), [1])
    assert usage.portfolio_days(
        store, date(2024, 1, 1), date(2024, 1, 2), account_ids=ids[1:]
    ).account_ids == (ids[1],)
    assert usage.last_day(store, ids[:1]) == date(2024, 1, 1)
    assert usage.last_day(store) == date(2024, 1, 2)
    assert usage.account_series(store, []) == ()


def test_meters_are_all_or_those_that_were_used(store: Store) -> None:
    account = add_account(store, "Acme")
    used, by_month, _ = (add_meter(store, name, unit="GB") for name in ("b", "c", "a"))
    subject = add_subject(store, account, "a")
    report(store, subject, used, date(2024, 1, 1), [1])
    report_month(store, subject, by_month, date(2024, 1, 1), 1)
    assert [meter.name for meter in usage.meters(store)] == ["a", "b", "c"]
    assert [(meter.name, meter.unit) for meter in usage.meters(store, [account])] == [
        ("b", "GB"),
        ("c", "GB"),
    ]


def test_features_by_name(store: Store) -> None:
    from convergedesk.store import tables

    for name in ("Search", "Export"):
        add(store, tables.features, key=name.lower(), name=name)
    assert [feature.name for feature in usage.features(store)] == ["Export", "Search"]
