"""One look over the accounts: what holds, which dips are over, and what the queue lets through."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.alerts import Alert, AlertId, AlertKind, Finding
from convergedesk.domain.protocols import CancelToken, Progress
from convergedesk.figures.alerts.dips import DIPS, dip_finding, dip_over, new_dip, open_dip
from convergedesk.figures.alerts.facts import AccountFacts, Facts, Moment, account_facts, counted
from convergedesk.figures.alerts.from_tickets import from_tickets
from convergedesk.figures.alerts.looks import METHOD, Asked, let_through, looks_of
from convergedesk.figures.alerts.relations import from_relations
from convergedesk.figures.alerts.spend import from_spend
from convergedesk.store import alerts as store_alerts

_MESSAGE = "Looking for what needs attention"
SWITCHED_OFF = "its rule was switched off"


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


class Survey:
    """What a look found.

    Attributes:
        found: Everything that holds at the accounts that were looked at.
        over: Dips that are over, with the reason.
        looked: The accounts that were looked at.
        meters: How many meters they have.
    """

    def __init__(
        self, facts: Facts, now: Moment, kept: Sequence[Alert], chosen: frozenset[AccountId] | None
    ) -> None:
        """Nothing is looked at before `run`.

        Args:
            facts: What holds for all accounts.
            now: The moment.
            kept: Every alert.
            chosen: Only these accounts; None for all.
        """
        self.found: list[Finding] = []
        self.over: dict[AlertId, str] = {}
        self.looked: set[AccountId] = set()
        self.meters = 0
        self._facts = facts
        self._now = now
        self._chosen = chosen
        self._known = store_alerts.kept_looks(facts.store)
        self._new: dict[AccountId, tuple[str, str]] = {}
        self._asked: list[tuple[AccountId, Asked]] = []
        dips = [alert for alert in reversed(kept) if alert.finding.kind in DIPS]
        self._lasting = {a.finding.account_id: a for a in dips if a.ended_on is None}
        self._ended = {a.finding.account_id: a.ended_on for a in dips if a.ended_on is not None}

    def run(self, progress: Progress, token: CancelToken) -> bool:
        """Look; False where it was cancelled."""
        total = counted(self._facts, self._chosen)
        for batch in account_facts(self._facts, self._chosen):
            if token.cancelled:
                return False
            for one in batch:
                self._look_at(one)
            progress(len(self.looked), total, _MESSAGE)
        if self._chosen is not None:
            self._asked += self._asked_before()
        self._raise_dips()
        store_alerts.keep_looks(self._facts.store, self._new)
        return True

    def _look_at(self, one: AccountFacts) -> None:
        facts, now = self._facts, self._now
        self.looked.add(one.id)
        self.meters += len(one.meters) if one.head else 0
        self.found += [*holding(facts, one, now), *from_spend(facts, one, now)]
        known = self._known.get(one.id)
        inputs, looks = _looks(facts, one, now.day, known)
        if (known[0] if known is not None else "") != inputs:
            self._new[one.id] = inputs, json.dumps([question.as_json() for question in looks])
        self._asked += [(one.id, question) for question in looks]
        alert = self._lasting.get(one.id)
        if alert is None:
            return
        dip = open_dip(alert.finding)
        reason = dip_over(one, dip, now.day)
        finding = None if reason else dip_finding(facts, one, dip, now.day)
        if finding is None:
            self.over[alert.id] = reason or SWITCHED_OFF
        else:
            self.found.append(finding)

    def _asked_before(self) -> Iterator[tuple[AccountId, Asked]]:
        """The questions that were asked of the other accounts today."""
        begins = f"{METHOD} {self._now.day.isoformat()} "
        for account_id, (inputs, found) in self._known.items():
            if account_id not in self.looked and inputs.startswith(begins):
                for question in json.loads(found):
                    yield account_id, Asked.of_json(question)

    def _raise_dips(self) -> None:
        through: dict[AccountId, list[Asked]] = {}
        for account_id, question in let_through(self._asked):
            if account_id not in self._lasting and account_id in self.looked:
                through.setdefault(account_id, []).append(question)
        if not through:
            return
        day = self._now.day
        for batch in account_facts(self._facts, list(through)):
            for one in batch:
                dip = new_dip(self._facts, one, through[one.id], day, ended=self._ended.get(one.id))
                finding = None if dip is None else dip_finding(self._facts, one, dip, day)
                if finding is not None:
                    self.found.append(finding)


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
