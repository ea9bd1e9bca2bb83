"""Edits are forgotten after 30 days, and what was deleted by them is then gone for good."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, func, select

from convergedesk.domain.edits import KEPT
from convergedesk.store.edits import changed_columns, forget, restored
from convergedesk.store.engine import Store
from convergedesk.store.tables import edit_rows, edits, metadata

# However old they are by the clock: a clock that was set years ahead must not forget everything.
_ALWAYS_KEPT: Final = 200


def prune(store: Store, *, now: datetime) -> int:
    """Forget edits older than 30 days, oldest first, but never the last 200.

    Rows that were deleted by them and are deleted still are removed from the file, unless an
    import knows them, which would bring them back.

    Returns:
        How many edits were forgotten.
    """
    newest = (
        select(edits.c.id).order_by(edits.c.id.desc()).limit(1).offset(_ALWAYS_KEPT - 1).scalar_subquery()
    )
    # The oldest edit that must stay: nothing after it goes, whatever its time says.
    young = select(func.min(edits.c.id)).where(edits.c.aged_from >= now - KEPT).scalar_subquery()
    table = edits.c
    old = select(table.id).where(table.id < newest, table.id < func.coalesce(young, newest))
    with store.read() as connection:
        found = connection.execute(old.with_only_columns(func.count())).scalar_one()
    if not found:
        return 0
    with store.write() as connection:
        gone = connection.execute(old).scalars().all()
        _remove_deleted(connection, gone)
        forget(connection, gone)
    return len(gone)


def _remove_deleted(connection: Connection, gone: Sequence[int]) -> None:
    final = edits.c.deletes.is_(True) & edits.c.undone_at.is_(None) & ~restored()
    rows = connection.execute(
        select(edit_rows)
        .join(edits, edits.c.id == edit_rows.c.edit_id)
        .where(edits.c.id.in_(gone), final)
        .order_by(edit_rows.c.id)
    ).all()
    for row in rows:
        marked = changed_columns(row.before, row.after).get("deleted_at")
        if row.after is not None and marked is not None and marked[1] is not None:
            _remove(connection, row)


def _remove(connection: Connection, row: Any) -> None:
    ours = " AND source IS NULL" if "source" in metadata.tables[row.table_name].c else ""
    (row_id,) = json.loads(row.row_key)
    connection.exec_driver_sql(
        f"DELETE FROM {row.table_name} WHERE id = ? AND deleted_at IS NOT NULL{ours} "  # noqa: S608
        # A later edit that can still be taken back may need it.
        "AND NOT EXISTS (SELECT 1 FROM edit_rows l WHERE l.table_name = ? AND l.row_key = ? AND l.id > ? "
        "AND l.edit_id > ?)",
        (row_id, row.table_name, row.row_key, row.id, row.edit_id),
    )
