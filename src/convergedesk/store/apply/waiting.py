"""Rows that wait for their account, ticket or invoice, in the form in which they will be written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from convergedesk.domain.records import EntityKind

_UPSERT = (
    "INSERT INTO waiting_rows "
    "(source, stream, entity, row_key, account_key_id, parent, columns, line, raw, run_id) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (source, entity, row_key) DO UPDATE SET "
    "stream = excluded.stream, account_key_id = excluded.account_key_id, parent = excluded.parent, "
    "columns = excluded.columns, line = excluded.line, raw = excluded.raw, run_id = excluded.run_id "
    "WHERE stream <> excluded.stream OR account_key_id IS NOT excluded.account_key_id "
    "OR parent IS NOT excluded.parent OR columns <> excluded.columns OR line <> excluded.line "
    "OR raw <> excluded.raw"
)
_SELECT = (
    "SELECT w.id, w.source, w.stream, w.entity, w.row_key, w.account_key_id, w.parent, w.columns, w.line, "
    "k.account_id, k.account_key FROM waiting_rows w LEFT JOIN account_keys k ON k.id = w.account_key_id "
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that is kept until what it belongs to is known.

    Attributes:
        row_key: What makes the row what it is within its source.
        columns: Its columns as JSON.
        line: Where it stood.
        raw: The row as text.
        key_id: The account key that it waits for, or None.
        parent: The number of the ticket or invoice that it belongs to, or None.
    """

    row_key: str
    columns: str
    line: int
    raw: str
    key_id: int | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Ripe:
    """A waiting row whose account, or whose ticket or invoice, is known by now."""

    id: int
    source: str
    stream: str
    entity: EntityKind
    row_key: str
    key_id: int | None
    parent: str | None
    columns: str
    line: int
    account_id: int | None
    account_key: str | None


def keep_waiting(
    connection: Connection, source: str, stream: str, entity: EntityKind, rows: Sequence[Waiting], run_id: int
) -> None:
    """Let rows wait; a row that waits already is brought up to date."""
    if rows:
        connection.exec_driver_sql(
            _UPSERT,
            [
                (source, stream, entity, r.row_key, r.key_id, r.parent, r.columns, r.line, r.raw, run_id)
                for r in rows
            ],
        )


def waiting_keys(connection: Connection, source: str, entity: EntityKind) -> set[str]:
    """What waits of one kind, by row key."""
    found = connection.exec_driver_sql(
        "SELECT row_key FROM waiting_rows WHERE source = ? AND entity = ?", (source, entity)
    )
    return set(found.scalars())


def forget(
    connection: Connection, source: str, entity: EntityKind, row_keys: Iterable[str]
) -> list[tuple[str, int]]:
    """Drop waiting rows that came in by themselves; returns their streams and lines."""
    dropped = connection.exec_driver_sql(
        "DELETE FROM waiting_rows WHERE source = ? AND entity = ? "
        "AND row_key IN (SELECT value FROM json_each(?)) RETURNING stream, line",
        (source, entity, json.dumps(list(row_keys))),
    )
    return [(row[0], row[1]) for row in dropped]


def ripe_by_account(connection: Connection) -> list[Ripe]:
    """The rows whose account key is linked by now."""
    found = connection.exec_driver_sql(
        _SELECT + "WHERE k.account_id IS NOT NULL AND k.state = 'linked' ORDER BY w.id"
    )
    return [_ripe(tuple(row)) for row in found]


def waiting_children(connection: Connection, entity: EntityKind) -> list[Ripe]:
    """The messages or invoice lines that wait for their ticket or invoice."""
    found = connection.exec_driver_sql(
        _SELECT + "WHERE w.entity = ? AND w.parent IS NOT NULL ORDER BY w.id", (entity,)
    )
    return [_ripe(tuple(row)) for row in found]


def remove(connection: Connection, ids: Iterable[int]) -> None:
    """Drop waiting rows by id."""
    connection.exec_driver_sql(
        "DELETE FROM waiting_rows WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
    )


def _ripe(row: tuple[object, ...]) -> Ripe:
    values: tuple[object, ...] = (*row[:3], EntityKind(str(row[3])), *row[4:])
    return Ripe(*values)  # pyright: ignore[reportArgumentType]
