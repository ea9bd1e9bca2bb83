"""Usage values by block key, daily and monthly alike."""

from __future__ import annotations

import json
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from convergedesk.domain.usage import Granularity
from convergedesk.store.usage_blocks import block_keys, read_blocks, write_blocks, write_months

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# As `block_keys` packs them.
_SUBJECT_SHIFT: Final = 36
_METER_SHIFT: Final = 16
_METER_MASK: Final = (1 << 20) - 1
_MONTH_MASK: Final = (1 << 16) - 1


def unpack(keys: Ints) -> tuple[Ints, Ints, Ints]:
    """Subject, meter and month of block keys."""
    return keys >> _SUBJECT_SHIFT, keys >> _METER_SHIFT & _METER_MASK, keys & _MONTH_MASK


def read_values(connection: Connection, keys: Ints, granularity: Granularity) -> Floats:
    """What the file holds: shape (n, 31) for days, (n, 1) for months; NaN where nothing is."""
    subjects, meters, months = unpack(keys)
    if granularity is Granularity.DAY:
        return read_blocks(connection, subjects, meters, months)
    rows = connection.exec_driver_sql(
        "SELECT subject_id, meter_id, month, quantity FROM usage_months "
        "WHERE subject_id IN (SELECT value FROM json_each(?)) AND month BETWEEN ? AND ?",
        (json.dumps(np.unique(subjects).tolist()), int(months.min()), int(months.max())),
    ).all()
    found = np.full((keys.size, 1), np.nan)
    if rows:
        labels = np.array([row[:3] for row in rows], dtype=np.int64)
        stored = dict(
            zip(block_keys(*labels.T).tolist(), (row[3] for row in rows), strict=True),
        )
        found[:, 0] = [stored.get(key, np.nan) for key in keys.tolist()]
    return found


def write_values(connection: Connection, keys: Ints, values: Floats, granularity: Granularity) -> None:
    """Put whole blocks, or values of months, in place of what is there."""
    if not keys.size:
        return
    subjects, meters, months = unpack(keys)
    if granularity is Granularity.DAY:
        write_blocks(connection, subjects, meters, months, values)
    else:
        write_months(connection, subjects, meters, months, values[:, 0])


def read_shared(connection: Connection) -> dict[int, int]:
    """For each block key the days that are the sum of several files, as bits."""
    rows = connection.exec_driver_sql("SELECT subject_id, meter_id, month, mask FROM usage_shared").all()
    if not rows:
        return {}
    labels = np.array([row[:3] for row in rows], dtype=np.int64)
    return dict(zip(block_keys(*labels.T).tolist(), (row[3] for row in rows), strict=True))


def write_shared(connection: Connection, masks: dict[int, int]) -> None:
    """Keep which days are the sum of several files; none: the block is forgotten."""
    if not masks:
        return
    subjects, meters, months = unpack(np.fromiter(masks, dtype=np.int64, count=len(masks)))
    connection.exec_driver_sql(
        "INSERT INTO usage_shared (subject_id, meter_id, month, mask) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (subject_id, meter_id, month) DO UPDATE SET mask = excluded.mask",
        list(zip(subjects.tolist(), meters.tolist(), months.tolist(), masks.values(), strict=True)),
    )
    connection.exec_driver_sql("DELETE FROM usage_shared WHERE mask = 0")
