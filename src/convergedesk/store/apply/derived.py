"""What follows from rows of several kinds: parents and billing currencies of accounts."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from convergedesk.domain.accounts import AccountId

_CURRENCY = """
UPDATE accounts SET updated_at = ?, currency = coalesce(
  (SELECT currency FROM invoices i WHERE i.account_id = accounts.id ORDER BY issued_on DESC, id DESC LIMIT 1),
  (SELECT currency FROM subscriptions s WHERE s.account_id = accounts.id AND currency IS NOT NULL
   ORDER BY starts_on DESC, id DESC LIMIT 1))
WHERE currency IS NULL AND (
  EXISTS (SELECT 1 FROM invoices i WHERE i.account_id = accounts.id)
  OR EXISTS (SELECT 1 FROM subscriptions s WHERE s.account_id = accounts.id AND currency IS NOT NULL))
RETURNING id
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


def set_currencies(connection: Connection, now: int) -> set[int]:
    """Give accounts without a currency that of their latest bill; returns those that have one now.

    All accounts are looked at, so that a run which was interrupted leaves nothing for good.
    """
    return set(connection.exec_driver_sql(_CURRENCY, (now,)).scalars())


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
