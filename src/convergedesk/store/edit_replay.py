"""Edits taken back, done again and reversed, row by row, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, LargeBinary, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import TypeEngine

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.edits import Edit, EditId, Replayed
from convergedesk.domain.errors import EditConflictError, NotFoundError
from convergedesk.store import edits as kept
from convergedesk.store.engine import Store
from convergedesk.store.instants import to_microseconds
from convergedesk.store.tables import edit_open, edit_rows, edits, metadata
from convergedesk.store.tables.edits import OPEN

# Set by imports on rows that people edit too; says nothing about what a person set.
_BOOKKEEPING = frozenset({"updated_at", "run_id", "account_key"})


class _ChangedSinceError(Exception):
    """A row is not as the edit left it."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A change of one row: from one image to another, None where there is no row."""

    table: str
    key: tuple[Any, ...]
    present: str | None
    wanted: str | None


def undo(store: Store, *, now: datetime) -> Replayed | None:
    """Take back the newest edit that holds; None where there is none.

    Raises:
        EditConflictError: What it set has changed since; nothing was changed.
    """
    with store.write() as connection:
        edit = kept.next_to_undo(connection)
        if edit is None:
            return None
        done = _replay(connection, edit, _backwards(connection, edit.id), now, "undone")
        connection.execute(update(edits).where(edits.c.id == edit.id).values(undone_at=now))
    return done


def redo(store: Store, *, now: datetime) -> Replayed | None:
    """Do the edit again that was taken back last; None where there is none.

    Raises:
        EditConflictError: What it would change has changed since; nothing was changed.
    """
    with store.write() as connection:
        edit = kept.next_to_redo(connection)
        if edit is None:
            return None
        done = _replay(connection, edit, _forwards(connection, edit.id), now, "done again")
        connection.execute(update(edits).where(edits.c.id == edit.id).values(undone_at=None))
    return done


def reverse(connection: Connection, edit_id: EditId, *, now: datetime) -> Replayed:
    """Set back what an edit set, whichever edits came after it, within an edit that is open.

    Raises:
        NotFoundError: The edit is no longer kept.
        EditConflictError: It was undone already, or what it set has changed since.
    """
    edit = kept.find(connection, edit_id)
    if edit is None:
        raise NotFoundError("This edit is older than 30 days and can no longer be taken back.")
    if edit.undone:
        raise EditConflictError(f"“{edit.label}” was taken back already.")
    return _apply_all(connection, edit, _backwards(connection, edit_id), now, "undone")


def _rows(connection: Connection, edit_id: EditId) -> list[Any]:
    query = select(edit_rows).where(edit_rows.c.edit_id == edit_id).order_by(edit_rows.c.id)
    return list(connection.execute(query))


def _backwards(connection: Connection, edit_id: EditId) -> list[_Step]:
    return [
        _Step(row.table_name, tuple(json.loads(row.row_key)), row.after, row.before)
        for row in reversed(_rows(connection, edit_id))
    ]


def _forwards(connection: Connection, edit_id: EditId) -> list[_Step]:
    return [
        _Step(row.table_name, tuple(json.loads(row.row_key)), row.before, row.after)
        for row in _rows(connection, edit_id)
    ]


def _replay(connection: Connection, edit: Edit, steps: list[_Step], now: datetime, word: str) -> Replayed:
    kept.begin(connection)
    done = _apply_all(connection, edit, steps, now, word)
    noted = edit_rows.c.edit_id == OPEN
    count = connection.execute(select(func.count()).select_from(edit_rows).where(noted)).scalar_one()
    connection.execute(delete(edit_rows).where(noted))
    connection.execute(delete(edit_open))
    if count != len(steps):
        # Something that came later hangs on a row of the edit and would have gone with it.
        raise _conflict(edit, word)
    return done


def _apply_all(connection: Connection, edit: Edit, steps: list[_Step], now: datetime, word: str) -> Replayed:
    try:
        for step in steps:
            _apply(connection, step, now)
    except (_ChangedSinceError, IntegrityError) as error:
        raise _conflict(edit, word, str(error)) from error
    return Replayed(edit, frozenset(step.table for step in steps), frozenset(_accounts(edit, steps)))


def _conflict(edit: Edit, word: str, details: str = "") -> EditConflictError:
    return EditConflictError(
        f"“{edit.label}” was not {word}, because what it concerns has been changed since, "
        "by an import or by another program. Nothing was changed.",
        fix="Change it by hand instead.",
        details=details,
    )


def _accounts(edit: Edit, steps: Iterable[_Step]) -> Iterable[AccountId]:
    if edit.account_id is not None:
        yield edit.account_id
    for step in steps:
        for image in (step.present, step.wanted):
            values: dict[str, Any] = json.loads(image or "{}")
            named = values.get("id" if step.table == "accounts" else "account_id")
            if named is not None:
                yield AccountId(named)


def _apply(connection: Connection, step: _Step, now: datetime) -> None:
    table = metadata.tables[step.table]
    names = [column.name for column in table.primary_key]
    where = " AND ".join(f'"{name}" = ?' for name in names)
    found = connection.exec_driver_sql(
        f"SELECT * FROM {step.table} WHERE {where}",  # noqa: S608
        step.key,
    ).mappings()
    row = found.one_or_none()
    current = None if row is None else {str(name): value for name, value in row.items()}
    _compare(step, current)
    if step.wanted is None:
        connection.exec_driver_sql(f"DELETE FROM {step.table} WHERE {where}", step.key)  # noqa: S608
        return
    values = _values(step)
    if "updated_at" in table.c:
        values["updated_at"] = to_microseconds(now)
    if current is None:
        listed, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
        connection.exec_driver_sql(
            f"INSERT INTO {step.table} ({listed}) VALUES ({marks})",  # noqa: S608
            tuple(values.values()),
        )
    else:
        sets = ", ".join(f'"{name}" = ?' for name in values)
        connection.exec_driver_sql(
            f"UPDATE {step.table} SET {sets} WHERE {where}",  # noqa: S608
            (*values.values(), *step.key),
        )


def _compare(step: _Step, current: dict[str, Any] | None) -> None:
    if (current is None) is not (step.present is None):
        raise _ChangedSinceError(f"{step.table} {step.key}: there is {'no' if current is None else 'a'} row")
    if current is None:
        return
    for name, (expected, _) in kept.changed_columns(step.present, step.wanted).items():
        if name not in _BOOKKEEPING and _plain(current.get(name)) != expected:
            raise _ChangedSinceError(f"{step.table} {step.key}: {name} is not {expected!r}")


def _plain(value: Any) -> Any:
    return value.hex().upper() if isinstance(value, bytes) else value


def _values(step: _Step) -> dict[str, Any]:
    wanted: dict[str, Any] = json.loads(step.wanted or "{}")
    if step.present is not None:
        changed = kept.changed_columns(step.present, step.wanted)
        wanted = {name: value for name, value in wanted.items() if name in changed}
    columns = metadata.tables[step.table].c
    return {name: _kept(value, columns[name].type) for name, value in wanted.items()}


def _kept(value: Any, form: TypeEngine[Any]) -> Any:
    return bytes.fromhex(value) if isinstance(value, str) and isinstance(form, LargeBinary) else value
