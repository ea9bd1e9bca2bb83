"""The latest instant that a page of records speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from convergedesk.domain.records import (
    ChurnRecord,
    InvoiceLineRecord,
    InvoiceRecord,
    Record,
    RecordPage,
    TicketMessageRecord,
    TicketRecord,
)
from convergedesk.store.apply.usage_pages import last_day
from convergedesk.store.instants import to_microseconds


def latest_instant(page: RecordPage) -> int | None:
    """Microseconds; None where the records carry no time, so that they speak of when they came.

    A day counts as told to its end.
    """
    if page.usage is not None:
        day = last_day(page.usage)
        return None if day is None else _end_of(day)
    return max((instant for record in page.records for instant in _instants(record)), default=None)


def _instants(record: Record) -> Iterable[int]:
    if isinstance(record, TicketRecord):
        yield to_microseconds(record.opened_at)
        if record.closed_at is not None:
            yield to_microseconds(record.closed_at)
    elif isinstance(record, TicketMessageRecord):
        yield to_microseconds(record.sent_at)
    elif isinstance(record, InvoiceRecord | InvoiceLineRecord) and record.issued_on is not None:
        yield _end_of(record.issued_on)
    elif isinstance(record, ChurnRecord):
        yield _end_of(record.day)


def _end_of(day: date) -> int:
    return to_microseconds(datetime.combine(day + timedelta(days=1), time.min, tzinfo=UTC))
