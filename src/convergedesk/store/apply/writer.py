"""The way in for imports: pages, late links and the end of a run, each in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.intake import LinkedPage, PageOutcome, StatedParent, StreamTally
from convergedesk.domain.links import AccountKeyLink, LinkingState
from convergedesk.domain.records import EntityKind, RecordPage
from convergedesk.store.apply.account_pages import apply_accounts
from convergedesk.store.apply.accounts import create_accounts, key_names
from convergedesk.store.apply.child_pages import CHILD_TABLES, apply_children
from convergedesk.store.apply.context import RunContext
from convergedesk.store.apply.contract_terms import apply_contract_terms
from convergedesk.store.apply.derived import set_currencies, set_parents
from convergedesk.store.apply.freshness import latest_instant
from convergedesk.store.apply.gone import mark_gone
from convergedesk.store.apply.lookups import Lookups
from convergedesk.store.apply.pulling import Pulled, pull_in
from convergedesk.store.apply.records import apply_records, learn_terms, subscriptions_of
from convergedesk.store.apply.rejects import RejectWriter
from convergedesk.store.apply.runs import (
    finish_run,
    keep_freshness,
    keep_progress,
    keep_tally,
    settle_interrupted_runs,
    start_run,
)
from convergedesk.store.apply.usage_pages import apply_usage, count_undated
from convergedesk.store.engine import Store
from convergedesk.store.instants import to_microseconds
from convergedesk.store.linking import keep_keys, read_linking_state, stated_parents

# These say that a row is missing from a list although the list had it.
_HARMLESS = frozenset({"duplicate", "empty"})


class ImportWriter:
    """Writes one import run. Use from one thread.

    Attributes:
        run_id: The run.
        late_rows: Rows of earlier runs that waited and came in during this one.
    """

    def __init__(
        self, store: Store, source: str, now: datetime, *, resumed: frozenset[str] = frozenset()
    ) -> None:
        """Start a run.

        Args:
            store: The workspace.
            source: The source that all its pages come from.
            now: Every instant that it writes.
            resumed: Streams that go on after a cursor.
        """
        self._store = store
        started = to_microseconds(now)
        with store.write() as connection:
            # What a killed program brought in was told to nobody, so all accounts count as touched.
            interrupted = settle_interrupted_runs(connection, started)
            unknown = connection.exec_driver_sql("SELECT id FROM accounts") if interrupted else ()
            self.run_id = start_run(connection, source, started)
            before = {int(row[0]) for row in unknown}
        self.late_rows = 0
        self._context = RunContext(
            source,
            self.run_id,
            started,
            RejectWriter(source, self.run_id, started),
            Lookups(source, started),
            resumed,
            touched=before,
        )
        self._last_pages: dict[str, RecordPage] = {}

    @property
    def tallies(self) -> tuple[StreamTally, ...]:
        """How the rows of each stream fared so far, in the order in which the streams came."""
        return tuple(self._context.tallies.values())

    @property
    def touched(self) -> frozenset[AccountId]:
        """The accounts whose data changed so far."""
        return frozenset(AccountId(account_id) for account_id in self._context.touched if account_id > 0)

    @property
    def outside_term(self) -> int:
        """Rows of usage outside their subscription's term."""
        return self._context.outside_term

    @property
    def shared_values(self) -> int:
        """Values of usage that several files of this run stated, which were added up."""
        return self._context.usage.shared_values

    @property
    def repeated_values(self) -> int:
        """Values of usage that a file of this run stated which repeats another."""
        return self._context.usage.repeated_values

    def load(self) -> LinkingState:
        """What linking starts from."""
        with self._store.read() as connection:
            state = read_linking_state(connection)
        learn_terms(self._context, state.subscriptions)
        return state

    def apply(self, linked: LinkedPage) -> PageOutcome:
        """Write a page, its rejects, its counts and its cursor together, or nothing of it.

        Raises:
            DiskFullError: No room; the page was not kept. Likewise other faults of the file.
        """
        page, context = linked.page, self._context
        with self._store.write() as connection:
            outcome = self._keep_links(connection, linked.touched)
            linked = _renumbered(linked, outcome.created)
            tally = context.tally(page)
            tally.rows += page.rows
            if page.entity is EntityKind.ACCOUNTS:
                apply_accounts(connection, context, linked)
            elif page.entity is EntityKind.USAGE:
                apply_usage(connection, context, linked)
            elif page.entity in CHILD_TABLES:
                apply_children(connection, context, linked)
            elif page.entity is EntityKind.CONTRACT_TERMS:
                apply_contract_terms(connection, context, linked)
            else:
                apply_records(connection, context, linked)
            owners = subscriptions_of(linked)
            learn_terms(context, owners)
            self._remember_whole(page)
            tally.complete = page.last
            if page.last and page.stream not in context.resumed:
                context.rejects.forget_rest(connection, page.stream)
            keep_progress(connection, page, tally, self.run_id, context.now)
            keep_freshness(connection, page.system, page.source, latest_instant(page), context.now)
        self._last_pages[page.stream] = page
        return PageOutcome(outcome.created, outcome.key_ids, owners)

    def settle(self, touched: Sequence[AccountKeyLink]) -> PageOutcome:
        """Keep keys that were linked late, and pull in what waited for them."""
        context = self._context
        with self._store.write() as connection:
            outcome = self._keep_links(connection, touched)
            pulled = pull_in(connection, now=context.now, run_id=self.run_id)
            for row in pulled:
                self._count(row)
            self._keep_tallies(connection)
        return outcome

    def parents(self) -> tuple[StatedParent, ...]:
        """The parents that accounts lists name."""
        with self._store.read() as connection:
            return stated_parents(connection)

    def complete(self, parents: Mapping[AccountId, AccountId]) -> int:
        """What only the whole run can tell: parents, gathered usage, what is gone.

        Args:
            parents: The parent of each account whose parent is known.

        Returns:
            How many rows are marked as gone.
        """
        context = self._context
        with self._store.write() as connection:
            context.touched |= set_parents(connection, parents, context.now)
            turned, subjects = context.usage.finish(connection)
            for stream, rows in turned.items():
                tally = context.tallies[stream].tally
                tally.unchanged -= rows
                tally.changed += rows
            context.touched |= {
                account or 0 for subject_id, account in context.subjects.values() if subject_id in subjects
            }
            count_undated(context)
            gone = mark_gone(connection, context)
            context.touched |= set_currencies(connection, context.now)
            self._keep_tallies(connection)
        return gone

    def finish(self, now: datetime, state: str, message: str, summary: Mapping[str, Any]) -> None:
        """Close the run as 'done', 'cancelled' or 'failed'."""
        with self._store.write() as connection:
            finish_run(connection, self.run_id, to_microseconds(now), state, message, summary)

    def _keep_links(self, connection: Connection, touched: Sequence[AccountKeyLink]) -> PageOutcome:
        created = create_accounts(connection, key_names(touched), self._context.now)
        key_ids = keep_keys(connection, touched, created, self._context.now)
        self._context.key_ids.update(key_ids)
        return PageOutcome(created, key_ids)

    def _remember_whole(self, page: RecordPage) -> None:
        unreadable = any(reject.code not in _HARMLESS for reject in page.rejects)
        kind = (page.system, page.entity)
        whole = page.whole and not unreadable and page.stream not in self._context.resumed
        self._context.whole[kind] = self._context.whole.get(kind, True) and whole

    def _count(self, row: Pulled) -> None:
        context = self._context
        if row.account_id is not None:
            context.touched.add(row.account_id)
        if row.entity is EntityKind.USAGE:
            self.late_rows += context.usage_comes_in(row.row_key, row.stream, row.rows)
        elif not context.come_in(row.entity, row.row_key, row.fate):
            self.late_rows += row.rows

    def _keep_tallies(self, connection: Connection) -> None:
        for stream, page in self._last_pages.items():
            keep_tally(connection, page, self._context.tallies[stream].tally, self.run_id)


def _renumbered(linked: LinkedPage, created: Mapping[AccountId, AccountId]) -> LinkedPage:
    """The page with the ids of accounts that were just created."""
    if not created:
        return linked

    def known(link: AccountKeyLink) -> AccountKeyLink:
        account_id = None if link.account_id is None else created.get(link.account_id)
        return link if account_id is None else replace(link, account_id=account_id)

    return LinkedPage(
        linked.page,
        tuple(None if link is None else known(link) for link in linked.links),
        tuple(known(link) for link in linked.touched),
    )
