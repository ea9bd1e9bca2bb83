"""Pods share accounts among our people."""

import pytest

from convergedesk.domain.accounts import PersonRole, Pod
from convergedesk.domain.errors import NotFoundError
from convergedesk.store import people, pods
from convergedesk.store.engine import Store
from tests.store.rows import NOW, add_account


def test_a_pod_keeps_its_people_and_accounts(store: Store) -> None:
    acme, other = add_account(store, "Acme"), add_account(store, "Other")
    manager = people.add_person(store, "Amira", PersonRole.SUCCESS_MANAGER, now=NOW)
    agent = people.add_person(store, "Ben", PersonRole.SUPPORT_AGENT, now=NOW)
    pod = pods.add_pod(store, "Pilot", now=NOW, member_ids=[manager, agent], account_ids=[acme])
    assert pods.list_pods(store) == (Pod(pod, "Pilot", (manager, agent), (acme,)),)
    assert [person.name for person in people.pod_people(store, [acme])] == ["Amira", "Ben"]
    assert people.pod_people(store, [other]) == ()


def test_a_pod_changes_as_a_whole(store: Store) -> None:
    acme, other = add_account(store, "Acme"), add_account(store, "Other")
    agent = people.add_person(store, "Ben", PersonRole.SUPPORT_AGENT, now=NOW)
    pod = pods.add_pod(store, "Pilot", now=NOW, account_ids=[acme])
    changed = Pod(pod, "North", (agent,), (other,))
    pods.update_pod(store, changed, now=NOW)
    assert pods.list_pods(store) == (changed,)


def test_a_pod_that_is_gone_takes_nobody_along(store: Store) -> None:
    account = add_account(store, "Acme")
    agent = people.add_person(store, "Ben", PersonRole.SUPPORT_AGENT, now=NOW)
    pod = pods.add_pod(store, "Pilot", now=NOW, member_ids=[agent], account_ids=[account])
    pods.delete_pod(store, pod)
    assert pods.list_pods(store) == ()
    assert len(people.our_people(store)) == 1
    with pytest.raises(NotFoundError):
        pods.update_pod(store, Pod(pod, "Pilot"), now=NOW)


def test_pods_are_named_by_the_accounts_in_them(store: Store) -> None:
    acme, other = add_account(store, "Acme"), add_account(store, "Other")
    for name in ("Pilot", "North"):
        pods.add_pod(store, name, now=NOW, account_ids=[acme])
    pods.add_pod(store, "South", now=NOW, account_ids=[other])
    assert pods.names_of(store, [acme]) == ("North", "Pilot")
    assert pods.names_of(store, []) == ()
