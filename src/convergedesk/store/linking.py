"""What the workspace knows about who is who: keys, references and whose subscription is whose."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from convergedesk.domain.accounts import AccountId, ExternalReference, SystemKind
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.intake import StatedParent
from convergedesk.domain.links import (
    AccountKeyLink,
    DirectoryAccount,
    FoundBy,
    KeyState,
    LinkingState,
    SubscriptionOwner,
    UnlinkedKey,
)
from convergedesk.store.apply.moving import KEYED_TABLES, move_key_rows
from convergedesk.store.apply.parking import PARKED, unpark
from convergedesk.store.engine import Store
from convergedesk.store.instants import from_microseconds

_KEY_COLUMNS = (
    "k.system, k.source, k.account_key, k.state, k.account_id, k.found_by, k.by_hand, k.external_id, "
    "k.domain, k.name, k.candidates, k.stated IS NOT NULL, k.id"
)
_KEEP = """
INSERT INTO account_keys
  (system, source, account_key, state, account_id, found_by, external_id, domain, name, label, candidates,
   first_seen_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (source, account_key) DO UPDATE SET
  state = CASE WHEN by_hand THEN state ELSE excluded.state END,
  account_id = CASE WHEN by_hand THEN account_id ELSE excluded.account_id END,
  found_by = CASE WHEN by_hand THEN found_by ELSE excluded.found_by END,
  candidates = CASE WHEN by_hand THEN candidates ELSE excluded.candidates END,
  external_id = excluded.external_id, domain = excluded.domain, name = excluded.name, label = excluded.label
"""
_REFERENCE = """
INSERT INTO external_references (system, source, entity, external_id, account_id, found_by, created_at)
SELECT system, source, 'account', external_id, account_id, found_by, ? FROM account_keys
WHERE id IN (SELECT value FROM json_each(?)) AND account_id IS NOT NULL
  AND external_id IS NOT NULL AND account_key LIKE system || ':id:%'
ON CONFLICT (system, source, entity, external_id) DO UPDATE SET
  account_id = excluded.account_id, found_by = excluded.found_by
"""
# What is parked since a link was undone, by the key whose account hides it.
_PARKED_COUNTS = " UNION ALL ".join(
    f"SELECT o.id, '{table}', count(*), (SELECT min(raw) FROM rejects r "  # noqa: S608
    "WHERE r.source = o.source AND r.account_key = o.account_key) "
    f"FROM accounts p JOIN account_keys o ON p.uid = '{PARKED}' || o.id "
    f"JOIN {table} t ON t.account_id = p.id "
    f"WHERE p.uid >= '{PARKED}' AND p.uid < '{PARKED}:' GROUP BY o.id"
    for table in KEYED_TABLES
    if table != "usage_subjects"
)
# Usage waits in place and accounts in their statement, so these are counted by their rejects.
_WAITING_COUNTS = f"""
SELECT k.id, x.entity, coalesce(x.rows, 0), x.example FROM account_keys k LEFT JOIN (
  SELECT account_key_id AS key_id, entity, count(*) AS rows, min(raw) AS example FROM waiting_rows
  WHERE account_key_id IS NOT NULL GROUP BY account_key_id, entity
  UNION ALL
  SELECT o.id, r.entity, sum(r.rows), min(r.raw) FROM rejects r
  JOIN account_keys o ON o.source = r.source AND o.account_key = r.account_key
  WHERE r.entity IN ('usage', 'accounts') AND r.resolved_at IS NULL GROUP BY o.id, r.entity
  UNION ALL {_PARKED_COUNTS}
) x ON x.key_id = k.id
WHERE k.state IN ('unknown', 'ambiguous')
"""  # noqa: S608


def load_linking_state(store: Store) -> LinkingState:
    """Everything that linking starts from."""
    with store.read() as connection:
        return read_linking_state(connection)


def read_linking_state(connection: Connection) -> LinkingState:
    """As `load_linking_state`, inside a transaction."""
    aliases: dict[int, list[str]] = {}
    for account_id, stated in connection.exec_driver_sql(
        "SELECT account_id, stated FROM account_keys WHERE stated IS NOT NULL AND account_id IS NOT NULL"
    ):
        name = json.loads(stated).get("name")
        if name:
            aliases.setdefault(account_id, []).append(name)
    accounts = connection.exec_driver_sql(
        "SELECT id, name, domain FROM accounts WHERE merged_into_id IS NULL"
    )
    references = connection.exec_driver_sql(
        "SELECT system, source, external_id, account_id FROM external_references WHERE entity = 'account'"
    )
    subscriptions = connection.exec_driver_sql(
        "SELECT source, external_id, account_id, starts_on, ends_on FROM subscriptions"
    )
    return LinkingState(
        tuple(DirectoryAccount(AccountId(r[0]), r[1], r[2], tuple(aliases.get(r[0], ()))) for r in accounts),
        tuple(
            key_of(tuple(row))
            for row in connection.exec_driver_sql(f"SELECT {_KEY_COLUMNS} FROM account_keys k ORDER BY k.id")  # noqa: S608
        ),
        tuple((ExternalReference(SystemKind(r[0]), r[1], r[2]), AccountId(r[3])) for r in references),
        tuple(
            SubscriptionOwner(r[0], r[1], AccountId(r[2]), _day(r[3]), None if r[4] is None else _day(r[4]))
            for r in subscriptions
        ),
        bool(
            connection.exec_driver_sql(
                "SELECT EXISTS (SELECT 1 FROM account_keys WHERE system = 'crm' AND stated IS NOT NULL)"
            ).scalar()
        ),
    )


def key_of(row: Sequence[Any]) -> AccountKeyLink:
    """A key from its columns; one whose account was deleted waits again."""
    state = KeyState(row[3])
    if state is KeyState.LINKED and row[4] is None:
        state = KeyState.UNKNOWN
    return AccountKeyLink(
        system=SystemKind(row[0]),
        source=row[1],
        text=row[2],
        state=state,
        account_id=None if row[4] is None else AccountId(row[4]),
        found_by=None if row[5] is None else FoundBy(row[5]),
        by_hand=bool(row[6]),
        external_id=row[7],
        domain=row[8],
        name=row[9],
        candidates=tuple(AccountId(candidate) for candidate in json.loads(row[10])),
        stated=bool(row[11]),
        id=row[12],
    )


def read_keys(connection: Connection, key_ids: Sequence[int]) -> tuple[AccountKeyLink, ...]:
    """Keys by id. Raises NotFoundError where one is not there."""
    rows = connection.exec_driver_sql(
        f"SELECT {_KEY_COLUMNS} FROM account_keys k "  # noqa: S608
        "WHERE k.id IN (SELECT value FROM json_each(?)) ORDER BY k.id",
        (json.dumps(list(key_ids)),),
    ).all()
    if len(rows) < len(set(key_ids)):
        raise NotFoundError(
            "One of these entries is no longer in the Unlinked list.", fix="Open the list again."
        )
    return tuple(key_of(tuple(row)) for row in rows)


def keys_of_account(store: Store, account_id: AccountId) -> tuple[AccountKeyLink, ...]:
    """The keys under which other systems know an account."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            f"SELECT {_KEY_COLUMNS} FROM account_keys k WHERE k.account_id = ? ORDER BY k.system, k.id",  # noqa: S608
            (account_id,),
        ).all()
    return tuple(key_of(tuple(row)) for row in rows)


