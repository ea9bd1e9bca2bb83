"""Usage rows added up to one figure for each account, meter and day.

Some million rows are added up in arrays, which takes a third of the time; more than that go
through DuckDB, which needs no more memory for ten million rows than for one. Both give the
same entries in the same order, which a test compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import duckdb
import numpy as np
from numpy.typing import NDArray

from convergedesk.sources.files.mapping import Combine
from convergedesk.sources.files.scratch import fetch_arrays, fetch_count

IN_MEMORY = 4_000_000
MOST_METERS = 1 << 22
# Sums are rounded to twelve figures, because parts are not always added in the same order, and
# a second import of a file must not differ from the first in its last binary digit.
_FIGURES = 12
_PLACES = f"greatest(0, least(15, {_FIGURES - 1} - floor(log10(abs(total)))))::INTEGER"
_COMBINED = {
    Combine.SUM: "fsum(quantity)",
    Combine.MAX: "max(quantity)",
    Combine.LAST: "arg_max(quantity, r)",
}


@dataclass(frozen=True, slots=True)
class Entries:
    """Some entries in the order of account, meter and day; arrays of shape (n,).

    Attributes:
        accounts: Codes, int32.
        meters: Codes, int32.
        days: Since 1970, int32.
        quantities: float64.
        rows: Number of the first row behind each entry, int64.
        own: How many rows count for each entry, int32.
    """

    accounts: NDArray[np.int32]
    meters: NDArray[np.int32]
    days: NDArray[np.int32]
    quantities: NDArray[np.float64]
    rows: NDArray[np.int64]
    own: NDArray[np.int32]

    def part(self, start: int, end: int) -> Entries:
        """The entries from `start` up to `end`, as views."""
        return Entries(
            self.accounts[start:end],
            self.meters[start:end],
            self.days[start:end],
            self.quantities[start:end],
            self.rows[start:end],
            self.own[start:end],
        )


class GroupedUsage(Protocol):
    """All entries of a table, handed out in pieces."""

    @property
    def count(self) -> int:
        """How many entries there are."""
        ...

    @property
    def rows(self) -> int:
        """How many rows lie behind them."""
        ...

    def part(self, start: int, end: int) -> Entries:
        """The entries from `start` up to `end`."""
        ...


class ArraysOfUsage:
    """Entries held in memory."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, sql: str, combine: Combine) -> None:
        """Add up the rows that `sql` selects: account, meter, day, quantity, r and own."""
        found = fetch_arrays(connection, f"SELECT account, meter, day, quantity, r, own FROM ({sql})")
        rows = np.asarray(found["r"], np.int64)
        accounts, meters = np.asarray(found["account"], np.int64), np.asarray(found["meter"], np.int64)
        days = np.asarray(found["day"], np.int64)
        # Days of the years 1900 to 2200 fit into 18 bits.
        key = (accounts << 40) + (meters << 18) + (days + (1 << 17))
        order = np.lexsort((rows, key)) if np.any(np.diff(rows) < 0) else np.argsort(key, kind="stable")
        key, rows = key[order], rows[order]
        quantities, own = (
            np.asarray(found["quantity"], np.float64)[order],
            np.asarray(found["own"], np.int32)[order],
        )
        starts = np.flatnonzero(np.diff(key, prepend=key[:1] - 1)) if len(key) else np.empty(0, np.int64)
        firsts = order[starts]
        if len(starts) < len(key):
            own = np.add.reduceat(own, starts)
            rows = rows[starts]
            quantities = _combined(quantities, starts, combine)
        self._entries = Entries(
            accounts[firsts].astype(np.int32),
            meters[firsts].astype(np.int32),
            days[firsts].astype(np.int32),
            quantities,
            rows,
            own.astype(np.int32),
        )

    @property
    def count(self) -> int:
        """How many entries there are."""
        return len(self._entries.days)

    @property
    def rows(self) -> int:
        """How many rows lie behind them."""
        return int(self._entries.own.sum())

    def part(self, start: int, end: int) -> Entries:
        """The entries from `start` up to `end`."""
        return self._entries.part(start, end)


def _combined(
    quantities: NDArray[np.float64], starts: NDArray[np.int64], combine: Combine
) -> NDArray[np.float64]:
    if combine is Combine.MAX:
        return np.maximum.reduceat(quantities, starts)
    if combine is Combine.LAST:
        return quantities[np.append(starts[1:], len(quantities)) - 1]
    sums = np.add.reduceat(quantities, starts)
    several = (np.diff(np.append(starts, len(quantities))) > 1) & (sums != 0)
    sizes = np.abs(sums, where=several, out=np.ones_like(sums))
    scale = 10.0 ** np.clip(_FIGURES - 1 - np.floor(np.log10(sizes)), 0, 15)
    return np.where(several, np.rint(sums * scale) / scale, sums)


class TableOfUsage:
    """Entries held in the scratch database."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, name: str, sql: str, combine: Combine) -> None:
        """Add up the rows that `sql` selects into a table of that name."""
        self._connection = connection
        self._name = name
        quantity = "total"
        if combine is Combine.SUM:
            quantity = f"CASE WHEN parts = 1 OR total = 0 THEN total ELSE round(total, {_PLACES}) END"
        connection.execute(
            f"CREATE OR REPLACE TABLE {name} AS "
            f"SELECT account, meter, day, {quantity} AS quantity, r, own FROM ("
            f"SELECT account::INTEGER AS account, meter::INTEGER AS meter, day::INTEGER AS day, "
            f"{_COMBINED[combine]} AS total, count(*) AS parts, min(r) AS r, sum(own)::INTEGER AS own "
            f"FROM ({sql}) GROUP BY 1, 2, 3) ORDER BY 1, 2, 3"
        )
        self._count = fetch_count(connection, f"SELECT count(*) FROM {name}")
        self._rows = fetch_count(connection, f"SELECT sum(own) FROM {name}")

    @property
    def count(self) -> int:
        """How many entries there are."""
        return self._count

    @property
    def rows(self) -> int:
        """How many rows lie behind them."""
        return self._rows

    def part(self, start: int, end: int) -> Entries:
        """The entries from `start` up to `end`."""
        found = fetch_arrays(
            self._connection,
            f"SELECT account, meter, day, quantity, r, own FROM {self._name} "
            f"WHERE rowid >= {start} AND rowid < {end} ORDER BY rowid",
        )
        return Entries(
            np.asarray(found["account"], np.int32),
            np.asarray(found["meter"], np.int32),
            np.asarray(found["day"], np.int32),
            np.asarray(found["quantity"], np.float64),
            np.asarray(found["r"], np.int64),
            np.asarray(found["own"], np.int32),
        )
