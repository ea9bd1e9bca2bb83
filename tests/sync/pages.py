"""Pages as a source would hand them in, made by hand."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy as np

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.money import Money
from convergedesk.domain.records import (
    AccountKey,
    AccountRecord,
    EntityKind,
    InvoiceLineRecord,
    InvoiceRecord,
    Origin,
    Record,
    RecordPage,
    Reject,
    SubscriptionRecord,
    TicketMessageRecord,
    TicketRecord,
    UsageColumns,
)
from convergedesk.domain.usage import Granularity

_SYSTEMS = {
    EntityKind.ACCOUNTS: SystemKind.CRM,
    EntityKind.PERSONS: SystemKind.CRM,
    EntityKind.TICKETS: SystemKind.SUPPORT,
    EntityKind.TICKET_MESSAGES: SystemKind.SUPPORT,
    EntityKind.USAGE: SystemKind.USAGE,
    EntityKind.CALENDAR_EVENTS: SystemKind.CRM,
    EntityKind.GOALS: SystemKind.CRM,
}
EPOCH = date(1970, 1, 1)


def key(external_id: str | None = None, **more: str) -> AccountKey:
    return AccountKey(external_id, **more)


def account(external_id: str | None, name: str, line: int = 2, **more: Any) -> AccountRecord:
    return AccountRecord(Origin(line, f"{external_id},{name}"), external_id, name, **more)


def ticket(number: str, of: AccountKey, line: int = 2, **more: Any) -> TicketRecord:
    more.setdefault("opened_at", datetime(2026, 3, 1, 9, tzinfo=UTC))
    return TicketRecord(Origin(line, f"{number},{of}"), number, of, **more)


def message(number: str, body: str, line: int = 2, **more: Any) -> TicketMessageRecord:
    sent_at = more.pop("sent_at", datetime(2026, 3, 1, 10, tzinfo=UTC))
    return TicketMessageRecord(Origin(line, body), None, number, sent_at, "Ada", body, **more)


def subscription(external_id: str, of: AccountKey, line: int = 2, **more: Any) -> SubscriptionRecord:
    more.setdefault("starts_on", date(2026, 1, 1))
    return SubscriptionRecord(Origin(line, external_id), external_id, of, **more)


def invoice(number: str, of: AccountKey, total: str = "100", line: int = 2, **more: Any) -> InvoiceRecord:
    more.setdefault("issued_on", date(2026, 2, 1))
    return InvoiceRecord(Origin(line, number), number, of, total=Money.of(total, "EUR"), **more)


def invoice_line(number: str, amount: str, line: int = 2, **more: Any) -> InvoiceLineRecord:
    of = more.pop("account", AccountKey())
    position = more.pop("position", None)
    more.setdefault("quantity", Decimal("1.50"))
    return InvoiceLineRecord(
        Origin(line, f"{number},{amount}"), number, position, of, "Events", Money.of(amount, "EUR"), **more
    )


def page(entity: EntityKind, records: Sequence[Record], stream: str = "", **more: Any) -> RecordPage:
    """A whole stream in one page, unless `last=False` says otherwise."""
    more.setdefault("last", True)
    more.setdefault("system", _SYSTEMS.get(entity, SystemKind.BILLING))
    rejects: Sequence[Reject] = more.setdefault("rejects", ())
    return RecordPage(
        source=more.pop("source", "files"),
        stream=stream or f"{entity}.csv",
        entity=entity,
        records=tuple(records),
        rows=len(records) + len(rejects),
        **more,
    )


def accounts(*records: AccountRecord, **more: Any) -> RecordPage:
    return page(EntityKind.ACCOUNTS, records, **more)


def tickets(*records: TicketRecord, **more: Any) -> RecordPage:
    return page(EntityKind.TICKETS, records, **more)


def subscriptions(*records: SubscriptionRecord, **more: Any) -> RecordPage:
    return page(EntityKind.SUBSCRIPTIONS, records, **more)


Entry = tuple[AccountKey, str, date, float]


def usage(
    entries: Iterable[Entry],
    stream: str = "usage.csv",
    *,
    first_line: int = 2,
    granularity: Granularity = Granularity.DAY,
    last: bool = True,
    system: SystemKind = SystemKind.USAGE,
    source: str = "files",
) -> RecordPage:
    """A page of usage; every entry is one row of its file."""
    listed = list(entries)
    keys = {key: n for n, key in enumerate(dict.fromkeys(entry[0] for entry in listed))}
    meters = {meter: n for n, meter in enumerate(dict.fromkeys(entry[1] for entry in listed))}
    columns = UsageColumns(
        tuple(keys),
        tuple(meters),
        np.array([keys[entry[0]] for entry in listed], dtype=np.int32),
        np.array([meters[entry[1]] for entry in listed], dtype=np.int32),
        np.array([(entry[2] - EPOCH).days for entry in listed], dtype=np.int32),
        np.array([entry[3] for entry in listed], dtype=np.float64),
        np.arange(first_line, first_line + len(listed), dtype=np.int64),
        np.ones(len(listed), dtype=np.int32),
        granularity,
    )
    return RecordPage(system, source, stream, EntityKind.USAGE, usage=columns, rows=len(listed), last=last)
