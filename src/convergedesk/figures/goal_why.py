"""What stands behind a goal's standing and its progress."""

from __future__ import annotations

from datetime import date

from convergedesk.domain.kinds import SystemKind
from convergedesk.figures.account import GoalView
from convergedesk.figures.figure_ids import figure_id
from convergedesk.figures.why import Link, LinkKind, Step, Why, WhyRow
from convergedesk.figures.wording import MINUS, day, number, percent

_MOST = 60


def goal_why(view: GoalView, today: date) -> Why:
    """Behind where a goal stands today, with the values that were recorded."""
    goal = view.goal
    known = goal.current is not None and view.progress is not None
    now = "not measured yet" if goal.current is None else f"{number(goal.current)} {goal.unit}".strip()
    formula = "(now − start) ÷ (target − start)"
    if known and goal.current is not None and view.progress is not None:
        start = number(goal.start)
        formula = (
            f"({number(goal.current)} − {start}) ÷ ({number(goal.target)} − {start}) "
            f"= {percent(view.progress)} of the way"
        )
    rows = [("Start", number(goal.start)), ("Now", now), ("Target", number(goal.target))]
    if view.expected is not None:
        rows.append(("Share of the time that is over", percent(view.expected)))
    steps = ()
    if known and view.progress is not None and view.expected is not None:
        steps = (
            Step(percent(view.progress), "of the way", MINUS),
            Step(percent(view.expected), "of the time is over", "→"),
            Step(view.standing.value.replace("_", " "), "where it stands"),
        )
    source = "usage of a meter" if view.meter is not None else goal.evidence or "recorded by hand"
    agreed = "" if goal.agreed_on is None else f"Agreed on {day(goal.agreed_on)}. "
    due = "No due day is set." if goal.due_on is None else f"Due {day(goal.due_on)}; today is {day(today)}."
    return Why(
        title=f"Goal “{goal.title}”",
        definition=view.rule,
        formula=formula,
        window=f"{agreed}{due}",
        rows=tuple(rows),
        caution=f"The value comes from: {source}.",
        figure=view.reason or view.standing.value.replace("_", " "),
        figure_id=figure_id("goal", goal.id),
        steps=steps,
        behind=(
            WhyRow(goal.title, "open the goal", Link(LinkKind.GOAL, goal.id)),
            *(
                WhyRow(day(one.day), number(one.value), note=one.note or one.reported_by)
                for one in reversed(view.history[-_MOST:])
            ),
        ),
        behind_of=len(view.history) + 1,
        uses=((SystemKind.USAGE, "for the meter"),) if view.meter is not None else (),
    )
