"""A goal's values and standing as the screens print them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from convergedesk.desktop.phrases import near_day, until
from convergedesk.desktop.widgets.bars import GoalValue
from convergedesk.domain.goals import GoalState, MeterMeasure
from convergedesk.figures.wording import NARROW_SPACE, number, short_number

if TYPE_CHECKING:
    from convergedesk.domain.goals import Goal
    from convergedesk.figures.account import GoalView

_LONG_FROM = 100_000
MEASURES = (
    (MeterMeasure.DAILY_MEAN_28, "Mean a day, last 28 days"),
    (MeterMeasure.WEEKLY_TOTAL, "Total of the last 7 days"),
    (MeterMeasure.MONTH_TO_DATE, "Total of the month so far"),
)


class StandingWords(NamedTuple):
    """How a standing is told: word, tone and icon."""

    text: str
    tone: str
    icon: str


_STANDINGS = {
    "on_track": StandingWords("On track", "good", "check-circle"),
    "behind": StandingWords("Behind", "warning", "warning"),
    "stuck": StandingWords("Stuck", "critical", "warning-octagon"),
    "reached": StandingWords("Reached", "good", "flag-banner"),
    "overdue": StandingWords("Overdue", "critical", "clock"),
    "not_measured": StandingWords("Not measured yet", "text_3", "hourglass-medium"),
    "dropped": StandingWords("Dropped", "text_3", "minus-circle"),
}


def standing_words(view: GoalView) -> StandingWords:
    """The word for where the goal stands."""
    return _STANDINGS[view.standing.value]


def value_text(value: float, unit: str = "") -> str:
    """A value of a goal: '97.4 %', '210 re-sends a week', '2.36 M'."""
    figure = short_number(value) if abs(value) >= _LONG_FROM else number(value)
    if not unit:
        return figure
    return f"{figure}{NARROW_SPACE}%" if unit.strip() == "%" else f"{figure} {unit}"


def bar_value(view: GoalView) -> GoalValue:
    """What the goal's bar shows."""
    goal = view.goal
    # The unit is said once; a per cent sign is short enough for all three.
    ends = "%" if goal.unit.strip() == "%" else ""
    current = value_text(goal.current, goal.unit) if goal.current is not None else "no value yet"
    late = view.standing.value in {"behind", "stuck", "overdue"}
    return GoalValue(
        progress=min(1.0, max(0.0, view.progress or 0.0)),
        expected=view.expected if goal.state is GoalState.OPEN else None,
        start=f"start {value_text(goal.start, ends)}",
        current=current,
        target=f"target {value_text(goal.target, ends)}",
        behind=late,
    )


def due_text(goal: Goal, today: date) -> str:
    """'due 31 Mar 2027, in 111 days', or that there is no due day."""
    if goal.due_on is None:
        return "no due day"
    said = f"due {near_day(goal.due_on, today)}"
    return f"{said}, {until(goal.due_on, today)}" if goal.state is GoalState.OPEN else said


def measured_by(view: GoalView) -> str:
    """Where its value comes from: the linked meter and figure, or by hand."""
    if view.meter is None:
        return "recorded by hand"
    figure = dict(MEASURES)[view.goal.measure] if view.goal.measure is not None else ""
    return f"{view.meter.name}, {figure[:1].lower()}{figure[1:]}" if figure else view.meter.name
