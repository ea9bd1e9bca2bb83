"""What a person decides about links."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.errors import ConvergeDeskError
from convergedesk.domain.links import AccountKeyLink, DecisionKind
from convergedesk.store.apply.accounts import create_accounts, refresh_accounts
from convergedesk.store.apply.decision_log import Decided, key_states, record, require_account
from convergedesk.store.apply.late import LateWriter
from convergedesk.store.apply.merging import account_state, move_everything
from convergedesk.store.apply.moving import move_key_rows
from convergedesk.store.apply.parking import unpark
from convergedesk.store.engine import Store
from convergedesk.store.instants import to_microseconds
from convergedesk.store.linking import read_keys, refresh_references


class Decisions:
    """Carries out decisions, each in one transaction."""

    def __init__(self, store: Store, now: datetime, author: str = "") -> None:
        """Every instant is `now`; `author` is kept with the decision."""
        self._store = store
        self._late = LateWriter(store, now)
        self._now = to_microseconds(now)
        self._author = author

    def link(self, key_id: int, account_id: AccountId) -> Decided:
        """A key means that account from now on. Raises NotFoundError."""
        with self._store.write() as connection:
            (key,) = read_keys(connection, (key_id,))
            require_account(connection, account_id)
            before = key_states(connection, (key_id,))
            decided = self._point(connection, (key,), account_id)
            return self._record(connection, decided, DecisionKind.LINK, before)

    def create(self, key_id: int, name: str | None) -> Decided:
        """A key means a new account. Raises NotFoundError."""
        with self._store.write() as connection:
            (key,) = read_keys(connection, (key_id,))
            before = key_states(connection, (key_id,))
            account_id = self._new_account(connection, name or key.name or key.label)
            decided = self._point(connection, (key,), account_id)
            return self._record(connection, decided, DecisionKind.CREATE, before)

    def ignore(self, key_id: int) -> Decided:
        """A key that waits is not to be asked about again; its rows stay. Raises NotFoundError."""
        with self._store.write() as connection:
            (key,) = read_keys(connection, (key_id,))
            if key.account_id is not None:
                raise ConvergeDeskError(
                    f"“{key.label}” is linked to an account.", fix="Undo the link before you ignore it."
                )
            before = key_states(connection, (key_id,))
            connection.exec_driver_sql(
                "UPDATE account_keys SET state = 'ignored', by_hand = 1, found_by = 'person' WHERE id = ?",
                (key_id,),
            )
            connection.exec_driver_sql(
                "UPDATE rejects SET code = 'ignored_account', reason = ? "
                "WHERE source = ? AND account_key = ? AND resolved_at IS NULL",
                (f"“{key.label}” is being ignored, as you decided.", key.source, key.text),
            )
            return self._record(connection, Decided(None, None), DecisionKind.IGNORE, before)

    def merge(self, keep: AccountId, merge: AccountId) -> Decided:
        """Two accounts are one: everything of `merge` goes to `keep`. Raises NotFoundError."""
        if keep == merge:
            raise ConvergeDeskError("An account cannot be merged with itself.")
        with self._store.write() as connection:
            require_account(connection, keep)
            require_account(connection, merge)
            key_ids = list(
                connection.exec_driver_sql(
                    "SELECT id FROM account_keys WHERE account_id = ?", (merge,)
                ).scalars()
            )
            before = key_states(connection, key_ids)
            before["keep"] = account_state(connection, keep)
            before["merge"] = account_state(connection, merge)
            before["moved"] = move_everything(connection, merge, keep)
            connection.exec_driver_sql(
                "UPDATE account_keys SET by_hand = 1 WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(key_ids),),
            )
            connection.exec_driver_sql(
                "UPDATE accounts SET parent_id = nullif((SELECT parent_id FROM accounts WHERE id = ?), id) "
                "WHERE id = ? AND parent_id = ?",
                (merge, keep, merge),
            )
            connection.exec_driver_sql(
                "UPDATE accounts SET merged_into_id = ?, updated_at = ? WHERE id = ?",
                (keep, self._now, merge),
            )
            refresh_accounts(connection, (keep,), self._now)
            decided = Decided(None, keep, {keep, merge})
            return self._record(connection, decided, DecisionKind.MERGE, before, other=merge)

    def split(self, account_id: AccountId, key_ids: Sequence[int], name: str) -> Decided:
        """Some keys of an account, with the rows that came under them, become a new account."""
        with self._store.write() as connection:
            require_account(connection, account_id)
            keys = read_keys(connection, key_ids)
            if not keys or any(key.account_id != account_id for key in keys):
                raise ConvergeDeskError("Choose the ids that belong to the other account.")
            before = key_states(connection, key_ids)
            before["keep"] = account_state(connection, account_id)
            created = self._new_account(connection, name)
            decided = self._point(connection, keys, created)
            decided.accounts.add(account_id)
            return self._record(connection, decided, DecisionKind.SPLIT, before, other=account_id)

    def _new_account(self, connection: Connection, name: str) -> AccountId:
        provisional = AccountId(-1)
        return create_accounts(connection, {provisional: name}, self._now)[provisional]

    def _point(
        self, connection: Connection, keys: Sequence[AccountKeyLink], account_id: AccountId
    ) -> Decided:
        """Let keys mean an account, for good, and bring their rows there."""
        key_ids = [key.id for key in keys if key.id is not None]
        connection.exec_driver_sql(
            "UPDATE account_keys SET state = 'linked', account_id = ?, found_by = 'person', by_hand = 1, "
            "candidates = '[]' WHERE id IN (SELECT value FROM json_each(?))",
            (account_id, json.dumps(key_ids)),
        )
        refresh_references(connection, key_ids, self._now)
        touched = {int(account_id), *unpark(connection, key_ids)}
        for key in keys:
            if key.account_id is not None:
                move_key_rows(connection, key.source, key.text, key.account_id, account_id)
                touched.add(key.account_id)
        self._late.pull_in(connection)
        refresh_accounts(connection, touched, self._now)
        return Decided(None, account_id, touched | self._late.touched, self._late.rows)

    def _record(
        self,
        connection: Connection,
        decided: Decided,
        kind: DecisionKind,
        before: dict[str, Any],
        *,
        other: int | None = None,
    ) -> Decided:
        decided.decision_id = record(
            connection,
            kind,
            self._now,
            self._author,
            accounts=(decided.account_id, other),
            before=before,
        )
        return decided