def keep_keys(
    connection: Connection,
    keys: Sequence[AccountKeyLink],
    created: Mapping[AccountId, AccountId],
    now: int,
) -> dict[tuple[str, str], int]:
    """Keep keys as linking left them, except what a person decided in the meantime.

    Args:
        connection: Inside a writing transaction.
        keys: The keys; account ids may be provisional.
        created: Accounts by provisional id.
        now: Microseconds.

    Returns:
        The keys' ids by source and text.
    """
    if not keys:
        return {}
    former = _accounts_of_keys(connection, keys)
    connection.exec_driver_sql(_KEEP, [_key_row(key, created, now) for key in keys])
    after = _accounts_of_keys(connection, keys)
    refresh_references(connection, [row[0] for row in after.values()], now)
    for (source, text), (_, account_id) in after.items():
        before = former.get((source, text), (0, None))[1]
        if before is not None and account_id is not None and before != account_id:
            move_key_rows(connection, source, text, before, account_id)
    unpark(connection, [row[0] for row in after.values()])
    return {place: row[0] for place, row in after.items()}


def refresh_references(connection: Connection, key_ids: Sequence[int], now: int) -> None:
    """Let the accounts' visible ids follow their keys; a key without an account has none."""
    listed = json.dumps(list(key_ids))
    connection.exec_driver_sql(_REFERENCE, (now, listed))
    connection.exec_driver_sql(
        "DELETE FROM external_references WHERE entity = 'account' AND (system, source, external_id) IN ("
        "SELECT system, source, external_id FROM account_keys "
        "WHERE id IN (SELECT value FROM json_each(?)) AND account_id IS NULL AND external_id IS NOT NULL)",
        (listed,),
    )


