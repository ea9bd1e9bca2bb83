"""What an import brings, changes and takes away is found, or is not found any more."""

from datetime import UTC, datetime

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.records import EntityKind, Origin, RecordPage, TicketMessageRecord
from convergedesk.store.engine import Store
from convergedesk.store.search import search
from convergedesk.store.search_index import is_behind, missing_rows
from convergedesk.sync.import_run import run_import
from tests.sync.pages import account, key, page, ticket

SENT_AT = datetime(2026, 3, 1, 10, tzinfo=UTC)


def book(*tickets: str, body: str = "The crane stands still") -> list[RecordPage]:
    """An account, its tickets by number, and a message on the first."""
    return [
        page(EntityKind.ACCOUNTS, [account("A-1", "Acme Freight")]),
        page(
            EntityKind.TICKETS,
            [ticket(number, key("A-1"), title=f"Late export {number}") for number in tickets],
            account_system=SystemKind.CRM,
            whole=True,
        ),
        page(
            EntityKind.TICKET_MESSAGES,
            [TicketMessageRecord(Origin(2), "m1", tickets[0], SENT_AT, "Ada", body)],
        ),
    ]


def found(store: Store, text: str) -> list[str]:
    return [hit.number.text for hit in search(store, text).hits if hit.number.text]


def assert_whole(store: Store) -> None:
    with store.write() as connection:
        assert not is_behind(connection)
        assert missing_rows(connection) == 0


def test_an_import_is_found_when_it_is_done_and_again_unchanged_after_the_second(store: Store) -> None:
    for _ in range(2):
        run_import(store, book("1", "2"))
        assert sorted(found(store, "export")) == ["1", "2"]
        assert found(store, "crane") == ["1"]
        assert_whole(store)


def test_what_a_later_import_changes_is_found_by_its_new_words_alone(store: Store) -> None:
    run_import(store, book("1", "2"))
    run_import(store, book("1", "2", body="The barge is late"))
    assert found(store, "barge") == ["1"]
    assert found(store, "crane") == []
    assert_whole(store)


def test_what_a_whole_list_lacks_is_not_found_any_more(store: Store) -> None:
    run_import(store, book("1", "2"))
    run_import(store, book("1"))
    assert found(store, "export") == ["1"]
    assert_whole(store)
