"""What goals, people and reviews give rise to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from convergedesk.domain.accounts import Person
from convergedesk.domain.alert_rules import AlertRule
from convergedesk.domain.alerts import AlertKind, Finding
from convergedesk.domain.engagement import CheckIn, TicketContact
from convergedesk.domain.goals import Goal, GoalMeasurement, GoalState
from convergedesk.domain.kinds import SystemKind
from convergedesk.figures.account import GoalStanding
from convergedesk.figures.alerts.evidence import evidence
from convergedesk.figures.alerts.facts import AccountFacts, Facts, Moment
from convergedesk.figures.goal_standing import goal_view
from convergedesk.figures.people import KEY_ROLES, has_left, lost_roles, with_last_contact
from convergedesk.figures.why import Why
from convergedesk.figures.wording import count, day, number, percent, short_day

_SLIPPING = {
    "behind": (GoalStanding.BEHIND, GoalStanding.STUCK, GoalStanding.OVERDUE),
    "stuck": (GoalStanding.STUCK, GoalStanding.OVERDUE),
    "overdue": (GoalStanding.OVERDUE,),
}
_STANDS = {
    GoalStanding.BEHIND: "is behind its pace",
    GoalStanding.STUCK: "has stopped moving",
    GoalStanding.OVERDUE: "is past its day",
}


def from_relations(facts: Facts, one: AccountFacts, now: Moment) -> Iterator[Finding]:
    """Everything of this kind that holds for an account at a moment."""
    slipping = facts.book.rule_for(AlertKind.GOAL_SLIPPING, one.id)
    if slipping is not None:
        for goal in one.goals:
            yield from _slipping(slipping, facts, one, goal, now)
    left = facts.book.rule_for(AlertKind.CHAMPION_LEFT, one.id)
    if left is not None:
        yield from _left(left, one, now)
    silent = facts.book.rule_for(AlertKind.NOT_SPOKEN, one.id)
    if silent is not None:
        yield from _not_spoken(silent, one, now)
    due = facts.book.rule_for(AlertKind.REVIEW_DUE, one.id)
    if due is not None:
        yield from _reviews(due, one, now)


def _slipping(rule: AlertRule, facts: Facts, one: AccountFacts, goal: Goal, now: Moment) -> Iterator[Finding]:
    if goal.state is not GoalState.OPEN or (goal.agreed_on is not None and goal.agreed_on > now.day):
        return
    history = [value for value in one.history.get(goal.id, ()) if value.day <= now.day]
    linked = None
    if goal.meter_id is not None:
        linked = next((m for m in one.study.usage.meters if m.meter.id == goal.meter_id), None)
        if linked is not None and linked.daily is not None:
            known = max((now.day - one.study.first_day).days, 0)
            linked = replace(linked, daily=linked.daily[:known])
    view = goal_view(
        _then(goal, history, one.history.get(goal.id, ())),
        today=now.day,
        meter=None if goal.meter_id is None else facts.around.meters.get(goal.meter_id),
        usage=linked,
        first_day=one.study.usage.first_day,
        history=history,
    )
    if view.standing not in _SLIPPING[rule.choice("from")]:
        return
    began = goal.agreed_on or now.day
    if view.standing is GoalStanding.OVERDUE and goal.due_on is not None:
        began = goal.due_on + timedelta(days=1)
    done = "not known" if view.progress is None else percent(view.progress)
    expected = "not known" if view.expected is None else percent(view.expected)
    why = Why(
        title="Goal slipping",
        definition="Share of the way from start to target, against a straight line to the due day.",
        formula=view.rule,
        rows=(
            ("Start", number(goal.start)),
            ("Now", "not measured" if view.goal.current is None else number(view.goal.current)),
            ("Target", number(goal.target)),
            ("Done", done),
            ("Expected by now", expected),
            ("Due", "no day" if goal.due_on is None else day(goal.due_on)),
        ),
        uses=((SystemKind.USAGE, "for the goal's meter"),) if goal.meter_id is not None else (),
    )
    owner = [("user", f"{goal.owner} answers for it")] if goal.owner else []
    yield Finding(
        kind=rule.kind,
        account_id=one.id,
        subject=f"goal:{goal.id}",
        day=began,
        severity=rule.severity,
        title=f"a goal {_STANDS[view.standing]}",
        sentence=f"“{goal.title}” {_STANDS[view.standing]}",
        detail=view.reason,
        rule_id=rule.id,
        meter_id=goal.meter_id,
        figures=evidence(
            why,
            [f"{done} of the way done, {expected} expected by now", *_due(goal, now.day)],
            owner,
            goal_id=goal.id,
            progress=view.progress,
            expected=view.expected,
        ),
    )


def _then(goal: Goal, known: Sequence[GoalMeasurement], everything: Sequence[GoalMeasurement]) -> Goal:
    """The goal as it stood when only `known` values were recorded."""
    if len(known) == len(everything):
        return goal
    return replace(goal, current=known[-1].value if known else None)


def _due(goal: Goal, today: date) -> list[str]:
    if goal.due_on is None:
        return []
    days = (goal.due_on - today).days
    return [f"Due in {count(days, 'day')}" if days >= 0 else f"Due {count(-days, 'day')} ago"]


def _left(rule: AlertRule, one: AccountFacts, now: Moment) -> Iterator[Finding]:
    for person in lost_roles(one.persons, now.day):
        if person.left_on is None or (now.day - person.left_on).days > rule.number("days"):
            continue
        role = person.role.value
        why = Why(
            title="Champion or sponsor left",
            definition="Somebody in the role left, and nobody at the account has it now.",
            formula=f"{person.name} left on {day(person.left_on)}; no other {role}",
            rows=(("Role", role), ("Title", person.title or "not known"), ("Left", day(person.left_on))),
            uses=((SystemKind.CRM, ""),),
        )
        yield Finding(
            kind=rule.kind,
            account_id=one.id,
            subject=f"person:{person.id}",
            day=person.left_on,
            severity=rule.severity,
            title=f"the {role} left",
            sentence=f"{person.name}, {role}, left on {short_day(person.left_on)}",
            detail="nobody has taken over the role",
            rule_id=rule.id,
            figures=evidence(
                why,
                [
                    f"{person.name} left on {day(person.left_on)}",
                    f"No other {role} is known at the account",
                    f"Within the last {count(rule.number('days'), 'day')}",
                ],
                [
                    (
                        "users",
                        f"{count(len(_present(one.persons, now.day)), 'other person', 'other people')} known",
                    )
                ],
                person_id=person.id,
            ),
        )


def _present(persons: Iterable[Person], today: date) -> list[Person]:
    return [person for person in persons if not has_left(person, today)]


def _not_spoken(rule: AlertRule, one: AccountFacts, now: Moment) -> Iterator[Finding]:
    held = [check_in for check_in in one.check_ins if check_in.held_at <= now.at]
    contacts = [contact for contact in _contacts(one) if contact.at <= now.at]
    for view in with_last_contact(_present(one.persons, now.day), held, contacts):
        person = view.person
        since = _since(view.last_contact.at if view.last_contact else None, held)
        if person.role not in KEY_ROLES or since is None:
            continue
        last = one.day_of(since)
        silent = (now.day - last).days
        if silent < rule.number("days"):
            continue
        never = view.last_contact is None
        silence = "no contact is known" if never else f"silent for {count(silent, 'day')}"
        said = f"{person.name}, {person.role.value}"
        why = Why(
            title="Not spoken to",
            definition="Days since a check-in with them, or since they opened or wrote in a ticket.",
            formula=f"{day(now.day)} − {day(last)} = {count(silent, 'day')}, raised from "
            f"{rule.number('days')}",
            rows=(
                ("Last contact", "none known" if never else day(last)),
                ("Counted from", f"the first check-in with the account, {day(last)}" if never else day(last)),
            ),
            caution="A talk that nobody logged is not known here.",
            uses=((SystemKind.SUPPORT, "for messages in tickets"),),
        )
        yield Finding(
            kind=rule.kind,
            account_id=one.id,
            subject=f"person:{person.id}",
            day=last,
            severity=rule.severity,
            title=f"no word from the {person.role.value}",
            sentence=f"{said}: {silence}",
            detail=f"check-ins are logged since {short_day(last)}" if never else f"last on {short_day(last)}",
            rule_id=rule.id,
            figures=evidence(
                why,
                [
                    f"No contact for {count(silent, 'day')}, raised from {rule.number('days')}",
                    "Check-ins and messages in tickets were looked at",
                ],
                [("user", f"{person.name}, {person.title}")] if person.title else (),
                person_id=person.id,
            ),
        )


def _contacts(one: AccountFacts) -> Iterator[TicketContact]:
    yield from one.contacts
    for ticket in one.tickets:
        if ticket.requester:
            yield TicketContact(ticket.requester, ticket.opened_at, ticket.id, ticket.number, False)


def _since(last: datetime | None, held: Sequence[CheckIn]) -> datetime | None:
    """From when silence counts: where no check-in was ever logged, nothing is said of anybody's silence."""
    if last is not None:
        return last
    return min((check_in.held_at for check_in in held), default=None)


def _reviews(rule: AlertRule, one: AccountFacts, now: Moment) -> Iterator[Finding]:
    for review in one.reviews:
        held_on = one.day_of(review.held_at)
        days = (held_on - now.day).days
        if review.state in ("presented", "closed") or not -30 <= days <= rule.number("days"):
            continue
        when = (
            f"in {count(days, 'day')}" if days > 0 else "today" if days == 0 else f"{count(-days, 'day')} ago"
        )
        why = Why(
            title="Review due",
            definition="A review that has a day, and was not presented.",
            formula=f"{day(held_on)} − {day(now.day)} = {count(days, 'day')}",
            rows=(("Day", day(held_on)), ("State", review.state)),
        )
        yield Finding(
            kind=rule.kind,
            account_id=one.id,
            subject=f"review:{review.id}",
            day=held_on - timedelta(days=rule.number("days")),
            severity=rule.severity,
            title="a review is due",
            sentence=f"“{review.title}” is due {when}",
            detail=f"{short_day(held_on)} · {review.state}",
            rule_id=rule.id,
            figures=evidence(why, [f"On {day(held_on)}, {when}", f"Its state is “{review.state}”"]),
        )
