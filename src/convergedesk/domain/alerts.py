"""What the program noticed by itself, and what a person decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NewType

from convergedesk.domain.kinds import AccountId
from convergedesk.domain.tickets import TicketId
from convergedesk.domain.usage import MeterId

AlertId = NewType("AlertId", int)
AlertRuleId = NewType("AlertRuleId", int)


class AlertKind(StrEnum):
    """What was noticed."""

    DIP_AFTER_TICKET = "dip_after_ticket"
    SILENT_DIP = "silent_dip"
    NOT_RESTORED = "not_restored"
    OPEN_LONG = "open_long"
    ESCALATION = "escalation"
    SLA_RISK = "sla_risk"
    COMMITMENT = "commitment"
    BILL_SHOCK = "bill_shock"
    GOAL_SLIPPING = "goal_slipping"
    CHAMPION_LEFT = "champion_left"
    NOT_SPOKEN = "not_spoken"
    REVIEW_DUE = "review_due"


class Severity(StrEnum):
    """How pressing it is; critical and warning alerts are told by a desktop notification."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


class AlertState(StrEnum):
    """What became of an alert."""

    OPEN = "open"
    SNOOZED = "snoozed"
    EXPECTED = "expected"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that holds on a day and that a rule wants to be told of.

    Attributes:
        kind: What was noticed.
        account_id: Whose.
        subject: What it is about within its kind, such as 'ticket:12'. Kind and subject name one condition:
            as long as it holds it is one occurrence, and one alert.
        day: The day it began, or that it speaks of.
        severity: As the rule has it.
        title: In a few words, such as 'usage fell and nobody wrote'.
        sentence: The figure, such as 'Usage 33 % below expected for 13 days'.
        detail: What to know beside it, such as 'silent dip, no ticket · interval −39 to −27'.
        rule_id: The rule that wants it; None for one that the program comes with.
        meter_id: The meter that moved, or None.
        ticket_id: The ticket, or None.
        figures: What stands behind it, ready for JSON: 'because' and 'known' (lists of sentences), 'why'
            (the explanation), and values by name.
    """

    kind: AlertKind
    account_id: AccountId
    subject: str
    day: date
    severity: Severity
    title: str
    sentence: str
    detail: str = ""
    rule_id: AlertRuleId | None = None
    meter_id: MeterId | None = None
    ticket_id: TicketId | None = None
    figures: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def occurrence(self) -> str:
        """Names this occurrence for ever, on every laptop."""
        return f"{self.kind.value}/{self.account_id}/{self.subject}/{self.day.isoformat()}"


@dataclass(frozen=True, slots=True)
class Alert:
    """A finding that was raised, with what became of it.

    Attributes:
        id: Our own id.
        finding: What was noticed, as it stands now.
        raised_on: The workspace's day on which it was raised.
        raised_at: When, UTC.
        state: What became of it.
        snoozed_until: The day on which a snoozed or expected alert comes back while it still holds; None:
            an expected one does not.
        ended_on: The first day on which it did not hold any more, or None.
        reason: Why it was closed or is expected; may be empty.
        resolved_at: When it was closed, or None.
        resolved_by: Who decided; empty for the program itself.
        seen_at: When somebody first looked at it, or None.
        delivered_at: When a notification told of it, or None.
    """

    id: AlertId
    finding: Finding
    raised_on: date
    raised_at: datetime
    state: AlertState = AlertState.OPEN
    snoozed_until: date | None = None
    ended_on: date | None = None
    reason: str = ""
    resolved_at: datetime | None = None
    resolved_by: str = ""
    seen_at: datetime | None = None
    delivered_at: datetime | None = None
