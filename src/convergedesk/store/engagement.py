"""Contacts that were logged, notes that were written, actions that are owed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, insert, select, update

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.engagement import Action, CheckIn, Note
from convergedesk.domain.errors import NotFoundError
from convergedesk.store.engine import Store
from convergedesk.store.tables import actions, check_ins, notes


def check_ins_of(store: Store, account_ids: Sequence[AccountId]) -> tuple[CheckIn, ...]:
    """Logged contacts with the accounts, newest first."""
    return tuple(
        CheckIn(
            account_id=AccountId(row.account_id),
            held_at=row.held_at,
            channel=row.channel,
            author=row.author,
            attendees=tuple(json.loads(row.attendees)),
            summary=row.summary,
            next_step=row.next_step,
        )
        for row in _newest(store, check_ins, account_ids, "held_at")
    )


def notes_of(store: Store, account_ids: Sequence[AccountId]) -> tuple[Note, ...]:
    """Notes on the accounts, newest first."""
    return tuple(
        Note(AccountId(row.account_id), row.written_at, row.author, row.body, row.audience)
        for row in _newest(store, notes, account_ids, "written_at")
    )


def actions_of(store: Store, account_ids: Sequence[AccountId]) -> tuple[Action, ...]:
    """Actions owed to or by the accounts, open and done, latest due day first."""
    return tuple(
        Action(AccountId(row.account_id), row.title, row.owner, row.due_on, row.done_on)
        for row in _newest(store, actions, account_ids, "due_on")
    )


def _newest(store: Store, table: Table, account_ids: Sequence[AccountId], order: str) -> Sequence[Any]:
    query = select(table).where(table.c.account_id.in_(account_ids), table.c.deleted_at.is_(None))
    with store.read() as connection:
        return connection.execute(query.order_by(table.c[order].desc(), table.c.id.desc())).all()


def add_check_in(store: Store, check_in: CheckIn, *, now: datetime) -> int:
    """Log a contact and return its id."""
    return _add(
        store,
        check_ins,
        now,
        account_id=check_in.account_id,
        held_at=check_in.held_at,
        channel=check_in.channel,
        author=check_in.author,
        attendees=json.dumps(check_in.attendees, ensure_ascii=False),
        summary=check_in.summary,
        next_step=check_in.next_step,
    )


def add_note(store: Store, note: Note, *, now: datetime) -> int:
    """Keep a note and return its id."""
    return _add(
        store,
        notes,
        now,
        account_id=note.account_id,
        written_at=note.written_at,
        author=note.author,
        body=note.body,
        audience=note.audience,
    )


def add_action(store: Store, action: Action, *, now: datetime) -> int:
    """Keep an action and return its id."""
    return _add(
        store,
        actions,
        now,
        account_id=action.account_id,
        title=action.title,
        owner=action.owner,
        due_on=action.due_on,
        done_on=action.done_on,
    )


def complete_action(store: Store, action_id: int, done_on: date | None, *, now: datetime) -> None:
    """Mark an action done on a day, or open again with None. Raises NotFoundError."""
    changed = update(actions).where(actions.c.id == action_id, actions.c.deleted_at.is_(None))
    with store.write() as connection:
        if connection.execute(changed.values(done_on=done_on, updated_at=now)).rowcount == 0:
            raise NotFoundError("This action is no longer in the workspace.")


def _add(store: Store, table: Table, now: datetime, **values: object) -> int:
    with store.write() as connection:
        added = connection.execute(insert(table).values(created_at=now, updated_at=now, **values))
        (new_id,) = added.inserted_primary_key or (0,)
    return new_id
