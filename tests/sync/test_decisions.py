"""What a person decides about links: it holds at once, survives every import, and can be undone."""

from datetime import date

import pytest

from convergedesk.domain.accounts import AccountId, SystemKind
from convergedesk.domain.errors import ConvergeDeskError, NotFoundError
from convergedesk.domain.links import DecisionKind, KeyState
from convergedesk.domain.records import EntityKind, RecordPage
from convergedesk.store import accounts as account_store
from convergedesk.store.engine import Store
from convergedesk.sync.decisions import (
    create_account_for,
    decisions,
    ignore_key,
    link_key,
    merge_accounts,
    retry_waiting,
    split_account,
    undo_decision,
)
from convergedesk.sync.import_run import run_import
from convergedesk.sync.unlinked import account_keys, unlinked
from tests.sync import pages as p
from tests.sync.content import content, count, usage_total

DAY = date(2026, 3, 1)
MARLOW = p.key(name="Marlow Frieght")


def book() -> list[RecordPage]:
    return [
        p.accounts(
            p.account("001", "Marlowe Freight", domain="marlowe.com", tier="Gold"),
            p.account("002", "Cobalt & Pine", 3, domain="cobalt.com", seats=7),
        ),
        p.subscriptions(p.subscription("S-1", p.key("cus_9", name="Marlow Frieght"))),
        p.tickets(p.ticket("T-1", MARLOW), p.ticket("T-2", p.key("002"), 3)),
        p.page(EntityKind.TICKET_MESSAGES, [p.message("T-1", "Help")]),
        p.usage([(p.key(subscription_id="S-1"), "events", DAY, 5.0), (p.key("002"), "events", DAY, 1.0)]),
    ]


@pytest.fixture
def filled(store: Store) -> Store:
    run_import(store, book())
    return store


def named(store: Store, name: str) -> AccountId:
    (account,) = [a for a in account_store.list_accounts(store) if a.name == name]
    return account.id


def key_called(store: Store, text: str) -> int:
    (key,) = [key for key in unlinked(store) if text in key.link.text]
    return key.key_id


def tickets_of(store: Store, name: str) -> int:
    return count(store, "tickets", f"account_id = {named(store, name)}")


def test_list_shows_what_waits_with_ranked_suggestions(filled: Store):
    listed = {key.link.text: key for key in unlinked(filled)}
    assert set(listed) == {"billing:id:cus_9", "support:name:marlow frieght", "billing:subscription:S-1"}
    ticket = listed["support:name:marlow frieght"]
    assert (ticket.rows, ticket.entities, ticket.link.label) == (1, ("tickets",), "Marlow Frieght")
    assert ticket.suggestions[0].account_name == "Marlowe Freight"
    assert ticket.suggestions[0].score < 100
    assert "T-1" in ticket.example
    assert listed["billing:subscription:S-1"].entities == ("usage",)


def test_linking_pulls_in_the_rows_and_everything_behind_them(filled: Store):
    marlowe = named(filled, "Marlowe Freight")
    change = link_key(filled, key_called(filled, "cus_9"), marlowe)
    assert change.accounts == {marlowe}
    assert change.rows == 2
    assert usage_total(filled) == 6.0
    link_key(filled, key_called(filled, "marlow"), marlowe)
    assert tickets_of(filled, "Marlowe Freight") == 1
    assert count(filled, "ticket_messages") == 1
    assert unlinked(filled) == ()
    assert count(filled, "waiting_rows") == 0
    assert count(filled, "rejects", "resolved_at IS NULL") == 0
    assert count(filled, "import_files", "rejected > 0 OR waiting > 0") == 0


def test_decision_survives_every_later_import(filled: Store):
    link_key(filled, key_called(filled, "marlow"), named(filled, "Cobalt & Pine"))
    summary = run_import(filled, [*book(), p.accounts(p.account("003", "Marlow Frieght"), stream="more.csv")])
    assert dict(summary.rejects) == {}
    assert tickets_of(filled, "Cobalt & Pine") == 2
    before = content(filled)
    assert run_import(filled, book()).changed == 0
    assert content(filled) == before


