"""What billing states: subscriptions, invoices with their lines, churn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.billing import (
    BilledTotal,
    ChurnEvent,
    Invoice,
    InvoiceId,
    InvoiceLine,
    Subscription,
    SubscriptionId,
)
from convergedesk.domain.money import Money
from convergedesk.domain.usage import MeterId
from convergedesk.store.engine import Store
from convergedesk.store.tables import churn_events, invoice_lines, invoices, subscriptions


def subscriptions_of(store: Store, account_ids: Sequence[AccountId]) -> tuple[Subscription, ...]:
    """Every subscription of the accounts, newest first."""
    table = subscriptions.c
    query = (
        select(subscriptions)
        .where(table.account_id.in_(account_ids), table.gone_since.is_(None))
        .order_by(table.starts_on.desc(), table.id.desc())
    )
    with store.read() as connection:
        rows = connection.execute(query).all()
    return tuple(
        Subscription(
            id=SubscriptionId(row.id),
            account_id=AccountId(row.account_id),
            external_id=row.external_id,
            plan=row.plan,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            mrr=None if row.mrr_minor is None else Money(row.mrr_minor, row.currency),
            seats=row.seats,
            billing_period=row.billing_period,
            trial=row.trial,
            auto_renews=row.auto_renews,
        )
        for row in rows
    )


def invoices_of(store: Store, account_ids: Sequence[AccountId]) -> tuple[Invoice, ...]:
    """Every invoice of the accounts with its lines, newest first."""
    table, line = invoices.c, invoice_lines.c
    wanted = (table.account_id.in_(account_ids), table.gone_since.is_(None))
    heads = select(invoices).where(*wanted).order_by(table.issued_on.desc(), table.id.desc())
    positions = (
        select(invoice_lines, table.currency)
        .join(invoices, table.id == line.invoice_id)
        .where(*wanted)
        .order_by(line.invoice_id, line.position)
    )
    lines: defaultdict[int, list[InvoiceLine]] = defaultdict(list)
    with store.read() as connection:
        for row in connection.execute(positions):
            lines[row.invoice_id].append(
                InvoiceLine(
                    description=row.description,
                    amount=Money(row.amount_minor, row.currency),
                    meter_id=None if row.meter_id is None else MeterId(row.meter_id),
                    quantity=row.quantity,
                    period_start=row.period_start,
                    period_end=row.period_end,
                )
            )
        rows = connection.execute(heads).all()
    return tuple(
        Invoice(
            id=InvoiceId(row.id),
            account_id=AccountId(row.account_id),
            number=row.number,
            issued_on=row.issued_on,
            period_start=row.period_start,
            period_end=row.period_end,
            total=Money(row.total_minor, row.currency),
            state=row.state,
            lines=tuple(lines[row.id]),
        )
        for row in rows
    )


_BILLED = """
WITH lines AS (
    SELECT l.invoice_id, sum(iif(l.meter_id IS NULL, 0, l.amount_minor)) AS by_usage,
           group_concat(DISTINCT l.meter_id) AS meters
    FROM invoice_lines l GROUP BY l.invoice_id
)
SELECT i.account_id, i.currency, sum(i.total_minor), sum(coalesce(l.by_usage, 0)),
       count(l.invoice_id), group_concat(DISTINCT l.meters)
FROM invoices i LEFT JOIN lines l ON l.invoice_id = i.id
WHERE i.gone_since IS NULL AND i.state NOT IN ('draft', 'void', 'credit')
  AND coalesce(i.period_start, i.issued_on) BETWEEN ? AND ?
GROUP BY i.account_id, i.currency
"""


def billed_between(store: Store, first: date, last: date) -> tuple[BilledTotal, ...]:
    """What every account was billed for periods that began in these days, one entry a currency."""
    with store.read() as connection:
        rows = connection.exec_driver_sql(_BILLED, (first.isoformat(), last.isoformat())).all()
    return tuple(
        BilledTotal(
            AccountId(account_id),
            Money(total, currency),
            Money(by_usage, currency),
            len(set((meters or "").split(",")) - {""}),
            bool(with_lines),
        )
        for account_id, currency, total, by_usage, with_lines, meters in rows
    )


def churn_of(store: Store, account_ids: Sequence[AccountId]) -> tuple[ChurnEvent, ...]:
    """When the accounts left or came back, newest first."""
    table = churn_events.c
    query = (
        select(churn_events)
        .where(table.account_id.in_(account_ids), table.gone_since.is_(None))
        .order_by(table.day.desc(), table.id.desc())
    )
    with store.read() as connection:
        rows = connection.execute(query).all()
    return tuple(
        ChurnEvent(
            account_id=AccountId(row.account_id),
            day=row.day,
            reason=row.reason,
            refund=None if row.refund_minor is None else Money(row.refund_minor, row.refund_currency),
            reactivation=row.reactivation,
            feedback=row.feedback,
        )
        for row in rows
    )
