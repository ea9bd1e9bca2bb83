"""What people decided about opportunities. The opportunities themselves are computed and never kept here."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from convergedesk.domain.opportunities import DecisionState
from convergedesk.store.tables.columns import (
    Day,
    Instant,
    Member,
    account_id,
    edited,
    metadata,
    one_of,
    row_id,
    text,
)

opportunity_decisions = Table(
    "opportunity_decisions",
    metadata,
    row_id(),
    *edited(),
    account_id(),
    # Kind and subject name the opportunity however often it is computed; the subject is a meter's key.
    Column("kind", Text, nullable=False),
    text("subject"),
    Column("state", Member(DecisionState), nullable=False),
    # Until when 'not now' holds.
    Column("until_day", Day),
    text("reason"),
    text("author"),
    Column("decided_at", Instant, nullable=False),
    Column("action_id", Integer, ForeignKey("actions.id", ondelete="SET NULL")),
    one_of("state", DecisionState),
    # Not unique: merged accounts may both have decided; the later decision counts.
    Index(None, "account_id", "kind"),
    Index(None, "action_id"),
    sqlite_strict=True,
)
