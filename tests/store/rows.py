"""Rows as a source would have brought them, with the columns that a test does not care about filled in."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Table, insert

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.tickets import TicketId, TicketStatus
from convergedesk.domain.usage import Aggregation, MeterId
from convergedesk.store import tables
from convergedesk.store.engine import Store
from convergedesk.store.names import name_key

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


def add(store: Store, table: Table, **values: Any) -> int:
    with store.write() as connection:
        return (connection.execute(insert(table).values(values)).inserted_primary_key or (0,))[0]


def add_account(store: Store, name: str, **values: Any) -> AccountId:
    dated = {"created_at": NOW, "updated_at": NOW, "name_key": name_key(name)}
    return AccountId(add(store, tables.accounts, name=name, **dated, **values))


def add_meter(store: Store, name: str, aggregation: Aggregation = Aggregation.SUM, **values: Any) -> MeterId:
    dated = {"created_at": NOW, "updated_at": NOW, "key": name}
    return MeterId(add(store, tables.meters, name=name, aggregation=aggregation, **dated, **values))


def add_subject(store: Store, account_id: AccountId | None, key: str) -> int:
    values = {"source": "files", "account_key": key, "account_id": account_id, "created_at": NOW}
    return add(store, tables.usage_subjects, **values)


def add_ticket(store: Store, account_id: AccountId, number: str, **values: Any) -> TicketId:
    row = {
        "source": "files",
        "number": number,
        "account_id": account_id,
        "status": TicketStatus.OPEN,
        "opened_at": NOW,
        **values,
    }
    return TicketId(add(store, tables.tickets, **row))


def epoch_day(day: date) -> int:
    return (day - date(1970, 1, 1)).days