def _key_row(key: AccountKeyLink, created: Mapping[AccountId, AccountId], now: int) -> tuple[object, ...]:
    account_id = None if key.account_id is None else created.get(key.account_id, key.account_id)
    return (
        *(key.system, key.source, key.text, key.state, account_id, key.found_by),
        *(key.external_id, key.domain, key.name, key.label, json.dumps(key.candidates), now),
    )


def _accounts_of_keys(
    connection: Connection, keys: Sequence[AccountKeyLink]
) -> dict[tuple[str, str], tuple[int, int | None]]:
    """Id and account of the keys that are kept, by source and text."""
    texts: dict[str, list[str]] = {}
    for key in keys:
        texts.setdefault(key.source, []).append(key.text)
    return {
        (source, row[0]): (row[1], row[2])
        for source, listed in texts.items()
        for row in connection.exec_driver_sql(
            "SELECT account_key, id, account_id FROM account_keys "
            "WHERE source = ? AND account_key IN (SELECT value FROM json_each(?))",
            (source, json.dumps(listed)),
        )
    }


def list_unlinked(store: Store, *, limit: int) -> tuple[UnlinkedKey, ...]:
    """The keys that wait, those with most rows first; without suggestions."""
    with store.read() as connection:
        counts: dict[int, dict[str, int]] = {}
        examples: dict[int, str] = {}
        for key_id, entity, count, example in connection.exec_driver_sql(_WAITING_COUNTS):
            by_entity = counts.setdefault(key_id, {})
            if entity is not None:
                # What is parked waits once more when it is imported again.
                by_entity[entity] = max(by_entity.get(entity, 0), count)
            if example:
                examples.setdefault(key_id, example)
        rows = {key_id: sum(by_entity.values()) for key_id, by_entity in counts.items()}
        listed = sorted(rows, key=lambda key_id: (-rows[key_id], key_id))[:limit]
        found = connection.exec_driver_sql(
            f"SELECT k.first_seen_at, {_KEY_COLUMNS} FROM account_keys k "  # noqa: S608
            "WHERE k.id IN (SELECT value FROM json_each(?))",
            (json.dumps(listed),),
        ).all()
    keys = {
        row[-1]: UnlinkedKey(row[-1], key_of(tuple(row[1:])), 0, (), "", _instant(row[0])) for row in found
    }
    return tuple(
        UnlinkedKey(
            key_id,
            keys[key_id].link,
            rows[key_id],
            tuple(sorted(counts[key_id])),
            examples.get(key_id, ""),
            keys[key_id].first_seen_at,
        )
        for key_id in listed
    )


def stated_parents(connection: Connection) -> tuple[StatedParent, ...]:
    """The parents that accounts lists name, for accounts that are shown."""
    rows = connection.exec_driver_sql(
        "SELECT k.account_id, k.system, k.source, k.stated -> '$.parent' FROM account_keys k "
        "JOIN accounts a ON a.id = k.account_id AND a.merged_into_id IS NULL "
        "WHERE k.stated -> '$.parent' IS NOT NULL AND k.gone_since IS NULL ORDER BY k.id DESC"
    )
    found: list[StatedParent] = []
    for account_id, system, source, text in rows:
        parent = json.loads(text)
        if parent is not None:
            found.append(StatedParent(AccountId(account_id), SystemKind(system), source, *parent))
    return tuple(found)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _instant(microseconds: int) -> datetime:
    return from_microseconds(microseconds)
