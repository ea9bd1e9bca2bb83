"""What a write touched, so that pages refresh that and no more."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.edits import EditId
from convergedesk.domain.goals import GoalId


class Kind(StrEnum):
    """A kind of fact that pages show."""

    ACCOUNTS = "accounts"
    TICKETS = "tickets"
    USAGE = "usage"
    BILLING = "billing"
    GOALS = "goals"
    LINKS = "links"
    REJECTS = "rejects"
    PEOPLE = "people"
    ENGAGEMENT = "engagement"
    CONTRACTS = "contracts"
    CALENDAR = "calendar"
    PODS = "pods"
    INSIGHTS = "insights"
    ALERTS = "alerts"
    ALERT_RULES = "alert_rules"
    FEEDBACK = "feedback"
    OPPORTUNITIES = "opportunities"


EVERYTHING = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a use case wrote.

    Attributes:
        accounts: The accounts that it concerns.
        kinds: The kinds of fact.
        goal_id: The goal that was written, or None.
        edit_id: The edit that takes it back, or None where nothing changed or it is no edit.
    """

    accounts: frozenset[AccountId]
    kinds: frozenset[Kind]
    goal_id: GoalId | None = None
    edit_id: EditId | None = None
