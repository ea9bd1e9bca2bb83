"""Customers' people, and our own."""

from convergedesk.domain.accounts import PersonRole
from convergedesk.store import people
from convergedesk.store.engine import Store
from tests.store.rows import NOW, add_account


def test_customers_people_come_sponsor_first(store: Store) -> None:
    account = add_account(store, "Acme")
    for name, role in (("Ada", PersonRole.USER), ("Zoe", PersonRole.SPONSOR), ("Bo", PersonRole.CHAMPION)):
        people.add_person(store, name, role, now=NOW, account_id=account, email=f"{name}@Acme.example")
    people.add_person(store, "Ours", PersonRole.SUPPORT_AGENT, now=NOW)
    found = people.persons_at(store, [account])
    assert [person.name for person in found] == ["Zoe", "Bo", "Ada"]
    assert found[0].email == "zoe@acme.example"
    assert [person.name for person in people.our_people(store)] == ["Ours"]
