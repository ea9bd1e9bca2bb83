"""Rows that were not taken: one reject for each place in a stream, kept until it is settled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.records import EntityKind

UNKNOWN_ACCOUNT = "unknown_account"
AMBIGUOUS_ACCOUNT = "ambiguous_account"
IGNORED_ACCOUNT = "ignored_account"
UNKNOWN_REFERENCE = "unknown_reference"
DUPLICATE = "duplicate"
BAD_NUMBER = "bad_number"
# The row stood in the list, but which row it was is not known.
UNREADABLE = frozenset({BAD_NUMBER, "encoding", "missing"})

_COLUMNS = "system, source, stream, entity, line, run_id, code, reason, raw, account_key, rows, created_at"
_UPSERT = (
    f"INSERT INTO rejects ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "  # noqa: S608
    "ON CONFLICT (source, stream, line) DO UPDATE SET "
    "system = excluded.system, entity = excluded.entity, run_id = excluded.run_id, code = excluded.code, "
    "reason = excluded.reason, raw = excluded.raw, account_key = excluded.account_key, "
)
# The first reject of a line in a run replaces what an earlier run said, later ones add to it.
_REPLACE = (
    _UPSERT + "rows = excluded.rows, created_at = excluded.created_at, resolved_at = NULL "
    "WHERE resolved_at IS NOT NULL OR rows <> excluded.rows OR code <> excluded.code "
    "OR reason <> excluded.reason OR raw <> excluded.raw OR account_key IS NOT excluded.account_key"
)
_ADD = _UPSERT + "rows = rejects.rows + excluded.rows, resolved_at = NULL"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not taken; fields as in `domain.records.Reject`.

    Attributes:
        account_key: Text of the key that the row waits for, or None.
        rows: Physical rows that it stands for.
        waits: True where the row is kept and comes in later.
    """

    line: int
    code: str
    reason: str
    raw: str = ""
    account_key: str | None = None
    rows: int = 1
    waits: bool = False


@dataclass(slots=True)
class RejectWriter:
    """Writes the rejects of one run.

    Attributes:
        source: Name of the source.
        run_id: The run.
        now: Its start in microseconds.
    """

    source: str
    run_id: int
    now: int
    _lines: dict[str, set[int]] = field(default_factory=dict[str, set[int]])

    def write(
        self,
        connection: Connection,
        stream: str,
        system: SystemKind,
        entity: EntityKind,
        refusals: Sequence[Refusal],
    ) -> None:
        """Keep the refusals of a page."""
        seen = self._lines.setdefault(stream, set())
        first: list[tuple[object, ...]] = []
        again: list[tuple[object, ...]] = []
        for refusal in refusals:
            row = (
                *(system, self.source, stream, entity, refusal.line, self.run_id, refusal.code),
                *(refusal.reason, refusal.raw, refusal.account_key, refusal.rows, self.now),
            )
            (again if refusal.line in seen else first).append(row)
            seen.add(refusal.line)
        if first:
            connection.exec_driver_sql(_REPLACE, first)
        if again:
            connection.exec_driver_sql(_ADD, again)

    def forget_rest(self, connection: Connection, stream: str) -> None:
        """Settle the rejects of earlier runs that the stream, read to its end, no longer has."""
        lines = json.dumps(sorted(self._lines.get(stream, ())))
        connection.exec_driver_sql(
            "UPDATE rejects SET resolved_at = ? WHERE source = ? AND stream = ? AND resolved_at IS NULL "
            "AND line NOT IN (SELECT value FROM json_each(?))",
            (self.now, self.source, stream, lines),
        )


def settle_places(connection: Connection, places: Iterable[tuple[str, str, int]], now: int) -> None:
    """Mark the rejects at those places (source, stream, line) as settled."""
    rows = [(now, *place) for place in places]
    if rows:
        connection.exec_driver_sql(
            "UPDATE rejects SET resolved_at = ? "
            "WHERE source = ? AND stream = ? AND line = ? AND resolved_at IS NULL",
            rows,
        )
