"""Days on which usage cannot be judged as usual."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Table, Text, UniqueConstraint

from convergedesk.domain.calendar import CalendarEventKind
from convergedesk.store.tables.columns import (
    Day,
    Member,
    account_id,
    deleted_at,
    edited,
    imported,
    metadata,
    one_of,
    row_id,
)

calendar_events = Table(
    "calendar_events",
    metadata,
    row_id(),
    *edited(),
    *imported(required=False),
    Column("external_id", Text),
    Column("kind", Member(CalendarEventKind), nullable=False),
    Column("title", Text, nullable=False),
    Column("first_day", Day, nullable=False),
    Column("last_day", Day, nullable=False),
    account_id(nullable=True),
    Column("country", Text),
    deleted_at(),
    one_of("kind", CalendarEventKind),
    CheckConstraint("last_day >= first_day", name="days"),
    UniqueConstraint("source", "external_id"),
    Index(None, "account_id", "first_day"),
    Index(None, "first_day"),
    sqlite_strict=True,
)
