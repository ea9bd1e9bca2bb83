"""What the statistics found, kept with what they were computed from."""

from __future__ import annotations

from sqlalchemy import REAL, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from convergedesk.store.tables.columns import Day, Instant, account_id, flag, metadata, row_id

account_insights = Table(
    "account_insights",
    metadata,
    Column(
        "account_id",
        Integer,
        ForeignKey("accounts.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    # Version of the method and digest of the inputs: equal ones mean that nothing has to be computed.
    Column("method", Text, nullable=False),
    Column("inputs", Text, nullable=False),
    Column("computed_at", Instant, nullable=False),
    # Last day with usage, or NULL without any.
    Column("as_of", Day),
    # The account's figures as JSON; figures/insights gives them their types.
    Column("figures", Text, nullable=False, default="{}", server_default="{}"),
    sqlite_strict=True,
)

episodes = Table(
    "episodes",
    metadata,
    row_id(),
    account_id(),
    Column("opened_on", Day, nullable=False),
    # The day of the last resolution, or NULL while a ticket is open.
    Column("resolved_on", Day),
    flag("high", default=False),
    # Time to value restored; NULL where no dip is confirmed.
    Column("days", REAL),
    flag("restored", default=False),
    Column("onset_on", Day),
    Column("restored_on", Day),
    Column("days_from_onset", REAL),
    Column("days_after_resolution", REAL),
    Column("from_level_at_closing", REAL),
    Index(None, "account_id", "opened_on"),
    sqlite_strict=True,
)

episode_tickets = Table(
    "episode_tickets",
    metadata,
    Column("episode_id", Integer, ForeignKey("episodes.id", ondelete="CASCADE"), primary_key=True),
    Column("ticket_id", Integer, ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "ticket_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

episode_effects = Table(
    "episode_effects",
    metadata,
    row_id(),
    Column("episode_id", Integer, ForeignKey("episodes.id", ondelete="CASCADE"), nullable=False),
    # NULL for the account's total.
    Column("meter_id", Integer, ForeignKey("meters.id", ondelete="CASCADE")),
    # Which days: "after" the resolution, or "during", from the dip's onset to restoration.
    Column("part", Text, nullable=False),
    Column("horizon", Integer, nullable=False),
    Column("first_day", Day, nullable=False),
    Column("lead", Integer, nullable=False),
    Column("estimate", REAL),
    Column("low", REAL),
    Column("high", REAL),
    Column("verdict", Text, nullable=False),
    Column("smallest_detectable", REAL),
    Column("observed", REAL),
    Column("expected", REAL),
    Column("year_earlier", REAL),
    Column("abstained", Text),
    Column("baseline", Integer, nullable=False),
    Column("placebos", Integer, nullable=False),
    Column("effective", REAL),
    Column("deviation", REAL),
    Column("peer_weight", REAL, nullable=False),
    flag("unusual", default=False),
    UniqueConstraint("episode_id", "meter_id", "part", "horizon"),
    Index(None, "meter_id"),
    sqlite_strict=True,
)

account_figures = Table(
    "account_figures",
    metadata,
    Column(
        "account_id",
        Integer,
        ForeignKey("accounts.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    # As in `account_insights`.
    Column("method", Text, nullable=False),
    Column("inputs", Text, nullable=False),
    Column("computed_at", Instant, nullable=False),
    # Last day with usage, or NULL without any.
    Column("as_of", Day),
    # Each part as JSON, so that a list reads no more than it shows; `domain.account_figures` has their types.
    Column("health", Text, nullable=False),
    Column("spend", Text, nullable=False),
    Column("commitments", Text, nullable=False),
    Column("adoption", Text, nullable=False),
    Column("costs", Text, nullable=False),
    Column("missing", Text, nullable=False),
    sqlite_strict=True,
)

health_days = Table(
    "health_days",
    metadata,
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    # The last day with usage that the score speaks of.
    Column("day", Day, primary_key=True),
    # Scores of two methods are two series.
    Column("method", Text, primary_key=True),
    Column("score", REAL, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
