"""Persons at customers, and our own people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, select, update

from convergedesk.domain.accounts import AccountId, Person, PersonId, PersonRole
from convergedesk.domain.engagement import TicketContact
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.tickets import TicketId, TicketStatus
from convergedesk.store.engine import Store
from convergedesk.store.names import name_key
from convergedesk.store.tables import persons, pod_accounts, pod_members, ticket_messages, tickets


def persons_at(store: Store, account_ids: Sequence[AccountId]) -> tuple[Person, ...]:
    """The customers' people at the accounts, sponsors first, then by name."""
    return _persons(store, persons.c.account_id.in_(account_ids))


def our_people(store: Store) -> tuple[Person, ...]:
    """Our own people, by role and name."""
    return _persons(store, persons.c.account_id.is_(None))


def pod_people(store: Store, account_ids: Sequence[AccountId]) -> tuple[Person, ...]:
    """Our own people in the pods of the accounts, by role and name."""
    members = (
        select(pod_members.c.person_id)
        .join(pod_accounts, pod_accounts.c.pod_id == pod_members.c.pod_id)
        .where(pod_accounts.c.account_id.in_(account_ids))
    )
    return _persons(store, persons.c.id.in_(members))


def get(store: Store, person_id: PersonId) -> Person:
    """One person. Raises NotFoundError, also where they were deleted."""
    found = _persons(store, persons.c.id == person_id)
    if not found:
        raise _gone()
    return found[0]


def _gone() -> NotFoundError:
    return NotFoundError("This person is no longer in the workspace.")


def _persons(store: Store, which: ColumnElement[bool]) -> tuple[Person, ...]:
    query = select(persons).where(which, persons.c.gone_since.is_(None), persons.c.deleted_at.is_(None))
    with store.read() as connection:
        rows = connection.execute(query.order_by(persons.c.name_key)).all()
    rank = {role: place for place, role in enumerate(PersonRole)}
    found = [
        Person(
            id=PersonId(row.id),
            name=row.name,
            account_id=None if row.account_id is None else AccountId(row.account_id),
            role=row.role,
            title=row.title,
            email=row.email,
            left_on=row.left_on,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda person: rank[person.role]))


def add_person(
    store: Store,
    name: str,
    role: PersonRole,
    *,
    now: datetime,
    account_id: AccountId | None = None,
    title: str | None = None,
    email: str | None = None,
) -> PersonId:
    """Add a person at a customer, or one of us where `account_id` is None."""
    values = {
        "created_at": now,
        "updated_at": now,
        "name": name,
        "name_key": name_key(name),
        "role": role,
        "account_id": account_id,
        "title": title,
        "email": None if email is None else email.lower(),
    }
    with store.write() as connection:
        (new_id,) = connection.execute(insert(persons).values(values)).inserted_primary_key or (0,)
    return PersonId(new_id)


def edit_person(store: Store, person: Person, *, now: datetime) -> None:
    """Give a person the values of `person`; imports leave them as they are from then on.

    Raises:
        NotFoundError: The person was deleted meanwhile.
    """
    values = {
        "name": person.name,
        "name_key": name_key(person.name),
        "role": person.role,
        "account_id": person.account_id,
        "title": person.title,
        "email": None if person.email is None else person.email.lower(),
        "left_on": person.left_on,
    }
    _change(store, person.id, values, now)


def delete_person(store: Store, person_id: PersonId, *, now: datetime) -> None:
    """Take a person off the account; an import does not bring them back. Raises NotFoundError."""
    _change(store, person_id, {"deleted_at": now}, now)


def _change(store: Store, person_id: PersonId, values: Mapping[str, object], now: datetime) -> None:
    changed = update(persons).where(persons.c.id == person_id, persons.c.deleted_at.is_(None))
    with store.write() as connection:
        if connection.execute(changed.values(updated_at=now, **values)).rowcount == 0:
            raise _gone()


def ticket_contacts(store: Store, account_ids: Sequence[AccountId]) -> tuple[TicketContact, ...]:
    """When everybody last opened a ticket at the accounts, and last wrote in one."""
    kept = (
        tickets.c.account_id.in_(account_ids),
        tickets.c.gone_since.is_(None),
        tickets.c.status != TicketStatus.DELETED,
    )
    # SQLite takes the columns beside max() from the row that has the maximum.
    opened = (
        select(tickets.c.requester, func.max(tickets.c.opened_at), tickets.c.id, tickets.c.number)
        .where(*kept, tickets.c.requester.is_not(None), tickets.c.requester != "")
        .group_by(tickets.c.requester)
    )
    wrote = (
        select(ticket_messages.c.author, func.max(ticket_messages.c.sent_at), tickets.c.id, tickets.c.number)
        .join(tickets, tickets.c.id == ticket_messages.c.ticket_id)
        .where(*kept, ticket_messages.c.from_customer, ticket_messages.c.author != "")
        .group_by(ticket_messages.c.author)
    )
    with store.read() as connection:
        found = [(row, False) for row in connection.execute(opened).all()]
        found += [(row, True) for row in connection.execute(wrote).all()]
    return tuple(TicketContact(row[0], row[1], TicketId(row[2]), row[3], written) for row, written in found)
