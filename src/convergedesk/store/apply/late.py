"""Links decided outside an import: waiting rows come in, and are counted where they were refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.intake import PageOutcome
from convergedesk.domain.links import AccountKeyLink, LinkingState
from convergedesk.store.apply.accounts import create_accounts, key_names
from convergedesk.store.apply.pulling import pull_in
from convergedesk.store.apply.runs import count_late
from convergedesk.store.engine import Store
from convergedesk.store.instants import to_microseconds
from convergedesk.store.linking import keep_keys, load_linking_state


class LateWriter:
    """Keeps links and pulls in what waited for them, outside an import.

    Attributes:
        rows: How many rows came in so far.
    """

    def __init__(self, store: Store, now: datetime) -> None:
        """Every instant that it writes is `now`."""
        self._store = store
        self._now = to_microseconds(now)
        self._touched: set[int] = set()
        self.rows = 0

    @property
    def touched(self) -> frozenset[AccountId]:
        """The accounts whose data changed so far."""
        return frozenset(AccountId(account_id) for account_id in self._touched)

    def load(self) -> LinkingState:
        """What linking starts from."""
        return load_linking_state(self._store)

    def settle(self, touched: Sequence[AccountKeyLink]) -> PageOutcome:
        """Keep keys that were linked, and pull in what waited for them."""
        with self._store.write() as connection:
            created = create_accounts(connection, key_names(touched), self._now)
            key_ids = keep_keys(connection, touched, created, self._now)
            self.pull_in(connection)
        return PageOutcome(created, key_ids)

    def pull_in(self, connection: Connection) -> None:
        """Pull in what can be, inside a transaction."""
        counts: Counter[tuple[str, str]] = Counter()
        for row in pull_in(connection, now=self._now, run_id=None):
            counts[row.source, row.stream] += row.rows
            self.rows += row.rows
            if row.account_id is not None:
                self._touched.add(row.account_id)
        for (source, stream), rows in counts.items():
            count_late(connection, source, stream, rows)
