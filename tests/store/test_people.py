"""Customers' people, and our own."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from convergedesk.domain.accounts import PersonRole
from convergedesk.domain.engagement import TicketContact
from convergedesk.domain.errors import NotFoundError
from convergedesk.store import people, tables
from convergedesk.store.engine import Store
from tests.store.rows import NOW, add, add_account, add_ticket


def test_customers_people_come_sponsor_first(store: Store) -> None:
    account = add_account(store, "Acme")
    for name, role in (("Ada", PersonRole.USER), ("Zoe", PersonRole.SPONSOR), ("Bo", PersonRole.CHAMPION)):
        people.add_person(store, name, role, now=NOW, account_id=account, email=f"{name}@Acme.example")
    people.add_person(store, "Ours", PersonRole.SUPPORT_AGENT, now=NOW)
    found = people.persons_at(store, [account])
    assert [person.name for person in found] == ["Zoe", "Bo", "Ada"]
    assert found[0].email == "zoe@acme.example"
    assert [person.name for person in people.our_people(store)] == ["Ours"]


def test_a_person_is_edited_and_deleted(store: Store) -> None:
    account = add_account(store, "Acme")
    ada = people.add_person(store, "Ada", PersonRole.USER, now=NOW, account_id=account)
    left = replace(
        people.get(store, ada), name="Ada Byron", role=PersonRole.CHAMPION, left_on=date(2026, 2, 1)
    )
    people.edit_person(store, left, now=NOW)
    assert people.persons_at(store, [account]) == (left,)
    people.delete_person(store, ada, now=NOW)
    assert people.persons_at(store, [account]) == ()
    with pytest.raises(NotFoundError):
        people.edit_person(store, left, now=NOW)


def test_the_support_desk_tells_who_spoke_last(store: Store) -> None:
    account, other = add_account(store, "Acme"), add_account(store, "Other")
    add_ticket(store, account, "1", requester="Ada", opened_at=NOW - timedelta(9))
    later = add_ticket(store, account, "2", requester="Ada", opened_at=NOW - timedelta(2))
    add_ticket(store, other, "3", requester="Zoe")
    for number, (author, from_customer) in enumerate((("Bo", True), ("Bo", True), ("Amira", False))):
        message = {"external_id": str(number), "body": "Hello", "author": author}
        sent = {"sent_at": NOW - timedelta(hours=9 - number), "from_customer": from_customer}
        add(store, tables.ticket_messages, ticket_id=later, **message, **sent)
    assert people.ticket_contacts(store, [account]) == (
        TicketContact("Ada", NOW - timedelta(2), later, "2", wrote=False),
        TicketContact("Bo", NOW - timedelta(hours=8), later, "2", wrote=True),
    )
