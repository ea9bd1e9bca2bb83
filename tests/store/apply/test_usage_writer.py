import numpy as np
import pytest

from convergedesk.domain.usage import Granularity
from convergedesk.store.apply.usage import UsageCounts, UsageEntries, UsageWriter
from convergedesk.store.apply.usage_values import read_values, unpack
from convergedesk.store.engine import Store
from convergedesk.store.usage_blocks import block_keys

FIRST = 20454  # 2026-01-01
JANUARY = 2026 * 12


@pytest.fixture
def filled(store: Store) -> Store:
    with store.write() as connection:
        for table, row in (
            (
                "accounts",
                {"id": 1, "uid": "a", "created_at": 1, "updated_at": 1, "name": "A", "name_key": "a"},
            ),
            (
                "usage_subjects",
                {"id": 7, "source": "files", "account_key": "k", "created_at": 1, "account_id": 1},
            ),
            ("meters", {"id": 3, "uid": "m", "created_at": 1, "updated_at": 1, "key": "m", "name": "M"}),
        ):
            marks = ", ".join("?" * len(row))
            sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"
            connection.exec_driver_sql(sql, tuple(row.values()))
    return store


def entries(days: list[int], quantities: list[float], *, adding: bool = True) -> UsageEntries:
    n = len(days)
    return UsageEntries(
        np.full(n, 7),
        np.full(n, 3),
        np.array(days, dtype=np.int64) + FIRST,
        np.array(quantities, dtype=np.float64),
        np.ones(n, dtype=np.int64),
        np.full(n, adding),
        Granularity.DAY,
    )


def write(
    store: Store, writer: UsageWriter, stream: str, days: list[int], quantities: list[float]
) -> UsageCounts:
    with store.write() as connection:
        return writer.write(connection, entries(days, quantities), stream)


def january(store: Store) -> list[float]:
    with store.read() as connection:
        key = block_keys(np.array([7]), np.array([3]), np.array([JANUARY]))
        row = read_values(connection, key, Granularity.DAY)[0]
    return [value for value in row.tolist() if value == value]


def test_keys_come_apart_as_they_were_packed():
    subjects, meters, months = np.array([1, 2**26]), np.array([2**20 - 1, 5]), np.array([24312, 1])
    unpacked = unpack(block_keys(subjects, meters, months))
    for expected, found in zip((subjects, meters, months), unpacked, strict=True):
        np.testing.assert_array_equal(found, expected)


def test_rows_in_any_order_and_twice_in_a_page_are_summed(filled: Store):
    counts = write(filled, UsageWriter(), "a", [40, 1, 0, 1, 40], [1, 2, 3, 4, 5])
    assert january(filled) == [3, 6]
    assert (counts.new, counts.changed, counts.unchanged) == (5, 0, 0)
    assert counts.subjects == {7}


def test_nothing_is_written_where_nothing_changes(filled: Store):
    write(filled, UsageWriter(), "a", [0, 1], [1, 2])
    with filled.write() as connection:
        before = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
        counts = UsageWriter().write(connection, entries([0, 1], [1, 2]), "a")
        assert connection.exec_driver_sql("SELECT total_changes()").scalar_one() == before
    assert (counts.unchanged, counts.subjects) == (2, frozenset())


def test_page_without_entries_is_nothing(filled: Store):
    assert write(filled, UsageWriter(), "a", [], []) == UsageCounts()


def test_greatest_value_counts_for_meters_that_do_not_add(filled: Store):
    writer = UsageWriter()
    with filled.write() as connection:
        writer.write(connection, entries([0, 0], [4, 9], adding=False), "a")
        writer.write(connection, entries([0], [7], adding=False), "b")
    assert january(filled) == [9]


def test_value_of_several_files_waits_for_the_end(filled: Store):
    first = UsageWriter()
    write(filled, first, "a", [0], [4])
    write(filled, first, "b", [0], [6])
    second = UsageWriter()
    assert write(filled, second, "a", [0], [5]).unchanged == 1
    assert january(filled) == [10]
    write(filled, second, "b", [0], [6])
    with filled.write() as connection:
        turned, subjects = second.finish(connection)
    assert january(filled) == [11]
    assert (dict(turned), subjects) == ({"a": 1, "b": 1}, {7})


def test_end_without_anything_gathered_changes_nothing(filled: Store):
    with filled.write() as connection:
        assert UsageWriter().finish(connection) == ({}, frozenset())
