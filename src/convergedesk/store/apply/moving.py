"""Moves rows from one account to another, together with the key under which they came."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

# Tables whose imported rows carry the key under which they came.
KEYED_TABLES: Final = (
    "persons",
    "tickets",
    "subscriptions",
    "contracts",
    "invoices",
    "churn_events",
    "calendar_events",
    "goals",
    "usage_subjects",
)


def move_key_rows(
    connection: Connection, source: str, account_key: str, former: int | None, account_id: int | None
) -> int:
    """Give the rows that came under a key to another account.

    Args:
        connection: Inside a writing transaction.
        source: The key's source.
        account_key: The key's text.
        former: The account that has them now; None moves them whoever has them.
        account_id: The account that gets them.

    Returns:
        How many rows moved, usage counted by subject. Usage that counts for a subscription
        follows the subscription.
    """
    moved = 0
    for table in KEYED_TABLES:
        among = "" if former is None else "AND account_id = ?"
        values = (
            (account_id, source, account_key) if former is None else (account_id, source, account_key, former)
        )
        moved += connection.exec_driver_sql(
            f"UPDATE {table} SET account_id = ? WHERE source = ? AND account_key = ? {among}",  # noqa: S608
            values,
        ).rowcount
    return moved + follow_subscriptions(connection)


def follow_subscriptions(connection: Connection) -> int:
    """Let keys that were found through a subscription, and their usage, follow it to its account."""
    connection.exec_driver_sql(
        "UPDATE account_keys AS k SET account_id = s.account_id FROM subscriptions s "
        "WHERE k.found_by = 'subscription' AND k.by_hand = 0 AND s.source = k.source "
        "AND s.external_id = substr(k.account_key, length('billing:subscription:') + 1) "
        "AND s.account_id <> k.account_id"
    )
    return connection.exec_driver_sql(
        "UPDATE usage_subjects AS u SET account_id = k.account_id FROM account_keys k "
        "WHERE k.source = u.source AND k.account_key = u.account_key AND u.account_id IS NOT k.account_id"
    ).rowcount
