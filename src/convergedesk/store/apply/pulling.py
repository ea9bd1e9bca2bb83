"""Pulls in what waited, once what it waited for is known."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from convergedesk.domain.records import EntityKind
from convergedesk.store.apply.accounts import refresh_accounts
from convergedesk.store.apply.child_pages import CHILD_TABLES, create_head, touch_parents
from convergedesk.store.apply.children import LINES, Child, ChildTable, parent_ids, write_children
from convergedesk.store.apply.commitments import write_commitments
from convergedesk.store.apply.contract_terms import pull_contract_terms
from convergedesk.store.apply.moving import follow_subscriptions
from convergedesk.store.apply.records import TABLES
from convergedesk.store.apply.rejects import settle_places
from convergedesk.store.apply.rows import Changes, prepared_from_json, read_known
from convergedesk.store.apply.waiting import Ripe, remove, ripe_by_account, waiting_children

# Usage and accounts have no waiting rows: usage waits under its subject, accounts in the
# statement of their key. What tells of them is their rejects.
_SETTLE_IN_PLACE = (
    "UPDATE rejects AS r SET resolved_at = ? FROM account_keys k WHERE r.resolved_at IS NULL "
    "AND r.entity IN ('usage', 'accounts') AND k.source = r.source AND k.account_key = r.account_key "
    "AND k.state = 'linked' AND k.account_id IS NOT NULL "
    "RETURNING source, stream, entity, account_key, rows"
)


@dataclass(frozen=True, slots=True)
class Pulled:
    """A row, or for usage some rows, that came in late.

    Attributes:
        source: Where it came from.
        stream: Its stream.
        entity: What it is.
        row_key: Which row; for usage and accounts the text of the account key.
        fate: 'new', 'changed' or 'unchanged'.
        rows: Physical rows.
        account_id: Whose it is, or None where that is not told.
    """

    source: str
    stream: str
    entity: EntityKind
    row_key: str
    fate: str
    rows: int = 1
    account_id: int | None = None


def pull_in(connection: Connection, *, now: int, run_id: int | None) -> list[Pulled]:
    """Write every waiting row whose account, ticket or invoice is known by now.

    Args:
        connection: Inside a writing transaction.
        now: Microseconds.
        run_id: The run that writes, or None outside a run.
    """
    follow_subscriptions(connection)
    by_kind: defaultdict[tuple[str, EntityKind], list[Ripe]] = defaultdict(list)
    for row in ripe_by_account(connection):
        by_kind[row.source, row.entity].append(row)
    pulled: list[Pulled] = []
    for (source, entity), rows in by_kind.items():
        if entity in TABLES:
            pulled += _pull_records(connection, source, entity, rows, now, run_id)
        elif entity is EntityKind.CONTRACT_TERMS:
            pulled += _pull_terms(connection, source, rows, now, run_id)
    for table in CHILD_TABLES.values():
        pulled += _pull_children(connection, table, run_id, now)
    pulled += _settle_in_place(connection, now)
    return pulled


def _pull_records(
    connection: Connection,
    source: str,
    entity: EntityKind,
    rows: Sequence[Ripe],
    now: int,
    run_id: int | None,
) -> list[Pulled]:
    table = TABLES[entity]
    prepared = [prepared_from_json(table, row.row_key, row.columns) for row in rows]
    known = read_known(connection, table, source, [row.key for row in prepared])
    changes = Changes(table, source, run_id, now, known)
    kept = tuple(range(len(table.columns)))
    pulled = [
        Pulled(
            source,
            row.stream,
            entity,
            row.row_key,
            changes.put(record, row.account_id, row.account_key, kept),
            account_id=row.account_id,
        )
        for row, record in zip(rows, prepared, strict=True)
    ]
    changes.write(connection)
    write_commitments(connection, source, prepared)
    _done(connection, rows, now)
    return pulled


def _pull_terms(
    connection: Connection, source: str, rows: Sequence[Ripe], now: int, run_id: int | None
) -> list[Pulled]:
    taken = pull_contract_terms(connection, source, rows, now, run_id)
    _done(connection, [row for row, _ in taken], now)
    return [
        Pulled(source, row.stream, row.entity, row.row_key, fate, account_id=row.account_id)
        for row, fate in taken
    ]


def _pull_children(connection: Connection, table: ChildTable, run_id: int | None, now: int) -> list[Pulled]:
    by_source: defaultdict[str, list[Ripe]] = defaultdict(list)
    for row in waiting_children(connection, table.entity):
        by_source[row.source].append(row)
    pulled: list[Pulled] = []
    for source, rows in by_source.items():
        parents = parent_ids(connection, table, source, [row.parent or "" for row in rows])
        ripe: list[Ripe] = []
        children: list[tuple[int, Child]] = []
        for row in rows:
            columns: dict[str, Any] = json.loads(row.columns)
            parent = parents.get(row.parent or "")
            if parent is None and row.account_id is not None and table is LINES and row.parent is not None:
                owner = (row.account_id, row.account_key)
                parent = create_head(connection, source, run_id, row.parent, owner, columns["head"])
                if parent is not None:
                    parents[row.parent] = parent
            if parent is not None:
                values = tuple(columns.get(name) for name in table.columns)
                children.append((parent, Child(row.parent or "", columns["key"], values)))
                ripe.append(row)
        fates = write_children(connection, table, children)
        owners = touch_parents(connection, table, {parent for parent, _ in children})
        pulled += [
            Pulled(source, row.stream, table.entity, row.row_key, fate, account_id=owners[parent])
            for row, fate, (parent, _) in zip(ripe, fates, children, strict=True)
        ]
        _done(connection, ripe, now)
    return pulled


def _settle_in_place(connection: Connection, now: int) -> list[Pulled]:
    rows = connection.exec_driver_sql(_SETTLE_IN_PLACE, (now,)).all()
    owners = {
        (row[0], row[1]): row[2]
        for row in connection.exec_driver_sql(
            "SELECT source, account_key, account_id FROM account_keys WHERE account_key IN "
            "(SELECT value FROM json_each(?))",
            (json.dumps(list({row[3] for row in rows})),),
        )
    }
    pulled = [
        Pulled(row[0], row[1], EntityKind(row[2]), row[3], "new", row[4], owners.get((row[0], row[3])))
        for row in rows
    ]
    stated = {p.account_id for p in pulled if p.entity is EntityKind.ACCOUNTS and p.account_id is not None}
    refresh_accounts(connection, stated, now)
    return pulled


def _done(connection: Connection, rows: Sequence[Ripe], now: int) -> None:
    remove(connection, [row.id for row in rows])
    settle_places(connection, ((row.source, row.stream, row.line) for row in rows), now)
