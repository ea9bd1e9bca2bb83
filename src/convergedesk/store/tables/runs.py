"""How data came in: runs, their files, where each stream stands, and what was not taken."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.records import EntityKind
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


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, default=0, server_default="0")


import_runs = Table(
    "import_runs",
    metadata,
    row_id(),
    Column("source", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("state", Text, nullable=False, default="running", server_default="running"),
    _count("rows"),
    _count("imported"),
    _count("rejected"),
    # What the person is told about a run that failed or was stopped.
    text("message"),
    # What the run did, as JSON, for its page.
    Column("summary", Text, nullable=False, default="{}", server_default="{}"),
    one_of("state", ("running", "done", "cancelled", "failed", "interrupted")),
    Index(None, "started_at"),
    sqlite_strict=True,
)

import_files = Table(
    "import_files",
    metadata,
    row_id(),
    Column("run_id", Integer, ForeignKey("import_runs.id", ondelete="CASCADE"), nullable=False),
    # The file's (or stream's) name without its folder.
    Column("stream", Text, nullable=False),
    Column("system", Member(SystemKind)),
    Column("entity", Member(EntityKind)),
    Column("size_bytes", Integer),
    Column("digest", Text),
    flag("whole", default=False),
    _count("rows"),
    # imported = new + changed + unchanged; rows = imported + waiting + rejected.
    _count("imported"),
    _count("new"),
    _count("changed"),
    _count("unchanged"),
    _count("waiting"),
    _count("rejected"),
    flag("complete", default=False),
    one_of("system", SystemKind),
    one_of("entity", EntityKind),
    UniqueConstraint("run_id", "stream"),
    sqlite_strict=True,
)

cursors = Table(
    "cursors",
    metadata,
    Column("source", Text, primary_key=True),
    Column("stream", Text, primary_key=True),
    Column("system", Member(SystemKind), nullable=False),
    Column("entity", Member(EntityKind), nullable=False),
    # Opaque to everybody but the source; empty before the first page.
    text("cursor"),
    # What the cursor belongs to, such as the file's digest: another digest starts afresh.
    text("fingerprint"),
    Column("run_id", Integer, ForeignKey("import_runs.id", ondelete="SET NULL")),
    Column("updated_at", Instant, nullable=False),
    flag("complete", default=False),
    one_of("system", SystemKind),
    one_of("entity", EntityKind),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

freshness = Table(
    "freshness",
    metadata,
    Column("system", Member(SystemKind), primary_key=True),
    Column("source", Text, primary_key=True),
    # The latest instant that the data speaks of, and when it last came in.
    Column("as_of", Instant),
    Column("received_at", Instant, nullable=False),
    one_of("system", SystemKind),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

rejects = Table(
    "rejects",
    metadata,
    row_id(),
    Column("run_id", Integer, ForeignKey("import_runs.id", ondelete="SET NULL")),
    Column("system", Member(SystemKind), nullable=False),
    Column("source", Text, nullable=False),
    Column("stream", Text, nullable=False),
    Column("entity", Member(EntityKind), nullable=False),
    Column("line", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("reason", Text, nullable=False),
    text("raw"),
    # Where it waits for an account: how the row named it.
    Column("account_key", Text),
    # Physical rows that it stands for.
    Column("rows", Integer, nullable=False, default=1, server_default="1"),
    Column("created_at", Instant, nullable=False),
    Column("resolved_at", Instant),
    one_of("system", SystemKind),
    one_of("entity", EntityKind),
    UniqueConstraint("source", "stream", "line"),
    Index(None, "run_id"),
    Index(None, "account_key"),
    Index(None, "resolved_at", "code"),
    sqlite_strict=True,
)

link_decisions = Table(
    "link_decisions",
    metadata,
    row_id(),
    *edited(),
    Column("kind", Text, nullable=False),
    Column("decided_at", Instant, nullable=False),
    text("author"),
    account_id(nullable=True),
    # The other side of a merge or a split.
    account_id(nullable=True, name="other_account_id"),
    Column("system", Member(SystemKind)),
    Column("source", Text),
    Column("account_key", Text),
    # What undoing needs, as JSON: ids of the rows that moved and where they were.
    Column("before", Text, nullable=False, default="{}", server_default="{}"),
    Column("undone_at", Instant),
    one_of("kind", ("link", "merge", "split", "ignore", "create")),
    one_of("system", SystemKind),
    Index(None, "account_id"),
    Index(None, "other_account_id"),
    Index(None, "system", "source", "account_key"),
    sqlite_strict=True,
)

mappings = Table(
    "mappings",
    metadata,
    row_id(),
    *edited(),
    Column("name", Text, nullable=False, unique=True),
    # The TOML text that the command line also takes.
    Column("toml", Text, nullable=False),
    sqlite_strict=True,
)
