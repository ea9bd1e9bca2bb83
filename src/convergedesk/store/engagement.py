"""Contacts that were logged, notes that were written, actions that are owed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from convergedesk.domain.accounts import AccountId, PersonId
from convergedesk.domain.engagement import (
    AccountAction,
    AccountNote,
    Action,
    ActionId,
    CheckIn,
    CheckInId,
    Note,
    NoteId,
)
from convergedesk.domain.errors import NotFoundError
from convergedesk.store.engine import Store
from convergedesk.store.tables import accounts, actions, check_ins, notes, persons

_WORDS = {"check_ins": "check-in", "notes": "note", "actions": "action"}


def check_ins_of(store: Store, account_ids: Sequence[AccountId]) -> tuple[CheckIn, ...]:
    """Logged contacts with the accounts, newest first."""
    with store.read() as connection:
        rows = _newest(connection, check_ins, account_ids, "held_at")
        ids = _ids_by_uid(connection, rows)
    return tuple(_check_in(row, ids) for row in rows)


def notes_of(store: Store, account_ids: Sequence[AccountId]) -> tuple[Note, ...]:
    """Notes on the accounts, newest first."""
    with store.read() as connection:
        return tuple(_note(row) for row in _newest(connection, notes, account_ids, "written_at"))


def actions_of(store: Store, account_ids: Sequence[AccountId]) -> tuple[Action, ...]:
    """Actions owed to or by the accounts, open and done, latest due day first."""
    with store.read() as connection:
        return tuple(_action(row) for row in _newest(connection, actions, account_ids, "due_on"))


def all_actions(store: Store, *, done_since: date) -> tuple[AccountAction, ...]:
    """Every account's open actions by due day, those without one last; then those done since a day."""
    query = (
        select(actions, accounts.c.name.label("account_name"))
        .join(accounts, accounts.c.id == actions.c.account_id)
        .where(actions.c.deleted_at.is_(None), accounts.c.merged_into_id.is_(None))
        .where(actions.c.done_on.is_(None) | (actions.c.done_on >= done_since))
        .order_by(
            actions.c.done_on.is_not(None),
            actions.c.done_on.desc(),
            actions.c.due_on.asc().nulls_last(),
            actions.c.id,
        )
    )
    with store.read() as connection:
        return tuple(AccountAction(_action(row), row.account_name) for row in connection.execute(query))


def notes_with_mentions(store: Store, *, limit: int = 500) -> tuple[AccountNote, ...]:
    """The newest notes of all accounts in which an '@' stands, newest first; whom it names is not read."""
    query = (
        select(notes, accounts.c.name.label("account_name"))
        .join(accounts, accounts.c.id == notes.c.account_id)
        .where(notes.c.deleted_at.is_(None), accounts.c.merged_into_id.is_(None))
        .where(notes.c.body.contains("@"))
        .order_by(notes.c.written_at.desc(), notes.c.id.desc())
        .limit(limit)
    )
    with store.read() as connection:
        return tuple(AccountNote(_note(row), row.account_name) for row in connection.execute(query))


def get_check_in(store: Store, check_in_id: CheckInId) -> CheckIn:
    """One contact. Raises NotFoundError, also where it was deleted."""
    with store.read() as connection:
        row = _get(connection, check_ins, check_in_id)
        return _check_in(row, _ids_by_uid(connection, (row,)))


def get_note(store: Store, note_id: NoteId) -> Note:
    """One note. Raises NotFoundError, also where it was deleted."""
    with store.read() as connection:
        return _note(_get(connection, notes, note_id))


def get_action(store: Store, action_id: ActionId) -> Action:
    """One action. Raises NotFoundError, also where it was deleted."""
    with store.read() as connection:
        return _action(_get(connection, actions, action_id))


def add_check_in(store: Store, check_in: CheckIn, *, now: datetime) -> CheckInId:
    """Log a contact and return its id."""
    with store.write() as connection:
        return CheckInId(_add(connection, check_ins, _check_in_values(connection, check_in), now))


def add_note(store: Store, note: Note, *, now: datetime) -> NoteId:
    """Keep a note and return its id."""
    with store.write() as connection:
        return NoteId(_add(connection, notes, _note_values(note), now))


def add_action(store: Store, action: Action, *, now: datetime) -> ActionId:
    """Keep an action and return its id."""
    with store.write() as connection:
        return ActionId(_add(connection, actions, _action_values(action), now))


def edit_check_in(store: Store, check_in: CheckIn, *, now: datetime) -> None:
    """Give a contact the values of `check_in`. Raises NotFoundError."""
    with store.write() as connection:
        _edit(connection, check_ins, check_in.id, _check_in_values(connection, check_in), now)


def edit_note(store: Store, note: Note, *, now: datetime) -> None:
    """Give a note the values of `note`. Raises NotFoundError."""
    with store.write() as connection:
        _edit(connection, notes, note.id, _note_values(note), now)


def edit_action(store: Store, action: Action, *, now: datetime) -> None:
    """Give an action the values of `action`. Raises NotFoundError."""
    with store.write() as connection:
        _edit(connection, actions, action.id, _action_values(action), now)


