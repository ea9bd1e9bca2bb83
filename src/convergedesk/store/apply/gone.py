"""Marks what a whole list no longer has."""

from __future__ import annotations

import json

from sqlalchemy import Connection

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.records import EntityKind
from convergedesk.store.apply.accounts import refresh_accounts
from convergedesk.store.apply.context import RunContext
from convergedesk.store.apply.records import TABLES
from convergedesk.store.apply.rejects import settle_places


def mark_gone(connection: Connection, context: RunContext) -> int:
    """Mark the rows that every whole list of this run lacks; returns how many.

    A list in which a row could not be read marks nothing, because that row may be the one
    that is missing. Nor do streams that were not read to their end.
    """
    marked = 0
    for (system, entity), whole in context.whole.items():
        complete = all(t.tally.complete for t in context.tallies.values() if t.entity is entity)
        if not whole or not complete:
            continue
        stated = [*context.seen[entity], *(key for kind, key in context.counted if kind is entity)]
        if entity is EntityKind.ACCOUNTS:
            marked += _accounts_gone(connection, context, system, stated)
        elif entity in TABLES:
            marked += _rows_gone(connection, context, entity, stated)
            _waiting_gone(connection, context, entity, stated)
    return marked


def _rows_gone(connection: Connection, context: RunContext, entity: EntityKind, stated: list[str]) -> int:
    table = TABLES[entity]
    accounts = connection.exec_driver_sql(
        f"UPDATE {table.name} SET gone_since = ?, run_id = ? WHERE source = ? AND gone_since IS NULL "  # noqa: S608
        f"AND {table.key} NOT IN (SELECT value FROM json_each(?)) RETURNING account_id",
        (context.now, context.run_id, context.source, json.dumps(stated)),
    ).scalars()
    gone = list(accounts)
    context.touched.update(account_id for account_id in gone if account_id is not None)
    return len(gone)


def _accounts_gone(connection: Connection, context: RunContext, system: SystemKind, stated: list[str]) -> int:
    keys = connection.exec_driver_sql(
        "UPDATE account_keys SET gone_since = ? WHERE system = ? AND source = ? AND stated IS NOT NULL "
        "AND gone_since IS NULL AND account_key NOT IN (SELECT value FROM json_each(?)) RETURNING account_id",
        (context.now, system, context.source, json.dumps(stated)),
    ).scalars()
    gone = list(keys)
    context.touched |= refresh_accounts(connection, [a for a in gone if a is not None], context.now)
    return len(gone)


def _waiting_gone(connection: Connection, context: RunContext, entity: EntityKind, stated: list[str]) -> None:
    places = connection.exec_driver_sql(
        "DELETE FROM waiting_rows WHERE source = ? AND entity = ? "
        "AND row_key NOT IN (SELECT value FROM json_each(?)) RETURNING source, stream, line",
        (context.source, entity, json.dumps(stated)),
    ).all()
    settle_places(connection, ((row[0], row[1], row[2]) for row in places), context.now)
