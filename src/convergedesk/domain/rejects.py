"""Rows that an import did not take, as lists and files show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.records import EntityKind


@dataclass(frozen=True, slots=True)
class RejectQuery:
    """Which rejects to list.

    Attributes:
        stream: Only of this file or stream.
        entity: Only of this kind.
        code: Only of this code.
        text: Only where the reason or the row contains this text, in any case.
        resolved: True lists those that are settled, False those that are not.
        limit: At most so many.
        offset: After so many.
    """

    stream: str | None = None
    entity: EntityKind | None = None
    code: str | None = None
    text: str = ""
    resolved: bool = False
    limit: int = 500
    offset: int = 0


@dataclass(frozen=True, slots=True)
class RejectRow:
    """One reject.

    Attributes:
        id: Our own id.
        system: Kind of system that the stream speaks for.
        source: Name of the source.
        stream: The file or stream.
        entity: What its rows are.
        line: Where the row stands, as in `domain.records.Origin`.
        rows: Physical rows that it stands for.
        code: A short stable name for grouping.
        reason: In plain words.
        raw: The row as text.
        waiting: True where the row is kept and comes in once its account is known.
        created_at: When it was refused, UTC.
        resolved_at: When it was settled, or None.
    """

    id: int
    system: SystemKind
    source: str
    stream: str
    entity: EntityKind
    line: int
    rows: int
    code: str
    reason: str
    raw: str
    waiting: bool
    created_at: datetime
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class RejectList:
    """A page of rejects.

    Attributes:
        rows: In the order of stream and line.
        total: Physical rows behind everything that the query fits.
        by_code: The same by code, the most frequent first; `code` itself does not narrow it.
        listed: How many rejects the query fits, for paging.
    """

    rows: tuple[RejectRow, ...]
    total: int
    by_code: Mapping[str, int]
    listed: int
