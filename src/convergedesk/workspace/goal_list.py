"""The goals of all accounts, each with where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.goals import Goal, GoalId, GoalTarget
from convergedesk.domain.usage import Meter, MeterId, UsageSeries
from convergedesk.figures.account import GoalView
from convergedesk.figures.goal_standing import goal_view
from convergedesk.figures.usage_view import CombinedUsage, combine
from convergedesk.store import accounts, goals, summaries, usage
from convergedesk.store.engine import Store
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


def goal_views(store: Store, found: Sequence[Goal], today: date) -> tuple[GoalView, ...]:
    """Where goals stand; a linked one is measured by the usage of its own account and the sites below."""
    history = goals.history(store, [goal.id for goal in found])
    meters = {meter.id: meter for meter in usage.meters(store)}
    measured = _usage(store, found, meters)
    views: list[GoalView] = []
    for goal in found:
        combined = measured.get(goal.account_id)
        linked = None
        if combined is not None and goal.meter_id is not None:
            linked = next((one for one in combined.meters if one.meter.id == goal.meter_id), None)
        view = goal_view(
            goal,
            today=today,
            meter=None if goal.meter_id is None else meters.get(goal.meter_id),
            usage=linked,
            first_day=None if combined is None else combined.first_day,
            history=history[goal.id],
        )
        views.append(view)
    return tuple(views)


def _usage(
    store: Store, found: Iterable[Goal], meters: Mapping[MeterId, Meter]
) -> dict[AccountId, CombinedUsage]:
    """Usage of the linked meters, by the account whose goal it measures."""
    linked: defaultdict[AccountId, set[MeterId]] = defaultdict(set)
    for goal in found:
        if goal.meter_id is not None:
            linked[goal.account_id].add(goal.meter_id)
    if not linked:
        return {}
    families = _families(store, linked)
    wanted = sorted({member for family in families.values() for member in family})
    by_account: defaultdict[AccountId, list[UsageSeries]] = defaultdict(list)
    for series in usage.account_series(store, wanted):
        by_account[series.account_id].append(series)
    return {
        account: combine(_of(by_account, family, linked[account]), meters)
        for account, family in families.items()
    }


def _families(store: Store, wanted: Collection[AccountId]) -> dict[AccountId, list[AccountId]]:
    """Each account with all sites below it."""
    with store.read() as connection:
        parents = summaries.family(connection)
    below: defaultdict[AccountId, list[AccountId]] = defaultdict(list)
    for account in parents:
        # A chain of parents that bites its tail must not hang the program.
        seen, above = {account}, parents[account]
        while above is not None and above not in seen:
            below[above].append(account)
            seen.add(above)
            above = parents.get(above)
    return {account: [account, *below[account]] for account in wanted}


def _of(
    by_account: Mapping[AccountId, list[UsageSeries]],
    family: Iterable[AccountId],
    wanted: Collection[MeterId],
) -> list[UsageSeries]:
    return [series for member in family for series in by_account.get(member, ()) if series.meter_id in wanted]
