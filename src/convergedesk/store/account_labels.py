"""Every id, name and domain of the workspace's accounts, for trying columns of a file against them."""

from __future__ import annotations

from dataclasses import dataclass

from convergedesk.store.engine import Store


@dataclass(frozen=True, slots=True)
class AccountLabels:
    """What accounts are called, here and elsewhere.

    Attributes:
        external_ids: Ids in other systems, as these write them.
        names: Names as their customers write them.
        domains: Web domains.
    """

    external_ids: frozenset[str]
    names: frozenset[str]
    domains: frozenset[str]


def account_labels(store: Store) -> AccountLabels:
    """The labels of all accounts that are shown."""
    with store.read() as connection:
        ids = connection.exec_driver_sql(
            "SELECT external_id FROM external_references WHERE entity = 'account'"
        ).scalars()
        external_ids = frozenset(ids)
        rows = connection.exec_driver_sql(
            "SELECT name, domain FROM accounts WHERE merged_into_id IS NULL"
        ).all()
    return AccountLabels(
        external_ids, frozenset(row[0] for row in rows), frozenset(row[1] for row in rows if row[1])
    )
