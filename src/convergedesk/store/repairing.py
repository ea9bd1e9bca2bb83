"""Cures for what the doctor finds, where no person has to decide anything."""

from __future__ import annotations

from pathlib import Path

from convergedesk.store.engine import open_workspace
from convergedesk.store.faults import translating
from convergedesk.store.keys import Key
from convergedesk.store.opening import unlock
from convergedesk.store.search_index import rebuild


def rebuild_search(path: Path, key: Key) -> None:
    """Write the search index anew from the tables. Raises WorkspaceError, DiskFullError."""
    with open_workspace(path, key) as store, store.write() as connection:
        rebuild(connection)


def tidy(path: Path, key: Key) -> int:
    """Write indexes anew, gather figures for the query planner, and give unused room back.

    Args:
        path: The workspace, which nobody else may have open.
        key: What opens it.

    Returns:
        By how many bytes the file is smaller.

    Raises:
        WorkspaceBusyError: A program has it open.
        DiskFullError: No room for the second copy that this needs.
    """
    connection, _, _ = unlock(path, key, busy_seconds=1)
    try:
        with translating(path):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            before = path.stat().st_size
            connection.execute("REINDEX")
            connection.execute("VACUUM")
            connection.execute("PRAGMA optimize = 0x10002")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    return before - path.stat().st_size
