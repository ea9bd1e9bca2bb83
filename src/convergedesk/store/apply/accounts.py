"""Accounts from what accounts lists state.

Every list keeps its own statement with the key under which it names the account. The
account's columns are computed from the statements, the CRM's before billing's before
support's before usage's, and within a system the older key's first. So two lists never
overwrite each other in turn, and merging or splitting accounts needs no memory of values.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from convergedesk.domain.accounts import AccountId, Lifecycle
from convergedesk.domain.links import AccountKeyLink
from convergedesk.domain.records import AccountRecord
from convergedesk.store.apply.billing import iso
from convergedesk.store.names import name_key
from convergedesk.store.tables import new_uid

_FIELDS: Final = (
    "name",
    "domain",
    "tier",
    "industry",
    "country",
    "time_zone",
    "currency",
    "lifecycle",
    "owner",
    "success_manager",
    "signed_up_on",
    "renews_on",
    "seats",
)
# What a column holds where every statement leaves it empty; names are never emptied.
_EMPTY: Final[Mapping[str, str]] = {"time_zone": "UTC", "lifecycle": Lifecycle.ACTIVE.value}
_STATEMENTS = """
SELECT k.account_id, k.stated FROM account_keys k
WHERE k.stated IS NOT NULL AND k.account_id IN (SELECT value FROM json_each(?))
ORDER BY k.account_id, k.gone_since IS NOT NULL,
  CASE k.system WHEN 'crm' THEN 0 WHEN 'billing' THEN 1 WHEN 'support' THEN 2 ELSE 3 END, k.id
"""
_AMONG = "id IN (SELECT value FROM json_each(?))"
_STATED_NOW = (
    "EXISTS (SELECT 1 FROM account_keys k "
    "WHERE k.account_id = accounts.id AND k.stated IS NOT NULL AND k.gone_since IS NULL)"
)
_STATED_ONCE = (
    "EXISTS (SELECT 1 FROM account_keys k WHERE k.account_id = accounts.id AND k.gone_since IS NOT NULL)"
)
_GO = (
    f"UPDATE accounts SET gone_since = ? WHERE {_AMONG} AND gone_since IS NULL "  # noqa: S608
    f"AND {_STATED_ONCE} AND NOT {_STATED_NOW} RETURNING id"
)
_COME_BACK = (
    f"UPDATE accounts SET gone_since = NULL WHERE {_AMONG} AND gone_since IS NOT NULL "  # noqa: S608
    f"AND {_STATED_NOW} RETURNING id"
)


def statement_of(record: AccountRecord, stated: frozenset[str] | None) -> dict[str, Any]:
    """What an accounts row states: its filled fields, and the empty ones of columns that it has."""
    values: dict[str, Any] = {
        "name": record.name,
        "domain": record.domain,
        "tier": record.tier,
        "industry": record.industry,
        "country": record.country,
        "time_zone": record.time_zone,
        "currency": record.currency,
        "lifecycle": None if record.lifecycle is None else record.lifecycle.value,
        "owner": record.owner,
        "success_manager": record.success_manager,
        "signed_up_on": iso(record.signed_up_on),
        "renews_on": iso(record.renews_on),
        "seats": record.seats,
        "parent": None,
    }
    if record.parent is not None:
        values["parent"] = [record.parent.external_id, record.parent.domain, record.parent.name]
    has_column = stated or frozenset()
    return {field: value for field, value in values.items() if value is not None or field in has_column}


def create_accounts(
    connection: Connection, names: Mapping[AccountId, str], now: int
) -> dict[AccountId, AccountId]:
    """Create accounts by provisional id and name; their fields follow from the statements."""
    created: dict[AccountId, AccountId] = {}
    for provisional, name in names.items():
        done = connection.exec_driver_sql(
            "INSERT INTO accounts (uid, created_at, updated_at, name, name_key) VALUES (?, ?, ?, ?, ?) "
            "RETURNING id",
            (new_uid(), now, now, name, name_key(name)),
        )
        created[provisional] = AccountId(done.scalar_one())
    return created


def read_statements(connection: Connection, key_ids: Iterable[int]) -> dict[int, tuple[str | None, bool]]:
    """What the keys' lists stated so far, as JSON, and whether the row was gone."""
    rows = connection.exec_driver_sql(
        "SELECT id, stated, gone_since IS NOT NULL FROM account_keys "
        "WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(key_ids)),),
    )
    return {row[0]: (row[1], bool(row[2])) for row in rows}


def write_statements(connection: Connection, statements: Sequence[tuple[int, str]]) -> None:
    """Keep statements (key id, JSON) in place of the former ones; a row that was gone is back."""
    if statements:
        connection.exec_driver_sql(
            "UPDATE account_keys SET stated = ?, gone_since = NULL WHERE id = ?",
            [(text, key_id) for key_id, text in statements],
        )


def refresh_accounts(connection: Connection, account_ids: Iterable[int], now: int) -> frozenset[AccountId]:
    """Compute the accounts' columns from the statements of their keys.

    Accounts without a statement, and columns that no statement mentions, stay as they are.

    Returns:
        The accounts that changed.
    """
    listed = json.dumps(sorted(set(account_ids)))
    statements: dict[int, list[dict[str, Any]]] = {}
    for account_id, text in connection.exec_driver_sql(_STATEMENTS, (listed,)):
        statements.setdefault(account_id, []).append(json.loads(text))
    current = connection.exec_driver_sql(
        f"SELECT id, {', '.join(_FIELDS)} FROM accounts WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608
        (listed,),
    ).all()
    updates: list[tuple[Any, ...]] = []
    changed: set[AccountId] = set()
    for row in current:
        now_stated = statements.get(row[0])
        if now_stated is None:
            continue
        before = dict(zip(_FIELDS, row[1:], strict=True))
        after = {field: _combined(field, now_stated, before[field]) for field in _FIELDS}
        if after != before:
            updates.append((*after.values(), name_key(after["name"]), now, row[0]))
            changed.add(AccountId(row[0]))
    if updates:
        assigned = ", ".join(f"{field} = ?" for field in _FIELDS)
        connection.exec_driver_sql(
            f"UPDATE accounts SET {assigned}, name_key = ?, updated_at = ? WHERE id = ?",  # noqa: S608
            updates,
        )
    return frozenset(changed) | _refresh_gone(connection, listed, now)


def key_names(keys: Iterable[AccountKeyLink]) -> dict[AccountId, str]:
    """The name for each account that the keys create, by provisional id."""
    return {
        key.account_id: key.name or key.label
        for key in keys
        if key.account_id is not None and key.account_id < 0
    }


def _combined(field: str, statements: Sequence[Mapping[str, Any]], before: Any) -> Any:
    mentioned = [statement[field] for statement in statements if field in statement]
    if not mentioned:
        return before
    filled = next((value for value in mentioned if value is not None and value != ""), None)
    if filled is None:
        return before if field == "name" else _EMPTY.get(field)
    return filled


def _refresh_gone(connection: Connection, listed: str, now: int) -> frozenset[AccountId]:
    """An account is gone when every list that had it lacks it, and back when one has it again."""
    gone = connection.exec_driver_sql(_GO, (now, listed)).scalars()
    found = {AccountId(account_id) for account_id in gone}
    back = connection.exec_driver_sql(_COME_BACK, (listed,)).scalars()
    return frozenset(found | {AccountId(account_id) for account_id in back})
