"""Rows of one table brought up to date in bulk: insert, update, or leave alone."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from convergedesk.domain.records import EntityKind
from convergedesk.store.tables import new_uid

Value = int | float | str | None


@dataclass(frozen=True)
class EntityTable:
    """How an entity lies in the file.

    Attributes:
        entity: What it is.
        name: The table.
        key: The column that, with the source, makes a row what it is.
        columns: The columns that a record fills, in the order of `Prepared.values`.
        stated_by: For each of `columns`, the record field that states it.
        flags: Those of `columns` that hold yes or no; an unstated no keeps a known yes.
        edited: True where the table carries uid, created_at and updated_at, because people
            edit these rows too: what a person changed since the last import stays.
    """

    entity: EntityKind
    name: str
    key: str
    columns: tuple[str, ...]
    stated_by: tuple[str, ...]
    flags: frozenset[str] = frozenset()
    edited: bool = False

    @cached_property
    def select(self) -> str:
        """Rows of one source by a JSON list of keys."""
        edited = "r.updated_at <> coalesce(i.started_at, r.updated_at)" if self.edited else "0"
        run = "LEFT JOIN import_runs i ON i.id = r.run_id " if self.edited else ""
        names = (self.key, "id", "account_id", "account_key", "gone_since")
        head, values = (", ".join(f"r.{name}" for name in listed) for listed in (names, self.columns))
        return (
            f"SELECT {head}, {edited}, {values} FROM {self.name} r {run}"  # noqa: S608
            f"WHERE r.source = ? AND r.{self.key} IN (SELECT value FROM json_each(?))"
        )

    @cached_property
    def insert(self) -> str:
        """A new row: source, run, key, account, account key, values, then the edits' columns."""
        edited = ("uid", "created_at", "updated_at") if self.edited else ()
        names = ("source", "run_id", self.key, "account_id", "account_key", *self.columns, *edited)
        marks = ", ".join("?" * len(names))
        return f"INSERT INTO {self.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608

    @cached_property
    def update(self) -> str:
        """A known row: run, account, account key, values, (updated_at,) id."""
        edited = ("updated_at",) if self.edited else ()
        names = ("run_id", "account_id", "account_key", *self.columns, *edited)
        assigned = ", ".join(f"{name} = ?" for name in names)
        return f"UPDATE {self.name} SET {assigned}, gone_since = NULL WHERE id = ?"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record in the form of its table.

    Attributes:
        key: What makes the row what it is within its source.
        values: One for each of the table's columns.
        extra: What the record says beyond its table, such as a contract's commitment.
    """

    key: str
    values: tuple[Value, ...]
    extra: tuple[Value, ...] = ()


class UnsoundRowError(ValueError):
    """A value that no row of the table may have; the message is for the person.

    Attributes:
        code: As in `domain.records.Reject`.
    """

    def __init__(self, message: str, code: str = "bad_number") -> None:
        """Keep the code beside the message."""
        super().__init__(message)
        self.code = code


_LARGEST = 2**63 - 1


def require_sound(columns: Sequence[str], values: Sequence[Any]) -> None:
    """Refuse values that the file cannot hold.

    Raises:
        UnsoundRowError: A number is no number or far too large, or a text is no Unicode.
    """
    for at, value in enumerate(values):
        # Asked of every value of every row: comparing classes is the quickest way.
        kind = value.__class__
        if kind is int and not -_LARGEST <= value <= _LARGEST:
            raise UnsoundRowError(f"The number for “{columns[at].replace('_', ' ')}” is too large.")
        if kind is float and not math.isfinite(value):
            raise UnsoundRowError(f"What stands for “{columns[at].replace('_', ' ')}” is not a number.")
        if kind is str and not value.isascii() and not _is_unicode(value):
            what = columns[at].replace("_", " ")
            raise UnsoundRowError(f"The text for “{what}” has characters that are none.", "encoding")


def _is_unicode(text: str) -> bool:
    """False where half of a surrogate pair stands alone, as hostile JSON can have it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Known:
    """A row as it is in the file now."""

    id: int
    account_id: int | None
    account_key: str | None
    gone: bool
    edited: bool
    values: tuple[Value, ...]


