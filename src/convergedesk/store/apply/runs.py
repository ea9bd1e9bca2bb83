"""The record of a run: its streams' counts and cursors, and how fresh each system is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.intake import Tally
from convergedesk.domain.records import RecordPage

_FILE = """
INSERT INTO import_files
  (run_id, stream, system, entity, whole, rows, imported, new, changed, unchanged, waiting, rejected,
   complete)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (run_id, stream) DO UPDATE SET
  rows = excluded.rows, imported = excluded.imported, new = excluded.new, changed = excluded.changed,
  unchanged = excluded.unchanged, waiting = excluded.waiting, rejected = excluded.rejected,
  complete = excluded.complete
"""
_CURSOR = """
INSERT INTO cursors (source, stream, system, entity, cursor, run_id, updated_at, complete)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (source, stream) DO UPDATE SET
  system = excluded.system, entity = excluded.entity, cursor = excluded.cursor, run_id = excluded.run_id,
  updated_at = excluded.updated_at, complete = excluded.complete
"""
_FRESHNESS = """
INSERT INTO freshness (system, source, as_of, received_at) VALUES (?, ?, ?, ?)
ON CONFLICT (system, source) DO UPDATE SET
  as_of = max(coalesce(as_of, excluded.as_of), excluded.as_of), received_at = excluded.received_at
"""
_FINISH = """
UPDATE import_runs SET finished_at = ?, state = ?, message = ?, summary = ?,
  (rows, imported, rejected) = (
    SELECT coalesce(sum(rows), 0), coalesce(sum(imported), 0), coalesce(sum(rejected), 0)
    FROM import_files WHERE run_id = import_runs.id)
WHERE id = ?
"""


def start_run(connection: Connection, source: str, now: int) -> int:
    """A new run."""
    done = connection.exec_driver_sql(
        "INSERT INTO import_runs (source, started_at) VALUES (?, ?) RETURNING id", (source, now)
    )
    return int(done.scalar_one())


def settle_interrupted_runs(connection: Connection, now: int) -> int:
    """Mark runs that never ended, those of a program that was killed, as interrupted; returns how many."""
    return connection.exec_driver_sql(
        "UPDATE import_runs SET state = 'interrupted', finished_at = ?, "
        "message = 'The program was ended while this import ran. Import the files again to complete it.' "
        "WHERE state = 'running'",
        (now,),
    ).rowcount


def finish_run(
    connection: Connection, run_id: int, now: int, state: str, message: str, summary: Mapping[str, Any]
) -> None:
    """Close a run."""
    connection.exec_driver_sql(_FINISH, (now, state, message, json.dumps(summary), run_id))


def keep_progress(connection: Connection, page: RecordPage, tally: Tally, run_id: int, now: int) -> None:
    """Keep a stream's counts and cursor as of this page."""
    keep_tally(connection, page, tally, run_id)
    connection.exec_driver_sql(
        _CURSOR,
        (page.source, page.stream, page.system, page.entity, page.cursor, run_id, now, int(page.last)),
    )


def keep_tally(connection: Connection, page: RecordPage, tally: Tally, run_id: int) -> None:
    """Keep a stream's counts."""
    connection.exec_driver_sql(
        _FILE,
        (
            *(run_id, page.stream, page.system, page.entity, int(page.whole), tally.rows, tally.imported),
            *(tally.new, tally.changed, tally.unchanged, tally.waiting, tally.rejected, int(tally.complete)),
        ),
    )


def keep_freshness(
    connection: Connection, system: SystemKind, source: str, as_of: int | None, now: int
) -> None:
    """Keep what instant a system's data speaks of; without one in the data, now."""
    instant = now if as_of is None else min(as_of, now)
    connection.exec_driver_sql(_FRESHNESS, (system, source, instant, now))


def count_late(connection: Connection, source: str, stream: str, rows: int) -> None:
    """Count rows that waited as imported in the latest run of their stream."""
    connection.exec_driver_sql(
        "UPDATE import_files SET imported = imported + ?1, new = new + ?1, waiting = waiting - ?1, "
        "rejected = rejected - ?1 WHERE id = (SELECT max(f.id) FROM import_files f "
        "JOIN import_runs r ON r.id = f.run_id WHERE r.source = ?2 AND f.stream = ?3) AND waiting >= ?1",
        (rows, source, stream),
    )
