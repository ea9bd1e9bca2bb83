"""What a rule would have raised in the last days: every day looked at as it stood then."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.alert_rules import AlertRule
from convergedesk.domain.alerts import AlertKind, Finding, Severity
from convergedesk.domain.protocols import CancelToken, NeverCancelled, Progress, no_progress
from convergedesk.figures.alerts.dips import DIPS, OpenDip, dip_finding, dip_over, new_dip
from convergedesk.figures.alerts.facts import (
    AccountFacts,
    Facts,
    Moment,
    account_facts,
    counted,
    read_facts,
)
from convergedesk.figures.alerts.looks import Asked, let_through, looks_of
from convergedesk.figures.alerts.spend import from_invoices
from convergedesk.figures.alerts.survey import all_tickets, holding
from convergedesk.store.alert_rules import list_rules
from convergedesk.store.engine import Store

DAYS = 90
# What held already when the replay begins is no news: so long before the first day it is looked at too.
_BEFORE = 14
_MESSAGE = "Looking at every day of the last 90 as it stood then"
_USAGE = (
    "Usage and tickets of each day are taken as they are known now: late data counts as if it had been there."
)
_APPROXIMATE = {
    AlertKind.DIP_AFTER_TICKET: (_USAGE,),
    AlertKind.SILENT_DIP: (_USAGE,),
    AlertKind.NOT_RESTORED: (_USAGE, "Which dips are confirmed is taken from what is known now."),
    AlertKind.OPEN_LONG: ("Priorities, and how long tickets usually take, are those of today.",),
    AlertKind.ESCALATION: (
        "The desk does not say when a ticket was escalated: it counts from the day of opening.",
    ),
    AlertKind.SLA_RISK: ("Each day is looked at once, at its end.", "Priorities are those of today."),
    AlertKind.COMMITMENT: ("Past days are judged by what was invoiced by then, not by what was accrued.",),
    AlertKind.BILL_SHOCK: (
        "Past months are judged when their bill was issued; their forecasts were not kept.",
    ),
    AlertKind.GOAL_SLIPPING: ("Targets and due days are those of today.",),
    AlertKind.CHAMPION_LEFT: ("Roles are those of today.",),
    AlertKind.NOT_SPOKEN: (
        "Of messages in tickets only everybody's last one is known; the tickets they opened are all known.",
    ),
    AlertKind.REVIEW_DUE: ("The day and the state of a review are those of today.",),
}


@dataclass(frozen=True, slots=True)
class Fired:
    """An alert that would have been raised.

    Attributes:
        day: The day on which.
        account_id: Whose.
        account_name: Its name.
        severity: As the rule has it.
        sentence: What it would have said.
        detail: What beside it.
        days: For how many days it would have held, so far.
        holds: Whether it would still hold today.
    """

    day: date
    account_id: AccountId
    account_name: str
    severity: Severity
    sentence: str
    detail: str
    days: int
    holds: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would have raised.

    Attributes:
        first_day: First day that was looked at.
        last_day: The last one.
        accounts: How many accounts the rule holds for.
        fired: Every alert, newest first.
        approximations: What could not be looked at as it stood then, in plain words.
    """

    first_day: date
    last_day: date
    accounts: int
    fired: tuple[Fired, ...]
    approximations: tuple[str, ...]


@dataclass
class _Lasting:
    """A condition that holds, from the day on which it was found."""

    since: date
    finding: Finding
    last: date


