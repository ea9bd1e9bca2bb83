"""The schema as a whole: what SQLite itself refuses, and what every table must have."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint, exc, insert, select

from convergedesk.domain.tickets import Priority
from convergedesk.store import tables
from convergedesk.store.engine import Store
from convergedesk.store.tables import metadata
from tests.store.rows import NOW, add, add_account, add_ticket

ALL = sorted(metadata.tables.values(), key=lambda table: table.name)


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_every_foreign_key_is_indexed_so_that_a_cascade_need_not_search(table: Table) -> None:
    leading = {next(iter(index.columns)).name for index in table.indexes}
    leading |= {next(iter(c.columns)).name for c in table.constraints if isinstance(c, UniqueConstraint)}
    leading.add(next(iter(table.primary_key.columns)).name)
    keys = [c.column_keys[0] for c in table.constraints if isinstance(c, ForeignKeyConstraint)]
    # Few rows, or a parent that is hardly ever deleted.
    rarely_followed = {"run_id", "replaces_id", *(["meter_id"] if table.name == "usage_shared" else [])}
    assert {*keys} - leading <= rarely_followed


def test_every_table_is_strict(store: Store) -> None:
    with store.read() as connection:
        rows = connection.exec_driver_sql("PRAGMA table_list").mappings().all()
    plain = [row for row in rows if row["type"] == "table" and not row["name"].startswith("sqlite_")]
    ours = {row["name"]: row["strict"] for row in plain}
    assert ours == dict.fromkeys((table.name for table in ALL), 1)


def test_an_instant_comes_back_in_utc(store: Store) -> None:
    noon_in_paris = datetime(2026, 1, 5, 12, 0, 0, 123456, timezone(timedelta(hours=1)))
    account = add_account(store, "Acme", gone_since=noon_in_paris)
    with store.read() as connection:
        found = connection.execute(
            select(tables.accounts.c.gone_since).where(tables.accounts.c.id == account)
        ).scalar_one()
    assert found == noon_in_paris
    assert found.tzinfo is UTC


def test_an_instant_without_a_zone_is_a_bug(store: Store) -> None:
    with pytest.raises(exc.StatementError, match="without a time zone"):
        add_account(store, "Acme", gone_since=NOW.replace(tzinfo=None))


def test_unknown_words_and_ranks_are_refused_by_the_file_itself(store: Store) -> None:
    account = add_account(store, "Acme")
    ticket = add_ticket(store, account, "1", priority=Priority.HIGH)
    for change in ("status = 'vanished'", "priority = 9", "opened_at = 'yesterday'", "escalated = 2"):
        with pytest.raises(exc.IntegrityError), store.write() as connection:
            connection.exec_driver_sql(f"UPDATE tickets SET {change} WHERE id = {ticket}")


def test_deleting_an_account_takes_along_what_hangs_on_it(store: Store) -> None:
    account = add_account(store, "Acme")
    ticket = add_ticket(store, account, "1")
    add(store, tables.ticket_messages, ticket_id=ticket, external_id="m1", sent_at=NOW, body="Hello")
    with store.write() as connection:
        connection.execute(tables.accounts.delete())
        left = connection.execute(select(tables.ticket_messages.c.id)).all()
    assert left == []


def test_two_rows_of_one_source_cannot_be_the_same_ticket(store: Store) -> None:
    account = add_account(store, "Acme")
    add_ticket(store, account, "1")
    with pytest.raises(exc.IntegrityError):
        add_ticket(store, account, "1")
    add_ticket(store, account, "1", source="zendesk")


def test_edited_rows_get_an_identity_of_their_own(store: Store) -> None:
    with store.write() as connection:
        for name in ("one", "two"):
            connection.execute(insert(tables.pods).values(name=name, created_at=NOW, updated_at=NOW))
        uids = connection.execute(select(tables.pods.c.uid)).scalars().all()
    assert len({*uids}) == 2
    assert all(len(uid) == 32 for uid in uids)
