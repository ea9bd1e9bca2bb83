"""Two accounts become one, and one becomes two again, with everything that hangs on them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from convergedesk.store.tables import metadata

# These follow by themselves, or tell of the accounts rather than belonging to them.
_LEFT_ALONE = frozenset({"account_summaries", "link_decisions", "pod_accounts"})
# Rows by table: what was moved, so that it can be moved back.
Moved = Mapping[str, list[int]]


def tables_of_accounts() -> tuple[str, ...]:
    """Every table whose rows belong to an account and have an id of their own."""
    return tuple(
        table.name
        for table in metadata.sorted_tables
        if "account_id" in table.c and "id" in table.c and table.name not in _LEFT_ALONE
    )


def move_everything(connection: Connection, former: int, account_id: int) -> dict[str, list[int]]:
    """Give every row of one account to another; returns the ids of the rows by table."""
    moved: dict[str, list[int]] = {}
    for table in tables_of_accounts():
        ids = connection.exec_driver_sql(
            f"UPDATE {table} SET account_id = ? WHERE account_id = ? RETURNING id",  # noqa: S608
            (account_id, former),
        ).scalars()
        moved[table] = list(ids)
    moved["accounts"] = list(
        connection.exec_driver_sql(
            "UPDATE accounts SET parent_id = ? WHERE parent_id = ? AND id <> ? AND uid NOT LIKE 'parked-%' "
            "RETURNING id",
            (account_id, former, account_id),
        ).scalars()
    )
    pods = connection.exec_driver_sql(
        "INSERT INTO pod_accounts (pod_id, account_id) "
        "SELECT pod_id, ? FROM pod_accounts WHERE account_id = ? ON CONFLICT DO NOTHING RETURNING pod_id",
        (account_id, former),
    ).scalars()
    moved["pod_accounts"] = list(pods)
    return {table: ids for table, ids in moved.items() if ids}


def move_back(connection: Connection, moved: Moved, kept: int, account_id: int) -> None:
    """Undo `move_everything`: the same rows go back, as far as they are still where they went."""
    for table, ids in moved.items():
        listed = json.dumps(ids)
        if table == "pod_accounts":
            connection.exec_driver_sql(
                "DELETE FROM pod_accounts WHERE account_id = ? "
                "AND pod_id IN (SELECT value FROM json_each(?))",
                (kept, listed),
            )
        elif table == "accounts":
            connection.exec_driver_sql(
                "UPDATE accounts SET parent_id = ? WHERE parent_id = ? "
                "AND id IN (SELECT value FROM json_each(?))",
                (account_id, kept, listed),
            )
        elif table in tables_of_accounts():
            connection.exec_driver_sql(
                f"UPDATE {table} SET account_id = ? WHERE account_id = ? "  # noqa: S608
                "AND id IN (SELECT value FROM json_each(?))",
                (account_id, kept, listed),
            )


def account_state(connection: Connection, account_id: int) -> dict[str, Any]:
    """The columns of an account that a merge or a split changes."""
    columns = [column.name for column in metadata.tables["accounts"].c if column.name not in {"id", "uid"}]
    row = connection.exec_driver_sql(
        f"SELECT {', '.join(columns)} FROM accounts WHERE id = ?",  # noqa: S608
        (account_id,),
    ).one()
    return dict(zip(columns, row, strict=True))


def restore_account(connection: Connection, account_id: int, state: Mapping[str, Any]) -> None:
    """Put an account's columns back as they were."""
    names = [name for name in state if name in metadata.tables["accounts"].c]
    connection.exec_driver_sql(
        f"UPDATE accounts SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?",  # noqa: S608
        (*(state[name] for name in names), account_id),
    )
