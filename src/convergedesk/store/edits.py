"""Edits: kept while they are made, and listed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.edits import Edit, EditId
from convergedesk.store.tables import accounts, edit_open, edit_rows, edits
from convergedesk.store.tables.edits import OPEN

if TYPE_CHECKING:
    from convergedesk.store.engine import Store

_MERGED_WITHIN: Final = timedelta(seconds=10)
_TIMES: Final = frozenset({"updated_at"})


@dataclass(slots=True)
class OpenEdit:
    """An edit while it is made; whoever makes it may still name it.

    Attributes:
        label: What is being done, in plain words and the past tense.
        now: The instant of the edit.
        author: Who does it.
        account_id: The account that it concerns, or None.
        deletes: Whether it deletes something.
        merge: Word by which it joins the edit before it; empty: never.
        restores: The edit whose deletion it takes back, or None.
        id: Its number once it is kept; None where nothing changed.
    """

    label: str
    now: datetime
    author: str = ""
    account_id: AccountId | None = None
    deletes: bool = False
    merge: str = ""
    restores: EditId | None = None
    id: EditId | None = None


def begin(connection: Connection) -> None:
    """From here on every change of an undoable row is noted."""
    connection.execute(insert(edit_open).values(id=1))


def finish(connection: Connection, made: OpenEdit) -> None:
    """Give the noted rows to the edit, and drop what had been undone before it.

    Raises:
        ValueError: Something changed under no label.
    """
    connection.execute(delete(edit_open))
    if not _anything_changed(connection):
        connection.execute(delete(edit_rows).where(edit_rows.c.edit_id == OPEN))
        return
    if not made.label:
        raise ValueError("an edit needs a label")
    _drop_undone(connection)
    last = connection.execute(select(edits).order_by(edits.c.id.desc()).limit(1)).one_or_none()
    if last is not None and _joins(made, last):
        made.id = EditId(last.id)
        changed = {"label": made.label, "made_at": made.now, "aged_from": max(made.now, last.aged_from)}
        connection.execute(update(edits).where(edits.c.id == last.id).values(changed))
    else:
        made.id = _add(connection, made, made.now if last is None else max(made.now, last.aged_from))
    connection.execute(update(edit_rows).where(edit_rows.c.edit_id == OPEN).values(edit_id=made.id))
    if last is not None and made.id == last.id:
        _fold(connection, made.id)


def add_edit(connection: Connection, made: OpenEdit) -> EditId:
    """Keep an edit without rows as the newest; what had been undone before it is dropped."""
    _drop_undone(connection)
    last = connection.execute(select(edits.c.aged_from).order_by(edits.c.id.desc()).limit(1)).scalar()
    return _add(connection, made, made.now if last is None else max(made.now, last))


def _add(connection: Connection, made: OpenEdit, aged_from: datetime) -> EditId:
    values = {
        "label": made.label,
        "author": made.author,
        "account_id": made.account_id,
        "made_at": made.now,
        "aged_from": aged_from,
        "deletes": made.deletes,
        "merge": made.merge,
        "restores_id": made.restores,
    }
    (new_id,) = connection.execute(insert(edits).values(values)).inserted_primary_key or (0,)
    return EditId(new_id)


def _joins(made: OpenEdit, last: Any) -> bool:
    since = made.now - last.made_at
    return bool(made.merge) and made.merge == last.merge and timedelta(0) <= since <= _MERGED_WITHIN


def _anything_changed(connection: Connection) -> bool:
    rows = connection.execute(select(edit_rows).where(edit_rows.c.edit_id == OPEN).order_by(edit_rows.c.id))
    first: dict[tuple[str, str], Any] = {}
    latest: dict[tuple[str, str], Any] = {}
    for row in rows:
        key = (row.table_name, row.row_key)
        first.setdefault(key, row.before)
        latest[key] = row.after
    return any(changed_columns(first[key], latest[key]) for key in first)


def changed_columns(before: str | None, after: str | None) -> dict[str, tuple[Any, Any]]:
    """What differs between two images of a row, other than when it was last edited.

    Returns:
        By column the value before and after; for a row that came or went, all its columns.
    """
    if before == after:
        return {}
    old: dict[str, Any] = {} if before is None else json.loads(before)
    new: dict[str, Any] = {} if after is None else json.loads(after)
    both = before is not None and after is not None
    return {
        name: (old.get(name), new.get(name))
        for name in old | new
        if not both or (name not in _TIMES and old.get(name) != new.get(name))
    }


def _fold(connection: Connection, edit_id: EditId) -> None:
    # A sentence that was typed in twenty autosaves is kept as what it was before and after them.
    table = edit_rows.c
    rows = connection.execute(select(edit_rows).where(table.edit_id == edit_id).order_by(table.id)).all()
    kept: dict[tuple[str, str], Any] = {}
    for row in rows:
        key = (row.table_name, row.row_key)
        earlier = kept.get(key)
        if earlier is None or earlier.after is None or row.after is None:
            kept[key] = row
            continue
        # In the earlier one's place, since rows noted between them may hang on it.
        connection.execute(update(edit_rows).where(table.id == earlier.id).values(after=row.after))
        connection.execute(delete(edit_rows).where(table.id == row.id))


def _drop_undone(connection: Connection) -> None:
    undone = connection.execute(select(edits.c.id).where(edits.c.undone_at.is_not(None))).scalars().all()
    forget(connection, undone)


def forget(connection: Connection, which: Iterable[int]) -> None:
    """Drop edits with what they noted; the rows themselves stay as they are."""
    for edit_id in which:
        connection.execute(delete(edit_rows).where(edit_rows.c.edit_id == edit_id))
        connection.execute(delete(edits).where(edits.c.id == edit_id))


def history(store: Store, *, limit: int = 500, deletes: bool = False) -> tuple[Edit, ...]:
    """The edits that can be taken back or done again, newest first.

    Args:
        store: The workspace.
        limit: At most so many.
        deletes: Only those that deleted something which is still deleted.
    """
    query = _listed().order_by(edits.c.id.desc()).limit(limit)
    if deletes:
        query = query.where(edits.c.deletes.is_(True), edits.c.undone_at.is_(None), ~restored())
    with store.read() as connection:
        return tuple(edit_of(row) for row in connection.execute(query))


def find(connection: Connection, edit_id: EditId) -> Edit | None:
    """One edit, or None where it is no longer kept."""
    row = connection.execute(_listed().where(edits.c.id == edit_id)).one_or_none()
    return None if row is None else edit_of(row)


def next_to_undo(connection: Connection) -> Edit | None:
    """The newest edit that holds."""
    query = _listed().where(edits.c.undone_at.is_(None)).order_by(edits.c.id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else edit_of(row)


def next_to_redo(connection: Connection) -> Edit | None:
    """The edit that was undone last, which is the oldest of those undone."""
    query = _listed().where(edits.c.undone_at.is_not(None)).order_by(edits.c.id).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else edit_of(row)


def restored() -> Any:
    """SQL: a later edit that holds brought back what the edit deleted."""
    later = edits.alias()
    return select(later.c.id).where(later.c.restores_id == edits.c.id, later.c.undone_at.is_(None)).exists()


def _listed() -> Any:
    named = accounts.c.name.label("account_name")
    joined = edits.outerjoin(accounts, accounts.c.id == edits.c.account_id)
    return select(edits, named, restored().label("restored")).select_from(joined)


def edit_of(row: Any) -> Edit:
    """An edit from a row of the listing."""
    return Edit(
        id=EditId(row.id),
        label=row.label,
        author=row.author,
        account_id=None if row.account_id is None else AccountId(row.account_id),
        account_name=row.account_name or "",
        made_at=row.made_at,
        deletes=row.deletes,
        undone=row.undone_at is not None,
        restored=bool(row.restored),
    )
