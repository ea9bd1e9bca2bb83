"""Which of all goals are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from convergedesk.figures.account import PRESSING, GoalStanding
from convergedesk.workspace.goal_list import AccountGoal


class Standing(Enum):
    """What the person may ask for."""

    ANY = "any"
    PRESSING = "pressing"
    STUCK = "stuck"
    OVERDUE = "overdue"
    BEHIND = "behind"
    ON_TRACK = "on_track"
    NOT_MEASURED = "not_measured"
    REACHED = "reached"
    DROPPED = "dropped"


class Due(Enum):
    """By when."""

    ANY = "any"
    PAST = "past"
    DAYS_30 = "30"
    DAYS_90 = "90"
    NONE = "none"


STANDING_WORDS = {
    Standing.ANY: "Any state",
    Standing.PRESSING: "Needs a look",
    Standing.STUCK: "Stuck",
    Standing.OVERDUE: "Overdue",
    Standing.BEHIND: "Behind",
    Standing.ON_TRACK: "On track",
    Standing.NOT_MEASURED: "Not measured yet",
    Standing.REACHED: "Reached",
    Standing.DROPPED: "Dropped",
}
DUE_WORDS = {
    Due.ANY: "Any day",
    Due.PAST: "Due day is past",
    Due.DAYS_30: "Within 30 days",
    Due.DAYS_90: "Within 90 days",
    Due.NONE: "No due day",
}
# Those first that need a decision.
RANK = {
    GoalStanding.STUCK: 0,
    GoalStanding.OVERDUE: 1,
    GoalStanding.BEHIND: 2,
    GoalStanding.NOT_MEASURED: 3,
    GoalStanding.ON_TRACK: 4,
    GoalStanding.REACHED: 5,
    GoalStanding.DROPPED: 6,
}


@dataclass(frozen=True, slots=True)
class GoalFilter:
    """What is asked for.

    Attributes:
        text: Words that all occur in the title, account, owner or evidence.
        standing: Where the goal stands.
        owner: Who answers for it; None for anybody, empty for nobody.
        due: By when.
    """

    text: str = ""
    standing: Standing = Standing.ANY
    owner: str | None = None
    due: Due = Due.ANY

    def passes(self, row: AccountGoal, today: date) -> bool:
        """Whether the goal is asked for."""
        goal = row.view.goal
        return (
            self._stands(row.view.standing)
            and (self.owner is None or (goal.owner or "") == self.owner)
            and self._is_due(goal.due_on, today)
            and self._says(f"{goal.title} {row.account_name} {goal.owner or ''} {goal.evidence}")
        )

    def _stands(self, standing: GoalStanding) -> bool:
        if self.standing is Standing.PRESSING:
            return standing in PRESSING
        return self.standing is Standing.ANY or self.standing.value == standing.value

    def _is_due(self, due_on: date | None, today: date) -> bool:
        if self.due is Due.ANY:
            return True
        if self.due is Due.NONE or due_on is None:
            return self.due is Due.NONE and due_on is None
        if self.due is Due.PAST:
            return due_on < today
        return today <= due_on <= today + timedelta(days=int(self.due.value))

    def _says(self, text: str) -> bool:
        told = text.casefold()
        return all(word in told for word in self.text.casefold().split())
