"""Opportunities in words, icons and tones."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.table.cells import TextLine
from convergedesk.domain.money import MoneyRange
from convergedesk.figures.openings import OpeningKind
from convergedesk.figures.wording import short_money
from convergedesk.workspace.opportunities import Opportunity, OpportunityState


class KindWords(NamedTuple):
    """How a kind is shown."""

    text: str
    icon: str


KINDS = {
    OpeningKind.UNDER_USED: KindWords("Under-used", "trend-down"),
    OpeningKind.NEVER_ADOPTED: KindWords("Never adopted", "circle-dashed"),
    OpeningKind.EXPANSION: KindWords("Growing use", "trend-up"),
    OpeningKind.COMMITMENT_AHEAD: KindWords("Commitment runs out", "hourglass-medium"),
    OpeningKind.COMMITMENT_BEHIND: KindWords("Commitment unspent", "receipt"),
}
SURE = {
    "flagged": "flagged: holds up over the whole book",
    "review": "review list: may be chance",
    "never_adopted": "paid for, no use",
    "forecast": "forecast, 80 % interval",
    "inconclusive": "inconclusive: too few alike",
}
STATES = {
    OpportunityState.OPEN: "Open",
    OpportunityState.TAKEN_UP: "Taken up",
    OpportunityState.NOT_NOW: "Not now",
    OpportunityState.DISMISSED: "Dismissed",
}


def value_words(row: Opportunity) -> str:
    """'€14.2k', 'inconclusive', or that it has no price."""
    if row.value is not None:
        return short_money(row.value.middle)
    return "inconclusive" if row.opening.confidence == "inconclusive" else "no price"


def likely_words(value: MoneyRange | None) -> str:
    """'€12k to €16k'; empty without a value."""
    return "" if value is None else f"{short_money(value.low)} to {short_money(value.high)}"


def evidence_words(row: Opportunity) -> str:
    """What stands out, as the beginning of a sentence."""
    words = row.opening.evidence
    return words[:1].upper() + words[1:]


def decision_line(row: Opportunity, today: date) -> TextLine | None:
    """What was decided, with its icon; None while nothing was."""
    decision = row.decision
    if decision is None or row.state is OpportunityState.OPEN:
        return None if decision is None else TextLine("Due again", Role.LABEL_MEDIUM, "warning", "clock")
    if row.state is OpportunityState.TAKEN_UP:
        return TextLine(_taken(row, today), Role.LABEL_MEDIUM, "good", "check-circle")
    if row.state is OpportunityState.NOT_NOW and decision.until is not None:
        return TextLine(f"Not before {near_day(decision.until, today)}", Role.LABEL_MEDIUM, "text_2", "clock")
    return TextLine(STATES[row.state], Role.LABEL_MEDIUM, "text_2", "x-circle")


def action_title(row: Opportunity) -> str:
    """What an action is called until somebody says otherwise."""
    opening = row.opening
    return {
        OpeningKind.UNDER_USED: f"Show how {opening.title} helps",
        OpeningKind.NEVER_ADOPTED: f"Ask whether {opening.title} is needed",
        OpeningKind.EXPANSION: "Talk about the growth and what it costs",
        OpeningKind.COMMITMENT_AHEAD: "Plan the talk about a larger commitment",
        OpeningKind.COMMITMENT_BEHIND: "Plan how the rest of the commitment is used",
    }[opening.kind]


def _taken(row: Opportunity, today: date) -> str:
    action = row.action
    if action is None:
        return "Taken up"
    if action.done_on is not None:
        return f"Done on {near_day(action.done_on, today)}"
    due = "" if action.due_on is None else f", by {near_day(action.due_on, today)}"
    return f"{action.owner or 'Taken up'}{due}"
