"""What Home reads before anything heavy is loaded, and what people put off there."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from convergedesk.store.tables.columns import Day, Instant, account_id, edited, metadata, row_id, text

account_briefs = Table(
    "account_briefs",
    metadata,
    Column(
        "account_id",
        Integer,
        ForeignKey("accounts.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    # When the figures were computed that it shortens.
    Column("computed_at", Instant, nullable=False),
    # JSON; domain/briefs.py gives it its types.
    Column("brief", Text, nullable=False),
    sqlite_strict=True,
)

# One row for each pod, and one under 0 for all accounts.
portfolio_briefs = Table(
    "portfolio_briefs",
    metadata,
    Column("pod_id", Integer, primary_key=True, autoincrement=False),
    Column("computed_at", Instant, nullable=False),
    Column("brief", Text, nullable=False),
    sqlite_strict=True,
)

check_ins_put_off = Table(
    "check_ins_put_off",
    metadata,
    row_id(),
    *edited(),
    account_id(),
    # The last day on which the account is not asked for, unless its need has grown.
    Column("until_day", Day, nullable=False),
    # Points of need when it was put off.
    Column("need", Integer, nullable=False),
    text("author"),
    # Not unique: merged accounts may both have been put off; the later one counts.
    Index(None, "account_id"),
    sqlite_strict=True,
)
