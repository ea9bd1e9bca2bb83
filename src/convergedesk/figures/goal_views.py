"""Goals of many accounts with where they stand, now or on an earlier day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.goals import Goal
from convergedesk.domain.usage import Meter, MeterId, UsageSeries
from convergedesk.figures.account import GoalView, MeterUsage
from convergedesk.figures.goal_standing import goal_view, measured_value
from convergedesk.figures.usage_view import CombinedUsage, combine
from convergedesk.store import goals, summaries, usage
from convergedesk.store.engine import Store


def goal_views(store: Store, found: Sequence[Goal], today: date) -> tuple[GoalView, ...]:
    """Where goals stand; a linked one is measured by the usage of its own account and the sites below."""
    return GoalReading(store, found).views(today)


class GoalReading:
    """Goals with what they are measured by, read once for as many days as are asked for."""

    def __init__(self, store: Store, found: Sequence[Goal]) -> None:
        """Read the recorded values, and the usage of linked meters."""
        self._goals = tuple(found)
        self._history = goals.history(store, [goal.id for goal in found]) if found else {}
        self._meters = {meter.id: meter for meter in usage.meters(store)} if found else {}
        self._usage = _usage(store, found, self._meters)

    def views(self, today: date, among: Collection[AccountId] | None = None) -> tuple[GoalView, ...]:
        """Every goal as it stands, or those of some accounts."""
        return tuple(self._view(goal, goal, today) for goal in self._of(among))

    def views_then(self, day: date, among: Collection[AccountId] | None = None) -> tuple[GoalView, ...]:
        """The goals that were agreed by an earlier day, as they stood then, going by today's targets."""
        found: list[GoalView] = []
        for goal in self._of(among):
            if goal.agreed_on is None or goal.agreed_on > day:
                continue
            linked, first_day = self._linked(goal)
            value = measured_value(goal, linked, first_day, by=day)
            if value is None:
                recorded = (one.value for one in reversed(self._history[goal.id]) if one.day <= day)
                value = next(recorded, None)
            # Without the meter it keeps the value of that day.
            found.append(self._view(goal, replace(goal, current=value, meter_id=None, measure=None), day))
        return tuple(found)

    def _of(self, among: Collection[AccountId] | None) -> Iterable[Goal]:
        return self._goals if among is None else (g for g in self._goals if g.account_id in among)

    def _view(self, goal: Goal, shown: Goal, today: date) -> GoalView:
        linked, first_day = self._linked(shown)
        return goal_view(
            shown,
            today=today,
            meter=None if shown.meter_id is None else self._meters.get(shown.meter_id),
            usage=linked,
            first_day=first_day,
            history=[one for one in self._history[goal.id] if shown is goal or one.day <= today],
        )

    def _linked(self, goal: Goal) -> tuple[MeterUsage | None, date | None]:
        combined = self._usage.get(goal.account_id)
        if combined is None:
            return None, None
        if goal.meter_id is None:
            return None, combined.first_day
        usage_of = next((one for one in combined.meters if one.meter.id == goal.meter_id), None)
        return usage_of, combined.first_day


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
