"""What follows from rows of several kinds: parents and billing currencies of accounts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from convergedesk.domain.accounts import AccountId

_CURRENCY = """
UPDATE accounts SET updated_at = ?, currency = coalesce(
  (SELECT currency FROM invoices i WHERE i.account_id = accounts.id ORDER BY issued_on DESC, id DESC LIMIT 1),
  (SELECT currency FROM subscriptions s WHERE s.account_id = accounts.id AND currency IS NOT NULL
   ORDER BY starts_on DESC, id DESC LIMIT 1))
WHERE currency IS NULL AND id IN (SELECT value FROM json_each(?)) AND (
  EXISTS (SELECT 1 FROM invoices i WHERE i.account_id = accounts.id)
  OR EXISTS (SELECT 1 FROM subscriptions s WHERE s.account_id = accounts.id AND currency IS NOT NULL))
"""


def set_parents(connection: Connection, parents: Mapping[AccountId, AccountId], now: int) -> set[int]:
    """Set the parents of accounts, leaving out those that would make an account its own ancestor.

    Returns:
        The accounts that changed, and their parents.
    """
    rows = connection.exec_driver_sql("SELECT id, parent_id FROM accounts WHERE parent_id IS NOT NULL")
    known: dict[int, int] = {row[0]: row[1] for row in rows}
    changed: list[tuple[int, int, int]] = []
    for child, parent in parents.items():
        if known.get(child) == parent or _descends(parent, child, known):
            continue
        known[child] = parent
        changed.append((parent, now, child))
    if changed:
        connection.exec_driver_sql("UPDATE accounts SET parent_id = ?, updated_at = ? WHERE id = ?", changed)
    return {account_id for parent, _, child in changed for account_id in (parent, child)}


def set_currencies(connection: Connection, account_ids: Iterable[int], now: int) -> None:
    """Give accounts without a stated currency that of their latest bill."""
    connection.exec_driver_sql(_CURRENCY, (now, json.dumps(sorted(account_ids))))


def _descends(account_id: int, ancestor: int, parents: Mapping[int, int]) -> bool:
    """True where `account_id` is `ancestor` or lies below it."""
    at: int | None = account_id
    for _ in range(len(parents) + 2):
        if at == ancestor:
            return True
        if at is None:
            return False
        at = parents.get(at)
    return True
