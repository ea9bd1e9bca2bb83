"""Goals: created, edited, measured, deleted and brought back."""

from __future__ import annotations

from datetime import date

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.goals import Goal, GoalDraft, GoalId, GoalMeasurement, GoalState
from convergedesk.domain.usage import Meter
from convergedesk.figures import wording
from convergedesk.figures.summaries import refresh_summaries
from convergedesk.store import goals as store_goals
from convergedesk.store import usage as store_usage
from convergedesk.store.edits import OpenEdit
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.session import Workspace


def create_goal(workspace: Workspace, account_id: AccountId, draft: GoalDraft) -> Changes:
    """Keep a new goal."""
    with workspace.edit(f"Added goal “{draft.title}”", account_id=account_id) as edit:
        goal = store_goals.create(workspace.store, account_id, draft, now=workspace.clock.now())
        touched = _refresh(workspace, account_id)
    return _changed(touched, goal.id, edit)


def update_goal(workspace: Workspace, goal_id: GoalId, draft: GoalDraft) -> Changes:
    """Put an edited goal in place; edits that follow within seconds are one step of 'Undo'.

    Raises:
        NotFoundError: It was deleted meanwhile.
    """
    with workspace.edit(merge=f"goal:{goal_id}") as edit:
        before = store_goals.get(workspace.store, goal_id)
        after = store_goals.edit(workspace.store, goal_id, draft, now=workspace.clock.now())
        edit.label, edit.account_id = _label(before, after), after.account_id
        touched = _refresh(workspace, after.account_id)
    return _changed(touched, goal_id, edit)


def delete_goal(workspace: Workspace, goal_id: GoalId) -> Changes:
    """Delete a goal; it can be restored for 30 days."""
    with workspace.edit(deletes=True) as edit:
        goal = store_goals.get(workspace.store, goal_id)
        edit.label, edit.account_id = f"Deleted goal “{goal.title}”", goal.account_id
        store_goals.delete(workspace.store, goal_id, now=workspace.clock.now())
        touched = _refresh(workspace, goal.account_id)
    return _changed(touched, goal_id, edit)


def record_goal_value(
    workspace: Workspace, goal_id: GoalId, *, day: date, value: float, reported_by: str, note: str = ""
) -> Changes:
    """Keep a value of a day; the latest day's value becomes the current one."""
    measurement = GoalMeasurement(goal_id, day, value, reported_by, note)
    with workspace.edit() as edit:
        goal = store_goals.record(workspace.store, measurement, now=workspace.clock.now())
        edit.label = f"Recorded {_figure(value, goal.unit)} for “{goal.title}”"
        edit.account_id = goal.account_id
        touched = _refresh(workspace, goal.account_id)
    return _changed(touched, goal_id, edit)


def forget_goal_value(workspace: Workspace, goal_id: GoalId, day: date) -> Changes:
    """Take a day's value back; the latest of the others becomes the current one."""
    with workspace.edit(deletes=True) as edit:
        goal = store_goals.forget(workspace.store, goal_id, day, now=workspace.clock.now())
        edit.label = f"Deleted the value of {wording.day(day)} of “{goal.title}”"
        edit.account_id = goal.account_id
        touched = _refresh(workspace, goal.account_id)
    return _changed(touched, goal_id, edit)


def meters(workspace: Workspace, account_id: AccountId) -> tuple[Meter, ...]:
    """Meters that the account has used, for linking a goal to one."""
    return store_usage.meters(workspace.store, [account_id])


def _label(before: Goal, after: Goal) -> str:
    if before.state is not after.state:
        return {
            GoalState.OPEN: f"Reopened goal “{after.title}”",
            GoalState.REACHED: f"Marked goal “{after.title}” as reached",
            GoalState.DROPPED: f"Dropped goal “{after.title}”",
        }[after.state]
    if before.target != after.target:
        return f"Moved the target of “{after.title}” to {_figure(after.target, after.unit)}"
    if before.due_on != after.due_on and after.due_on is not None:
        return f"Moved “{after.title}” to {wording.day(after.due_on)}"
    return f"Changed goal “{after.title}”"


def _figure(value: float, unit: str) -> str:
    return f"{wording.number(value)} {unit}".rstrip()


def _refresh(workspace: Workspace, account_id: AccountId) -> frozenset[AccountId]:
    return refresh_summaries(
        workspace.store,
        [account_id],
        today=workspace.today,
        now=workspace.clock.now(),
        usage_moved=False,
    )


def _changed(touched: frozenset[AccountId], goal_id: GoalId, edit: OpenEdit) -> Changes:
    return Changes(touched, frozenset({Kind.GOALS}), goal_id, edit.id)
