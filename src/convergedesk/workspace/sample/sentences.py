"""Which sentences fit which ticket."""

from __future__ import annotations

from convergedesk.workspace.sample.calm_sentences import CALM
from convergedesk.workspace.sample.talk import Talk
from convergedesk.workspace.sample.trouble_sentences import TROUBLE

FOLLOW_UPS = (
    "I have told {first}'s manager that we are on it.",
    "Please do not close before usage is back to its usual level.",
    "Spoke with them on the telephone. They want a date, not an explanation.",
    "This goes on the list for the next review, whatever comes out of it.",
    "Taking it into the huddle; the account renews soon.",
    "I keep the sponsor informed. Please write here whatever changes.",
)

_SHAPES = frozenset({"Schema guard", "Audit stream", "Batch export", "Imports", "Transformations", "API"})
_SCREENS = frozenset({"Portal", "Dashboards", "Alerts", "Sandbox", "Access and roles", "Bookings", "Billing"})


def talk_of(pattern: str, feature: str) -> Talk:
    """The sentences that fit a pattern of the title grammar and the feature."""
    if pattern != "fault":
        return TROUBLE[pattern] if pattern in TROUBLE else CALM[pattern]
    kind = "shape" if feature in _SHAPES else "screen" if feature in _SCREENS else "delivery"
    return TROUBLE[f"fault {kind}"]
