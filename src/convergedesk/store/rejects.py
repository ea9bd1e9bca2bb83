"""Reads rejects, and settles them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.records import EntityKind
from convergedesk.domain.rejects import RejectList, RejectQuery, RejectRow
from convergedesk.store.engine import Store
from convergedesk.store.instants import from_microseconds, to_microseconds

_COLUMNS = (
    "r.id, r.system, r.source, r.stream, r.entity, r.line, r.rows, r.code, r.reason, r.raw, "
    "r.account_key IS NOT NULL OR EXISTS (SELECT 1 FROM waiting_rows w WHERE w.source = r.source "
    "AND w.stream = r.stream AND w.entity = r.entity AND w.line = r.line), r.created_at, r.resolved_at"
)


def list_rejects(store: Store, query: RejectQuery) -> RejectList:
    """The rejects that fit a query, with counts of rows."""
    where, values = _where(query)
    of_any_code, code_values = _where(
        RejectQuery(query.stream, query.entity, None, query.text, query.resolved)
    )
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            f"SELECT {_COLUMNS} FROM rejects r WHERE {where} "  # noqa: S608
            "ORDER BY r.source, r.stream, r.line LIMIT ? OFFSET ?",
            (*values, query.limit, query.offset),
        ).all()
        total, listed = connection.exec_driver_sql(
            f"SELECT coalesce(sum(r.rows), 0), count(*) FROM rejects r WHERE {where}",  # noqa: S608
            values,
        ).one()
        by_code = connection.exec_driver_sql(
            f"SELECT r.code, sum(r.rows) FROM rejects r WHERE {of_any_code} "  # noqa: S608
            "GROUP BY r.code ORDER BY 2 DESC, 1",
            code_values,
        ).all()
    return RejectList(tuple(_row(row) for row in rows), total, {row[0]: row[1] for row in by_code}, listed)


def every_reject(store: Store, query: RejectQuery, *, chunk: int = 5000) -> Iterator[RejectRow]:
    """All rejects that fit a query, whatever its limit, read piece by piece."""
    where, values = _where(query)
    last = ("", "", -1)
    while True:
        with store.read() as connection:
            rows = connection.exec_driver_sql(
                f"SELECT {_COLUMNS} FROM rejects r WHERE {where} "  # noqa: S608
                "AND (r.source, r.stream, r.line) > (?, ?, ?) ORDER BY r.source, r.stream, r.line LIMIT ?",
                (*values, *last, chunk),
            ).all()
        for row in rows:
            yield _row(row)
        if len(rows) < chunk:
            return
        last = (rows[-1][2], rows[-1][3], rows[-1][5])


def resolve(store: Store, ids: Sequence[int], now: datetime) -> int:
    """Mark rejects as settled; returns how many were not before."""
    with store.write() as connection:
        return connection.exec_driver_sql(
            "UPDATE rejects SET resolved_at = ? "
            "WHERE resolved_at IS NULL AND id IN (SELECT value FROM json_each(?))",
            (to_microseconds(now), json.dumps(list(ids))),
        ).rowcount


def _where(query: RejectQuery) -> tuple[str, tuple[Any, ...]]:
    parts = ["r.resolved_at IS NOT NULL" if query.resolved else "r.resolved_at IS NULL"]
    values: list[Any] = []
    for column, value in (("stream", query.stream), ("entity", query.entity), ("code", query.code)):
        if value is not None:
            parts.append(f"r.{column} = ?")
            values.append(value)
    if query.text:
        pattern = "%" + query.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        parts.append("(r.reason LIKE ? ESCAPE '\\' OR r.raw LIKE ? ESCAPE '\\')")
        values += [pattern, pattern]
    return " AND ".join(parts), tuple(values)


def _row(row: Sequence[Any]) -> RejectRow:
    return RejectRow(
        id=row[0],
        system=SystemKind(row[1]),
        source=row[2],
        stream=row[3],
        entity=EntityKind(row[4]),
        line=row[5],
        rows=row[6],
        code=row[7],
        reason=row[8],
        raw=row[9],
        waiting=bool(row[10]),
        created_at=from_microseconds(row[11]),
        resolved_at=None if row[12] is None else from_microseconds(row[12]),
    )
