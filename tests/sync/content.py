"""What a workspace says, without ids, instants and runs: equal contents mean equal books."""

from typing import Any

import numpy as np

from convergedesk.store.engine import Store
from convergedesk.store.tables import metadata

_TABLES = (
    "accounts",
    "persons",
    "subscriptions",
    "contracts",
    "commitments",
    "invoices",
    "invoice_lines",
    "tickets",
    "ticket_messages",
    "churn_events",
    "calendar_events",
    "goals",
    "usage_subjects",
    "usage_days",
    "usage_months",
    "usage_shared",
    "account_keys",
    "waiting_rows",
    "rejects",
)
_LEFT_OUT = {"id", "uid", "run_id", "created_at", "updated_at", "first_seen_at", "resolved_at"}
_NAMED = {
    "account_id": "SELECT id, name || coalesce(domain, '') FROM accounts",
    "parent_id": "SELECT id, name FROM accounts",
    "merged_into_id": "SELECT id, name FROM accounts",
    "feature_id": "SELECT id, key FROM features",
    "meter_id": "SELECT id, key FROM meters",
    "subject_id": "SELECT id, account_key FROM usage_subjects",
    "contract_id": "SELECT id, external_id FROM contracts",
    "invoice_id": "SELECT id, number FROM invoices",
    "ticket_id": "SELECT id, number FROM tickets",
    "account_key_id": "SELECT id, account_key FROM account_keys",
}


def content(store: Store, *, without: tuple[str, ...] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that an import writes, in one order."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with store.read() as connection:
        names = {
            column: {row[0]: row[1] for row in connection.exec_driver_sql(sql)}
            for column, sql in _NAMED.items()
        }
        for table in _TABLES:
            if table in without:
                continue
            columns = [c.name for c in metadata.tables[table].c if c.name not in _LEFT_OUT]
            where = "WHERE resolved_at IS NULL" if table == "rejects" else ""
            rows = connection.exec_driver_sql(f"SELECT {', '.join(columns)} FROM {table} {where}").all()
            found[table] = sorted(
                (
                    tuple(_plain(column, value, names) for column, value in zip(columns, row, strict=True))
                    for row in rows
                ),
                key=repr,
            )
    return found


def count(store: Store, table: str, where: str = "1") -> int:
    with store.read() as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE {where}").scalar_one()


def usage_total(store: Store) -> float:
    """The sum of everything that readers see."""
    with store.read() as connection:
        blobs = connection.exec_driver_sql(
            "SELECT quantities FROM usage_days d JOIN usage_subjects s ON s.id = d.subject_id "
            "WHERE s.account_id IS NOT NULL"
        ).scalars()
        return float(np.nansum(np.frombuffer(b"".join(blobs), "<f8")))


def _plain(column: str, value: Any, names: dict[str, dict[int, str]]) -> Any:
    if column in names:
        return names[column].get(value, value)
    if column == "gone_since":
        return value is not None
    if isinstance(value, bytes):
        return tuple(None if np.isnan(v) else v for v in np.frombuffer(value, "<f8").tolist())
    return value
