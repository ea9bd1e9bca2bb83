"""One look at everything: what holds, which of it is new, what is over, and what comes back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.alerts import Alert, AlertId, AlertKind, AlertState, Finding
from convergedesk.domain.protocols import CancelToken, NeverCancelled, Progress, no_progress
from convergedesk.figures.alerts.dips import DIPS, dip_finding, dip_over, new_dip, open_dip
from convergedesk.figures.alerts.facts import (
    AccountFacts,
    Facts,
    Moment,
    account_facts,
    counted,
    read_facts,
)
from convergedesk.figures.alerts.from_tickets import from_tickets
from convergedesk.figures.alerts.looks import METHOD, Asked, let_through, looks_of
from convergedesk.figures.alerts.relations import from_relations
from convergedesk.figures.alerts.spend import from_spend
from convergedesk.store import alerts as store_alerts
from convergedesk.store.alert_rules import list_rules
from convergedesk.store.engine import Store

_MESSAGE = "Looking for what needs attention"
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
_SWITCHED_OFF = "its rule was switched off"
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
    surveyed = _survey(facts, moment, kept, progress, token)
    if surveyed is None:
        return None
    findings, over, looked, outcome = surveyed
    _settle(facts, kept, findings, over, looked, today, outcome)
    _write(store, outcome, today, now)
    return outcome


def holding(facts: Facts, one: AccountFacts, now: Moment) -> Iterator[Finding]:
    """Everything but dips and spend that holds for an account at a moment."""
    if one.study.left is not None and one.study.left <= now.day:
        return
    yield from from_tickets(facts, one, now)
    yield from from_relations(facts, one, now)


def all_tickets(facts: Facts, account_id: AccountId) -> bool:
    """Whether dips are watched for after every ticket of an account, not only those of high priority."""
    rule = facts.book.rule_for(AlertKind.DIP_AFTER_TICKET, account_id)
    return rule is not None and rule.choice("tickets") == "all"


def wants_dips(facts: Facts, account_id: AccountId) -> bool:
    """Whether any rule wants to be told of an account's dips."""
    return any(facts.book.rule_for(kind, account_id) is not None for kind in DIPS)


def _survey(
    facts: Facts, now: Moment, kept: Sequence[Alert], progress: Progress, token: CancelToken
) -> tuple[list[Finding], dict[AlertId, str], set[AccountId], Outcome] | None:
    known_looks = store_alerts.kept_looks(facts.store)
    lasting = {
        alert.finding.account_id: alert
        for alert in reversed(kept)
        if alert.finding.kind in DIPS and alert.ended_on is None
    }
    ended = {
        alert.finding.account_id: alert.ended_on
        for alert in reversed(kept)
        if alert.finding.kind in DIPS and alert.ended_on is not None
    }
    found: list[Finding] = []
    over: dict[AlertId, str] = {}
    asked: list[tuple[AccountId, Asked]] = []
    looked: set[AccountId] = set()
    new_looks: dict[AccountId, tuple[str, str]] = {}
    outcome = Outcome()
    total = counted(facts)
    for batch in account_facts(facts):
        if token.cancelled:
            return None
        for one in batch:
            looked.add(one.id)
            outcome.meters += len(one.meters) if one.head else 0
            found += [*holding(facts, one, now), *from_spend(facts, one, now)]
            inputs, looks = _looks(facts, one, now.day, known_looks.get(one.id))
            if known_looks.get(one.id, ("", ""))[0] != inputs:
                new_looks[one.id] = inputs, json.dumps([a.as_json() for a in looks])
            asked += [(one.id, question) for question in looks]
            alert = lasting.get(one.id)
            if alert is not None:
                reason = dip_over(one, open_dip(alert.finding), now.day)
                finding = None if reason else dip_finding(facts, one, open_dip(alert.finding), now.day)
                if finding is None:
                    over[alert.id] = reason or _SWITCHED_OFF
                else:
                    found.append(finding)
        progress(len(looked), total, _MESSAGE)
    outcome.accounts = len(looked)
    through: dict[AccountId, list[Asked]] = {}
    for account_id, question in let_through(asked):
        if account_id not in lasting:
            through.setdefault(account_id, []).append(question)
    for batch in account_facts(facts, list(through)) if through else ():
        for one in batch:
            dip = new_dip(facts, one, through[one.id], now.day, ended=ended.get(one.id))
            finding = None if dip is None else dip_finding(facts, one, dip, now.day)
            if finding is not None:
                found.append(finding)
    store_alerts.keep_looks(facts.store, new_looks)
    return found, over, looked, outcome


def _looks(
    facts: Facts, one: AccountFacts, today: date, kept: tuple[str, str] | None
) -> tuple[str, tuple[Asked, ...]]:
    if not one.head or not wants_dips(facts, one.id):
        return "", ()
    every = all_tickets(facts, one.id)
    inputs = f"{METHOD} {today.isoformat()} {one.study.digest} {len(one.episodes)} {int(every)}"
    if kept is not None and kept[0] == inputs:
        return inputs, tuple(Asked.of_json(question) for question in json.loads(kept[1]))
    return inputs, looks_of(one, today, all_tickets=every)


def _settle(
    facts: Facts,
    kept: Sequence[Alert],
    findings: Iterable[Finding],
    over: Mapping[AlertId, str],
    looked: set[AccountId],
    today: date,
    outcome: Outcome,
) -> None:
    """Sort what holds into new, known and returned, and what does not into ended."""
    lasting = {_condition(a.finding): a for a in reversed(kept) if a.ended_on is None}
    by_occurrence = {a.finding.occurrence: a for a in kept}
    held: set[AlertId] = set()
    raised: set[str] = set()
    for finding in findings:
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
            outcome.ended[alert.id] = over.get(alert.id) or _reason(facts, alert, looked)
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
        return _SWITCHED_OFF
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
