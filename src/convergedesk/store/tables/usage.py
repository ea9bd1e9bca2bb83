"""Features, meters, and usage as blocks of a month.

A subject is whom a usage source counts for: its analytics group, customer id or
subscription. Usage hangs on the subject, and the subject on the account: two subscriptions
of one account keep their own values (an account's usage is their combination), an import of
the same file overwrites exactly what it wrote before, and merging or splitting accounts
moves subjects without touching a single value.
"""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.usage import Aggregation
from convergedesk.store.tables.columns import (
    Instant,
    Member,
    account_id,
    edited,
    flag,
    metadata,
    one_of,
    row_id,
    text,
)

DAYS_PER_BLOCK = 31
BLOCK_BYTES = DAYS_PER_BLOCK * 8

features = Table(
    "features",
    metadata,
    row_id(),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    sqlite_strict=True,
)

meters = Table(
    "meters",
    metadata,
    row_id(),
    *edited(),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    text("unit"),
    Column("aggregation", Member(Aggregation), nullable=False, default=Aggregation.SUM, server_default="sum"),
    flag("absent_is_zero", default=False),
    one_of("aggregation", Aggregation),
    Index(None, "key"),
    sqlite_strict=True,
)

meter_keys = Table(
    "meter_keys",
    metadata,
    row_id(),
    Column("system", Member(SystemKind), nullable=False),
    Column("source", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("meter_id", Integer, ForeignKey("meters.id", ondelete="CASCADE"), nullable=False),
    one_of("system", SystemKind),
    UniqueConstraint("system", "source", "key"),
    Index(None, "meter_id"),
    sqlite_strict=True,
)

usage_subjects = Table(
    "usage_subjects",
    metadata,
    row_id(),
    Column("source", Text, nullable=False),
    # As in `account_key` of other tables: how the source's rows name the account.
    Column("account_key", Text, nullable=False),
    # NULL while nobody knows whose usage it is: it waits in place, and no reader sees it.
    account_id(nullable=True),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("source", "account_key"),
    Index(None, "account_id"),
    sqlite_strict=True,
)

usage_days = Table(
    "usage_days",
    metadata,
    Column("subject_id", Integer, ForeignKey("usage_subjects.id", ondelete="CASCADE"), primary_key=True),
    Column("meter_id", Integer, ForeignKey("meters.id", ondelete="CASCADE"), primary_key=True),
    Column("month", Integer, primary_key=True),
    # 31 little-endian float64; NaN where nothing was reported and past the month's end.
    Column("quantities", LargeBinary, nullable=False),
    CheckConstraint(f"length(quantities) = {BLOCK_BYTES}", name="quantities"),
    Index(None, "meter_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

usage_months = Table(
    "usage_months",
    metadata,
    Column("subject_id", Integer, ForeignKey("usage_subjects.id", ondelete="CASCADE"), primary_key=True),
    Column("meter_id", Integer, ForeignKey("meters.id", ondelete="CASCADE"), primary_key=True),
    Column("month", Integer, primary_key=True),
    Column("quantity", REAL, nullable=False),
    Index(None, "meter_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
