"""Actions: what somebody promised to do for an account, by when."""

from __future__ import annotations

from datetime import timedelta

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.edits import EditId
from convergedesk.domain.engagement import AccountAction, Action, ActionId
from convergedesk.store import accounts, engagement
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.session import Workspace

_DONE_SHOWN = timedelta(days=14)


def account_actions(
    workspace: Workspace, account_id: AccountId, *, with_sites: bool = True
) -> tuple[Action, ...]:
    """The actions of an account: open ones by due day, then what was done, latest first."""
    store = workspace.store
    found = engagement.actions_of(store, accounts.reach(store, account_id, with_sites=with_sites))
    to_do = [one for one in found if one.done_on is None]
    done = [one for one in found if one.done_on is not None]
    to_do.sort(key=lambda one: (one.due_on is None, str(one.due_on), one.id))
    done.sort(key=lambda one: (str(one.done_on), one.id), reverse=True)
    return (*to_do, *done)


def all_actions(workspace: Workspace) -> tuple[AccountAction, ...]:
    """Everybody's open actions by due day, overdue ones first, then those done in the last 14 days."""
    return engagement.all_actions(workspace.store, done_since=workspace.today - _DONE_SHOWN)


def add_action(workspace: Workspace, action: Action) -> Changes:
    """Keep a new action."""
    label = f"Added action “{action.title}”"
    with workspace.edit(label, account_id=action.account_id) as edit:
        engagement.add_action(workspace.store, action, now=workspace.clock.now())
    return _changed(edit.id, action.account_id)


def edit_action(workspace: Workspace, action: Action) -> Changes:
    """Put an edited action in place. Raises NotFoundError where it was deleted meanwhile."""
    with workspace.edit(f"Changed action “{action.title}”", account_id=action.account_id) as edit:
        before = engagement.get_action(workspace.store, action.id)
        engagement.edit_action(workspace.store, action, now=workspace.clock.now())
    return _changed(edit.id, before.account_id, action.account_id)


def complete_action(workspace: Workspace, action_id: ActionId, *, done: bool) -> Changes:
    """Mark an action done today, or open again. Raises NotFoundError."""
    with workspace.edit() as edit:
        action = engagement.get_action(workspace.store, action_id)
        day = workspace.today if done else None
        engagement.complete_action(workspace.store, action_id, day, now=workspace.clock.now())
        edit.label = f"Marked “{action.title}” as done" if done else f"Reopened “{action.title}”"
        edit.account_id = action.account_id
    return _changed(edit.id, action.account_id)


def delete_action(workspace: Workspace, action_id: ActionId) -> Changes:
    """Delete an action. Raises NotFoundError."""
    with workspace.edit(deletes=True) as edit:
        action = engagement.get_action(workspace.store, action_id)
        engagement.delete_action(workspace.store, action_id, now=workspace.clock.now())
        edit.label, edit.account_id = f"Deleted action “{action.title}”", action.account_id
    return _changed(edit.id, action.account_id)


def _changed(edit_id: EditId | None, *account_ids: AccountId) -> Changes:
    return Changes(frozenset(account_ids), frozenset({Kind.ENGAGEMENT}), edit_id=edit_id)