def preview(
    store: Store,
    rule: AlertRule,
    *,
    today: date,
    days: int = DAYS,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Preview | None:
    """Looks at each of the last days with a rule in place of the one that is kept.

    Args:
        store: The workspace.
        rule: As it would be kept; whether it is on does not matter.
        today: The workspace's day.
        days: How many days to look at, today included.
        progress: Told in accounts.
        cancel: Asked before each account.

    Returns:
        What would have been raised; None where it was cancelled.
    """
    token = cancel or NeverCancelled()
    facts = read_facts(store, _with(rule, list_rules(store)), today)
    first = today - timedelta(days=days - 1)
    every = [first + timedelta(days=n) for n in range(-_BEFORE, days)]
    dips = _Dips(facts, rule.kind) if rule.kind in DIPS else None
    found: list[_Lasting] = []
    looked, mine = 0, 0
    total = counted(facts)
    for batch in account_facts(facts):
        for one in batch:
            if token.cancelled:
                return None
            looked += 1
            if _names(facts, rule, one.id):
                mine += 1
            if dips is not None:
                dips.ask(one, every)
            elif _names(facts, rule, one.id):
                found += _followed(facts, rule.kind, one, every)
            progress(looked, total, _MESSAGE)
    if dips is not None:
        found = dips.followed(every)
        wanted = {account for account in facts.names if _names(facts, rule, account)}
        found = [one for one in found if one.finding.account_id in wanted]
    names = facts.names
    fired = [
        Fired(
            day=one.since,
            account_id=one.finding.account_id,
            account_name=names.get(one.finding.account_id, ""),
            severity=one.finding.severity,
            sentence=one.finding.sentence,
            detail=one.finding.detail,
            days=(one.last - one.since).days + 1,
            holds=one.last == today,
        )
        for one in found
        if one.since >= first
    ]
    fired.sort(key=lambda one: (one.day, one.account_name), reverse=True)
    return Preview(first, today, mine, tuple(fired), _APPROXIMATE[rule.kind])


def _with(rule: AlertRule, kept: Sequence[AlertRule]) -> list[AlertRule]:
    """The rules with that one in place of its kept form, and all that cannot matter switched off."""
    on = AlertRule(rule.id, rule.kind, True, rule.severity, rule.parameters, rule.pod_id, rule.account_ids)
    among = DIPS if rule.kind in DIPS else frozenset({rule.kind})
    same = [
        one
        for one in kept
        if one.kind in among
        and (one.id != rule.id or rule.id is None)
        and not (one.kind is rule.kind and one.everywhere and rule.everywhere)
    ]
    off = [AlertRule(None, kind, False, Severity.INFO) for kind in AlertKind if kind not in among]
    return [*same, on, *off]


def _names(facts: Facts, rule: AlertRule, account_id: AccountId) -> bool:
    """Whether it is that rule that holds for an account, not a more particular one."""
    held = facts.book.rule_for(rule.kind, account_id)
    return held is not None and (held.id, held.pod_id, held.account_ids) == (
        rule.id,
        rule.pod_id,
        rule.account_ids,
    )


def _followed(facts: Facts, kind: AlertKind, one: AccountFacts, every: Sequence[date]) -> list[_Lasting]:
    """The conditions of an account, each from the day on which it was found to its last one."""
    lasting: dict[str, _Lasting] = {}
    known: dict[str, _Lasting] = {}
    for day in every:
        held: set[str] = set()
        for finding in _held(facts, kind, one, Moment.evening(day)):
            held.add(finding.subject)
            current = lasting.get(finding.subject) or known.get(finding.occurrence)
            if current is None:
                current = _Lasting(day, finding, day)
                known[finding.occurrence] = current
            current.last = day
            lasting[finding.subject] = current
        for subject in set(lasting) - held:
            del lasting[subject]
    return list(known.values())


def _held(facts: Facts, kind: AlertKind, one: AccountFacts, now: Moment) -> Iterator[Finding]:
    if kind in (AlertKind.COMMITMENT, AlertKind.BILL_SHOCK):
        yield from from_invoices(facts, one, now)
    else:
        yield from holding(facts, one, now)


class _Dips:
    """The questions of all accounts on all days, and what the daily queues let through."""

    def __init__(self, facts: Facts, kind: AlertKind) -> None:
        self._facts = facts
        self._kind = kind
        self._asked: dict[date, list[tuple[AccountId, Asked]]] = {}
        self._fell: dict[AccountId, AccountFacts] = {}

    def ask(self, one: AccountFacts, every: Collection[date]) -> None:
        """Take the looks of an account on every day."""
        all_of_them = all_tickets(self._facts, one.id)
        for day in every:
            asked = looks_of(one, day, all_tickets=all_of_them)
            self._asked.setdefault(day, []).extend((one.id, question) for question in asked)
            if any(question.fired for question in asked):
                self._fell[one.id] = one

    def followed(self, every: Sequence[date]) -> list[_Lasting]:
        """The dips of the kind, each from the day on which the queue let it through."""
        open_dips: dict[AccountId, tuple[OpenDip, _Lasting]] = {}
        ended: dict[AccountId, date] = {}
        found: list[_Lasting] = []
        for day in every:
            for account_id, (dip, lasting) in list(open_dips.items()):
                if dip_over(self._fell[account_id], dip, day):
                    del open_dips[account_id]
                    ended[account_id] = day
                else:
                    lasting.last = day
            through: dict[AccountId, list[Asked]] = {}
            for account_id, question in let_through(self._asked.get(day, ())):
                if account_id not in open_dips:
                    through.setdefault(account_id, []).append(question)
            for account_id, questions in through.items():
                one = self._fell[account_id]
                dip = new_dip(self._facts, one, questions, day, ended=ended.get(account_id))
                finding = None if dip is None else dip_finding(self._facts, one, dip, day)
                if dip is None or finding is None:
                    continue
                lasting = _Lasting(day, finding, day)
                if not any(one_found.finding.occurrence == finding.occurrence for one_found in found):
                    found.append(lasting)
                open_dips[account_id] = dip, lasting
        return [one for one in found if one.finding.kind is self._kind]
