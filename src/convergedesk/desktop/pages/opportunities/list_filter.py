"""Which opportunities are shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from convergedesk.figures.openings import OpeningKind
from convergedesk.workspace.opportunities import Opportunity, OpportunityState


class Decided(Enum):
    """Whether something was decided."""

    OPEN = "open"
    TAKEN_UP = "taken_up"
    NOT_NOW = "not_now"
    DISMISSED = "dismissed"
    ALL = "all"


DECIDED_WORDS = {
    Decided.OPEN: "To decide",
    Decided.TAKEN_UP: "Taken up",
    Decided.NOT_NOW: "Not now",
    Decided.DISMISSED: "Dismissed",
    Decided.ALL: "All",
}


@dataclass(frozen=True, slots=True)
class OpportunityFilter:
    """What is asked for.

    Attributes:
        text: Words that all occur in the title, the account, the owner or the evidence.
        decided: Whether something was decided.
        kind: What kind; None for any.
        owner: Who looks after the account; None for anybody, empty for nobody.
        currency: Currency of the value; None for any.
    """

    text: str = ""
    decided: Decided = Decided.OPEN
    kind: OpeningKind | None = None
    owner: str | None = None
    currency: str | None = None

    def passes(self, row: Opportunity) -> bool:
        """Whether the opportunity is asked for."""
        opening = row.opening
        if self.decided is not Decided.ALL and row.state is not OpportunityState(self.decided.value):
            return False
        if self.kind is not None and opening.kind is not self.kind:
            return False
        if self.owner is not None and row.owner != self.owner:
            return False
        if self.currency is not None and currency_of(row) != self.currency:
            return False
        told = f"{opening.title} {opening.account} {row.owner} {opening.evidence}".casefold()
        return all(word in told for word in self.text.casefold().split())


def currency_of(row: Opportunity) -> str:
    """The currency in which the contract states the value; empty without one."""
    return "" if row.opening.value is None else row.opening.value.middle.currency
