"""What the sample's customers ask for, and what they were told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from convergedesk.domain.feedback import RequestStatus

_OPEN, _PLANNED = RequestStatus.OPEN, RequestStatus.PLANNED
_SHIPPED, _DECLINED = RequestStatus.SHIPPED, RequestStatus.DECLINED


@dataclass(frozen=True, slots=True)
class RequestPlan:
    """A request before its feature has an id.

    Attributes:
        key: Short name, unique.
        title: In our words.
        feature: Name of the feature, or empty.
        status_on: Since when it has its status.
        merged_into: Key of the request that it is counted with, or empty.
        said: What customers in general say, for those whose words are not written by hand.
    """

    key: str
    title: str
    feature: str
    status: RequestStatus
    status_on: date
    answer: str = ""
    merged_into: str = ""
    said: tuple[str, ...] = ()


REQUESTS: tuple[RequestPlan, ...] = (
    RequestPlan(
        "retry-policy",
        "Retry policy per destination",
        "Retries",
        _PLANNED,
        date(2026, 11, 12),
        "for the first quarter",
        said=(
            "One receiver is slow every evening. It needs longer pauses than the others for {things}.",
            "We would like to say for each destination how often {things} are tried again.",
        ),
    ),
    RequestPlan(
        "own-retries",
        "Own retry policies for a destination",
        "Retries",
        _OPEN,
        date(2026, 11, 30),
    ),
    RequestPlan(
        "audit-stream",
        "Audit log to security tools",
        "Audit stream",
        _OPEN,
        date(2026, 10, 20),
        "under review",
        said=("Our security team wants the audit records in their own tool, not in the portal.",),
    ),
    RequestPlan(
        "commitment-warning",
        "Warn before the commitment runs out",
        "Alerts",
        _OPEN,
        date(2026, 10, 30),
        said=("We only saw on the invoice that {things} had used up what we committed to.",),
    ),
    RequestPlan(
        "sandbox",
        "Sandbox per site",
        "Sandbox",
        _OPEN,
        date(2026, 9, 4),
        "under review",
        said=("Two of our sites test {things} at the same time and get in each other's way.",),
    ),
    RequestPlan(
        "bulk-users",
        "Bulk user import",
        "Access and roles",
        _DECLINED,
        date(2026, 11, 3),
        "single sign-on covers it",
        said=("Adding sixty colleagues one by one takes a morning.",),
    ),
    RequestPlan(
        "learner-sheet",
        "Add learners from a spreadsheet",
        "Imports",
        _OPEN,
        date(2026, 10, 1),
        merged_into="bulk-users",
    ),
    RequestPlan(
        "ordered-delivery",
        "Keep events of one customer in order",
        "Webhook delivery",
        _PLANNED,
        date(2026, 10, 6),
        "in development",
        said=("When two {things} overtake each other our side has to sort them out by hand.",),
    ),
    RequestPlan(
        "replay-window",
        "Replay more than seven days",
        "Replay",
        _OPEN,
        date(2026, 8, 18),
        said=("After a holiday we notice gaps in {things} too late: seven days of replay are over by then.",),
    ),
    RequestPlan(
        "schema-draft",
        "Try a schema change before it counts",
        "Schema guard",
        _OPEN,
        date(2026, 9, 22),
        said=("We change fields of {things} twice a year and hold our breath each time.",),
    ),
    RequestPlan(
        "export-times",
        "Choose the time of day of exports",
        "Batch export",
        _SHIPPED,
        date(2026, 9, 15),
        "with version 26.3",
        said=("The nightly export of {things} comes after our own batch has run.",),
    ),
    RequestPlan(
        "export-columns",
        "Choose the columns of an export",
        "Batch export",
        _OPEN,
        date(2026, 7, 7),
        said=("We drop half of the columns of the export of {things} every time.",),
    ),
    RequestPlan(
        "regional-failover",
        "Fall back to a second region",
        "Regional routing",
        _OPEN,
        date(2026, 7, 16),
        said=("If our region is down {things} should take the next one instead of waiting.",),
    ),
    RequestPlan(
        "portal-language",
        "Portal in more languages",
        "Portal",
        _DECLINED,
        date(2026, 5, 20),
        "not this year",
        said=("Colleagues at the counter do not read English well enough for the portal.",),
    ),
    RequestPlan(
        "quiet-alerts",
        "Quiet hours for alerts",
        "Alerts",
        _SHIPPED,
        date(2026, 8, 25),
        "with version 26.3",
        said=("Warnings about {things} at three in the morning help nobody.",),
    ),
    RequestPlan(
        "cost-by-site",
        "Costs by site on the invoice",
        "Billing",
        _OPEN,
        date(2026, 6, 12),
        said=("Our finance team splits the invoice by hand. We would like it by site.",),
    ),
)