def test_creating_an_account_takes_the_name_of_its_rows(filled: Store):
    change = create_account_for(filled, key_called(filled, "marlow"))
    assert change.account_id == named(filled, "Marlow Frieght")
    assert tickets_of(filled, "Marlow Frieght") == 1


def test_ignored_rows_are_kept_and_no_longer_asked_about(filled: Store):
    change = ignore_key(filled, key_called(filled, "marlow"))
    assert all("marlow" not in key.link.text for key in unlinked(filled))
    again = run_import(filled, book())
    assert again.rejects["ignored_account"] == 1
    assert count(filled, "waiting_rows", "entity = 'tickets'") == 1
    assert change.decision_id is not None
    undo_decision(filled, change.decision_id)
    assert key_called(filled, "marlow")


@pytest.mark.parametrize("way", ["link", "create"])
def test_undoing_a_link_sends_its_rows_back_and_linking_anew_brings_them_whole(filled: Store, way: str):
    key_id = key_called(filled, "marlow")
    visible = content(filled, without=("account_keys", "accounts", "waiting_rows", "rejects"))
    if way == "link":
        change = link_key(filled, key_id, named(filled, "Cobalt & Pine"))
    else:
        change = create_account_for(filled, key_id, name="Wrong")
    assert change.decision_id is not None
    undo_decision(filled, change.decision_id)
    assert key_called(filled, "marlow") == key_id
    assert [a.name for a in account_store.list_accounts(filled)] == ["Cobalt & Pine", "Marlowe Freight"]
    with filled.read() as connection:
        shown = connection.exec_driver_sql(
            "SELECT number FROM tickets t JOIN accounts a ON a.id = t.account_id AND a.merged_into_id IS NULL"
        ).scalars()
        assert list(shown) == ["T-2"]
    assert count(filled, "rejects", "resolved_at IS NULL AND entity = 'tickets'") == 1
    link_key(filled, key_id, named(filled, "Marlowe Freight"))
    assert tickets_of(filled, "Marlowe Freight") == 1
    assert count(filled, "ticket_messages") == 1
    after = content(filled, without=("account_keys", "accounts", "waiting_rows", "rejects"))
    assert len(after["tickets"]) == len(visible["tickets"]) + 1


def test_list_counts_the_rows_that_an_undone_link_gave_back(filled: Store):
    marlowe = named(filled, "Marlowe Freight")
    change = link_key(filled, key_called(filled, "marlow"), marlowe)
    run_import(filled, [p.tickets(p.ticket("T-3", MARLOW, 4), stream="later.csv")])
    assert change.decision_id is not None
    undo_decision(filled, change.decision_id)
    for _ in range(2):
        (parked,) = [key for key in unlinked(filled) if "marlow" in key.link.text]
        assert (parked.rows, parked.entities) == (2, ("tickets",))
        assert "T-1" in parked.example
        run_import(filled, book())


def test_import_between_undo_and_linking_anew_loses_nothing(filled: Store):
    key_id = key_called(filled, "marlow")
    change = link_key(filled, key_id, named(filled, "Cobalt & Pine"))
    assert change.decision_id is not None
    undo_decision(filled, change.decision_id)
    summary = run_import(filled, book())
    assert summary.waiting > 0
    link_key(filled, key_id, named(filled, "Marlowe Freight"))
    assert tickets_of(filled, "Marlowe Freight") == 1
    assert count(filled, "tickets") == 2
    assert count(filled, "waiting_rows", "entity = 'tickets'") == 0


def test_merging_moves_everything_and_later_rows_too(filled: Store):
    keep, merge = named(filled, "Marlowe Freight"), named(filled, "Cobalt & Pine")
    with filled.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO notes (uid, created_at, updated_at, account_id, written_at, body) "
            "VALUES ('n', 1, 1, ?, 1, 'Called them')",
            (merge,),
        )
    change = merge_accounts(filled, keep=keep, merge=merge)
    assert change.accounts == {keep, merge}
    assert [a.name for a in account_store.list_accounts(filled)] == ["Marlowe Freight"]
    assert count(filled, "accounts", f"id = {keep} AND seats = 7 AND tier = 'Gold'") == 1
    assert count(filled, "notes", f"account_id = {keep}") == 1
    more = p.tickets(p.ticket("T-3", p.key("002"), 4), stream="more.csv")
    run_import(filled, [*book(), more])
    assert tickets_of(filled, "Marlowe Freight") == 2
    assert count(filled, "accounts") == 2


