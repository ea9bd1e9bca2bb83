"""Edits that stand for a decision about links: each holds one row, which names the decision."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.edits import EditId
from convergedesk.domain.links import DecisionKind
from convergedesk.store.edits import OpenEdit, add_edit, forget
from convergedesk.store.engine import Store
from convergedesk.store.tables import accounts, edit_rows, edits, link_decisions

_TABLE: Final = link_decisions.name


class Decided(NamedTuple):
    """What a decision was, so that it can be made once more.

    Attributes:
        kind: Link, create, ignore, merge or split.
        key_ids: The keys concerned.
        account_id: Linked to, created, kept by a merge, or split off; may be gone.
        other_account_id: Merged away, or split from.
        name: What the account was called.
    """

    kind: DecisionKind
    key_ids: tuple[int, ...]
    account_id: AccountId | None
    other_account_id: AccountId | None
    name: str


def note(store: Store, decision_id: int, made: OpenEdit, name: str) -> EditId:
    """Keep a decision as the newest edit; what had been undone before can no longer be done again.

    What it was is kept with the edit, since the decision goes with an account that undoing it removes.

    Args:
        store: The workspace.
        decision_id: The decision, made just now.
        made: The edit.
        name: What the account is called that it created or split off.
    """
    with store.write() as connection:
        row = connection.execute(select(link_decisions).where(link_decisions.c.id == decision_id)).one()
        decided = Decided(
            row.kind,
            tuple(int(key) for key in json.loads(row.before)["keys"]),
            row.account_id,
            row.other_account_id,
            name,
        )
        edit_id = add_edit(connection, made)
        connection.execute(
            insert(edit_rows).values(
                edit_id=edit_id,
                table_name=_TABLE,
                row_key=json.dumps([decision_id]),
                before=None,
                after=json.dumps(decided._asdict()),
            )
        )
    return edit_id


def decision_of(connection: Connection, edit_id: EditId) -> int | None:
    """The decision that an edit stands for; None for any other edit."""
    row_key = connection.execute(
        select(edit_rows.c.row_key).where(edit_rows.c.edit_id == edit_id, edit_rows.c.table_name == _TABLE)
    ).scalar_one_or_none()
    return None if row_key is None else int(json.loads(row_key)[0])


def account_name(store: Store, account_id: AccountId | None) -> str:
    """What an account is or was called, also one that was merged away; empty where it is gone."""
    with store.read() as connection:
        found = connection.execute(select(accounts.c.name).where(accounts.c.id == account_id))
        return found.scalar_one_or_none() or ""


def decided(store: Store, edit_id: EditId) -> Decided:
    """What the decision of an edit was."""
    with store.read() as connection:
        kept = connection.execute(
            select(edit_rows.c.after).where(edit_rows.c.edit_id == edit_id, edit_rows.c.table_name == _TABLE)
        ).scalar_one()
    values: dict[str, Any] = json.loads(kept or "{}")
    return Decided(
        DecisionKind(values["kind"]),
        tuple(values["key_ids"]),
        values["account_id"],
        values["other_account_id"],
        values["name"],
    )


def mark_undone(store: Store, edit_id: EditId, *, now: datetime | None) -> None:
    """The decision was taken back; without an instant its edit leaves the list."""
    with store.write() as connection:
        if now is None:
            forget(connection, [edit_id])
        else:
            connection.execute(update(edits).where(edits.c.id == edit_id).values(undone_at=now))


def mark_redone(store: Store, edit_id: EditId, decision_id: int) -> None:
    """The same was decided once more, as another decision."""
    with store.write() as connection:
        connection.execute(update(edits).where(edits.c.id == edit_id).values(undone_at=None))
        connection.execute(
            update(edit_rows)
            .where(edit_rows.c.edit_id == edit_id, edit_rows.c.table_name == _TABLE)
            .values(row_key=json.dumps([decision_id]))
        )


def forget_decision(store: Store, decision_id: int) -> None:
    """Drop the edit that stands for a decision, where there is one."""
    named = (edit_rows.c.table_name == _TABLE) & (edit_rows.c.row_key == json.dumps([decision_id]))
    with store.write() as connection:
        ids = connection.execute(select(edit_rows.c.edit_id).where(named)).scalars().all()
        connection.execute(delete(edit_rows).where(named))
        forget(connection, ids)
