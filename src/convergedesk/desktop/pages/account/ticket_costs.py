"""What a ticket came to in money, in the few words that a cell has room for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convergedesk.figures.why import Why


@dataclass(frozen=True, slots=True)
class TicketCost:
    """One ticket's estimated cost.

    Attributes:
        words: '€2,770', 'delays 2 days'.
        size: Minor units or days, to sort by.
        why: What stands behind it.
    """

    words: str
    size: float
    why: Why
