"""What an account's tickets give rise to: escalations, promises at risk, and trouble that does not end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from convergedesk.domain.alert_rules import AlertRule
from convergedesk.domain.alerts import AlertKind, Finding
from convergedesk.domain.billing import SlaTerm
from convergedesk.domain.episodes import EffectPart, Episode, KeptEffect
from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.terms import in_force
from convergedesk.domain.tickets import Ticket, TicketStatus
from convergedesk.figures.alerts.evidence import evidence
from convergedesk.figures.alerts.facts import AccountFacts, Facts, Moment
from convergedesk.figures.effect_words import headline
from convergedesk.figures.why import Why
from convergedesk.figures.wording import count, day, number, percent, short_day

_MINUTE = timedelta(minutes=1)
# What has not come back in sixteen weeks is the level now.
_LONGEST = timedelta(days=112)
# A value counts as restored once the last of the seven days that confirm it is over.
_CONFIRMED_AFTER = timedelta(days=7)


def from_tickets(facts: Facts, one: AccountFacts, now: Moment) -> Iterator[Finding]:
    """Everything of this kind that holds for an account at a moment."""
    rules = {kind: facts.book.rule_for(kind, one.id) for kind in AlertKind}
    for ticket in one.tickets:
        if not open_at(ticket, now):
            continue
        escalation, long, risk = (
            rules[AlertKind.ESCALATION],
            rules[AlertKind.OPEN_LONG],
            rules[AlertKind.SLA_RISK],
        )
        if escalation is not None and ticket.escalated:
            yield _escalation(escalation, one, ticket, now)
        if long is not None:
            yield from _open_long(facts, long, one, ticket, now)
        if risk is not None:
            yield from _sla_risks(risk, one, ticket, now)
    stuck = rules[AlertKind.NOT_RESTORED]
    if stuck is not None and one.head:
        for episode in one.episodes:
            yield from _not_restored(stuck, one, episode, now)


def open_at(ticket: Ticket, now: Moment) -> bool:
    """Whether a ticket waited for its resolution at a moment."""
    if ticket.status is TicketStatus.DELETED or ticket.opened_at > now.at:
        return False
    if ticket.closed_at is not None:
        return ticket.closed_at > now.at
    return ticket.status is not TicketStatus.CLOSED


def _escalation(rule: AlertRule, one: AccountFacts, ticket: Ticket, now: Moment) -> Finding:
    opened = one.day_of(ticket.opened_at)
    age = count(max((now.day - opened).days, 0), "day")
    why = Why(
        title="Escalation",
        definition="The support desk marked the ticket as escalated, and it is not resolved.",
        formula=f"#{ticket.number} is escalated and open",
        rows=(("Opened", day(opened)), ("Open for", age), ("Assignee", ticket.assignee or "nobody")),
        caution="The desk says that it was escalated, not when: the alert speaks of the day of opening.",
        uses=((SystemKind.SUPPORT, ""),),
    )
    return _finding(
        rule,
        one,
        ticket,
        opened,
        "an escalated ticket is open",
        f"#{ticket.number} is escalated, open for {age}",
        ticket.title,
        why,
        ["Marked as escalated in the support desk", f"Not resolved after {age}"],
    )


def _open_long(
    facts: Facts, rule: AlertRule, one: AccountFacts, ticket: Ticket, now: Moment
) -> Iterator[Finding]:
    if ticket.priority is None or not ticket.priority.is_high:
        return
    opened = one.day_of(ticket.opened_at)
    waited = (now.at - ticket.opened_at) / timedelta(days=1)
    usual = facts.usual_days.get(ticket.priority)
    least = max(float(rule.number("days")), usual or 0.0)
    if waited < least:
        return
    age = count(int(waited), "day")
    compared = (
        f"nine of ten like it are closed within {_days(usual)}"
        if usual is not None
        else "too few like it were closed to compare with"
    )
    why = Why(
        title="High-priority ticket open for long",
        definition="How long the ticket has been open, against closed tickets of the same priority.",
        formula=f"{age} open, at least {_days(least)} needed",
        rows=(
            ("Opened", day(opened)),
            ("Nine of ten closed within", "not known" if usual is None else _days(usual)),
            ("Least days of the rule", str(rule.number("days"))),
        ),
        uses=((SystemKind.SUPPORT, ""),),
    )
    yield _finding(
        rule,
        one,
        ticket,
        opened,
        "a high-priority ticket stays open",
        f"#{ticket.number} high priority, open for {age}",
        "longer than 9 of 10 like it" if usual is not None else ticket.title,
        why,
        [f"Open for {age}, at least {count(rule.number('days'), 'day')} by the rule", compared.capitalize()],
    )


def _sla_risks(rule: AlertRule, one: AccountFacts, ticket: Ticket, now: Moment) -> Iterator[Finding]:
    promise = _promise(one, ticket)
    if promise is None:
        return
    waited = (now.at - ticket.opened_at) / _MINUTE
    answered = ticket.first_response_minutes is not None and ticket.first_response_minutes <= waited
    targets = (
        ("first answer", promise.first_response_minutes, answered),
        ("resolution", promise.resolution_minutes, False),
    )
    for what, minutes, done in targets:
        if minutes is None or done or waited < minutes * rule.number("share") / 100:
            continue
        late = waited >= minutes
        opened = one.day_of(ticket.opened_at)
        used = percent(waited / minutes)
        sentence = (
            f"#{ticket.number}: promised {what} missed by {_time(waited - minutes)}"
            if late
            else f"#{ticket.number}: {_time(minutes - waited)} left for the promised {what}"
        )
        why = Why(
            title="Service promise at risk",
            definition="Time since opening, against what the contract promises for tickets of this priority.",
            formula=f"{_time(waited)} ÷ {_time(minutes)} promised = {used}",
            rows=(
                ("Promised", f"{what} within {_time(minutes)}"),
                ("Time used", used),
                ("Raised from", f"{rule.number('share')} %"),
                ("Credit when missed", percent(promise.credit_share)),
            ),
            caution="Counted around the clock: the contract's support hours are not known to the program.",
            uses=((SystemKind.SUPPORT, ""), (SystemKind.CRM, "for the contract")),
        )
        yield Finding(
            kind=rule.kind,
            account_id=one.id,
            subject=f"ticket:{ticket.id}:{what.replace(' ', '-')}",
            day=opened,
            severity=rule.severity,
            title=f"the promised {what} {'was missed' if late else 'is at risk'}",
            sentence=sentence,
            detail=f"{used} of the time used · {ticket.title}".rstrip(" ·"),
            rule_id=rule.id,
            ticket_id=ticket.id,
            figures=evidence(
                why,
                [
                    f"The contract promises a {what} within {_time(minutes)}",
                    f"{used} of that is used; raised from {rule.number('share')} %",
                ],
                _about(ticket),
                used=round(waited / minutes, 4),
            ),
        )


def _promise(one: AccountFacts, ticket: Ticket) -> SlaTerm | None:
    """The strictest promise that covers the ticket on the day it was opened."""
    opened = one.day_of(ticket.opened_at)
    held = [
        term
        for contract in one.contracts
        if in_force(contract, opened)
        for term in contract.sla_terms
        if term.effective_from <= opened and term.priority in (None, ticket.priority)
    ]
    # A promise for the very priority stands before one for all; then the latest.
    return max(held, key=lambda term: (term.priority is not None, term.effective_from), default=None)


def _not_restored(rule: AlertRule, one: AccountFacts, episode: Episode, now: Moment) -> Iterator[Finding]:
    back = episode.restoration
    if back is None or not episode.ticket_ids:
        return
    waited = (now.day - episode.opened_on).days
    if not rule.number("days") <= waited <= _LONGEST.days:
        return
    if back.restored_on is not None and now.day >= back.restored_on + _CONFIRMED_AFTER:
        return
    known = {ticket.id: ticket for ticket in one.tickets}
    first = known.get(episode.ticket_ids[0])
    number_ = f"#{first.number}" if first is not None else "a ticket"
    effect = episode.effect(EffectPart.DURING)
    # Low, but no lower than chance takes it: nothing that anybody could act on.
    if effect is not None and effect.verdict == "inconclusive":
        return
    closed = episode.resolved_on is not None and episode.resolved_on < now.day
    why = Why(
        title="Value not restored",
        definition=(
            "A dip is confirmed after the ticket was opened, and usage is not back: no day from which the "
            "7-day total, and that of its first 3 days, is at least 90 % of expected."
        ),
        formula=f"{count(waited, 'day')} since {day(episode.opened_on)}, raised from "
        f"{count(rule.number('days'), 'day')}",
        rows=(
            ("Ticket opened", day(episode.opened_on)),
            ("Dip began", "not known" if back.onset_on is None else day(back.onset_on)),
            ("Usage meanwhile", "not measured" if effect is None else headline(effect)),
            ("Ticket", f"closed {day(episode.resolved_on)}" if closed and episode.resolved_on else "open"),
        ),
        interval="" if effect is None else "95 of 100 such intervals hold the true difference.",
        caution="Compared with expected; this does not show what caused the difference.",
        uses=((SystemKind.USAGE, ""), (SystemKind.SUPPORT, "for opening and closing")),
    )
    yield Finding(
        kind=rule.kind,
        account_id=one.id,
        subject=f"episode:{episode.ticket_ids[0]}",
        day=back.onset_on or episode.opened_on,
        severity=rule.severity,
        title="value is not restored",
        sentence=f"Value not restored {count(waited, 'day')} after {number_}",
        detail=_range(effect) if effect is not None else "usage still below expected",
        rule_id=rule.id,
        ticket_id=episode.ticket_ids[0],
        figures=evidence(
            why,
            [
                f"A dip after {number_} is confirmed",
                f"Not back to 90 % of expected after {count(waited, 'day')}",
                "The ticket is closed: support is done, the customer is not"
                if closed
                else "The ticket is still open",
            ],
            () if first is None else _about(first),
            estimate=None if effect is None else effect.estimate,
            low=None if effect is None else effect.low,
            high=None if effect is None else effect.high,
            onset=None if back.onset_on is None else back.onset_on.isoformat(),
        ),
    )


def _finding(
    rule: AlertRule,
    one: AccountFacts,
    ticket: Ticket,
    began: date,
    title: str,
    sentence: str,
    detail: str,
    why: Why,
    because: list[str],
) -> Finding:
    return Finding(
        kind=rule.kind,
        account_id=one.id,
        subject=f"ticket:{ticket.id}",
        day=began,
        severity=rule.severity,
        title=title,
        sentence=sentence,
        detail=detail,
        rule_id=rule.id,
        ticket_id=ticket.id,
        figures=evidence(why, because, _about(ticket)),
    )


def _about(ticket: Ticket) -> list[tuple[str, str]]:
    said = [("ticket", f"“{ticket.title}”")] if ticket.title else []
    if ticket.requester:
        said.append(("user", f"Asked by {ticket.requester}"))
    if ticket.feature:
        said.append(("lightbulb", f"About {ticket.feature}"))
    if ticket.assignee:
        said.append(("headset", f"With {ticket.assignee}"))
    return said


def _range(effect: KeptEffect) -> str:
    if effect.estimate is None:
        return "usage not measured"
    return f"usage {headline(effect)} since {short_day(effect.first_day)}"


def _days(value: float | None) -> str:
    return "not known" if value is None else f"{number(round(value, 1))} days"


def _time(minutes: float) -> str:
    if minutes < 90:
        return f"{max(round(minutes), 1)} min"
    if minutes < 48 * 60:
        return f"{round(minutes / 60)} h"
    return f"{round(minutes / 1440)} days"
