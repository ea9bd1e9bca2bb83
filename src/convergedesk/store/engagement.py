"""Contacts logged, notes written and actions owed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.engagement import Action, CheckIn, Note
from convergedesk.store.engine import Store
from convergedesk.store.tables import actions, check_ins, notes


def add_check_ins(store: Store, logged: Sequence[CheckIn], *, now: datetime) -> None:
    """Keep contacts with customers."""
    rows = [
        {
            "account_id": one.account_id,
            "held_at": one.held_at,
            "channel": one.channel,
            "author": one.author,
            "attendees": json.dumps(one.attendees, ensure_ascii=False),
            "summary": one.summary,
            "next_step": one.next_step,
            "created_at": now,
            "updated_at": now,
        }
        for one in logged
    ]
    if rows:
        with store.write() as connection:
            connection.execute(insert(check_ins), rows)


def add_notes(store: Store, written: Sequence[Note], *, now: datetime) -> None:
    """Keep notes."""
    rows = [
        {
            "account_id": one.account_id,
            "written_at": one.written_at,
            "author": one.author,
            "body": one.body,
            "audience": one.audience,
            "created_at": now,
            "updated_at": now,
        }
        for one in written
    ]
    if rows:
        with store.write() as connection:
            connection.execute(insert(notes), rows)


def add_actions(store: Store, owed: Sequence[Action], *, now: datetime) -> None:
    """Keep actions; they start internal."""
    rows = [
        {
            "account_id": one.account_id,
            "title": one.title,
            "owner": one.owner,
            "due_on": one.due_on,
            "done_on": one.done_on,
            "created_at": now,
            "updated_at": now,
        }
        for one in owed
    ]
    if rows:
        with store.write() as connection:
            connection.execute(insert(actions), rows)


def list_check_ins(store: Store, account_ids: Sequence[AccountId]) -> tuple[CheckIn, ...]:
    """Logged contacts, newest first."""
    table = check_ins.c
    query = (
        select(check_ins)
        .where(table.account_id.in_(account_ids), table.deleted_at.is_(None))
        .order_by(table.held_at.desc())
    )
    with store.read() as connection:
        rows = connection.execute(query).all()
    return tuple(
        CheckIn(
            AccountId(row.account_id),
            row.held_at,
            row.channel,
            row.author,
            tuple(json.loads(row.attendees)),
            row.summary,
            row.next_step,
        )
        for row in rows
    )


def list_notes(store: Store, account_ids: Sequence[AccountId]) -> tuple[Note, ...]:
    """Notes, newest first."""
    table = notes.c
    query = (
        select(table.account_id, table.written_at, table.author, table.body, table.audience)
        .where(table.account_id.in_(account_ids), table.deleted_at.is_(None))
        .order_by(table.written_at.desc())
    )
    with store.read() as connection:
        return tuple(Note(*row) for row in connection.execute(query))
