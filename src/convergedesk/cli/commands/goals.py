"""`convergedesk goals`: the goals of all accounts, and where they stand."""

from __future__ import annotations

import argparse

from convergedesk.cli.opening import opened
from convergedesk.cli.output import write_json, write_table
from convergedesk.cli.ports import Ports
from convergedesk.figures.wording import day, number, percent
from convergedesk.workspace.goal_list import AccountGoal, all_goals

_HEADS = ("Account", "Goal", "Now", "Target", "Way", "State", "Why", "Owner", "Due")


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """List the goals; returns 0."""
    with opened(arguments, ports) as workspace:
        found = all_goals(workspace)
    if arguments.json:
        write_json(ports.out, {"goals": found})
    elif not found:
        ports.out.write("No goals yet.\n")
    else:
        write_table(ports.out, _HEADS, [_line(one) for one in found], right=(2, 3, 4))
    return 0


def _line(row: AccountGoal) -> tuple[str, ...]:
    view, goal = row.view, row.view.goal
    return (
        row.account_name,
        goal.title,
        "–" if goal.current is None else number(goal.current),
        f"{number(goal.target)} {goal.unit}".rstrip(),
        "–" if view.progress is None else percent(view.progress),
        view.standing.value.replace("_", " "),
        view.reason,
        goal.owner or "",
        "–" if goal.due_on is None else day(goal.due_on),
    )
