"""Writing days: overwritten, never added twice, whatever comes in which order."""

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from convergedesk.store.engine import Store
from convergedesk.store.usage_blocks import (
    decode,
    encode,
    month_and_day,
    month_starts,
    read_blocks,
    write_days,
    write_months,
)
from tests.store.rows import add_account, add_meter, add_subject, epoch_day

Entry = tuple[int, int, date, float]


def columns(
    entries: list[Entry],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    subjects, meters, days, quantities = zip(*entries, strict=True) if entries else ((), (), (), ())
    return (
        np.array(subjects, np.int64),
        np.array(meters, np.int64),
        np.array([epoch_day(day) for day in days], np.int64),
        np.array(quantities, np.float64),
    )


def write(store: Store, entries: list[Entry]) -> int:
    with store.write() as connection:
        return write_days(connection, *columns(entries))


def stored(store: Store) -> dict[tuple[int, int, date], float]:
    """Everything in the file, read back block by block with nothing but the documented layout."""
    found: dict[tuple[int, int, date], float] = {}
    with store.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM usage_days").all()
    for subject, meter, month, blob in rows:
        for index, value in enumerate(np.frombuffer(blob, "<f8")):
            if not np.isnan(value):
                found[subject, meter, date(month // 12, month % 12 + 1, index + 1)] = float(value)
    return found


@pytest.fixture
def ids(store: Store) -> tuple[int, int, int, int]:
    """Two subjects and two meters."""
    account = add_account(store, "Acme")
    return (
        add_subject(store, account, "a"),
        add_subject(store, account, "b"),
        add_meter(store, "calls"),
        add_meter(store, "seats"),
    )


entries = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.integers(0, 1),
        st.dates(date(2023, 12, 20), date(2024, 3, 10)),
        st.one_of(st.floats(0, 1e12), st.just(float("nan"))),
    ),
    max_size=40,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages=st.lists(entries, max_size=4))
def test_the_file_holds_the_last_value_of_every_day(
    store: Store, ids: tuple[int, int, int, int], pages: list[list[Entry]]
) -> None:
    with store.write() as connection:
        connection.exec_driver_sql("DELETE FROM usage_days")
    expected: dict[tuple[int, int, date], float] = {}
    for page in pages:
        real = [(ids[s], ids[2 + m], day, value) for s, m, day, value in page]
        write(store, real)
        expected.update(((s, m, day), value) for s, m, day, value in real)
    assert stored(store) == {key: value for key, value in expected.items() if not np.isnan(value)}
    for page in pages[-1:]:
        assert write(store, [(ids[s], ids[2 + m], day, value) for s, m, day, value in page]) == 0


def test_the_same_page_again_changes_nothing(store: Store, ids: tuple[int, int, int, int]) -> None:
    page = [(ids[0], ids[2], date(2024, 2, day), float(day)) for day in range(1, 30)]
    assert write(store, page) == 1
    assert write(store, page) == 0
    assert write(store, [(ids[0], ids[2], date(2024, 2, 29), 30.0)]) == 1
    assert stored(store)[ids[0], ids[2], date(2024, 2, 29)] == 30.0
    assert len(stored(store)) == 29


def test_a_value_is_taken_back_by_nothing(store: Store, ids: tuple[int, int, int, int]) -> None:
    write(store, [(ids[0], ids[2], date(2024, 2, 1), 5.0), (ids[0], ids[2], date(2024, 2, 2), 0.0)])
    write(store, [(ids[0], ids[2], date(2024, 2, 1), float("nan"))])
    assert stored(store) == {(ids[0], ids[2], date(2024, 2, 2)): 0.0}


def test_blocks_are_read_for_exactly_the_keys_asked_for(store: Store, ids: tuple[int, int, int, int]) -> None:
    write(store, [(ids[0], ids[2], date(2024, 1, 31), 1.0), (ids[1], ids[2], date(2024, 2, 1), 2.0)])
    january, february = 2024 * 12, 2024 * 12 + 1
    with store.read() as connection:
        blocks = read_blocks(
            connection,
            np.array([ids[1], ids[0], ids[0]]),
            np.array([ids[2], ids[2], ids[3]]),
            np.array([february, january, january]),
        )
        empty = read_blocks(connection, *(np.array([], np.int64) for _ in range(3)))
    assert blocks[0, 0] == 2.0
    assert blocks[1, 30] == 1.0
    assert np.isnan(blocks[2]).all()
    assert np.isnan(blocks).sum() == 3 * 31 - 2
    assert empty.shape == (0, 31)


def test_whole_months_are_overwritten_too(store: Store, ids: tuple[int, int, int, int]) -> None:
    one, month = np.array([ids[0]]), np.array([2024 * 12])
    for quantity in (5.0, 7.0):
        with store.write() as connection:
            write_months(connection, one, np.array([ids[2]]), month, np.array([quantity]))
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT quantity FROM usage_months").scalars().all() == [7.0]


@given(day=st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_days_and_months_agree_with_the_calendar(day: date) -> None:
    months, offsets = month_and_day(np.array([epoch_day(day)]))
    assert (months[0], offsets[0]) == (day.year * 12 + day.month - 1, day.day - 1)
    assert month_starts(months)[0] == epoch_day(day.replace(day=1))


def test_blocks_come_back_bit_for_bit() -> None:
    matrix = np.random.default_rng(1).normal(size=(5, 31))
    matrix[2, 3] = np.nan
    np.testing.assert_array_equal(decode(encode(matrix)), matrix)
    assert {len(block) for block in encode(matrix)} == {248}
