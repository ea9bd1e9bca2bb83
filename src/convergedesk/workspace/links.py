"""The Unlinked list and what a person decides there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.edits import EditId
from convergedesk.figures.summaries import refresh_summaries
from convergedesk.sync import decisions, unlinked
from convergedesk.workspace import link_edits
from convergedesk.workspace.changes import EVERYTHING, Changes
from convergedesk.workspace.session import Workspace

if TYPE_CHECKING:
    from convergedesk.domain.links import AccountKeyLink, LinkChange, LinkDecision, UnlinkedKey


def unlinked_keys(workspace: Workspace) -> tuple[UnlinkedKey, ...]:
    """Outside names that wait, most rows first, with ranked suggestions."""
    return unlinked.unlinked(workspace.store)


def account_keys(workspace: Workspace, account_id: AccountId) -> tuple[AccountKeyLink, ...]:
    """The names and ids under which other systems know the account."""
    return unlinked.account_keys(workspace.store, account_id)


def link_decisions(workspace: Workspace) -> tuple[LinkDecision, ...]:
    """What was decided, newest first."""
    return decisions.decisions(workspace.store)


def link(workspace: Workspace, key_id: int, account_id: AccountId) -> tuple[LinkChange, Changes]:
    """Say that an outside name is this account; its waiting rows come in at once."""
    store, clock = workspace.store, workspace.clock
    return _decide(workspace, lambda: decisions.link_key(store, key_id, account_id, clock=clock))


def create_account_for(
    workspace: Workspace, key_id: int, *, name: str | None = None
) -> tuple[LinkChange, Changes]:
    """Make an account for an outside name; its waiting rows come in at once."""
    store, clock = workspace.store, workspace.clock
    return _decide(workspace, lambda: decisions.create_account_for(store, key_id, name=name, clock=clock))


def ignore(workspace: Workspace, key_id: int) -> tuple[LinkChange, Changes]:
    """Hide an outside name; its rows stay and can be brought back by undo."""
    return _decide(workspace, lambda: decisions.ignore_key(workspace.store, key_id, clock=workspace.clock))


def merge(workspace: Workspace, *, keep: AccountId, merged: AccountId) -> tuple[LinkChange, Changes]:
    """Make two accounts one; the second disappears into the first."""
    store, clock = workspace.store, workspace.clock
    return _decide(workspace, lambda: decisions.merge_accounts(store, keep=keep, merge=merged, clock=clock))


def split(
    workspace: Workspace, account_id: AccountId, key_ids: Sequence[int], *, name: str
) -> tuple[LinkChange, Changes]:
    """Move some outside names, with their rows, to a new account."""
    store, clock = workspace.store, workspace.clock
    return _decide(
        workspace, lambda: decisions.split_account(store, account_id, key_ids, name=name, clock=clock)
    )


def undo(workspace: Workspace, decision_id: int) -> tuple[LinkChange, Changes]:
    """Take a decision back, whatever was done after it; it is no step of 'Undo' any more."""
    with workspace.store.together():
        change = decisions.undo_decision(workspace.store, decision_id, clock=workspace.clock)
        link_edits.forget(workspace, decision_id)
    return _done(workspace, change, None)


def _decide(workspace: Workspace, act: Callable[[], LinkChange]) -> tuple[LinkChange, Changes]:
    change, edit_id = link_edits.decide(workspace, act)
    return _done(workspace, change, edit_id)


def _done(workspace: Workspace, change: LinkChange, edit_id: EditId | None) -> tuple[LinkChange, Changes]:
    refresh_summaries(workspace.store, change.accounts, today=workspace.today, now=workspace.clock.now())
    return change, Changes(change.accounts, EVERYTHING, edit_id=edit_id)
