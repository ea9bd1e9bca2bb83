"""Takes back what a person decided about links."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.errors import ConvergeDeskError, NotFoundError
from convergedesk.domain.links import AccountKeyLink, DecisionKind
from convergedesk.store.apply.accounts import refresh_accounts
from convergedesk.store.apply.decision_log import Decided, restore_keys
from convergedesk.store.apply.merging import (
    account_state,
    move_back,
    move_everything,
    restore_account,
    tables_of_accounts,
)
from convergedesk.store.apply.moving import follow_subscriptions, move_key_rows
from convergedesk.store.apply.parking import park
from convergedesk.store.engine import Store
from convergedesk.store.instants import to_microseconds
from convergedesk.store.linking import read_keys, refresh_references

# Follow from an account, or tell of it: none of them is a reason to keep one that a decision made.
_TELLS_OF_IT = frozenset({"external_references", "edits", "episodes", "alerts"})
_LATER = (
    "SELECT count(*) FROM link_decisions d WHERE d.id > ? AND d.undone_at IS NULL AND ("
    "EXISTS (SELECT 1 FROM json_each(d.before, '$.keys') j WHERE j.key IN (SELECT value FROM json_each(?))) "
    "OR (d.kind IN ('merge', 'split') AND (d.account_id IN (SELECT value FROM json_each(?)) "
    "OR d.other_account_id IN (SELECT value FROM json_each(?)))))"
)


def undo(store: Store, decision_id: int, now: datetime) -> Decided:
    """Take a decision back: links, rows and accounts are as they were before it.

    What came in since under the same keys goes the same way; what people wrote since stays
    with the account that they wrote it on, or goes back with an account that disappears.

    Raises:
        NotFoundError: There is no such decision, or it was undone already.
        ConvergeDeskError: A later decision rests on it.
    """
    instant = to_microseconds(now)
    with store.write() as connection:
        row = connection.exec_driver_sql(
            "SELECT kind, account_id, other_account_id, before FROM link_decisions "
            "WHERE id = ? AND undone_at IS NULL",
            (decision_id,),
        ).one_or_none()
        if row is None:
            raise NotFoundError("That decision was undone already.")
        before: dict[str, Any] = json.loads(row[3])
        key_ids = [int(key_id) for key_id in before["keys"]]
        accounts = json.dumps([account for account in row[1:3] if account is not None])
        later = connection.exec_driver_sql(
            _LATER, (decision_id, json.dumps([str(k) for k in key_ids]), accounts, accounts)
        ).scalar_one()
        if later:
            raise ConvergeDeskError("A later decision rests on this one.", fix="Undo the later one first.")
        keys = read_keys(connection, key_ids)
        restore_keys(connection, before["keys"])
        touched = {account for account in row[1:3] if account is not None}
        kind = DecisionKind(row[0])
        if kind is DecisionKind.MERGE:
            _unmerge(connection, keys, row[1], row[2], before, instant)
        else:
            doomed = row[1] if kind in {DecisionKind.CREATE, DecisionKind.SPLIT} else None
            touched |= _send_back(connection, keys, before, doomed, instant)
            if kind is DecisionKind.SPLIT:
                move_everything(connection, row[1], row[2])
            if doomed is not None and not _has_rows(connection, doomed):
                connection.exec_driver_sql("DELETE FROM accounts WHERE id = ?", (doomed,))
                touched.discard(doomed)
        if kind is DecisionKind.IGNORE:
            _reopen_rejects(connection, keys)
        refresh_references(connection, key_ids, instant)
        follow_subscriptions(connection)
        refresh_accounts(connection, touched, instant)
        connection.exec_driver_sql(
            "UPDATE link_decisions SET undone_at = ?, updated_at = ? WHERE id = ?",
            (instant, instant, decision_id),
        )
    return Decided(decision_id, None if row[1] is None else AccountId(row[1]), touched)


def _send_back(
    connection: Connection,
    keys: tuple[AccountKeyLink, ...],
    before: dict[str, Any],
    doomed: int | None,
    now: int,
) -> set[int]:
    """Rows of the keys go to the account that had them, or wait hidden where none had."""
    touched: set[int] = set()
    for key in keys:
        former = before["keys"][str(key.id)][1]
        if key.account_id is None or key.id is None:
            continue
        if former is not None:
            move_key_rows(connection, key.source, key.text, key.account_id, former)
            touched.add(former)
            continue
        behind = _another_account(connection, doomed) if key.account_id == doomed else key.account_id
        if behind is not None:
            park(connection, key.id, leaving=key.account_id, hidden_behind=behind, now=now)
    return touched


def _unmerge(
    connection: Connection,
    keys: tuple[AccountKeyLink, ...],
    kept: int,
    merged: int,
    before: dict[str, Any],
    now: int,
) -> None:
    connection.exec_driver_sql(
        "UPDATE accounts SET merged_into_id = NULL, parent_id = ?, updated_at = ? WHERE id = ?",
        (before["merge"]["parent_id"], now, merged),
    )
    move_back(connection, before["moved"], kept, merged)
    for key in keys:
        move_key_rows(connection, key.source, key.text, kept, merged)
    # Fields that the merged account's lists stated leave with it.
    state = account_state(connection, kept)
    restore_account(connection, kept, {**before["keep"], "merged_into_id": state["merged_into_id"]})


def _another_account(connection: Connection, account_id: int | None) -> int | None:
    return connection.exec_driver_sql(
        "SELECT min(id) FROM accounts WHERE id IS NOT ? AND uid NOT LIKE 'parked-%'", (account_id,)
    ).scalar()


def _has_rows(connection: Connection, account_id: int) -> bool:
    return any(
        connection.exec_driver_sql(
            f"SELECT EXISTS (SELECT 1 FROM {table} WHERE account_id = ?)",  # noqa: S608
            (account_id,),
        ).scalar()
        for table in tables_of_accounts()
        if table not in _TELLS_OF_IT
    )


def _reopen_rejects(connection: Connection, keys: tuple[AccountKeyLink, ...]) -> None:
    for key in keys:
        connection.exec_driver_sql(
            "UPDATE rejects SET code = 'unknown_account', reason = ? "
            "WHERE source = ? AND account_key = ? AND resolved_at IS NULL",
            (f"No account is known for “{key.label}”.", key.source, key.text),
        )
