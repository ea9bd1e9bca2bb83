"""Usage as it lies in the file: one block of 31 values for a subject, a meter and a month.

A block is 31 little-endian float64, the first for the first of the month; NaN where nothing
was reported and past the month's end. Whoever writes overwrites: a day's value is set, never
added to what is there, so the same page written twice is the same as once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from convergedesk.store.tables.usage import BLOCK_BYTES, DAYS_PER_BLOCK

Ints = NDArray[np.integer]
Floats = NDArray[np.float64]

# subject, meter and month in one sortable number. Months end in the year 5461.
_METER_BITS, _MONTH_BITS = 20, 16


def encode(matrix: Floats) -> list[bytes]:
    """The blocks of a matrix of shape (n, 31)."""
    buffer = np.ascontiguousarray(matrix, dtype="<f8").tobytes()
    return [buffer[at : at + BLOCK_BYTES] for at in range(0, len(buffer), BLOCK_BYTES)]


def decode(blocks: Iterable[bytes]) -> Floats:
    """The matrix of shape (n, 31) that the blocks hold; read-only."""
    return np.frombuffer(b"".join(blocks), dtype="<f8").reshape(-1, DAYS_PER_BLOCK)


def block_keys(subjects: Ints, meters: Ints, months: Ints) -> NDArray[np.int64]:
    """One int64 for every (subject, meter, month), in the order of the three."""
    packed = subjects.astype(np.int64) << (_METER_BITS + _MONTH_BITS)
    return packed | meters.astype(np.int64) << _MONTH_BITS | months.astype(np.int64)


def month_and_day(days: Ints) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Month number and index within the month of days since 1970-01-01."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    return months.astype(np.int64) + 1970 * 12, (dates - months.astype("datetime64[D]")).astype(np.int64)


def month_starts(months: Ints) -> NDArray[np.int64]:
    """Days since 1970-01-01 of the first of every month."""
    return (
        (months.astype(np.int64) - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    )


def read_blocks(connection: Connection, subjects: Ints, meters: Ints, months: Ints) -> Floats:
    """The blocks of those keys as they are now.

    Args:
        connection: Inside a transaction.
        subjects: Ids of `usage_subjects`, shape (n,).
        meters: Ids of `meters`, shape (n,).
        months: Month numbers, shape (n,).

    Returns:
        float64, shape (n, 31), writable; NaN throughout where there is no block yet.
    """
    wanted = block_keys(subjects, meters, months)
    found = np.full((wanted.size, DAYS_PER_BLOCK), np.nan)
    if not wanted.size:
        return found
    rows = connection.exec_driver_sql(
        "SELECT subject_id, meter_id, month, quantities FROM usage_days "
        "WHERE subject_id IN (SELECT value FROM json_each(?)) AND month BETWEEN ? AND ?",
        (json.dumps(np.unique(subjects).tolist()), int(months.min()), int(months.max())),
    ).all()
    if not rows:
        return found
    labels = np.array([row[:3] for row in rows], dtype=np.int64)
    stored = block_keys(labels[:, 0], labels[:, 1], labels[:, 2])
    order = np.argsort(stored)
    at = np.minimum(np.searchsorted(stored, wanted, sorter=order), stored.size - 1)
    at = order[at]
    hit = stored[at] == wanted
    found[hit] = decode(row[3] for row in rows)[at[hit]]
    return found


def write_blocks(connection: Connection, subjects: Ints, meters: Ints, months: Ints, matrix: Floats) -> None:
    """Put whole blocks into the file, in place of what is there. Shapes (n,) and (n, 31)."""
    if not len(matrix):
        return
    connection.exec_driver_sql(
        "INSERT INTO usage_days (subject_id, meter_id, month, quantities) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (subject_id, meter_id, month) DO UPDATE SET quantities = excluded.quantities",
        list(zip(subjects.tolist(), meters.tolist(), months.tolist(), encode(matrix), strict=True)),
    )


def write_days(connection: Connection, subjects: Ints, meters: Ints, days: Ints, quantities: Floats) -> int:
    """Set values of days; other days keep theirs.

    Args:
        connection: Inside a writing transaction.
        subjects: Ids of `usage_subjects`, shape (n,).
        meters: Ids of `meters`, shape (n,).
        days: Days since 1970-01-01, shape (n,). Where a (subject, meter, day) occurs twice
            the last one holds.
        quantities: Shape (n,); NaN takes a value back.

    Returns:
        How many blocks changed.
    """
    months, offsets = month_and_day(days)
    keys, first, block = np.unique(
        block_keys(subjects, meters, months), return_index=True, return_inverse=True
    )
    if not keys.size:
        return 0
    subject, meter, month = subjects[first], meters[first], months[first]
    before = read_blocks(connection, subject, meter, month)
    after = before.copy()
    after[block, offsets] = quantities
    changed = ~((after == before) | (np.isnan(after) & np.isnan(before))).all(axis=1)
    write_blocks(connection, subject[changed], meter[changed], month[changed], after[changed])
    return int(changed.sum())


def write_months(
    connection: Connection, subjects: Ints, meters: Ints, months: Ints, quantities: Floats
) -> None:
    """Set values of whole months, for usage that is known no finer. Shapes (n,)."""
    connection.exec_driver_sql(
        "INSERT INTO usage_months (subject_id, meter_id, month, quantity) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (subject_id, meter_id, month) DO UPDATE SET quantity = excluded.quantity",
        list(zip(subjects.tolist(), meters.tolist(), months.tolist(), quantities.tolist(), strict=True)),
    )
