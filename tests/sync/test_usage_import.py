"""Usage adds up within an import and is replaced by the next, however it is cut into pages and files."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.records import RecordPage
from convergedesk.domain.usage import Granularity
from convergedesk.store import accounts as account_store
from convergedesk.store.engine import Store, open_workspace
from convergedesk.store.usage import account_series
from convergedesk.sync.import_run import run_import
from tests.sync import pages as p
from tests.sync.conftest import KEY
from tests.sync.content import content, count, usage_total

DAY = date(2026, 1, 30)
BOOK = [
    p.accounts(p.account("001", "Acme"), p.account("002", "Cobalt", 3)),
    p.subscriptions(p.subscription("S-1", p.key("001")), p.subscription("S-2", p.key("001"), 3)),
]
S1, S2 = p.key(subscription_id="S-1"), p.key(subscription_id="S-2")


def daily(store: Store, account: str = "Acme") -> dict[tuple[date, str], float]:
    """What readers see of one account, by day (and the meter's id)."""
    (found,) = [a for a in account_store.list_accounts(store) if a.name == account]
    seen: dict[tuple[date, str], float] = {}
    for series in account_series(store, (AccountId(found.id),)):
        for offset, value in enumerate(series.values.tolist()):
            if value == value:
                seen[series.first_day + timedelta(offset), str(series.meter_id)] = value
    return seen


def values(store: Store) -> list[float]:
    return list(daily(store).values())


@pytest.fixture
def book(store: Store) -> Store:
    run_import(store, BOOK)
    return store


def test_two_subscriptions_of_an_account_add_up(book: Store):
    run_import(book, [p.usage([(S1, "events", DAY, 3.0), (S2, "events", DAY, 4.0)])])
    assert values(book) == [7.0]


def test_rows_of_one_day_add_up_within_a_page_across_pages_and_across_files(book: Store):
    pages = [
        p.usage([(S1, "events", DAY, 1.0), (S1, "events", DAY, 2.0)], last=False),
        p.usage([(S1, "events", DAY, 4.0)]),
        p.usage([(S1, "events", DAY, 8.0)], stream="more.csv"),
    ]
    summary = run_import(book, pages)
    assert values(book) == [15.0]
    assert summary.usage_values_in_several_files == 1
    assert len(summary.notes) == 1
    again = run_import(book, pages)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 4)
    assert values(book) == [15.0]


def test_day_that_two_files_share_never_stands_halved_while_they_come_in_again(book: Store):
    files = [p.usage([(S1, "events", DAY, 4.0)]), p.usage([(S1, "events", DAY, 6.0)], stream="more.csv")]
    run_import(book, files)
    seen: list[float] = []

    def watched() -> Iterator[RecordPage]:
        for file in files:
            yield file
            seen.extend(values(book))

    run_import(book, watched())
    assert seen == [10.0, 10.0]


def test_shared_day_takes_its_new_value_when_the_import_ends(book: Store):
    run_import(
        book, [p.usage([(S1, "events", DAY, 4.0)]), p.usage([(S1, "events", DAY, 6.0)], stream="more.csv")]
    )
    newer = [p.usage([(S1, "events", DAY, 5.0)]), p.usage([(S1, "events", DAY, 6.0)], stream="more.csv")]
    summary = run_import(book, newer)
    assert values(book) == [11.0]
    assert (summary.changed, summary.unchanged) == (2, 0)
    assert run_import(book, newer).unchanged == 2


def test_copy_that_is_left_out_next_time_no_longer_counts(book: Store):
    file = p.usage([(S1, "events", DAY, 4.0)])
    run_import(book, [file, p.usage([(S1, "events", DAY, 4.0)], stream="copy.csv")])
    assert values(book) == [8.0]
    run_import(book, [file])
    assert values(book) == [4.0]
    assert count(book, "usage_shared") == 0


def spans(first: int, last: int, value: int = 1) -> list[p.Entry]:
    return [(S1, "events", DAY + timedelta(n), float(n % 11 * value)) for n in range(first, last)]


def test_overlapping_exports_in_one_folder_count_their_common_days_once(book: Store):
    late = spans(60, 90)
    late[-31:] = [*late[-31:-1], (S1, "events", DAY + timedelta(89), 500.0)]
    newest, older = p.usage([*spans(30, 60), *late], "december.csv"), p.usage(spans(0, 90), "november.csv")
    summary = run_import(book, [newest, older])
    expected = [float(n % 11) for n in range(89)] + [500.0]
    assert values(book) == expected
    assert (summary.usage_values_repeated, summary.usage_values_in_several_files) == (60, 0)
    assert (summary.new, summary.changed, summary.unchanged) == (90, 0, 60)
    assert "counted once" in summary.notes[0]
    again = run_import(book, [newest, older])
    assert (again.new, again.changed, again.unchanged) == (0, 0, 150)
    assert values(book) == expected


def test_parts_of_a_whole_add_up_however_many_days_they_share(book: Store):
    summary = run_import(book, [p.usage(spans(0, 90), "eu.csv"), p.usage(spans(0, 90, 3), "us.csv")])
    assert values(book) == [float(n % 11 * 4) for n in range(90)]
    assert (summary.usage_values_repeated, summary.usage_values_in_several_files) == (0, 90)


def test_newer_export_under_another_name_replaces_the_days_that_it_states(book: Store):
    run_import(book, [p.usage([(S1, "events", DAY, 4.0), (S1, "events", DAY + timedelta(1), 5.0)])])
    newer = [(S1, "events", DAY + timedelta(1), 6.0), (S1, "events", DAY + timedelta(2), 7.0)]
    summary = run_import(book, [p.usage(newer, stream="newer.csv")])
    assert values(book) == [4.0, 6.0, 7.0]
    assert (summary.new, summary.changed) == (1, 1)


