"""The search index follows every write: what it holds is what an index made anew would hold."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import Connection, delete, insert, update

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.search import SearchKind
from convergedesk.domain.tickets import TicketId
from convergedesk.store import tables
from convergedesk.store.engine import Store
from convergedesk.store.search import search
from convergedesk.store.search_index import catch_up, is_behind, missing_rows, rebuild
from convergedesk.store.tables.search import INDEX_TABLES
from tests.store.rows import NOW, add, add_account, add_ticket

WORDS = ("gateway", "customs", "limit", "export", "Zürich", "naïve", "429", "time-out", "ping", "東京")
STAMPS = {"created_at": NOW, "updated_at": NOW}


def contents(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every word of the index with the row, and, where it is kept, the column that it stands in."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for name in INDEX_TABLES:
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, {name}, instance)"
        )
        rows = connection.exec_driver_sql("SELECT term, doc, col FROM temp.words ORDER BY 1, 2, 3").all()
        found[name] = [tuple(row) for row in rows]
        connection.exec_driver_sql("DROP TABLE temp.words")
    return found


class DroppedError(Exception):
    """Takes the rebuilt index back."""


def assert_true(store: Store) -> None:
    with store.read() as connection:
        assert not is_behind(connection)
        kept = contents(connection)
    with suppress(DroppedError), store.write() as connection:
        assert missing_rows(connection) == 0
        rebuild(connection)
        assert kept == contents(connection)
        raise DroppedError


def add_message(store: Store, ticket: TicketId, body: str, key: str = "m1") -> int:
    values = {"ticket_id": ticket, "external_id": key, "sent_at": NOW, "author": "Dana", "body": body}
    return add(store, tables.ticket_messages, **values)


def filled(store: Store) -> tuple[AccountId, TicketId]:
    account = add_account(store, "Acme Freight", domain="acme.example")
    feature = add(store, tables.features, key="webhooks", name="Webhooks")
    ticket = add_ticket(
        store, account, "48213", title="Gateway times out", feature_id=feature, requester="Dana"
    )
    add_message(store, ticket, "Deliveries fail since noon")
    add(store, tables.persons, name="Léa Blum", name_key="léa blum", account_id=account, **STAMPS)
    add(store, tables.goals, account_id=account, title="Fewer re-sends", start=3, target=1, **STAMPS)
    add(store, tables.notes, account_id=account, written_at=NOW, body="Asked for a reference", **STAMPS)
    add(store, tables.actions, account_id=account, title="Send the plan", **STAMPS)
    held = {"account_id": account, "held_at": NOW, "channel": "call", "summary": "Quiet month"}
    add(store, tables.check_ins, **held, **STAMPS)
    asked = {"title": "Retry policy", "status": "open", "status_on": NOW.date()}
    request = add(store, tables.feedback_requests, **asked, **STAMPS)
    said = {"account_id": account, "given_at": NOW, "body": "Longer pauses, please", "request_id": request}
    add(store, tables.feedback_items, **said, **STAMPS)
    reference = {"system": "crm", "source": "files", "entity": "account", "external_id": "ACC-7"}
    add(
        store,
        tables.external_references,
        **reference,
        account_id=account,
        found_by="new",
        created_at=NOW,
    )
    return account, ticket


def kinds(store: Store, text: str) -> list[SearchKind]:
    return [group.kind for group in search(store, text).groups]


def test_what_is_added_is_found_at_once(store: Store) -> None:
    filled(store)
    assert_true(store)
    assert kinds(store, "acme") == [*SearchKind]
    assert kinds(store, "ACC-7") == [SearchKind.ACCOUNT]


def test_a_renamed_account_renames_everything_that_is_found_by_it(store: Store) -> None:
    account, _ = filled(store)
    with store.write() as connection:
        connection.execute(
            update(tables.accounts)
            .where(tables.accounts.c.id == account)
            .values(name="Borealis", name_key="b")
        )
    assert_true(store)
    assert kinds(store, "freight") == []
    assert kinds(store, "borealis") == [*SearchKind]


def test_a_renamed_feature_is_found_by_its_new_name(store: Store) -> None:
    filled(store)
    with store.write() as connection:
        connection.execute(update(tables.features).values(name="Callbacks"))
    assert_true(store)
    assert kinds(store, "callbacks") == [SearchKind.TICKET]
    assert kinds(store, "webhooks") == []


def test_a_renamed_or_deleted_request_is_no_way_to_what_was_said_any_more(store: Store) -> None:
    filled(store)
    assert kinds(store, "retry policy") == [SearchKind.FEEDBACK]
    for change in ({"title": "Pauses by destination"}, {"deleted_at": NOW}):
        with store.write() as connection:
            connection.execute(update(tables.feedback_requests).values(change))
        assert_true(store)
        assert kinds(store, "retry policy") == []
    assert kinds(store, "longer pauses") == [SearchKind.FEEDBACK]
    assert kinds(store, "destination") == []


def test_a_feature_that_is_deleted_takes_its_name_out_of_the_index(store: Store) -> None:
    filled(store)
    with store.write() as connection:
        connection.execute(delete(tables.features))
    assert_true(store)
    assert kinds(store, "webhooks") == []


def test_deleting_an_account_empties_the_index(store: Store) -> None:
    filled(store)
    with store.write() as connection:
        connection.execute(delete(tables.accounts))
    assert_true(store)
    with store.read() as connection:
        assert not any(contents(connection).values())


def test_an_upsert_leaves_the_index_whole(store: Store) -> None:
    _, ticket = filled(store)
    values = f"({ticket}, 'm1', 5, 'Rerouted by hand')"
    named = "INTO ticket_messages (ticket_id, external_id, sent_at, body) VALUES"
    with store.write() as connection:
        connection.exec_driver_sql(
            f"INSERT {named} {values} ON CONFLICT (ticket_id, external_id) DO UPDATE SET body = excluded.body"
        )
    assert_true(store)
    assert kinds(store, "rerouted") == [SearchKind.TICKET]
    assert kinds(store, "deliveries") == []


def test_a_write_that_is_dropped_leaves_no_trace(store: Store) -> None:
    filled(store)
    with suppress(DroppedError), store.write() as connection:
        connection.execute(update(tables.tickets).values(title="Half-way"))
        catch_up(connection)
        raise DroppedError
    assert_true(store)
    assert kinds(store, "half") == []


def test_what_was_written_past_the_store_is_indexed_before_the_next_search(store: Store) -> None:
    filled(store)
    with store.read() as connection:
        connection.exec_driver_sql("UPDATE notes SET body = 'Written by an upgrade'")
        assert is_behind(connection)
    assert kinds(store, "upgrade") == [SearchKind.NOTE]
    assert_true(store)


def test_a_moved_ticket_is_found_by_its_new_account_and_day(store: Store) -> None:
    _, ticket = filled(store)
    other = add_account(store, "Borealis")
    with store.write() as connection:
        connection.execute(
            update(tables.tickets)
            .where(tables.tickets.c.id == ticket)
            .values(account_id=other, opened_at=NOW - timedelta(days=90))
        )
    assert_true(store)
    assert kinds(store, "borealis gateway") == [SearchKind.TICKET]
    assert kinds(store, "acme gateway") == []


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_writes_leaves_a_true_index(store: Store, seed: int) -> None:
    rng = random.Random(seed)
    accounts = [add_account(store, name) for name in ("Acme", "Borealis", "Cumulus")]
    numbers = iter(range(10_000))

    def sentence() -> str:
        return " ".join(rng.choices(WORDS, k=rng.randint(0, 6)))

    def one_write(connection: Connection) -> None:
        table = rng.choice((tables.tickets, tables.ticket_messages, tables.notes, tables.accounts))
        action = rng.choice(("insert", "insert", "update", "delete"))
        ids = connection.exec_driver_sql(f"SELECT id FROM {table.name}").scalars().all()
        if action == "insert" or not ids:
            number, at = str(next(numbers)), NOW - timedelta(days=rng.randint(-3, 30_000))
            tickets = connection.exec_driver_sql("SELECT id FROM tickets").scalars().all()
            if table is tables.notes:
                values = {"account_id": rng.choice(accounts), "written_at": at, "body": sentence(), **STAMPS}
                connection.execute(insert(table).values(values))
            elif table is tables.ticket_messages and tickets:
                row = {
                    "ticket_id": rng.choice(tickets),
                    "external_id": number,
                    "sent_at": at,
                    "body": sentence(),
                }
                connection.execute(insert(table).values(row))
            else:
                row = {
                    "source": "files",
                    "number": number,
                    "account_id": rng.choice(accounts),
                    "status": "open",
                }
                connection.execute(insert(tables.tickets).values(**row, opened_at=at, title=sentence()))
        elif action == "delete" and table is not tables.accounts:
            connection.execute(delete(table).where(table.c.id == rng.choice(ids)))
        else:
            column = {"tickets": "title", "accounts": "name"}.get(table.name, "body")
            connection.execute(
                update(table).where(table.c.id == rng.choice(ids)).values({column: sentence()})
            )

    for _ in range(12):
        with store.write() as connection:
            for _ in range(rng.randint(1, 12)):
                one_write(connection)
    assert_true(store)


def test_missing_rows_are_counted_and_a_rebuild_brings_them_back(store: Store) -> None:
    filled(store)
    with store.write() as connection:
        connection.exec_driver_sql("DELETE FROM search_tickets")
        assert missing_rows(connection) == 1
        rebuild(connection)
        assert missing_rows(connection) == 0
    assert_true(store)
