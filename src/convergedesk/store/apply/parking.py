"""Where rows stay whose link was undone: at a hidden account of their key's own.

Nothing is deleted when a person takes a link back, because notes, measured values and
messages hang on these rows. They leave every list until their key is linked again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection

from convergedesk.store.apply.moving import move_key_rows
from convergedesk.store.names import name_key

# What the hidden account is called before the id of its key.
PARKED: Final = "parked-"


def park(connection: Connection, key_id: int, *, leaving: int, hidden_behind: int, now: int) -> None:
    """Take the rows that came under a key away from their account.

    Args:
        connection: Inside a writing transaction; the key itself no longer has an account.
        key_id: The key.
        leaving: The account that they leave.
        hidden_behind: An account that stays; what is merged into another is shown nowhere.
        now: Microseconds.
    """
    source, text, label = connection.exec_driver_sql(
        "SELECT source, account_key, label FROM account_keys WHERE id = ?", (key_id,)
    ).one()
    parked = connection.exec_driver_sql(
        "INSERT INTO accounts (uid, created_at, updated_at, name, name_key, merged_into_id) "
        "VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (uid) DO UPDATE SET merged_into_id = excluded.merged_into_id RETURNING id",
        (f"{PARKED}{key_id}", now, now, label, name_key(label), hidden_behind),
    ).scalar_one()
    move_key_rows(connection, source, text, leaving, parked)
    connection.exec_driver_sql(
        "UPDATE rejects SET resolved_at = NULL "
        "WHERE source = ? AND account_key = ? AND resolved_at IS NOT NULL",
        (source, text),
    )


def unpark(connection: Connection, key_ids: Iterable[int]) -> set[int]:
    """Give the rows of keys that are linked again to their accounts; returns these accounts."""
    uids = json.dumps([f"{PARKED}{key_id}" for key_id in key_ids])
    rows = connection.exec_driver_sql(
        "SELECT p.id, k.source, k.account_key, k.account_id FROM accounts p JOIN account_keys k "
        "ON p.uid = ? || k.id WHERE p.uid IN (SELECT value FROM json_each(?)) "
        "AND k.state = 'linked' AND k.account_id IS NOT NULL",
        (PARKED, uids),
    ).all()
    for parked, source, text, account_id in rows:
        move_key_rows(connection, source, text, parked, account_id)
        connection.exec_driver_sql("DELETE FROM accounts WHERE id = ?", (parked,))
    return {row[3] for row in rows}