def test_undoing_a_merge_gives_each_account_its_own_back(filled: Store):
    before = content(filled)
    keep, merge = named(filled, "Marlowe Freight"), named(filled, "Cobalt & Pine")
    change = merge_accounts(filled, keep=keep, merge=merge)
    assert change.decision_id is not None
    undo_decision(filled, change.decision_id)
    assert content(filled) == before
    merged_again = merge_accounts(filled, keep=keep, merge=merge)
    run_import(filled, [p.tickets(p.ticket("T-3", p.key("002"), 4), stream="more.csv")])
    assert merged_again.decision_id is not None
    undo_decision(filled, merged_again.decision_id)
    assert tickets_of(filled, "Cobalt & Pine") == 2


def test_splitting_gives_some_keys_an_account_of_their_own(filled: Store):
    cobalt = named(filled, "Cobalt & Pine")
    run_import(filled, [p.tickets(p.ticket("T-4", p.key("org-4", name="Cobalt & Pine")), stream="more.csv")])
    before = content(filled)
    (key,) = [key for key in account_keys(filled, cobalt) if key.external_id == "org-4"]
    assert key.id is not None
    change = split_account(filled, cobalt, [key.id], name="Cobalt Labs")
    assert tickets_of(filled, "Cobalt Labs") == 1
    assert tickets_of(filled, "Cobalt & Pine") == 1
    run_import(filled, book())
    assert tickets_of(filled, "Cobalt Labs") == 1
    assert change.decision_id is not None
    undo_decision(filled, change.decision_id)
    assert content(filled) == before


def test_decision_that_a_later_one_rests_on_is_not_undone(filled: Store):
    first = link_key(filled, key_called(filled, "marlow"), named(filled, "Cobalt & Pine"))
    second = merge_accounts(
        filled, keep=named(filled, "Marlowe Freight"), merge=named(filled, "Cobalt & Pine")
    )
    assert first.decision_id is not None
    assert second.decision_id is not None
    with pytest.raises(ConvergeDeskError, match="later decision"):
        undo_decision(filled, first.decision_id)
    undo_decision(filled, second.decision_id)
    undo_decision(filled, first.decision_id)
    with pytest.raises(NotFoundError):
        undo_decision(filled, first.decision_id)
    assert [d.kind for d in decisions(filled)] == [DecisionKind.MERGE, DecisionKind.LINK]
    assert all(d.undone_at is not None for d in decisions(filled))
    assert decisions(filled)[1].labels == ("Marlow Frieght",)


def test_linked_key_cannot_be_ignored_and_a_vanished_account_not_linked(filled: Store):
    key_id = key_called(filled, "marlow")
    with pytest.raises(NotFoundError):
        link_key(filled, key_id, AccountId(99))
    link_key(filled, key_id, named(filled, "Cobalt & Pine"))
    with pytest.raises(ConvergeDeskError, match="linked"):
        ignore_key(filled, key_id)
    with pytest.raises(NotFoundError):
        link_key(filled, 999, named(filled, "Cobalt & Pine"))


def test_retry_links_what_has_become_certain(filled: Store):
    with filled.write() as connection:
        connection.exec_driver_sql(
            "UPDATE accounts SET name = 'Marlow Frieght' WHERE name = 'Marlowe Freight'"
        )
    change = retry_waiting(filled)
    assert change.rows == 4
    assert unlinked(filled) == ()


def test_account_of_another_system_that_is_created_by_hand_has_its_own_fields(filled: Store):
    customers = p.accounts(
        p.account("cus_5", "Zenith", industry="Energy"), stream="customers.csv", system=SystemKind.BILLING
    )
    summary = run_import(filled, [customers])
    assert dict(summary.rejects) == {"unknown_account": 1}
    (key,) = [key for key in unlinked(filled) if "cus_5" in key.link.text]
    assert (key.entities, key.link.state) == (("accounts",), KeyState.UNKNOWN)
    create_account_for(filled, key.key_id)
    assert count(filled, "accounts", "name = 'Zenith' AND industry = 'Energy'") == 1
    assert run_import(filled, [customers]).unchanged == 1
