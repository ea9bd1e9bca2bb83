"""How sources name our accounts, and the rows that wait until that is known."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.links import FoundBy, KeyState
from convergedesk.domain.records import EntityKind
from convergedesk.store.tables.columns import Instant, Member, flag, metadata, one_of, row_id, text

account_keys = Table(
    "account_keys",
    metadata,
    row_id(),
    Column("system", Member(SystemKind), nullable=False),
    Column("source", Text, nullable=False),
    # The canonical text of the key, which names the system too: see `domain.links.AccountKeyLink`.
    Column("account_key", Text, nullable=False),
    Column("state", Member(KeyState), nullable=False),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("found_by", Member(FoundBy)),
    flag("by_hand", default=False),
    # As the rows write them; later rows fill in what the first ones left out.
    Column("external_id", Text),
    Column("domain", Text),
    Column("name", Text),
    # As a person would call it.
    text("label"),
    # A JSON list of account ids that it could be.
    Column("candidates", Text, nullable=False, default="[]", server_default="[]"),
    # The fields that an accounts list states under this key, as JSON; NULL where none was seen.
    # An account's own columns follow from the statements of its keys.
    Column("stated", Text),
    Column("first_seen_at", Instant, nullable=False),
    Column("gone_since", Instant),
    one_of("system", SystemKind),
    one_of("state", KeyState),
    one_of("found_by", FoundBy),
    UniqueConstraint("source", "account_key"),
    Index(None, "account_id"),
    Index(None, "state"),
    sqlite_strict=True,
)

waiting_rows = Table(
    "waiting_rows",
    metadata,
    row_id(),
    # What it waits for: an account key, or (without one) the ticket or invoice of that number.
    Column("account_key_id", Integer, ForeignKey("account_keys.id", ondelete="CASCADE")),
    Column("parent", Text),
    Column("source", Text, nullable=False),
    Column("stream", Text, nullable=False),
    Column("entity", Member(EntityKind), nullable=False),
    # What makes the row itself within its source, such as a ticket's number.
    Column("row_key", Text, nullable=False),
    # The columns as they will be written, as JSON.
    Column("columns", Text, nullable=False),
    Column("line", Integer, nullable=False),
    text("raw"),
    Column("run_id", Integer, ForeignKey("import_runs.id", ondelete="SET NULL")),
    one_of("entity", EntityKind),
    UniqueConstraint("source", "entity", "row_key"),
    Index(None, "account_key_id"),
    Index(None, "source", "entity", "parent"),
    sqlite_strict=True,
)

usage_shared = Table(
    "usage_shared",
    metadata,
    Column("subject_id", Integer, ForeignKey("usage_subjects.id", ondelete="CASCADE"), primary_key=True),
    Column("meter_id", Integer, ForeignKey("meters.id", ondelete="CASCADE"), primary_key=True),
    Column("month", Integer, primary_key=True),
    # Bit d-1: day d is the sum of several files (for a monthly value bit 31), so that one of
    # them alone does not replace it halfway through an import.
    Column("mask", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
