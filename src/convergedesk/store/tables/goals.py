"""Goals, their measured values, and how their targets moved."""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from convergedesk.domain.audience import Audience
from convergedesk.domain.goals import GoalState, MeterMeasure
from convergedesk.store.tables.columns import (
    Day,
    Instant,
    Member,
    account_id,
    audience,
    deleted_at,
    edited,
    imported,
    metadata,
    one_of,
    row_id,
    text,
)

goals = Table(
    "goals",
    metadata,
    row_id(),
    *edited(),
    deleted_at(),
    *imported(required=False),
    Column("external_id", Text),
    account_id(),
    Column("title", Text, nullable=False),
    Column("start", REAL, nullable=False),
    Column("target", REAL, nullable=False),
    Column("current", REAL),
    text("unit"),
    Column("agreed_on", Day),
    Column("due_on", Day),
    Column("owner", Text),
    text("evidence"),
    audience(),
    Column("state", Member(GoalState), nullable=False, default=GoalState.OPEN, server_default="open"),
    Column("meter_id", Integer, ForeignKey("meters.id", ondelete="SET NULL")),
    Column("measure", Member(MeterMeasure)),
    one_of("audience", Audience),
    one_of("state", GoalState),
    one_of("measure", MeterMeasure),
    UniqueConstraint("source", "external_id"),
    Index(None, "account_id", "state"),
    Index(None, "state", "due_on"),
    Index(None, "meter_id"),
    sqlite_strict=True,
)

goal_measurements = Table(
    "goal_measurements",
    metadata,
    row_id(),
    *edited(),
    Column("goal_id", Integer, ForeignKey("goals.id", ondelete="CASCADE"), nullable=False),
    Column("day", Day, nullable=False),
    Column("value", REAL, nullable=False),
    Column("reported_by", Text, nullable=False),
    text("note"),
    UniqueConstraint("goal_id", "day"),
    sqlite_strict=True,
)

goal_targets = Table(
    "goal_targets",
    metadata,
    row_id(),
    Column("goal_id", Integer, ForeignKey("goals.id", ondelete="CASCADE"), nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("target", REAL, nullable=False),
    Column("due_on", Day),
    CheckConstraint("changed_at > 0", name="changed_at"),
    Index(None, "goal_id", "changed_at"),
    sqlite_strict=True,
)
