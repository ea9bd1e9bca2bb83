"""What a team decided about an opportunity. The opportunities themselves are computed, never kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from convergedesk.domain.engagement import ActionId
    from convergedesk.domain.kinds import AccountId

DecisionId = NewType("DecisionId", int)


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
        kind: What kind, such as 'under_used'.
        subject: What it is about, such as a meter's key; empty where it is about the account.
    """

    account_id: AccountId
    kind: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class OpportunityDecision:
    """What somebody decided about an opportunity.

    Attributes:
        key: Which.
        state: What was decided.
        decided_at: When, UTC.
        until: Until when 'not now' holds; None otherwise.
        reason: Why it was dismissed or put off; may be empty.
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
