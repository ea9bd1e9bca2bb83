"""The Unlinked list and what a person decides there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from convergedesk.domain.accounts import AccountId
from convergedesk.figures.summaries import refresh_summaries
from convergedesk.sync import decisions, unlinked
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
    return _done(workspace, decisions.link_key(workspace.store, key_id, account_id, clock=workspace.clock))


def create_account_for(
    workspace: Workspace, key_id: int, *, name: str | None = None
) -> tuple[LinkChange, Changes]:
    """Make an account for an outside name; its waiting rows come in at once."""
    change = decisions.create_account_for(workspace.store, key_id, name=name, clock=workspace.clock)
    return _done(workspace, change)


def ignore(workspace: Workspace, key_id: int) -> tuple[LinkChange, Changes]:
    """Hide an outside name; its rows stay and can be brought back by undo."""
    return _done(workspace, decisions.ignore_key(workspace.store, key_id, clock=workspace.clock))


def merge(workspace: Workspace, *, keep: AccountId, merged: AccountId) -> tuple[LinkChange, Changes]:
    """Make two accounts one; the second disappears into the first."""
    change = decisions.merge_accounts(workspace.store, keep=keep, merge=merged, clock=workspace.clock)
    return _done(workspace, change)


def split(
    workspace: Workspace, account_id: AccountId, key_ids: Sequence[int], *, name: str
) -> tuple[LinkChange, Changes]:
    """Move some outside names, with their rows, to a new account."""
    change = decisions.split_account(workspace.store, account_id, key_ids, name=name, clock=workspace.clock)
    return _done(workspace, change)


def undo(workspace: Workspace, decision_id: int) -> tuple[LinkChange, Changes]:
    """Take a decision back."""
    return _done(workspace, decisions.undo_decision(workspace.store, decision_id, clock=workspace.clock))


def _done(workspace: Workspace, change: LinkChange) -> tuple[LinkChange, Changes]:
    refresh_summaries(workspace.store, change.accounts, today=workspace.today, now=workspace.clock.now())
    return change, Changes(change.accounts, EVERYTHING)
