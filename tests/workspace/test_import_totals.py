"""Sums over the pages of an import."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.money import Money
from convergedesk.domain.records import (
    AccountKey,
    EntityKind,
    InvoiceRecord,
    Origin,
    Record,
    RecordPage,
    SubscriptionRecord,
    TicketRecord,
    UsageColumns,
)
from convergedesk.domain.tickets import Priority
from convergedesk.workspace.import_totals import TotalsTally

KEY = AccountKey(name="Marlowe Freight")


def page(entity: EntityKind, *records: Record, usage: UsageColumns | None = None) -> RecordPage:
    return RecordPage(SystemKind.CRM, "files", "a.csv", entity, records, usage)


def usage(*entries: tuple[int, float]) -> UsageColumns:
    codes = np.array([code for code, _ in entries], dtype=np.int32)
    n = len(entries)
    return UsageColumns(
        accounts=(KEY,),
        meters=("events", "calls", "never"),
        account_codes=np.zeros(n, dtype=np.int32),
        meter_codes=codes,
        days=np.arange(n, dtype=np.int32),
        quantities=np.array([value for _, value in entries]),
        lines=np.arange(n, dtype=np.int64),
        rows=np.ones(n, dtype=np.int32),
    )


def ticket(priority: Priority | None) -> TicketRecord:
    return TicketRecord(Origin(2), "1", KEY, datetime(2026, 1, 1, tzinfo=UTC), priority=priority)


def test_quantities_money_and_priorities_are_summed_over_all_pages() -> None:
    pages = [
        page(EntityKind.USAGE, usage=usage((0, 10.0), (1, 2.5), (0, 5.0))),
        page(EntityKind.USAGE, usage=usage((0, 1.0))),
        page(EntityKind.TICKETS, ticket(Priority.HIGH), ticket(None), ticket(Priority.HIGH)),
        page(
            EntityKind.INVOICES,
            InvoiceRecord(Origin(2), "I-1", KEY, date(2026, 1, 31), Money(10_000, "EUR")),
            InvoiceRecord(Origin(3), "I-2", KEY, date(2026, 2, 28), Money(-500, "EUR")),
            InvoiceRecord(Origin(4), "I-3", KEY, date(2026, 2, 28), Money(700, "USD")),
        ),
        page(
            EntityKind.SUBSCRIPTIONS,
            SubscriptionRecord(Origin(2), "S-1", KEY, date(2026, 1, 1), mrr=Money(4_200, "USD")),
            SubscriptionRecord(Origin(3), "S-2", KEY, date(2026, 1, 1)),
        ),
    ]
    tally = TotalsTally()
    assert list(tally.watch(pages)) == pages
    totals = tally.totals()
    assert totals.quantities == (("events", 16.0), ("calls", 2.5), ("never", 0.0))
    assert totals.priorities == (("High", 2), ("Not stated", 1))
    assert totals.money == (
        ("Invoices", Money(9_500, "EUR")),
        ("Invoices", Money(700, "USD")),
        ("Monthly recurring revenue", Money(4_200, "USD")),
    )
