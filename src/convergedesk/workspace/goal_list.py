"""The goals of all accounts, each with where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from convergedesk.domain.goals import GoalId, GoalTarget
from convergedesk.domain.usage import Meter
from convergedesk.figures.account import GoalView
from convergedesk.figures.goal_views import goal_views
from convergedesk.store import accounts, goals, usage
from convergedesk.workspace.session import Workspace


@dataclass(frozen=True, slots=True)
class AccountGoal:
    """A goal, whose it is, and where it stands.

    Attributes:
        account_name: The account's name.
        view: The goal with its standing.
    """

    account_name: str
    view: GoalView


@dataclass(frozen=True, slots=True)
class GoalDetail:
    """Everything about one goal.

    Attributes:
        goal: The goal, whose it is, and where it stands.
        targets: What the target was, oldest first.
        meters: Meters of the account that it can be linked to.
    """

    goal: AccountGoal
    targets: tuple[GoalTarget, ...]
    meters: tuple[Meter, ...]


def all_goals(workspace: Workspace) -> tuple[AccountGoal, ...]:
    """The goals of every account, by due day, those without one last."""
    found = goals.everywhere(workspace.store)
    views = goal_views(workspace.store, [goal for goal, _ in found], workspace.today)
    return tuple(AccountGoal(name, view) for (_, name), view in zip(found, views, strict=True))


def goal_detail(workspace: Workspace, goal_id: GoalId) -> GoalDetail:
    """One goal. Raises NotFoundError where it was deleted."""
    store = workspace.store
    goal = goals.get(store, goal_id)
    account = accounts.get(store, goal.account_id)
    (view,) = goal_views(store, [goal], workspace.today)
    found = AccountGoal(account.name, view)
    return GoalDetail(found, goals.targets(store, goal_id), usage.meters(store, [goal.account_id]))
