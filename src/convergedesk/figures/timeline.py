"""Everything that happened at an account, in one list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from convergedesk.domain.accounts import Person
from convergedesk.domain.audience import Audience
from convergedesk.domain.billing import ChurnEvent, Contract, Invoice, InvoiceState, Subscription
from convergedesk.domain.calendar import CalendarEvent
from convergedesk.domain.engagement import Action, CheckIn, Note
from convergedesk.domain.goals import Goal
from convergedesk.domain.tickets import Ticket
from convergedesk.figures.account import TimelineEntry, TimelineKind
from convergedesk.figures.note_text import PULSE_WORDS, plain_text
from convergedesk.figures.wording import count, day, money


@lru_cache(maxsize=512)
def zone_of(name: str) -> tzinfo:
    """The zone of that IANA name; UTC where the name is unknown on this computer."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def from_tickets(tickets: Iterable[Ticket]) -> Iterator[TimelineEntry]:
    """Opening and closing of each ticket."""
    for ticket in tickets:
        name = f"#{ticket.number} {ticket.title}".strip()
        urgency = "High-priority ticket" if ticket.priority and ticket.priority.is_high else "Ticket"
        people = (*_named(ticket.requester), *_named(ticket.assignee))
        opened = f"{urgency} opened"
        yield _moment(ticket.opened_at, TimelineKind.TICKET_OPENED, opened, name, ticket.id, people)
        if ticket.closed_at is not None:
            took = count((ticket.closed_at - ticket.opened_at).days, "day")
            closed = f"Ticket closed after {took}"
            yield _moment(ticket.closed_at, TimelineKind.TICKET_CLOSED, closed, name, ticket.id, people)


def from_billing(
    zone: tzinfo,
    invoices: Iterable[Invoice],
    subscriptions: Iterable[Subscription],
    contracts: Iterable[Contract],
) -> Iterator[TimelineEntry]:
    """Invoices as issued; subscriptions and contracts as they begin and end."""
    for invoice in invoices:
        what = "Credit note" if invoice.state is InvoiceState.CREDIT else "Invoice"
        yield _day(
            zone,
            invoice.issued_on,
            TimelineKind.INVOICE,
            f"{what} over {money(invoice.total)}",
            invoice.number,
        )
    for one in subscriptions:
        plan = one.plan or "Subscription"
        yield _day(
            zone, one.starts_on, TimelineKind.SUBSCRIPTION, f"{plan} subscription began", one.external_id
        )
        if one.ends_on is not None:
            yield _day(
                zone, one.ends_on, TimelineKind.SUBSCRIPTION, f"{plan} subscription ends", one.external_id
            )
    for contract in contracts:
        until = f"until {day(contract.ends_on)}" if contract.ends_on else "no end agreed"
        yield _day(zone, contract.starts_on, TimelineKind.CONTRACT, f"Contract began: {contract.name}", until)


def from_people(
    zone: tzinfo,
    check_ins: Iterable[CheckIn],
    notes: Iterable[Note],
    goals: Iterable[Goal],
    actions: Iterable[Action] = (),
    persons: Iterable[Person] = (),
) -> Iterator[TimelineEntry]:
    """Contacts logged, notes written, goals agreed, actions done or due, people who left."""
    for one in check_ins:
        yield _check_in(one)
    for note in notes:
        yield _note(note)
    for goal in goals:
        if goal.agreed_on is not None:
            entry = _day(zone, goal.agreed_on, TimelineKind.GOAL, "Goal agreed", goal.title, goal.id)
            yield replace(entry, people=_named(goal.owner))
    for action in actions:
        on = action.done_on or action.due_on
        if on is None:
            continue
        what = "Action done" if action.done_on is not None else "Action due"
        by = f"{what}: {action.owner}" if action.owner else what
        entry = _day(zone, on, TimelineKind.ACTION, by, action.title, action.id)
        internal = action.audience is Audience.INTERNAL
        yield replace(entry, people=_named(action.owner), internal=internal)
    for person in persons:
        if person.left_on is not None:
            title = f"{person.name} left the company"
            entry = _day(zone, person.left_on, TimelineKind.PERSON, title, _position(person), person.id)
            yield replace(entry, people=(person.name,), internal=True)


def _check_in(one: CheckIn) -> TimelineEntry:
    with_whom = f" with {', '.join(one.attendees)}" if one.attendees else ""
    step = f" Next: {one.next_step}" if one.next_step else ""
    return TimelineEntry(
        one.held_at,
        False,
        TimelineKind.CHECK_IN,
        f"{one.author}: {one.channel.value}{with_whom}"
        if one.author
        else f"A {one.channel.value}{with_whom}",
        f"{one.summary}{step}",
        one.id or None,
        True,
        (*_named(one.author), *one.attendees),
    )


def _note(note: Note) -> TimelineEntry:
    judged = "" if note.pulse is None else f" · pulse {PULSE_WORDS[note.pulse].lower()}"
    return TimelineEntry(
        note.written_at,
        False,
        TimelineKind.NOTE,
        f"Note by {note.author}{judged}" if note.author else f"Note{judged}",
        " ".join(part for part in (plain_text(note.body), note.pulse_reason) if part),
        note.id or None,
        note.audience is Audience.INTERNAL,
        _named(note.author),
    )


def _position(person: Person) -> str:
    role = person.role.value.replace("_", " ").capitalize()
    return f"{role}, {person.title}" if person.title else role


def _named(name: str | None) -> tuple[str, ...]:
    return (name,) if name else ()


def from_events(
    zone: tzinfo, events: Iterable[CalendarEvent], churn: Iterable[ChurnEvent]
) -> Iterator[TimelineEntry]:
    """Releases, freezes, outages and holidays; leaving and coming back."""
    for event in events:
        until = f"until {day(event.last_day)}" if event.last_day > event.first_day else ""
        yield _day(
            zone,
            event.first_day,
            TimelineKind.EVENT,
            f"{event.kind.value.capitalize()}: {event.title}",
            until,
        )
    for one in churn:
        title = "Came back" if one.reactivation else "Left"
        reason = f": {one.reason}" if one.reason else ""
        yield _day(zone, one.day, TimelineKind.CHURN, f"{title}{reason}", one.feedback)


def newest_first(entries: Iterable[TimelineEntry]) -> tuple[TimelineEntry, ...]:
    """The entries by time, the latest first."""
    return tuple(sorted(entries, key=lambda e: (e.at, e.kind.value, e.title), reverse=True))


def _moment(
    at: datetime, kind: TimelineKind, title: str, detail: str, target: int, people: tuple[str, ...]
) -> TimelineEntry:
    return TimelineEntry(at, False, kind, title, detail, target, False, people)


def _day(
    zone: tzinfo, on: date, kind: TimelineKind, title: str, detail: str, target: int | None = None
) -> TimelineEntry:
    at = datetime.combine(on, time.min, tzinfo=zone).astimezone(UTC)
    return TimelineEntry(at, True, kind, title, detail, target, False)
