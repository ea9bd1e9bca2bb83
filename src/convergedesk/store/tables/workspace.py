"""The workspace itself, its settings, and the figures kept for Home."""

from __future__ import annotations

from sqlalchemy import REAL, CheckConstraint, Column, ForeignKey, Integer, LargeBinary, Table, Text

from convergedesk.store.tables.columns import Day, Instant, flag, metadata, text

workspace_info = Table(
    "workspace_info",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False),
    Column("name", Text, nullable=False),
    flag("is_sample", default=False),
    Column("created_at", Instant, nullable=False),
    # The currency in which totals of several currencies are asked for; NULL until chosen.
    Column("currency", Text),
    # The day that counts as today in a sample, whose data ends on it; NULL: the computer's.
    Column("today", Day),
    Column("fiscal_month", Integer, nullable=False, default=1, server_default="1"),
    CheckConstraint("id = 1", name="single_row"),
    CheckConstraint("fiscal_month BETWEEN 1 AND 12", name="fiscal_month"),
    sqlite_strict=True,
)

settings = Table(
    "settings",
    metadata,
    Column("key", Text, primary_key=True),
    # JSON.
    Column("value", Text, nullable=False),
    Column("updated_at", Instant, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

account_summaries = Table(
    "account_summaries",
    metadata,
    Column(
        "account_id",
        Integer,
        ForeignKey("accounts.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    # 90 little-endian float32, the last one on `spark_last_day`; NaN where nothing was reported.
    Column("spark", LargeBinary),
    Column("spark_last_day", Day),
    text("spark_unit"),
    # How many meters the sparkline adds up.
    Column("spark_meters", Integer, nullable=False, default=0, server_default="0"),
    # Totals of the last 28 days of the sparkline and of the 28 before.
    Column("usage_28", REAL),
    Column("usage_previous_28", REAL),
    # A JSON list of [offset in the sparkline 0..89, 1 for high priority else 0].
    Column("tick_days", Text, nullable=False, default="[]", server_default="[]"),
    Column("open_tickets", Integer, nullable=False, default=0, server_default="0"),
    Column("open_high", Integer, nullable=False, default=0, server_default="0"),
    Column("oldest_high_opened_at", Instant),
    Column("billed_last_month_minor", Integer),
    # Months since year 0, as in usage.
    Column("billed_month", Integer),
    Column("billed_currency", Text),
    Column("mrr_minor", Integer),
    Column("mrr_currency", Text),
    Column("commitment_minor", Integer),
    Column("commitment_used_minor", Integer),
    Column("commitment_currency", Text),
    Column("commitment_starts_on", Day),
    Column("commitment_ends_on", Day),
    Column("goals_open", Integer, nullable=False, default=0, server_default="0"),
    Column("goals_overdue", Integer, nullable=False, default=0, server_default="0"),
    Column("computed_at", Instant, nullable=False),
    CheckConstraint("length(spark) = 360", name="spark"),
    sqlite_strict=True,
)
