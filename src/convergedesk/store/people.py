"""Persons at customers, and our own people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select

from convergedesk.domain.accounts import AccountId, Person, PersonId, PersonRole
from convergedesk.store.engine import Store
from convergedesk.store.names import name_key
from convergedesk.store.tables import persons, pod_accounts, pod_members


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


def _persons(store: Store, which: ColumnElement[bool]) -> tuple[Person, ...]:
    query = select(persons).where(which, persons.c.gone_since.is_(None))
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
