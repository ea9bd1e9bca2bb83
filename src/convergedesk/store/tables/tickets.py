"""Tickets and their conversations."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from convergedesk.domain.audience import Audience
from convergedesk.domain.tickets import TicketStatus
from convergedesk.store.tables.columns import (
    Instant,
    Member,
    Rank,
    account_id,
    audience,
    flag,
    imported,
    metadata,
    one_of,
    row_id,
    text,
)

tickets = Table(
    "tickets",
    metadata,
    row_id(),
    *imported(),
    Column("number", Text, nullable=False),
    account_id(),
    text("title"),
    Column("priority", Rank),
    Column("status", Member(TicketStatus), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("first_response_minutes", Integer),
    Column("satisfaction", Integer),
    flag("escalated", default=False),
    Column("feature_id", Integer, ForeignKey("features.id", ondelete="SET NULL")),
    Column("requester", Text),
    Column("assignee", Text),
    Column("url", Text),
    Column("reopens", Integer),
    one_of("status", TicketStatus),
    CheckConstraint("priority BETWEEN 1 AND 4", name="priority"),
    CheckConstraint("satisfaction BETWEEN 1 AND 5", name="satisfaction"),
    UniqueConstraint("source", "number"),
    Index(None, "account_id", "opened_at"),
    Index(None, "status", "opened_at"),
    Index(None, "opened_at"),
    Index(None, "number"),
    Index(None, "feature_id"),
    Index(None, "run_id"),
    sqlite_strict=True,
)

ticket_messages = Table(
    "ticket_messages",
    metadata,
    row_id(),
    Column("ticket_id", Integer, ForeignKey("tickets.id", ondelete="CASCADE"), nullable=False),
    # The source's id, or a digest of time, author and body where it has none.
    Column("external_id", Text, nullable=False),
    Column("sent_at", Instant, nullable=False),
    text("author"),
    text("author_role"),
    flag("from_customer", default=False),
    audience(),
    text("body"),
    one_of("audience", Audience),
    UniqueConstraint("ticket_id", "external_id"),
    Index(None, "ticket_id", "sent_at"),
    sqlite_strict=True,
)

# What our own people write about a ticket; apart from the imported row, which the next import replaces.
ticket_contexts = Table(
    "ticket_contexts",
    metadata,
    Column(
        "ticket_id",
        Integer,
        ForeignKey("tickets.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    # What the customer was trying to achieve, and how this blocks them.
    text("trying_to"),
    text("blocks"),
    # The feature that it is about, where it is another one than the desk says.
    Column("feature_id", Integer, ForeignKey("features.id", ondelete="SET NULL")),
    audience(),
    text("author"),
    Column("updated_at", Instant, nullable=False),
    one_of("audience", Audience),
    Index(None, "feature_id"),
    sqlite_strict=True,
)

ticket_goals = Table(
    "ticket_goals",
    metadata,
    Column("ticket_id", Integer, ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True),
    Column("goal_id", Integer, ForeignKey("goals.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "goal_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