def test_files_with_different_subscriptions_merge_in_separate_imports(book: Store):
    run_import(book, [p.usage([(S1, "events", DAY, 3.0)], stream="one.csv")])
    run_import(book, [p.usage([(S2, "events", DAY, 4.0)], stream="two.csv")])
    assert values(book) == [7.0]


def test_zero_is_a_value_and_absence_is_not(book: Store):
    run_import(book, [p.usage([(S1, "events", DAY, 0.0)])])
    assert values(book) == [0.0]
    assert run_import(book, [p.usage([(S1, "events", DAY, 0.0)])]).unchanged == 1


def test_meter_whose_greatest_value_counts_is_not_added(book: Store):
    run_import(book, [p.usage([(S1, "seats", DAY, 3.0)])])
    with book.write() as connection:
        connection.exec_driver_sql("UPDATE meters SET aggregation = 'max'")
    files = [
        p.usage([(S1, "seats", DAY, 3.0), (S1, "seats", DAY, 9.0)]),
        p.usage([(S1, "seats", DAY, 5.0)], stream="more.csv"),
    ]
    run_import(book, files)
    assert values(book) == [9.0]
    assert run_import(book, files).unchanged == 3


def test_usage_of_unknown_accounts_waits_in_place_and_is_counted_row_by_row(book: Store):
    rows = [(p.key(name="Zenith"), "events", DAY + timedelta(n), 1.0) for n in range(3)]
    summary = run_import(book, [p.usage([*rows, (S1, "events", DAY, 2.0)])])
    assert dict(summary.rejects) == {"unknown_account": 3}
    assert (summary.imported, summary.waiting) == (1, 3)
    assert usage_total(book) == 2.0
    late = run_import(book, [p.accounts(p.account("003", "Zenith"), stream="more.csv")])
    assert late.late_rows == 3
    assert usage_total(book) == 5.0
    assert count(book, "rejects", "resolved_at IS NULL") == 0


def test_thousands_of_waiting_rows_are_listed_in_part_and_counted_in_full(book: Store):
    rows = [(p.key(name="Zenith"), "events", DAY + timedelta(n), 1.0) for n in range(2500)]
    summary = run_import(book, [p.usage(rows)])
    assert summary.rejected == 2500
    with book.read() as connection:
        listed, total = connection.exec_driver_sql("SELECT count(*), sum(rows) FROM rejects").one()
    assert (listed, total) == (1001, 2500)


def test_unknown_subscription_is_named_as_such(book: Store):
    summary = run_import(book, [p.usage([(p.key(subscription_id="S-9"), "events", DAY, 1.0)])])
    assert dict(summary.rejects) == {"unknown_reference": 1}
    run_import(book, [p.subscriptions(p.subscription("S-9", p.key("002")), stream="more.csv")])
    assert list(daily(book, "Cobalt").values()) == [1.0]


days = st.integers(0, 40).map(lambda n: DAY + timedelta(n))
entries = st.tuples(
    st.sampled_from([S1, S2, p.key("002")]), st.sampled_from(["a", "b"]), days, st.integers(0, 9).map(float)
)
files = st.lists(st.lists(entries, min_size=1, max_size=12), min_size=1, max_size=3)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    imports=st.lists(files, min_size=1, max_size=3),
    cuts=st.integers(1, 5),
    stop=st.integers(0, 4),
    monthly=st.booleans(),
)
def test_any_history_of_imports_equals_the_last_statement_of_each_day(
    blank: Path,
    tmp_path_factory: pytest.TempPathFactory,
    imports: list[list[list[p.Entry]]],
    cuts: int,
    stop: int,
    monthly: bool,
):
    """The model: an import states the sum of its rows for each day; a later import replaces."""
    granularity = Granularity.MONTH if monthly else Granularity.DAY
    path = tmp_path_factory.mktemp("history") / "book.converge"
    shutil.copyfile(blank, path)
    with open_workspace(path, KEY) as store:
        run_import(store, BOOK)
        model: dict[tuple[str, str, date], float] = {}
        for number, import_ in enumerate(imports):
            pages = [
                p.usage(
                    file[start : start + cuts],
                    stream=f"{number}-{n}.csv",
                    first_line=start + 2,
                    last=start + cuts >= len(file),
                    granularity=granularity,
                )
                for n, file in enumerate(import_)
                for start in range(0, len(file), cuts)
            ]
            run_import(store, pages[:stop], cancel=_Always() if number % 2 else None)
            summary = run_import(store, pages)
            said: dict[tuple[str, str, date], float] = {}
            for key, meter, day, quantity in (entry for file in import_ for entry in file):
                cell = (key.subscription_id or "002", meter, day.replace(day=1) if monthly else day)
                said[cell] = said.get(cell, 0.0) + quantity
            model |= said
            assert summary.imported == summary.rows == sum(len(file) for file in import_)
            assert _stored(store, monthly) == model
            before = content(store)
            again = run_import(store, pages)
            assert (again.new, again.changed, again.unchanged) == (0, 0, summary.rows)
            assert content(store) == before


class _Always:
    cancelled = True


def _stored(store: Store, monthly: bool) -> dict[tuple[str, str, date], float]:
    rows = content(store)["usage_months" if monthly else "usage_days"]
    found: dict[tuple[str, str, date], float] = {}
    for subject, meter, month, value in rows:
        first = date(month // 12, month % 12 + 1, 1)
        listed = (value,) if monthly else value
        for offset, quantity in enumerate(listed):
            if quantity is not None:
                found[str(subject).rpartition(":")[2], meter, first + timedelta(offset)] = quantity
    return found
