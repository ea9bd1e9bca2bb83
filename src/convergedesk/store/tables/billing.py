"""Subscriptions, invoices and churn, as billing states them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from convergedesk.domain.billing import InvoiceState
from convergedesk.store.tables.columns import (
    Day,
    Exact,
    Member,
    account_id,
    flag,
    imported,
    metadata,
    one_of,
    row_id,
    text,
)

subscriptions = Table(
    "subscriptions",
    metadata,
    row_id(),
    *imported(),
    Column("external_id", Text, nullable=False),
    account_id(),
    Column("plan", Text),
    Column("starts_on", Day, nullable=False),
    Column("ends_on", Day),
    Column("mrr_minor", Integer),
    Column("currency", Text),
    Column("seats", Integer),
    Column("billing_period", Text),
    flag("trial", default=False),
    flag("auto_renews"),
    CheckConstraint("(mrr_minor IS NULL) = (currency IS NULL)", name="money"),
    UniqueConstraint("source", "external_id"),
    Index(None, "account_id", "starts_on"),
    Index(None, "external_id"),
    Index(None, "run_id"),
    sqlite_strict=True,
)

invoices = Table(
    "invoices",
    metadata,
    row_id(),
    *imported(),
    Column("number", Text, nullable=False),
    account_id(),
    Column("issued_on", Day, nullable=False),
    Column("period_start", Day),
    Column("period_end", Day),
    Column("total_minor", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("state", Member(InvoiceState), nullable=False),
    # True where only lines were seen, so that the total is their sum.
    flag("from_lines", default=False),
    one_of("state", InvoiceState),
    UniqueConstraint("source", "number"),
    Index(None, "account_id", "issued_on"),
    Index(None, "issued_on"),
    Index(None, "run_id"),
    sqlite_strict=True,
)

invoice_lines = Table(
    "invoice_lines",
    metadata,
    row_id(),
    Column("invoice_id", Integer, ForeignKey("invoices.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    text("description"),
    # In the invoice's currency.
    Column("amount_minor", Integer, nullable=False),
    Column("meter_id", Integer, ForeignKey("meters.id", ondelete="SET NULL")),
    Column("quantity", Exact),
    Column("period_start", Day),
    Column("period_end", Day),
    UniqueConstraint("invoice_id", "position"),
    Index(None, "meter_id"),
    sqlite_strict=True,
)

churn_events = Table(
    "churn_events",
    metadata,
    row_id(),
    *imported(),
    Column("external_id", Text, nullable=False),
    account_id(),
    Column("day", Day, nullable=False),
    Column("reason", Text),
    Column("refund_minor", Integer),
    Column("refund_currency", Text),
    flag("reactivation", default=False),
    text("feedback"),
    CheckConstraint("(refund_minor IS NULL) = (refund_currency IS NULL)", name="money"),
    UniqueConstraint("source", "external_id"),
    Index(None, "account_id", "day"),
    Index(None, "run_id"),
    sqlite_strict=True,
)
