"""The decisions that people made about links, with what undoing each of them needs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.links import DecisionKind, LinkDecision
from convergedesk.store.engine import Store
from convergedesk.store.instants import from_microseconds
from convergedesk.store.tables import new_uid

_KEY_STATE = ("state", "account_id", "found_by", "by_hand", "candidates")


@dataclass(slots=True)
class Decided:
    """What a decision, or undoing it, changed.

    Attributes:
        decision_id: The decision.
        account_id: The account that it is about, or None.
        accounts: The accounts whose data changed.
        rows: Rows that came in.
    """

    decision_id: int | None
    account_id: AccountId | None
    accounts: set[int] = field(default_factory=set[int])
    rows: int = 0


def require_account(connection: Connection, account_id: int) -> None:
    """Raise NotFoundError unless the account is there and not merged into another."""
    found = connection.exec_driver_sql(
        "SELECT 1 FROM accounts WHERE id = ? AND merged_into_id IS NULL", (account_id,)
    ).scalar()
    if found is None:
        raise NotFoundError("That account is no longer in the workspace.", fix="Choose another account.")


def key_states(connection: Connection, key_ids: Sequence[int]) -> dict[str, Any]:
    """How keys stand now, for a decision's memory."""
    rows = connection.exec_driver_sql(
        f"SELECT id, {', '.join(_KEY_STATE)} FROM account_keys "  # noqa: S608
        "WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(key_ids)),),
    )
    return {"keys": {str(row[0]): list(row[1:]) for row in rows}}


def restore_keys(connection: Connection, states: Mapping[str, Sequence[Any]]) -> None:
    """Put keys back as they were."""
    assigned = ", ".join(f"{name} = ?" for name in _KEY_STATE)
    for key_id, state in states.items():
        connection.exec_driver_sql(
            f"UPDATE account_keys SET {assigned} WHERE id = ?",  # noqa: S608
            (*state, int(key_id)),
        )


def record(
    connection: Connection,
    kind: DecisionKind,
    now: int,
    author: str,
    *,
    accounts: tuple[int | None, int | None],
    before: Mapping[str, Any],
) -> int:
    """Keep a decision; returns its id."""
    done = connection.exec_driver_sql(
        "INSERT INTO link_decisions (uid, created_at, updated_at, kind, decided_at, author, account_id, "
        "other_account_id, before) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (new_uid(), now, now, kind, now, author, *accounts, json.dumps(before)),
    )
    return int(done.scalar_one())


def list_decisions(store: Store, *, limit: int) -> tuple[LinkDecision, ...]:
    """The decisions, the newest first."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT d.id, d.kind, d.decided_at, d.author, d.account_id, d.other_account_id, d.undone_at, "
            "(SELECT json_group_array(k.label) FROM json_each(d.before, '$.keys') j "
            "JOIN account_keys k ON k.id = j.key) FROM link_decisions d ORDER BY d.id DESC LIMIT ?",
            (limit,),
        ).all()
    return tuple(
        LinkDecision(
            row[0],
            DecisionKind(row[1]),
            from_microseconds(row[2]),
            row[3],
            None if row[4] is None else AccountId(row[4]),
            None if row[5] is None else AccountId(row[5]),
            tuple(json.loads(row[7])),
            None if row[6] is None else from_microseconds(row[6]),
        )
        for row in rows
    )
