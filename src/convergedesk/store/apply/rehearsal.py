"""A copy of the workspace to try an import on, and runs that a killed program left behind."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from convergedesk.store.apply.runs import settle_interrupted_runs
from convergedesk.store.backup import copy_file
from convergedesk.store.engine import Store
from convergedesk.store.instants import to_microseconds
from convergedesk.store.opening import connect


@contextmanager
def rehearsal(store: Store) -> Generator[Store]:
    """A private copy of the workspace, encrypted with the same key and deleted at the end.

    Raises:
        DiskFullError: No room for the copy in the system's folder for temporary files.
    """
    with tempfile.TemporaryDirectory(prefix="convergedesk-") as folder:
        copy = Path(folder) / store.path.name
        copy_file(store.path, store.key, copy)
        with Store(copy, store.key, connect(copy, store.key)) as copied:
            yield copied


def close_interrupted(store: Store, now: datetime) -> int:
    """Mark runs that never ended as interrupted; returns how many."""
    with store.write() as connection:
        return settle_interrupted_runs(connection, to_microseconds(now))


def has_interrupted(store: Store) -> bool:
    """True where a run never ended."""
    with store.read() as connection:
        found = connection.exec_driver_sql("SELECT 1 FROM import_runs WHERE state = 'running' LIMIT 1")
        return found.scalar() is not None
