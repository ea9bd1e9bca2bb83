"""Opportunities: what an account could still get out of what it has, and what a team decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.engagement import ActionId

DecisionId = NewType("DecisionId", int)


class OpportunityKind(StrEnum):
    """What kind of opening it is."""

    UNDER_USED = "under_used"
    NEVER_ADOPTED = "never_adopted"
    EXPANSION = "expansion"
    COMMITMENT_AHEAD = "commitment_ahead"
    COMMITMENT_BEHIND = "commitment_behind"


class DecisionState(StrEnum):
    """What was decided."""

    TAKEN_UP = "taken_up"
    NOT_NOW = "not_now"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class OpportunityKey:
    """What names an opportunity however often it is computed.

    Attributes:
        account_id: Whose.
        kind: What kind.
        subject: Key of the meter that it is about; empty where it is about the account.
    """

    account_id: AccountId
    kind: OpportunityKind
    subject: str = ""


@dataclass(frozen=True, slots=True)
class OpportunityDecision:
    """What somebody decided about an opportunity.

    Attributes:
        key: Which.
        state: What was decided.
        decided_at: When, UTC.
        until: Until when 'not now' holds; None otherwise.
        reason: Why it was dismissed or put off; may be empty where it was taken up.
        author: Who decided; may be empty.
        action_id: What is to be done about it, or None.
        id: Our own id; 0 before it is kept.
    """

    key: OpportunityKey
    state: DecisionState
    decided_at: datetime
    until: date | None = None
    reason: str = ""
    author: str = ""
    action_id: ActionId | None = None
    id: DecisionId = DecisionId(0)

    def holds(self, today: date) -> bool:
        """False once the day is there until which it was put off."""
        return self.state is not DecisionState.NOT_NOW or self.until is None or self.until > today
