"""People at an account: who was last in touch when, and which roles nobody fills any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from convergedesk.domain.accounts import Person, PersonId, PersonRole
from convergedesk.domain.engagement import CheckIn, LastContact, TicketContact

KEY_ROLES = (PersonRole.SPONSOR, PersonRole.CHAMPION)
"""The roles whose loss puts an account at risk."""


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person at a customer, with when they were last in touch (None: never, as far as is known)."""

    person: Person
    last_contact: LastContact | None


def with_last_contact(
    persons: Sequence[Person], check_ins: Iterable[CheckIn], tickets: Iterable[TicketContact]
) -> tuple[PersonView, ...]:
    """Every person with the latest contact that a check-in or the support desk knows of.

    The desk's names are matched by address or by the whole name, whatever their case; a name that two
    persons share is nobody's.
    """
    latest: dict[PersonId, LastContact] = {}
    named = _by_name(persons)
    for person_id, contact in _contacts(named, check_ins, tickets):
        if person_id not in latest or contact.at > latest[person_id].at:
            latest[person_id] = contact
    return tuple(PersonView(person, latest.get(person.id)) for person in persons)


def lost_roles(persons: Iterable[Person], today: date) -> tuple[Person, ...]:
    """Sponsors and champions who left, latest first, where nobody has taken their role since."""
    everybody = tuple(persons)
    filled = {person.role for person in everybody if not has_left(person, today)}
    lost = [p for p in everybody if p.role in KEY_ROLES and p.role not in filled and has_left(p, today)]
    return tuple(sorted(lost, key=lambda person: person.left_on or date.min, reverse=True))


def has_left(person: Person, today: date) -> bool:
    """Whether the person's last day is over."""
    return person.left_on is not None and person.left_on <= today


def _by_name(persons: Iterable[Person]) -> dict[str, PersonId]:
    found: dict[str, PersonId] = {}
    shared: set[str] = set()
    for person in persons:
        for word in (person.name, person.email):
            key = _key(word or "")
            if key and found.setdefault(key, person.id) != person.id:
                shared.add(key)
    return {key: person_id for key, person_id in found.items() if key not in shared}


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _contacts(
    named: dict[str, PersonId], check_ins: Iterable[CheckIn], tickets: Iterable[TicketContact]
) -> Iterator[tuple[PersonId, LastContact]]:
    for one in check_ins:
        # Those logged before the person was known are told by their name alone.
        told = {named[_key(name)] for name in one.attendees if _key(name) in named}
        for person_id in told | set(one.attendee_ids):
            yield person_id, LastContact(one.held_at, channel=one.channel)
    for one in tickets:
        person_id = named.get(_key(one.who))
        if person_id is not None:
            yield (
                person_id,
                LastContact(one.at, ticket_id=one.ticket_id, number=one.number, wrote=one.wrote),
            )
