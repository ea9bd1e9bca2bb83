"""Where a goal stands, and the rule that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.goals import Goal, GoalMeasurement, GoalState, MeterMeasure
from convergedesk.domain.usage import Meter
from convergedesk.figures.account import GoalStanding, GoalView, MeterUsage
from convergedesk.figures.wording import number, percent

_MINIMUM_DAYS = {MeterMeasure.DAILY_MEAN_28: 14, MeterMeasure.WEEKLY_TOTAL: 7, MeterMeasure.MONTH_TO_DATE: 1}


def measure(values: NDArray[np.float64], last_day: date, kind: MeterMeasure) -> float | None:
    """The figure of a meter that a goal follows.

    Args:
        values: Daily usage, shape (n,), NaN where nothing was reported.
        last_day: Day of the last value.
        kind: Mean of the last 28 days, total of the last 7, or month to date.

    Returns:
        The value in the meter's unit, or None with too few reported days: 14 of 28 for the
        mean, all 7 for the weekly total, 1 for month to date.
    """
    span = {MeterMeasure.DAILY_MEAN_28: 28, MeterMeasure.WEEKLY_TOTAL: 7}.get(kind, last_day.day)
    window = values[-span:]
    reported = window[~np.isnan(window)]
    if reported.size < _MINIMUM_DAYS[kind]:
        return None
    return float(reported.mean() if kind is MeterMeasure.DAILY_MEAN_28 else reported.sum())


def measured_value(goal: Goal, usage: MeterUsage | None, first_day: date | None) -> float | None:
    """The goal's current value from its linked meter, or None where it has none."""
    if goal.measure is None or usage is None or usage.daily is None or first_day is None:
        return None
    known = np.flatnonzero(~np.isnan(usage.daily))
    if known.size == 0:
        return None
    end = int(known[-1]) + 1
    return measure(usage.daily[:end], first_day + timedelta(days=end - 1), goal.measure)


def progress(goal: Goal) -> float | None:
    """Share of the way from start to target, under 0 when it moved away, over 1 beyond."""
    if goal.current is None or goal.target == goal.start:
        return None
    return (goal.current - goal.start) / (goal.target - goal.start)


def time_elapsed(goal: Goal, today: date) -> float | None:
    """Share of the time from agreement to due day that is over, 0 to 1."""
    if goal.agreed_on is None or goal.due_on is None or goal.due_on <= goal.agreed_on:
        return None
    share = (today - goal.agreed_on).days / (goal.due_on - goal.agreed_on).days
    return min(1.0, max(0.0, share))


def goal_view(
    goal: Goal,
    *,
    today: date,
    meter: Meter | None = None,
    usage: MeterUsage | None = None,
    first_day: date | None = None,
    history: Sequence[GoalMeasurement] = (),
) -> GoalView:
    """A goal with its standing.

    A goal is behind when its progress is under nine tenths of what a straight line from
    the agreed day to the due day expects by today.

    Args:
        goal: As kept.
        today: The workspace's today.
        meter: The linked meter, or None.
        usage: That meter's usage at the account, or None.
        first_day: Day of index 0 of `usage.daily`.
        history: Recorded values, oldest first.
    """
    measured = measured_value(goal, usage, first_day)
    if measured is not None:
        goal = replace(goal, current=measured)
    done, expected = progress(goal), time_elapsed(goal, today)
    standing, rule = _standing(goal, done, expected, today)
    return GoalView(goal, meter, done, expected, standing, rule, tuple(history))


def _standing(
    goal: Goal, done: float | None, expected: float | None, today: date
) -> tuple[GoalStanding, str]:
    if goal.state is GoalState.DROPPED:
        return GoalStanding.DROPPED, "Dropped: it is no longer being worked on."
    if goal.state is GoalState.REACHED or (done is not None and done >= 1):
        return GoalStanding.REACHED, _rule_text(goal, done, "Reached: the value is at or past the target.")
    if goal.due_on is not None and goal.due_on < today:
        days = (today - goal.due_on).days
        return GoalStanding.OVERDUE, _rule_text(goal, done, f"Overdue: due {days} days ago and not reached.")
    if done is None:
        return GoalStanding.NOT_MEASURED, "Not measured yet: no value has been recorded since it was agreed."
    if expected is None:
        return GoalStanding.ON_TRACK if done > 0 else GoalStanding.BEHIND, _rule_text(
            goal, done, "Without a day of agreement and a due day there is no expected pace."
        )
    line = f"By today a straight line expects {percent(expected)}; on track from {percent(0.9 * expected)}."
    behind = done < 0.9 * expected
    return (GoalStanding.BEHIND if behind else GoalStanding.ON_TRACK), _rule_text(goal, done, line)


def _rule_text(goal: Goal, done: float | None, line: str) -> str:
    if done is None or goal.current is None:
        return line
    way = (
        f"({number(goal.current)} − {number(goal.start)}) ÷ ({number(goal.target)} − {number(goal.start)})"
        f" = {percent(done)} of the way."
    )
    return f"{way} {line}"
