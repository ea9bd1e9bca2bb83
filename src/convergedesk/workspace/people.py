"""People at customers: added, edited, marked as having left, deleted; and who was last in touch when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from convergedesk.domain.accounts import AccountId, Person, PersonId
from convergedesk.figures.people import PersonView, with_last_contact
from convergedesk.figures.wording import day
from convergedesk.store import accounts, engagement, people
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.session import Workspace


@dataclass(frozen=True, slots=True)
class AccountPeople:
    """The people of an account, with what is needed to tell of them.

    Attributes:
        account_name: The account's name.
        time_zone: IANA name of its zone.
        people: As `people_at`.
    """

    account_name: str
    time_zone: str
    people: tuple[PersonView, ...]


def account_people(workspace: Workspace, account_id: AccountId, *, with_sites: bool = True) -> AccountPeople:
    """The customer's people with the account's name and zone. Raises NotFoundError."""
    account = accounts.get(workspace.store, account_id)
    found = people_at(workspace, account_id, with_sites=with_sites)
    return AccountPeople(account.name, account.time_zone, found)


def people_at(
    workspace: Workspace, account_id: AccountId, *, with_sites: bool = True
) -> tuple[PersonView, ...]:
    """The customer's people with when they were last in touch; sponsors first."""
    store = workspace.store
    family = accounts.reach(store, account_id, with_sites=with_sites)
    return with_last_contact(
        people.persons_at(store, family),
        engagement.check_ins_of(store, family),
        people.ticket_contacts(store, family),
    )


def our_names(workspace: Workspace) -> tuple[str, ...]:
    """Names of our own people by role: who can own an action, log a contact, be mentioned."""
    return tuple(dict.fromkeys(p.name for p in people.our_people(workspace.store) if p.left_on is None))


def add_person(workspace: Workspace, person: Person) -> Changes:
    """Add a person to an account; the id of `person` does not matter."""
    store = workspace.store
    with workspace.edit(f"Added {person.name}", account_id=person.account_id) as edit:
        new_id = people.add_person(
            store,
            person.name,
            person.role,
            now=workspace.clock.now(),
            account_id=person.account_id,
            title=person.title,
            email=person.email,
        )
        if person.left_on is not None:
            people.edit_person(store, replace(person, id=new_id), now=workspace.clock.now())
    return Changes(_accounts(person), frozenset({Kind.PEOPLE}), edit_id=edit.id)


def edit_person(workspace: Workspace, person: Person) -> Changes:
    """Put an edited person in place; imports leave them alone from then on. Raises NotFoundError."""
    with workspace.edit() as edit:
        before = people.get(workspace.store, person.id)
        people.edit_person(workspace.store, person, now=workspace.clock.now())
        edit.label, edit.account_id = _label(before, person), person.account_id
    return Changes(_accounts(before, person), frozenset({Kind.PEOPLE}), edit_id=edit.id)


def mark_left(workspace: Workspace, person_id: PersonId, left_on: date | None) -> Changes:
    """Note the day on which a person left the company, or that they did not. Raises NotFoundError."""
    return edit_person(workspace, replace(people.get(workspace.store, person_id), left_on=left_on))


def delete_person(workspace: Workspace, person_id: PersonId) -> Changes:
    """Delete a person; the contacts that they took part in stay. Raises NotFoundError."""
    with workspace.edit(deletes=True) as edit:
        person = people.get(workspace.store, person_id)
        people.delete_person(workspace.store, person_id, now=workspace.clock.now())
        edit.label, edit.account_id = f"Deleted {person.name}", person.account_id
    return Changes(_accounts(person), frozenset({Kind.PEOPLE}), edit_id=edit.id)


def _label(before: Person, after: Person) -> str:
    if before.left_on != after.left_on:
        if after.left_on is None:
            return f"Noted that {after.name} did not leave"
        return f"Noted that {after.name} left on {day(after.left_on)}"
    if before.role is not after.role:
        return f"Made {after.name} {after.role.value.replace('_', ' ')}"
    return f"Changed {after.name}"


def _accounts(*persons: Person) -> frozenset[AccountId]:
    return frozenset(person.account_id for person in persons if person.account_id is not None)
