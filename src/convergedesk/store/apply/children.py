"""Messages of tickets and lines of invoices: rows that hang on another row of their source."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from convergedesk.domain.records import EntityKind, InvoiceLineRecord, TicketMessageRecord
from convergedesk.store.apply.billing import iso
from convergedesk.store.apply.rows import Value
from convergedesk.store.instants import to_microseconds


@dataclass(frozen=True)
class ChildTable:
    """How the rows of a parent lie in the file.

    Attributes:
        entity: What they are.
        name: The table.
        parent: The column with the parent's id.
        parent_table: The parent's table.
        key: The column that makes a row what it is within its parent.
        columns: The columns that a record fills.
    """

    entity: EntityKind
    name: str
    parent: str
    parent_table: str
    key: str
    columns: tuple[str, ...]

    @cached_property
    def select(self) -> str:
        """Rows by a JSON list of parent ids."""
        return (
            f"SELECT {self.parent}, {self.key}, id, {', '.join(self.columns)} FROM {self.name} "  # noqa: S608
            f"WHERE {self.parent} IN (SELECT value FROM json_each(?))"
        )

    @cached_property
    def insert(self) -> str:
        """A new row: parent, key, values."""
        names = (self.parent, self.key, *self.columns)
        return f"INSERT INTO {self.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608

    @cached_property
    def update(self) -> str:
        """A known row: values, id."""
        return f"UPDATE {self.name} SET {', '.join(f'{name} = ?' for name in self.columns)} WHERE id = ?"  # noqa: S608


MESSAGES = ChildTable(
    EntityKind.TICKET_MESSAGES,
    "ticket_messages",
    "ticket_id",
    "tickets",
    "external_id",
    ("sent_at", "author", "author_role", "from_customer", "audience", "body"),
)
LINES = ChildTable(
    EntityKind.INVOICE_LINES,
    "invoice_lines",
    "invoice_id",
    "invoices",
    "position",
    ("description", "amount_minor", "meter_id", "quantity", "period_start", "period_end"),
)


@dataclass(frozen=True, slots=True)
class Child:
    """A message or line in the form of its table.

    Attributes:
        parent: The number of its ticket or invoice.
        key: What makes it what it is within its parent.
        values: One for each of the table's columns.
    """

    parent: str
    key: str | int
    values: tuple[Value, ...]

    @property
    def row_key(self) -> str:
        """What makes it what it is within its source."""
        return f"{self.parent}\n{self.key}"


@dataclass(slots=True)
class LinePositions:
    """Numbers the lines of invoices whose source does not: in the order in which they come."""

    _last: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def next(self, stream: str, invoice: str) -> int:
        """The next position in that invoice."""
        place = f"{stream}\n{invoice}"
        self._last[place] += 1
        return self._last[place]


def prepare_message(record: TicketMessageRecord) -> Child:
    """A message's row; without an id it is what it is by time, author and text."""
    sent_at = to_microseconds(record.sent_at)
    key = record.external_id
    if key is None:
        said = "\n".join((str(sent_at), record.author, record.body))
        key = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    values = (
        *(sent_at, record.author, record.author_role),
        *(int(record.from_customer), record.audience.value, record.body),
    )
    return Child(record.ticket_number, key, values)


def prepare_line(record: InvoiceLineRecord, position: int, meter_id: int | None) -> Child:
    """A line's row."""
    values = (
        record.description,
        record.amount.minor_units,
        meter_id,
        None if record.quantity is None else format(record.quantity, "f"),
        iso(record.period_start),
        iso(record.period_end),
    )
    return Child(record.invoice_number, position, values)


def parent_ids(
    connection: Connection, table: ChildTable, source: str, numbers: Sequence[str]
) -> dict[str, int]:
    """The ids of tickets or invoices by number."""
    rows = connection.exec_driver_sql(
        f"SELECT number, id FROM {table.parent_table} "  # noqa: S608
        "WHERE source = ? AND number IN (SELECT value FROM json_each(?))",
        (source, json.dumps(list(set(numbers)))),
    )
    return {row[0]: row[1] for row in rows}


def write_children(
    connection: Connection, table: ChildTable, children: Sequence[tuple[int, Child]]
) -> list[str]:
    """Bring children (with their parents' ids) up to date.

    Returns:
        For each child 'new', 'changed' or 'unchanged'.
    """
    parents = json.dumps(sorted({parent for parent, _ in children}))
    known: dict[tuple[int, Any], tuple[int | None, tuple[Value, ...]]] = {
        (row[0], row[1]): (row[2], tuple(row[3:]))
        for row in connection.exec_driver_sql(table.select, (parents,))
    }
    fates: list[str] = []
    inserts: dict[tuple[int, Any], tuple[Any, ...]] = {}
    updates: list[tuple[Any, ...]] = []
    for parent, child in children:
        place = (parent, child.key)
        former = known.get(place)
        if former is None or former[0] is None:
            fates.append("new" if former is None else "unchanged" if former[1] == child.values else "changed")
            inserts[place] = (parent, child.key, *child.values)
            known[place] = (None, child.values)
        elif former[1] == child.values:
            fates.append("unchanged")
        else:
            fates.append("changed")
            updates.append((*child.values, former[0]))
            known[place] = (former[0], child.values)
    if inserts:
        connection.exec_driver_sql(table.insert, list(inserts.values()))
    if updates:
        connection.exec_driver_sql(table.update, updates)
    return fates
