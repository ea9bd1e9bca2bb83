"""The topics of an account's tabs."""

from __future__ import annotations

from typing import Final

from convergedesk.desktop.help.topic import Topic, tab_key

_OVERVIEW = Topic(
    "Account",
    (
        (
            "One account's story: what it uses from day to day, with tickets, holidays and dips on the "
            "same time line, and beside it goals, commitment, people and health."
        ),
        (
            "The shaded band is what was expected. Move along the days with the arrow keys; comma and full "
            "stop step through tickets."
        ),
    ),
    ("Usage", "Expected range", "Dip", "Meter", "Site", "Health", "Commitment", "Pulse"),
    "account",
)

ACCOUNT_TOPICS: Final[dict[str, Topic]] = {
    "account": _OVERVIEW,
    tab_key("account", "overview"): _OVERVIEW,
    tab_key("account", "tickets"): Topic(
        "An account's tickets",
        (
            (
                "Every ticket of the account with its effect on usage, the interval of that effect, and "
                "the days until value was restored."
            ),
        ),
        ("Measured effect", "Interval", "Time to value restored", "Inconclusive", "High priority"),
        "metrics",
    ),
    tab_key("account", "adoption"): Topic(
        "Adoption",
        (
            (
                "What the contract includes, and what of it is used: how broadly, and compared with other "
                "accounts of the tier."
            ),
        ),
        ("Entitlement", "Breadth", "Under-used", "Never adopted"),
        "account",
    ),
    tab_key("account", "goals"): Topic(
        "An account's goals",
        (
            (
                "What this customer wants to reach, how far it is, and how far it should be by today. A "
                "goal that hangs on a meter moves by itself; others move when somebody records a value."
            ),
        ),
        ("Goal", "On track", "Behind", "Stuck", "Evidence", "Shared", "Internal"),
        "goals",
    ),
    tab_key("account", "people"): Topic(
        "People",
        ("Who is who at the customer, when each was last spoken to, and who has left the company.",),
        ("Role", "Check-in"),
        "people-and-notes",
    ),
    tab_key("account", "notes"): Topic(
        "Notes",
        ("What your team wrote about this customer, and how the success manager sees it.",),
        ("Pulse", "Internal", "Shared"),
        "people-and-notes",
    ),
    tab_key("account", "actions"): Topic(
        "An account's actions",
        ("What was promised to this customer, by whom and until when.",),
        ("Overdue", "Next step", "Check-in"),
        "people-and-notes",
    ),
    tab_key("account", "billing"): Topic(
        "Billing",
        (
            (
                "What was invoiced by month and meter. What is used and not yet invoiced stands apart, and "
                "so does what the rest of the month is likely to bring."
            ),
            (
                "The burn-down shows when the commitment will be used up; the slider moves future usage "
                "and nothing else."
            ),
        ),
        ("Billed", "Accrued", "Forecast", "Likely", "Commitment", "Burn-down", "Pace", "Shortfall"),
        "account",
    ),
    tab_key("account", "contract"): Topic(
        "Contract",
        (
            (
                "What was agreed, from which day on, drawn on a line so that gaps and overlaps are seen. A "
                "price can be tried on any volume and any day."
            ),
        ),
        ("Tier", "Amendment", "Ramp", "Rollover", "Commitment", "Entitlement", "SLA credit"),
        "contracts",
    ),
    tab_key("account", "timeline"): Topic(
        "Timeline",
        (
            (
                "Everything that happened at this account in one list, newest first, narrowed by kind and "
                "by days."
            ),
        ),
        ("Check-in", "Dip", "Internal", "Shared"),
        "people-and-notes",
    ),
}