def complete_action(store: Store, action_id: ActionId, done_on: date | None, *, now: datetime) -> None:
    """Mark an action done on a day, or open again with None. Raises NotFoundError."""
    with store.write() as connection:
        _edit(connection, actions, action_id, {"done_on": done_on}, now)


def delete_check_in(store: Store, check_in_id: CheckInId, *, now: datetime) -> None:
    """Take a contact off its account. Raises NotFoundError."""
    with store.write() as connection:
        _edit(connection, check_ins, check_in_id, {"deleted_at": now}, now)


def delete_note(store: Store, note_id: NoteId, *, now: datetime) -> None:
    """Take a note off its account. Raises NotFoundError."""
    with store.write() as connection:
        _edit(connection, notes, note_id, {"deleted_at": now}, now)


def delete_action(store: Store, action_id: ActionId, *, now: datetime) -> None:
    """Take an action off its account. Raises NotFoundError."""
    with store.write() as connection:
        _edit(connection, actions, action_id, {"deleted_at": now}, now)


def _newest(
    connection: Connection, table: Table, account_ids: Sequence[AccountId], order: str
) -> Sequence[Any]:
    query = select(table).where(table.c.account_id.in_(account_ids), table.c.deleted_at.is_(None))
    return connection.execute(query.order_by(table.c[order].desc(), table.c.id.desc())).all()


def _get(connection: Connection, table: Table, row_id: int) -> Any:
    query = select(table).where(table.c.id == row_id, table.c.deleted_at.is_(None))
    row = connection.execute(query).one_or_none()
    if row is None:
        raise _gone(table)
    return row


def _add(connection: Connection, table: Table, values: Mapping[str, Any], now: datetime) -> int:
    added = connection.execute(insert(table).values(created_at=now, updated_at=now, **values))
    (new_id,) = added.inserted_primary_key or (0,)
    return new_id


def _edit(
    connection: Connection, table: Table, row_id: int, values: Mapping[str, Any], now: datetime
) -> None:
    changed = update(table).where(table.c.id == row_id, table.c.deleted_at.is_(None))
    if connection.execute(changed.values(updated_at=now, **values)).rowcount == 0:
        raise _gone(table)


def _gone(table: Table) -> NotFoundError:
    return NotFoundError(f"This {_WORDS[table.name]} is no longer in the workspace.")


def _ids_by_uid(connection: Connection, rows: Iterable[Any]) -> dict[str, PersonId]:
    uids = {uid for row in rows for uid in json.loads(row.attendee_uids)}
    if not uids:
        return {}
    query = select(persons.c.uid, persons.c.id).where(persons.c.uid.in_(uids))
    return {row.uid: PersonId(row.id) for row in connection.execute(query)}


def _check_in(row: Any, ids: Mapping[str, PersonId]) -> CheckIn:
    return CheckIn(
        account_id=AccountId(row.account_id),
        held_at=row.held_at,
        channel=row.channel,
        author=row.author,
        attendees=tuple(json.loads(row.attendees)),
        summary=row.summary,
        next_step=row.next_step,
        attendee_ids=tuple(ids[uid] for uid in json.loads(row.attendee_uids) if uid in ids),
        id=CheckInId(row.id),
    )


def _check_in_values(connection: Connection, check_in: CheckIn) -> dict[str, Any]:
    query = select(persons.c.id, persons.c.uid).where(persons.c.id.in_(check_in.attendee_ids))
    uids = {row.id: row.uid for row in connection.execute(query)} if check_in.attendee_ids else {}
    return {
        "account_id": check_in.account_id,
        "held_at": check_in.held_at,
        "channel": check_in.channel,
        "author": check_in.author,
        "attendees": json.dumps(check_in.attendees, ensure_ascii=False),
        "attendee_uids": json.dumps([uids[one] for one in check_in.attendee_ids if one in uids]),
        "summary": check_in.summary,
        "next_step": check_in.next_step,
    }


def _note(row: Any) -> Note:
    return Note(
        account_id=AccountId(row.account_id),
        written_at=row.written_at,
        author=row.author,
        body=row.body,
        audience=row.audience,
        pulse=row.pulse,
        pulse_reason=row.pulse_reason,
        updated_at=row.updated_at,
        id=NoteId(row.id),
    )


def _note_values(note: Note) -> dict[str, Any]:
    names = ("account_id", "written_at", "author", "body", "audience", "pulse", "pulse_reason")
    return {name: getattr(note, name) for name in names}


def _action(row: Any) -> Action:
    return Action(
        account_id=AccountId(row.account_id),
        title=row.title,
        owner=row.owner,
        due_on=row.due_on,
        done_on=row.done_on,
        audience=row.audience,
        check_in_id=None if row.check_in_id is None else CheckInId(row.check_in_id),
        id=ActionId(row.id),
    )


def _action_values(action: Action) -> dict[str, Any]:
    names = ("account_id", "title", "owner", "due_on", "done_on", "audience", "check_in_id")
    return {name: getattr(action, name) for name in names}
