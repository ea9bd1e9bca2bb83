"""What the program noticed by itself."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from convergedesk.store.tables.columns import (
    Day,
    Instant,
    account_id,
    edited,
    metadata,
    one_of,
    row_id,
    text,
)

alerts = Table(
    "alerts",
    metadata,
    row_id(),
    *edited(),
    account_id(),
    Column("kind", Text, nullable=False),
    Column("severity", Text, nullable=False),
    # The day that the alert speaks of, and when it was raised.
    Column("day", Day, nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("meter_id", Integer, ForeignKey("meters.id", ondelete="CASCADE")),
    Column("ticket_id", Integer, ForeignKey("tickets.id", ondelete="SET NULL")),
    Column("sentence", Text, nullable=False),
    # The figures behind the sentence as JSON.
    Column("figures", Text, nullable=False, default="{}", server_default="{}"),
    Column("state", Text, nullable=False, default="open", server_default="open"),
    Column("snoozed_until", Day),
    Column("resolved_at", Instant),
    text("resolved_by"),
    Column("delivered_at", Instant),
    one_of("severity", ("info", "warning", "critical")),
    one_of("state", ("open", "snoozed", "expected", "resolved")),
    Index(None, "account_id", "raised_at"),
    Index(None, "state", "raised_at"),
    Index(None, "meter_id"),
    Index(None, "ticket_id"),
    sqlite_strict=True,
)
