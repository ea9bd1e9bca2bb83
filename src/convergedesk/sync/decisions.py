"""What a person decides about links; every decision survives later imports and can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.links import LinkChange, LinkDecision
from convergedesk.domain.protocols import Clock, SystemClock
from convergedesk.store.apply.decision_log import Decided, list_decisions
from convergedesk.store.apply.decisions import Decisions
from convergedesk.store.apply.late import LateWriter
from convergedesk.store.apply.undoing import undo
from convergedesk.store.engine import Store
from convergedesk.sync.late import link_late


def link_key(
    store: Store, key_id: int, account_id: AccountId, *, author: str = "", clock: Clock | None = None
) -> LinkChange:
    """Let a key mean an account from now on; the rows that wait for it come in at once.

    Raises:
        NotFoundError: The key or the account is no longer there.
    """
    clock = clock or SystemClock()
    return _finish(store, Decisions(store, clock.now(), author).link(key_id, account_id), clock)


def create_account_for(
    store: Store, key_id: int, *, name: str | None = None, author: str = "", clock: Clock | None = None
) -> LinkChange:
    """Create an account for a key, named as its rows name it unless a name is given.

    Raises:
        NotFoundError: The key is no longer there.
    """
    clock = clock or SystemClock()
    return _finish(store, Decisions(store, clock.now(), author).create(key_id, name), clock)


def ignore_key(store: Store, key_id: int, *, author: str = "", clock: Clock | None = None) -> LinkChange:
    """Do not ask about a key again. Its rows are kept, so that undoing brings them back to the list.

    Raises:
        NotFoundError: The key is no longer there.
        ConvergeDeskError: It is linked to an account.
    """
    clock = clock or SystemClock()
    return _finish(store, Decisions(store, clock.now(), author).ignore(key_id), clock)


def merge_accounts(
    store: Store, *, keep: AccountId, merge: AccountId, author: str = "", clock: Clock | None = None
) -> LinkChange:
    """Two accounts are one: everything of `merge` goes to `keep`, and so does what comes later.

    Raises:
        NotFoundError: One of the accounts is no longer there.
        ConvergeDeskError: They are the same account.
    """
    clock = clock or SystemClock()
    return _finish(store, Decisions(store, clock.now(), author).merge(keep, merge), clock)


def split_account(
    store: Store,
    account_id: AccountId,
    key_ids: Sequence[int],
    *,
    name: str,
    author: str = "",
    clock: Clock | None = None,
) -> LinkChange:
    """Some keys of an account, with the rows that came under them, become an account of their own.

    Raises:
        NotFoundError: The account or a key is no longer there.
        ConvergeDeskError: A key does not belong to the account.
    """
    clock = clock or SystemClock()
    return _finish(store, Decisions(store, clock.now(), author).split(account_id, key_ids, name), clock)


def undo_decision(store: Store, decision_id: int, *, clock: Clock | None = None) -> LinkChange:
    """Take a decision back; links, rows and accounts are as they were before it.

    Raises:
        NotFoundError: There is no such decision, or it was undone already.
        ConvergeDeskError: A later decision rests on it.
    """
    decided = undo(store, decision_id, (clock or SystemClock()).now())
    accounts = frozenset(AccountId(account_id) for account_id in decided.accounts)
    return LinkChange(decided.decision_id, decided.account_id, accounts, 0)


def decisions(store: Store, *, limit: int = 100) -> tuple[LinkDecision, ...]:
    """The decisions, the newest first."""
    return list_decisions(store, limit=limit)


def retry_waiting(store: Store, *, clock: Clock | None = None) -> LinkChange:
    """Try once more to link everything that waits, by the same exact evidence as an import."""
    writer = LateWriter(store, (clock or SystemClock()).now())
    link_late(writer, found_accounts=False)
    return LinkChange(None, None, writer.touched, writer.rows)


def _finish(store: Store, decided: Decided, clock: Clock) -> LinkChange:
    """One link can make more linkable: usage by its subscription, a site by its parent's domain."""
    more = retry_waiting(store, clock=clock)
    accounts = frozenset(AccountId(account_id) for account_id in decided.accounts)
    return LinkChange(
        decided.decision_id, decided.account_id, accounts | more.accounts, decided.rows + more.rows
    )
