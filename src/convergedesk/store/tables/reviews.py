"""Quarterly business reviews: the draft's slides and the frozen versions."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from convergedesk.domain.audience import Audience
from convergedesk.store.tables.columns import (
    Day,
    Instant,
    account_id,
    audience,
    edited,
    flag,
    metadata,
    one_of,
    row_id,
    text,
)

reviews = Table(
    "reviews",
    metadata,
    row_id(),
    *edited(),
    account_id(),
    Column("title", Text, nullable=False),
    Column("period_start", Day, nullable=False),
    Column("period_end", Day, nullable=False),
    # The instant to which a draft's figures are pinned until somebody refreshes them.
    Column("pinned_at", Instant),
    Column("held_at", Instant),
    text("author"),
    Column("state", Text, nullable=False, default="draft", server_default="draft"),
    one_of("state", ("draft", "frozen", "presented", "closed")),
    Index(None, "account_id", "period_end"),
    sqlite_strict=True,
)

review_slides = Table(
    "review_slides",
    metadata,
    row_id(),
    *edited(),
    Column("review_id", Integer, ForeignKey("reviews.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    text("title"),
    audience(),
    flag("hidden", default=False),
    # The slide's blocks as JSON.
    Column("content", Text, nullable=False, default="{}", server_default="{}"),
    one_of("audience", Audience),
    Index(None, "review_id", "position"),
    sqlite_strict=True,
)

review_snapshots = Table(
    "review_snapshots",
    metadata,
    row_id(),
    *edited(),
    Column("review_id", Integer, ForeignKey("reviews.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("frozen_at", Instant, nullable=False),
    Column("frozen_by", Text, nullable=False),
    # What this version replaces, and why; NULL for the first.
    Column("replaces_id", Integer, ForeignKey("review_snapshots.id", ondelete="SET NULL")),
    text("correction"),
    # The whole deck with its figures and as-of times as JSON, and the SHA-256 over it in hexadecimal.
    Column("content", Text, nullable=False),
    Column("digest", Text, nullable=False),
    UniqueConstraint("review_id", "version"),
    sqlite_strict=True,
)
