"""What our own people write about a ticket: the two questions, the feature and the goals that it touches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from convergedesk.domain.audience import Audience
from convergedesk.domain.goals import GoalId

TRYING_TO = "What were they trying to achieve?"
BLOCKS = "How does it block them?"
LONGEST = 2_000
"""Characters that an answer may have."""


@dataclass(frozen=True, slots=True)
class TicketNotes:
    """What is written about a ticket.

    Attributes:
        trying_to: What the customer was trying to achieve; may be empty.
        blocks: How the ticket blocks them; may be empty.
        audience: Internal unless somebody shared it on purpose.
        author: Who wrote last; empty while nobody did.
        updated_at: When, UTC, or None while nobody did.
        feature: The feature that our people tagged it with, or None where the support desk's stands.
        goal_ids: Goals that it touches.
    """

    trying_to: str = ""
    blocks: str = ""
    audience: Audience = Audience.INTERNAL
    author: str = ""
    updated_at: datetime | None = None
    feature: str | None = None
    goal_ids: tuple[GoalId, ...] = ()
