"""Goals: created, edited, measured, deleted and brought back."""

from __future__ import annotations

from datetime import date

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.goals import GoalDraft, GoalId, GoalMeasurement
from convergedesk.domain.usage import Meter
from convergedesk.figures.summaries import refresh_summaries
from convergedesk.store import goals as store_goals
from convergedesk.store import usage as store_usage
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.session import Workspace


def create_goal(workspace: Workspace, account_id: AccountId, draft: GoalDraft) -> Changes:
    """Keep a new goal."""
    goal = store_goals.create(workspace.store, account_id, draft, now=workspace.clock.now())
    return _changed(workspace, account_id, goal.id)


def update_goal(workspace: Workspace, goal_id: GoalId, draft: GoalDraft) -> Changes:
    """Put an edited goal in place. Raises NotFoundError where it was deleted meanwhile."""
    goal = store_goals.edit(workspace.store, goal_id, draft, now=workspace.clock.now())
    return _changed(workspace, goal.account_id, goal_id)


def delete_goal(workspace: Workspace, goal_id: GoalId) -> Changes:
    """Delete a goal; `restore_goal` brings it back as it was."""
    account_id = store_goals.delete(workspace.store, goal_id, now=workspace.clock.now())
    return _changed(workspace, account_id, goal_id)


def restore_goal(workspace: Workspace, goal_id: GoalId) -> Changes:
    """Bring a deleted goal back."""
    account_id = store_goals.restore(workspace.store, goal_id, now=workspace.clock.now())
    return _changed(workspace, account_id, goal_id)


def record_goal_value(
    workspace: Workspace, goal_id: GoalId, *, day: date, value: float, reported_by: str, note: str = ""
) -> Changes:
    """Keep a value of a day; the latest day's value becomes the current one."""
    measurement = GoalMeasurement(goal_id, day, value, reported_by, note)
    goal = store_goals.record(workspace.store, measurement, now=workspace.clock.now())
    return _changed(workspace, goal.account_id, goal_id)


def forget_goal_value(workspace: Workspace, goal_id: GoalId, day: date) -> Changes:
    """Take a day's value back; the latest of the others becomes the current one."""
    goal = store_goals.forget(workspace.store, goal_id, day, now=workspace.clock.now())
    return _changed(workspace, goal.account_id, goal_id)


def meters(workspace: Workspace, account_id: AccountId) -> tuple[Meter, ...]:
    """Meters that the account has used, for linking a goal to one."""
    return store_usage.meters(workspace.store, [account_id])


def _changed(workspace: Workspace, account_id: AccountId, goal_id: GoalId) -> Changes:
    touched = refresh_summaries(
        workspace.store, [account_id], today=workspace.today, now=workspace.clock.now()
    )
    return Changes(touched, frozenset({Kind.GOALS}), goal_id)
