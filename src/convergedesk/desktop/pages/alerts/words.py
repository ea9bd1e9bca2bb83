"""Words, signs and colours of alerts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from convergedesk.domain.alert_rules import kind_of
from convergedesk.domain.alerts import Alert, AlertId, AlertState, Severity
from convergedesk.figures.wording import count, short_day

if TYPE_CHECKING:
    from convergedesk.workspace.alerts import AlertRow

REASONS = ("Season or holiday", "Customer migration", "Planned freeze", "Contract change")
_TONES = {Severity.CRITICAL: "critical", Severity.WARNING: "warning", Severity.INFO: "text_2"}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def group_of(row: AlertRow) -> str:
    """The group of kinds that an alert belongs to."""
    return kind_of(row.alert.finding.kind).group


def sign_of(alert: Alert) -> tuple[str, str]:
    """Icon and tone of an alert in the list."""
    if alert.state is AlertState.EXPECTED:
        return "bell-slash", "text_3"
    if alert.state is AlertState.SNOOZED:
        return "clock", "text_3"
    if alert.state is AlertState.RESOLVED:
        return "check-circle", "good"
    return kind_of(alert.finding.kind).icon, _TONES[alert.finding.severity]


def tone_of(severity: Severity) -> str:
    """Colour token of a severity."""
    return _TONES[severity]


def when_words(alert: Alert, today: date) -> str:
    """When it was raised: 'today', 'Tue' within a week, else the day."""
    raised = alert.raised_on
    if raised >= today:
        return "today"
    if raised > today - timedelta(days=7):
        return _DAYS[raised.weekday()]
    return short_day(raised)


def outcome_words(alert: Alert) -> str:
    """What became of an alert that nobody has to decide about any more; empty for an open one."""
    if alert.state is AlertState.OPEN:
        return ""
    until = "" if alert.snoozed_until is None else f" until {short_day(alert.snoozed_until)}"
    if alert.state is AlertState.SNOOZED:
        return f"snoozed{until}"
    reason = f": {alert.reason}" if alert.reason else ""
    if alert.state is AlertState.EXPECTED:
        return f"expected{until}{reason}"
    if not alert.resolved_by:
        return f"closed by itself{reason}"
    return f"done, by {alert.resolved_by}{reason}"


def listed_words(rows: Sequence[AlertRow], ids: Collection[AlertId]) -> str:
    """'Kestrel Payments: escalation' for one alert, '3 alerts' for several."""
    found = [row for row in rows if row.alert.id in ids]
    if len(found) == 1:
        return f"{found[0].account_name}: {found[0].alert.finding.title},"
    return count(len(found), "alert")


def snooze_choices(today: date) -> tuple[tuple[str, date], ...]:
    """Days until which an alert can be put off."""
    monday = today + timedelta(days=7 - today.weekday())
    found = [
        ("Until tomorrow", today + timedelta(days=1)),
        (f"Until Monday, {short_day(monday)}", monday),
        (f"For a week, until {short_day(today + timedelta(days=7))}", today + timedelta(days=7)),
        (f"For two weeks, until {short_day(today + timedelta(days=14))}", today + timedelta(days=14)),
        (f"For a month, until {short_day(today + timedelta(days=30))}", today + timedelta(days=30)),
    ]
    return tuple(found)


def expected_until(today: date) -> tuple[tuple[str, date | None], ...]:
    """How long an occurrence may be expected."""
    return (
        ("As long as it lasts", None),
        (f"For a week, until {short_day(today + timedelta(days=7))}", today + timedelta(days=7)),
        (f"For a month, until {short_day(today + timedelta(days=30))}", today + timedelta(days=30)),
    )
