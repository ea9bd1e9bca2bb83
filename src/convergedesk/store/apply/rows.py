"""Rows of one table brought up to date in bulk: insert, update, or leave alone."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    """

    key: str
    values: tuple[Value, ...]


class UnsoundRowError(ValueError):
    """A value that no row of the table may have; the message is for the person."""


_LARGEST = 2**63 - 1


def require_sound(table: EntityTable, values: tuple[Value, ...]) -> None:
    """Refuse numbers that the file cannot hold.

    Raises:
        UnsoundRowError: One of the numbers is not a number or far too large.
    """
    for column, value in zip(table.columns, values, strict=True):
        if isinstance(value, int) and not -_LARGEST <= value <= _LARGEST:
            raise UnsoundRowError(f"The number for “{column.replace('_', ' ')}” is too large.")
        if isinstance(value, float) and not math.isfinite(value):
            raise UnsoundRowError(f"What stands for “{column.replace('_', ' ')}” is not a number.")


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
    """Rows to be written to one table, collected and then written in two statements."""

    table: EntityTable
    source: str
    run_id: int | None
    now: int
    inserts: list[tuple[Any, ...]]
    updates: list[tuple[Any, ...]]

    @classmethod
    def of(cls, table: EntityTable, source: str, run_id: int | None, now: int) -> Changes:
        """Nothing collected yet. `now` is the instant that counts as the edit, in microseconds."""
        return cls(table, source, run_id, now, [], [])

    def add(self, row: Prepared, account_id: int | None, account_key: str | None) -> None:
        """A row that is not known yet."""
        edited = (new_uid(), self.now, self.now) if self.table.edited else ()
        self.inserts.append(
            (self.source, self.run_id, row.key, account_id, account_key, *row.values, *edited)
        )

    def replace(
        self, known: Known, values: tuple[Value, ...], account_id: int | None, account_key: str | None
    ) -> None:
        """A row that is known otherwise."""
        edited = (self.now,) if self.table.edited else ()
        self.updates.append((self.run_id, account_id, account_key, *values, *edited, known.id))

    def write(self, connection: Connection) -> None:
        """Write everything collected."""
        if self.inserts:
            connection.exec_driver_sql(self.table.insert, self.inserts)
        if self.updates:
            connection.exec_driver_sql(self.table.update, self.updates)


def columns_as_json(table: EntityTable, values: tuple[Value, ...]) -> str:
    """The values by column, for a row that waits."""
    return json.dumps(dict(zip(table.columns, values, strict=True)), ensure_ascii=False)


def values_from_json(table: EntityTable, text: str) -> tuple[Value, ...]:
    """The values of a row that waited; a column added since is empty."""
    columns: Mapping[str, Value] = json.loads(text)
    return tuple(columns.get(column) for column in table.columns)
