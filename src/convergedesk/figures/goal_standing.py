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
from convergedesk.figures.wording import count, number, percent

# Over so many days a goal that is behind has to have come nearer, by at least a hundredth of the way.
_MOVES_WITHIN = timedelta(days=28)
_LEAST_MOVE = 0.01
_BEHIND_UNDER = 0.9
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


def measured_value(
    goal: Goal, usage: MeterUsage | None, first_day: date | None, *, by: date | None = None
) -> float | None:
    """The goal's value from its linked meter, or None where it has none.

    Args:
        goal: The goal.
        usage: The meter's usage at the account.
        first_day: Day of index 0 of `usage.daily`.
        by: Leave out days after this one; None takes all.
    """
    if goal.measure is None or usage is None or usage.daily is None or first_day is None:
        return None
    daily = usage.daily if by is None else usage.daily[: max(0, (by - first_day).days + 1)]
    known = np.flatnonzero(~np.isnan(daily))
    if known.size == 0:
        return None
    end = int(known[-1]) + 1
    return measure(daily[:end], first_day + timedelta(days=end - 1), goal.measure)


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
    the agreed day to the due day expects by today. It is stuck when it is behind and no
    nearer to its target than 28 days ago.

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
    standing, line = _standing(goal, done, expected, today)
    if standing is GoalStanding.BEHIND:
        since = today - _MOVES_WITHIN
        earlier = measured_value(goal, usage, first_day, by=since)
        before = _progress_then(goal, earlier if measured is not None else _recorded(history, since), since)
        if before is not None and done is not None and done - before < _LEAST_MOVE:
            standing, line = GoalStanding.STUCK, f"{line} {_stuck_line(before)}"
    rule = line if done is None or goal.current is None else f"{_way(goal, done)} {line}"
    reason = _reason(standing, goal, done, expected, today)
    return GoalView(goal, meter, done, expected, standing, rule, tuple(history), reason)


def _standing(
    goal: Goal, done: float | None, expected: float | None, today: date
) -> tuple[GoalStanding, str]:
    if goal.state is GoalState.DROPPED:
        return GoalStanding.DROPPED, "Dropped: it is no longer being worked on."
    if goal.state is GoalState.REACHED or (done is not None and done >= 1):
        return GoalStanding.REACHED, "Reached: the value is at or past the target."
    if goal.due_on is not None and goal.due_on < today:
        days = count((today - goal.due_on).days, "day")
        return GoalStanding.OVERDUE, f"Overdue: due {days} ago and not reached."
    if done is None:
        return GoalStanding.NOT_MEASURED, "Not measured yet: no value has been recorded since it was agreed."
    if expected is None:
        line = "Without a day of agreement and a due day there is no expected pace."
        return (GoalStanding.ON_TRACK if done > 0 else GoalStanding.BEHIND), line
    enough = _BEHIND_UNDER * expected
    line = f"By today a straight line expects {percent(expected)}; on track from {percent(enough)}."
    return (GoalStanding.BEHIND if done < enough else GoalStanding.ON_TRACK), line


def _recorded(history: Sequence[GoalMeasurement], day: date) -> float | None:
    return next((one.value for one in reversed(history) if one.day <= day), None)


def _progress_then(goal: Goal, value: float | None, day: date) -> float | None:
    if value is None and goal.agreed_on is not None and goal.agreed_on <= day:
        value = goal.start
    return None if value is None else progress(replace(goal, current=value))


def _stuck_line(before: float) -> str:
    return f"Stuck: 28 days ago it was {percent(before)} of the way, so it has come no nearer."


def _reason(
    standing: GoalStanding, goal: Goal, done: float | None, expected: float | None, today: date
) -> str:
    if standing is GoalStanding.DROPPED:
        return "no longer worked on"
    if standing is GoalStanding.NOT_MEASURED or done is None:
        return "no value recorded yet"
    if standing is GoalStanding.REACHED:
        early = 0 if goal.due_on is None or goal.state is not GoalState.OPEN else (goal.due_on - today).days
        return f"{count(early, 'day')} early: propose the next one" if early > 0 else "at or past its target"
    if standing is GoalStanding.STUCK and done <= 0:
        return "no nearer than at its start" if done == 0 else "further away than its start"
    if standing is GoalStanding.STUCK:
        return f"{percent(done)}, no nearer in 28 days"
    if expected is None or standing is GoalStanding.OVERDUE:
        return f"{percent(done)} of the way"
    points = round(100 * (done - expected))
    if standing is GoalStanding.BEHIND or points < 0:
        return f"{percent(done)}, {percent(expected)} expected"
    return f"ahead by {count(points, 'point')} of the way" if points else "just where it is expected"


def _way(goal: Goal, done: float) -> str:
    return (
        f"({number(goal.current or 0.0)} − {number(goal.start)}) ÷ "
        f"({number(goal.target)} − {number(goal.start)}) = {percent(done)} of the way."
    )
