"""The topics of all pages. A page without one fails the tests."""

from __future__ import annotations

from typing import Final

from convergedesk.desktop.help.account_topics import ACCOUNT_TOPICS
from convergedesk.desktop.help.topic import Topic
from convergedesk.desktop.help.work_topics import WORK_TOPICS

TOPICS: Final[dict[str, Topic]] = {
    "home": Topic(
        "Home",
        (
            (
                "All your accounts on one page, those that need you first. The heading says what stands "
                "out today; every figure under it can be opened."
            ),
            (
                "On the right stands who needs a check-in, each with its reason, and below it good news to "
                "share. Reasons come before actions: read why, then decide."
            ),
        ),
        ("Expected range", "Health", "High priority", "Accrued", "Commitment", "Pace", "Pod", "As of"),
        "home",
    ),
    "accounts": Topic(
        "Accounts",
        (
            (
                "Every account in one table. Views at the left are counted for you; filters and the search "
                "narrow them further, and what you see can be exported."
            ),
            "Enter opens the account of the row. Shift with an arrow sorts.",
        ),
        ("Account", "Site", "Lifecycle", "Expected range", "Billed", "Pace"),
        "home",
    ),
    "tickets": Topic(
        "Tickets",
        (
            "Every ticket of the support desk, with what it did to usage where that can be said.",
            (
                "A closed ticket says that somebody stopped working on it. Whether the customer used the "
                "product again is shown beside it."
            ),
        ),
        ("High priority", "Measured effect", "Time to value restored", "Inconclusive"),
        "tickets",
    ),
    "ticket": Topic(
        "Ticket",
        (
            (
                "One ticket: what was said, and what happened to the account's usage around it, from four "
                "weeks before to four weeks after."
            ),
            "A figure is compared with what was expected. It does not show what caused the difference.",
        ),
        (
            "Expected range",
            "Dip",
            "Measured effect",
            "Value restored",
            "Days 1–7 after closing",
            "Smallest dip visible",
            "Interval",
            "Inconclusive",
            "Net of catch-up",
        ),
        "tickets",
    ),
    "metrics": Topic(
        "Metrics",
        (
            (
                "Each measure of support stands beside the one that shows whether value came back, over "
                "all accounts that you look after."
            ),
            "Where too few tickets qualify for a figure, the page says so and calls it an early sign.",
        ),
        (
            "Time to value restored",
            "Value restored",
            "Days 1–7 after closing",
            "First response time",
            "Resolution time",
            "Satisfaction",
            "Interval",
            "Inconclusive",
        ),
        "metrics",
    ),
    "opportunities": Topic(
        "Opportunities",
        (
            (
                "Where a customer pays for more than it uses, or has outgrown what it pays for, in money "
                "and with the rows behind it."
            ),
            "It is for your team alone. What you decide about an opportunity can be undone.",
        ),
        ("Opportunity", "Under-used", "Never adopted", "Entitlement", "Shortfall", "Internal"),
        "opportunities",
    ),
    "feedback": Topic(
        "Feedback",
        (
            (
                "What customers ask for, put together into requests, each with the revenue of those who "
                "asked and with what tickets about it cost in usage."
            ),
            "Votes stand beside it, so that you see what matters and not only who asked loudest.",
        ),
        ("Request", "Revenue at stake", "Usage lost", "Evidence"),
        "feedback",
    ),
    "alert_rules": Topic(
        "Alert rules",
        (
            (
                "What is watched for, with which limits, and for whose accounts. A change is tried on the "
                "last 90 days, each as it stood then, before you keep it."
            ),
            "The most particular rule wins: one for an account, then one for a pod, then the one for all.",
        ),
        ("Alert rule", "Dip", "Silent dip", "Expected range"),
        "alerts",
    ),
    "alerts": Topic(
        "Alerts",
        (
            (
                "What moved, by which rule it was raised and why, and what you decided: act, snooze, or "
                "expected."
            ),
            "Nothing is raised from data that is missing or too young to be trusted.",
        ),
        ("Alert rule", "Dip", "Silent dip", "Snooze", "Expected (alert)"),
        "alerts",
    ),
    "pilot": Topic(
        "Pilot scorecard",
        (
            (
                "The accounts of the pilot beside accounts that were alike before it began, before and "
                "after, each figure with its interval."
            ),
            "The rule by which they were matched is shown, with the matches.",
        ),
        (
            "Pilot segment",
            "Matched accounts",
            "Time to value restored",
            "Net retention",
            "Interval",
            "Inconclusive",
        ),
        "pilot",
    ),
    "first_run": Topic(
        "A first start",
        (
            (
                "Look around in a sample of made-up customers, or begin with your own files. Both can be "
                "done later as well, and nothing leaves this computer."
            ),
        ),
        ("Workspace", "Keyring", "Recovery key"),
        "first-steps",
    ),
    **ACCOUNT_TOPICS,
    **WORK_TOPICS,
}