def read_known(
    connection: Connection, table: EntityTable, source: str, keys: Sequence[str]
) -> dict[str, Known]:
    """The rows of those keys, by key."""
    found = connection.exec_driver_sql(table.select, (source, json.dumps(keys))).all()
    return {
        row[0]: Known(row[1], row[2], row[3], row[4] is not None, bool(row[5]), tuple(row[6:]))
        for row in found
    }


def kept_positions(table: EntityTable, stated: frozenset[str] | None) -> tuple[int, ...]:
    """The columns whose empty values say nothing, because the stream has no such column."""
    if stated is None:
        return tuple(range(len(table.columns)))
    return tuple(at for at, field in enumerate(table.stated_by) if field not in stated)


def filled_in(
    table: EntityTable, values: tuple[Value, ...], known: tuple[Value, ...], kept: Sequence[int]
) -> tuple[Value, ...]:
    """The values, with what is known wherever a column was not stated and says nothing."""
    merged = list(values)
    for at in kept:
        value = merged[at]
        if value is None or value == "" or (value == 0 and table.columns[at] in table.flags):
            merged[at] = known[at]
    return tuple(merged)


@dataclass(slots=True)
class Changes:
    """Rows to be written to one table, collected and then written in two statements.

    Attributes:
        table: The table.
        source: Where the rows come from.
        run_id: The run that writes them, or None outside a run.
        now: The instant that counts as the edit, in microseconds.
        known: The rows as they are, by key; kept up to date with what is collected.
    """

    table: EntityTable
    source: str
    run_id: int | None
    now: int
    known: dict[str, Known]
    _inserts: dict[str, tuple[Any, ...]] = field(default_factory=dict[str, tuple[Any, ...]])
    _updates: dict[str, tuple[Any, ...]] = field(default_factory=dict[str, tuple[Any, ...]])

    def put(self, row: Prepared, account_id: int | None, account_key: str | None, kept: Sequence[int]) -> str:
        """Collect a row.

        Args:
            row: The row.
            account_id: Its account.
            account_key: How it named the account.
            kept: Columns whose empty values say nothing, see `kept_positions`.

        Returns:
            'new', 'changed' or 'unchanged'.
        """
        former = self.known.get(row.key)
        if former is None:
            edited = (new_uid(), self.now, self.now) if self.table.edited else ()
            self._inserts[row.key] = (
                *(self.source, self.run_id, row.key, account_id, account_key, *row.values),
                *edited,
            )
            self.known[row.key] = Known(
                0, account_id, account_key, gone=False, edited=False, values=row.values
            )
            return "new"
        values = filled_in(self.table, row.values, former.values, kept) if kept else row.values
        if former.edited:
            values = former.values
        same_place = former.account_id == account_id and former.account_key == account_key and not former.gone
        if same_place and values == former.values:
            return "unchanged"
        self.known[row.key] = Known(
            former.id, account_id, account_key, gone=False, edited=former.edited, values=values
        )
        if former.id == 0:
            inserted = self._inserts[row.key]
            self._inserts[row.key] = (
                *(*inserted[:3], account_id, account_key, *values),
                *inserted[5 + len(values) :],
            )
        else:
            edited = () if not self.table.edited else (self.now,)
            self._updates[row.key] = (self.run_id, account_id, account_key, *values, *edited, former.id)
        return "changed"

    def write(self, connection: Connection) -> None:
        """Write everything collected."""
        if self._inserts:
            connection.exec_driver_sql(self.table.insert, list(self._inserts.values()))
        if self._updates:
            connection.exec_driver_sql(self.table.update, list(self._updates.values()))


def columns_as_json(table: EntityTable, row: Prepared) -> str:
    """The values by column, for a row that waits."""
    columns: dict[str, object] = dict(zip(table.columns, row.values, strict=True))
    if row.extra:
        columns["extra"] = row.extra
    return json.dumps(columns, ensure_ascii=False)


def prepared_from_json(table: EntityTable, key: str, text: str) -> Prepared:
    """A row that waited; a column added since is empty."""
    columns: Mapping[str, Any] = json.loads(text)
    return Prepared(key, tuple(columns.get(c) for c in table.columns), tuple(columns.get("extra", ())))
