"""What one currency is worth in another, as somebody stated it."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from convergedesk.store.tables.columns import Day, Exact, Instant, metadata, text

exchange_rates = Table(
    "exchange_rates",
    metadata,
    Column("currency", Text, primary_key=True),
    Column("into_currency", Text, primary_key=True),
    # From this day on, until a later rate of the same pair.
    Column("day", Day, primary_key=True),
    Column("rate", Exact, nullable=False),
    text("source"),
    Column("updated_at", Instant, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
