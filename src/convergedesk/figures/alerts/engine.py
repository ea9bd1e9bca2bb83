"""One look at everything: what holds, which of it is new, what is over, and what comes back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.alerts import Alert, AlertId, AlertKind, AlertState, Finding
from convergedesk.domain.protocols import CancelToken, NeverCancelled, Progress, no_progress
from convergedesk.figures.alerts.dips import DIPS
from convergedesk.figures.alerts.facts import Facts, Moment, read_facts, with_heads
from convergedesk.figures.alerts.survey import SWITCHED_OFF, Survey
from convergedesk.store import alerts as store_alerts
from convergedesk.store.alert_rules import list_rules
from convergedesk.store.engine import Store

_OVER = {
    AlertKind.NOT_RESTORED: "value restored",
    AlertKind.OPEN_LONG: "the ticket was closed",
    AlertKind.ESCALATION: "the ticket was closed",
    AlertKind.SLA_RISK: "answered or closed",
    AlertKind.COMMITMENT: "the term is over, or the commitment was changed",
    AlertKind.BILL_SHOCK: "the month is over, or no longer far above the usual one",
    AlertKind.GOAL_SLIPPING: "back on its pace, reached or dropped",
    AlertKind.CHAMPION_LEFT: "the role is taken, or it is long ago",
    AlertKind.NOT_SPOKEN: "spoken to again",
    AlertKind.REVIEW_DUE: "presented or moved",
}
_GONE = "the account is no customer any more"


@dataclass
class Outcome:
    """What a look changed.

    Attributes:
        raised: New alerts.
        held: Alerts that still hold and whose figures are others today.
        returned: Alerts that a person had put off and that are due again.
        ended: Alerts that do not hold any more, with the reason.
        reopened: Alerts whose condition came back as it was.
        accounts: How many accounts were looked at.
        meters: How many meters.
        touched: The accounts whose alerts are others now.
    """

    raised: list[Finding] = field(default_factory=list[Finding])
    held: dict[AlertId, Finding] = field(default_factory=dict[AlertId, Finding])
    returned: list[AlertId] = field(default_factory=list[AlertId])
    ended: dict[AlertId, str] = field(default_factory=dict[AlertId, str])
    reopened: dict[AlertId, Finding] = field(default_factory=dict[AlertId, Finding])
    accounts: int = 0
    meters: int = 0
    touched: frozenset[AccountId] = frozenset()


def refresh_alerts(
    store: Store,
    touched: Collection[AccountId] | None = None,
    *,
    today: date,
    now: datetime,
    at: datetime | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome | None:
    """Looks at every account and brings the alerts up to date.

    An occurrence is raised once and for all: as long as its condition holds it stays one alert, whatever a
    person did with it. A look that is cancelled changes nothing.

    Args:
        store: The workspace.
        touched: Only accounts that a change touched, and what they are sites of; None for all. The queue of
            dips is that of all accounts either way.
        today: The workspace's day.
        now: The instant to note.
        at: The instant as of which tickets count; by default `now`.
        progress: Told in accounts.
        cancel: Asked before each batch.

    Returns:
        What changed; None where it was cancelled.
    """
    token = cancel or NeverCancelled()
    facts = read_facts(store, list_rules(store), today)
    moment = Moment(today, at or now)
    kept = store_alerts.list_alerts(store)
    chosen = None if touched is None else with_heads(facts, touched)
    survey = Survey(facts, moment, kept, chosen)
    if not survey.run(progress, token):
        return None
    outcome = Outcome(accounts=len(survey.looked), meters=survey.meters)
    concerned = kept if chosen is None else [a for a in kept if a.finding.account_id in chosen]
    _settle(facts, concerned, survey, today, outcome)
    _write(store, outcome, today, now)
    return outcome


def _settle(facts: Facts, kept: Sequence[Alert], survey: Survey, today: date, outcome: Outcome) -> None:
    """Sort what holds into new, known and returned, and what does not into ended."""
    lasting = {_condition(a.finding): a for a in reversed(kept) if a.ended_on is None}
    by_occurrence = {a.finding.occurrence: a for a in kept}
    held: set[AlertId] = set()
    raised: set[str] = set()
    for finding in survey.found:
        known = lasting.get(_condition(finding))
        if known is not None:
            held.add(known.id)
            if finding != known.finding:
                outcome.held[known.id] = finding
            put_off = known.state in (AlertState.SNOOZED, AlertState.EXPECTED)
            if put_off and known.snoozed_until is not None and known.snoozed_until <= today:
                outcome.returned.append(known.id)
        elif (before := by_occurrence.get(finding.occurrence)) is not None:
            outcome.reopened[before.id] = finding
        elif finding.occurrence not in raised:
            outcome.raised.append(finding)
            raised.add(finding.occurrence)
    for alert in lasting.values():
        if alert.id not in held:
            outcome.ended[alert.id] = survey.over.get(alert.id) or _reason(facts, alert, survey.looked)
    changed = {*outcome.held, *outcome.returned, *outcome.ended, *outcome.reopened}
    outcome.touched = frozenset(
        {finding.account_id for finding in outcome.raised}
        | {alert.finding.account_id for alert in kept if alert.id in changed}
    )


def _reason(facts: Facts, alert: Alert, looked: set[AccountId]) -> str:
    account_id, kind = alert.finding.account_id, alert.finding.kind
    if account_id not in looked:
        return _GONE
    if facts.book.rule_for(kind, account_id) is None:
        return SWITCHED_OFF
    return _OVER.get(kind, "value restored")


def _condition(finding: Finding) -> tuple[str, AccountId, str]:
    """What stays the same while a condition holds; a dip is one, with or without a ticket."""
    kind = "dip" if finding.kind in DIPS else finding.kind.value
    return kind, finding.account_id, finding.subject


def _write(store: Store, outcome: Outcome, today: date, now: datetime) -> None:
    with store.together():
        store_alerts.raise_alerts(store, outcome.raised, on=today, now=now)
        store_alerts.update_alerts(store, outcome.held, now=now)
        if outcome.returned:
            store_alerts.change(
                store,
                outcome.returned,
                now=now,
                state=AlertState.OPEN,
                snoozed_until=None,
                seen_at=None,
                delivered_at=None,
                raised_on=today,
            )
        store_alerts.update_alerts(store, outcome.reopened, now=now)
        store_alerts.reopen(store, outcome.reopened, now=now)
        store_alerts.end(store, outcome.ended, on=today, now=now)
