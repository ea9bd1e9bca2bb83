"""Brings an older workspace file up to the program's schema, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import sqlcipher3
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine, event

from convergedesk.domain.errors import ConvergeDeskError, WorkspaceError
from convergedesk.store.backup import copy_file
from convergedesk.store.faults import fault_of, translating
from convergedesk.store.keys import FileKey
from convergedesk.store.opening import connect
from convergedesk.store.schema import SCHEMA
from convergedesk.store.search_index import rebuild
from convergedesk.store.tables.edits import create_edit_triggers, drop_edit_triggers
from convergedesk.store.tables.search import create_index, drop_index


class _UpgradeRefusedError(Exception):
    """The upgraded state lost rows or broke references, so it is not kept."""


def _steps(directory: Path, number: int, target: int) -> list[Script]:
    oldest_first = reversed(list(ScriptDirectory(str(directory)).walk_revisions()))
    return [script for script in oldest_first if number < int(script.revision) <= target]


def _row_counts(connection: Connection) -> dict[str, int]:
    # The search index and its queue follow from the other tables.
    tables = connection.exec_driver_sql(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND name NOT LIKE 'sqlite_%' AND name <> 'search_queue'"
    ).scalars()
    return {
        table: connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one()  # noqa: S608
        for table in list(tables)
    }


def _run(connection: Connection, step: Script) -> None:
    before = _row_counts(connection)
    module: Any = step.module
    context = MigrationContext.configure(connection, opts={"transactional_ddl": True})
    with Operations.context(context):
        module.upgrade()
    # A rebuild of a parent table with foreign keys on deletes the children silently; this notices.
    meant: Sequence[str] = getattr(module, "tables_whose_rows_change", ())
    for table, rows in _row_counts(connection).items():
        if table in before and table not in meant and rows != before[table]:
            raise _UpgradeRefusedError(
                f"schema {step.revision}: {table} had {before[table]} rows, now {rows}"
            )
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise _UpgradeRefusedError(f"schema {step.revision}: {len(broken)} broken references")
    connection.exec_driver_sql(f"PRAGMA user_version = {int(step.revision)}")


def copy_before(path: Path, number: int) -> Path:
    """Where the copy of a file of that schema number is kept while and after it is upgraded."""
    return path.with_name(f"{path.stem}.before-upgrade-{number}{path.suffix}")


def upgrade(
    path: Path, key: FileKey, number: int, *, target: int = SCHEMA, scripts: Path | None = None
) -> Path:
    """Bring the file from schema `number` to `target`.

    A copy is made first and stays beside the file. All steps share one transaction: after a
    failure the file is as it was, and the copy is removed again.

    Args:
        path: The workspace file.
        key: Its key.
        number: Its schema number now.
        target: The schema number to reach.
        scripts: Folder with a `versions` folder of steps, where not the program's own.

    Returns:
        The copy.

    Raises:
        WorkspaceError: A step failed or would have lost rows.
        DiskFullError: No room for the copy or for the changes.
    """
    copy = copy_before(path, number)
    with translating(path):
        copy.unlink(missing_ok=True)
        copy_file(path, key, copy)
    try:
        _upgrade(path, key, number, target, scripts)
    except Exception as error:
        copy.unlink(missing_ok=True)
        if isinstance(error, ConvergeDeskError):
            raise
        fault = fault_of(error, path)
        raise fault or WorkspaceError(
            f"“{path.name}” could not be brought up to date. It is as it was before.",
            fix="Open it with the program that wrote it, and send us the details.",
            details=f"{type(error).__name__}: {error}",
        ) from error
    return copy


def _upgrade(path: Path, key: FileKey, number: int, target: int, scripts: Path | None) -> None:
    engine = create_engine(
        "sqlite://", module=sqlcipher3, creator=lambda: connect(path, key), poolclass=NullPool
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Ignored inside a transaction, hence before BEGIN.
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with as_file(files("convergedesk.store") / "migrations") as own, engine.begin() as connection:
        # Triggers name tables that a step may be about to rebuild.
        drop_index(connection)
        drop_edit_triggers(connection)
        for step in _steps(scripts or own, number, target):
            _run(connection, step)
        create_edit_triggers(connection)
        create_index(connection)
        rebuild(connection)
