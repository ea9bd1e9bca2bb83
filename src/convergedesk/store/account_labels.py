"""Every id, name and domain of the workspace's accounts, for trying columns of a file against them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from convergedesk.domain.accounts import SystemKind
from convergedesk.store.engine import Store


@dataclass(frozen=True, slots=True)
class AccountLabels:
    """What accounts are called, here and elsewhere.

    Attributes:
        external_ids: Ids in other systems, as these write them, by system.
        names: Names as their customers write them.
        domains: Web domains.
    """

    external_ids: dict[SystemKind, frozenset[str]]
    names: frozenset[str]
    domains: frozenset[str]


def account_labels(store: Store) -> AccountLabels:
    """The labels of all accounts that are shown."""
    with store.read() as connection:
        external_ids: defaultdict[SystemKind, set[str]] = defaultdict(set)
        for system, external_id in connection.exec_driver_sql(
            "SELECT system, external_id FROM external_references WHERE entity = 'account'"
        ):
            external_ids[SystemKind(system)].add(external_id)
        rows = connection.exec_driver_sql(
            "SELECT name, domain FROM accounts WHERE merged_into_id IS NULL"
        ).all()
    return AccountLabels(
        {system: frozenset(ids) for system, ids in external_ids.items()},
        frozenset(row[0] for row in rows),
        frozenset(row[1] for row in rows if row[1]),
    )
