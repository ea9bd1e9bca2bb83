"""A workspace that is open: reading and writing transactions on its encrypted file."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import sqlcipher3
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlcipher3 import dbapi2

from convergedesk.domain.errors import WorkspaceError
from convergedesk.domain.protocols import Clock, SystemClock
from convergedesk.store.backup import remove_with_side_files
from convergedesk.store.edits import OpenEdit
from convergedesk.store.edits import begin as begin_edit
from convergedesk.store.edits import finish as finish_edit
from convergedesk.store.faults import translating
from convergedesk.store.keys import FileKey, Key, new_salt
from convergedesk.store.opening import BUSY_SECONDS, connect, unlock
from convergedesk.store.schema import APPLICATION_ID, SCHEMA
from convergedesk.store.search_index import catch_up
from convergedesk.store.tables import metadata, new_uid, workspace_info

# Whatever does not fit is read and decrypted again: an import of messages, which also fills the
# search index, takes about a tenth longer with SQLite's usual 2,000.
_WRITING_KIB = 16_000


def _engine(path: Path, key: FileKey, busy_seconds: float, *, connections: int = 6) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=sqlcipher3,
        creator=lambda: connect(path, key, busy_seconds=busy_seconds),
        poolclass=QueuePool,
        pool_size=connections,
        # The connection that wrote last has its pages at hand, and few ever have that many.
        pool_use_lifo=True,
    )

    # The driver begins nothing by itself (isolation_level None); otherwise statements that
    # change the schema would slip out of their transaction.
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        if writing:
            connection.exec_driver_sql(f"PRAGMA cache_size = -{_WRITING_KIB}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


class _Joined(threading.local):
    """What the running thread's reads and writes belong to, where that is more than themselves."""

    connection: Connection | None = None
    edit: OpenEdit | None = None
    only_reading: bool = False


class Store:
    """An open workspace. Safe to share between threads; close it once.

    Attributes:
        path: The workspace file.
        key: The file's key, for backups and further raw connections.
    """

    def __init__(
        self, path: Path, key: FileKey, watcher: dbapi2.Connection, *, busy_seconds: float = BUSY_SECONDS
    ) -> None:
        """Take over an unlocked file; use `open_workspace` or `create_workspace` instead."""
        self.path = path
        self.key = key
        self._engine = _engine(path, key, busy_seconds)
        # One connection writes as a rule: what it has read stays true as long as nobody else writes.
        self._writing_engine = _engine(path, key, busy_seconds, connections=1)
        self._writing = 0
        self._others = (0, 0)
        self._watcher = watcher
        self._watching = threading.Lock()
        self._joined = _Joined()

    @contextmanager
    def read(self) -> Generator[Connection]:
        """A transaction that sees one state of the workspace from its first statement on.

        Within `together` it is that transaction.
        """
        if self._joined.connection is not None:
            yield self._joined.connection
            return
        with translating(self.path), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def read_together(self) -> Generator[Connection]:
        """One `read` that every read of this thread within the block belongs to.

        To write in it raises RuntimeError.
        """
        with self.read() as connection:
            outermost = self._joined.connection is None
            self._joined.connection = connection
            self._joined.only_reading = self._joined.only_reading or outermost
            try:
                yield connection
            finally:
                if outermost:
                    self._joined.connection = None
                    self._joined.only_reading = False

    @contextmanager
    def write(self) -> Generator[Connection]:
        """A transaction that writes: kept whole when the block ends, dropped whole on an exception.

        What it changed can be searched for from its end on. Within `together` it belongs to that.

        Raises:
            DiskFullError: No room; nothing of the transaction was kept.
            WorkspaceBusyError: Another program kept writing for too long.
        """
        if self._joined.connection is not None:
            yield self._to_write_on(self._joined.connection)
            return
        with translating(self.path), self._writing_engine.connect() as connection:
            connection.execution_options(writing=True)
            self._writing += 1
            try:
                with connection.begin():
                    yield connection
                    catch_up(connection)
            finally:
                self._writing -= 1

    @contextmanager
    def together(self) -> Generator[Connection]:
        """A writing transaction that every read and write of this thread within the block belongs to.

        Raises:
            DiskFullError, WorkspaceBusyError: As `write`.
        """
        if self._joined.connection is not None:
            yield self._to_write_on(self._joined.connection)
            return
        with self.write() as connection:
            self._joined.connection = connection
            try:
                yield connection
            finally:
                self._joined.connection = None

    @contextmanager
    def edit(self, made: OpenEdit) -> Generator[OpenEdit]:
        """A transaction as `together` that a person can take back and do again.

        An edit within an edit belongs to the outer one. One that changes nothing is not kept.

        Raises:
            DiskFullError, WorkspaceBusyError: As `write`.
            ValueError: Something changed and the edit has no label.
        """
        if self._joined.edit is not None:
            yield self._joined.edit
            return
        with self.together() as connection:
            begin_edit(connection)
            self._joined.edit = made
            try:
                yield made
            finally:
                self._joined.edit = None
            finish_edit(connection, made)

    def _to_write_on(self, joined: Connection) -> Connection:
        if self._joined.only_reading:
            # It would be kept without being searchable, and could deadlock with the writer.
            raise RuntimeError("nothing may be written within read_together")
        return joined

    def data_version(self) -> int:
        """A number that changes whenever a transaction was committed, here or in another process."""
        with self._watching, translating(self.path):
            (number,) = self._watcher.execute("PRAGMA data_version").fetchone()
        return int(number)

    def version_of_others(self) -> tuple[int, int]:
        """What changes when somebody else wrote, such as another process, and not when this store did.

        It may also change where several threads write here at once. While one does, the last answer holds.
        """
        if not self._writing:
            with translating(self.path), self._writing_engine.connect() as connection:
                # A connection does not count its own commits.
                number = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
                self._others = (id(connection.connection.dbapi_connection), int(number))
        return self._others

    def close(self) -> None:
        """Close every connection; the last one out folds the write-ahead log into the file."""
        self._engine.dispose()
        self._writing_engine.dispose()
        with self._watching:
            try:
                self._watcher.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except dbapi2.DatabaseError:
                # Full disk or another reader: the log stays beside the file and is read at the next opening.
                # A damaged file has said so before.
                pass
            finally:
                self._watcher.close()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close it."""
        self.close()


def open_workspace(path: Path, key: Key, *, busy_seconds: float = BUSY_SECONDS) -> Store:
    """Open a workspace, bringing an older one up to date first.

    Args:
        path: The workspace file.
        key: Raw key or passphrase.
        busy_seconds: How long every transaction waits for another writer.

    Raises:
        WorkspaceError: As `store.opening.unlock`; also where bringing it up to date failed,
            in which case the file is as it was.
        DiskFullError: No room for SQLite's index file or for the copy before an upgrade.
    """
    connection, file_key, number = unlock(path, key, busy_seconds=busy_seconds)
    if number < SCHEMA:
        connection.close()
        # Alembic is loaded only when there is something to bring up to date.
        from convergedesk.store.migrating import upgrade

        upgrade(path, file_key, number)
        connection, file_key, number = unlock(path, key, busy_seconds=busy_seconds)
    return Store(path, file_key, connection, busy_seconds=busy_seconds)


def create_workspace(
    path: Path,
    key: Key,
    *,
    name: str,
    sample: bool = False,
    salt: bytes | None = None,
    clock: Clock | None = None,
) -> Store:
    """Create an encrypted workspace file and open it.

    The file is built under another name and moved into place whole, so a fault leaves none.

    Args:
        path: Where; nothing may be there yet.
        key: What will open it.
        name: As the person calls it.
        sample: True for made-up data, which every page then says.
        salt: The file's first 16 bytes, where the key was put into the keyring beforehand.
        clock: Tells the time of creation.

    Raises:
        WorkspaceError: Something is there already, or the folder cannot be written.
        DiskFullError: No room.
    """
    if path.exists():
        raise WorkspaceError(f"There is already a file at “{path}”.", fix="Open it, or choose another name.")
    file_key = key.for_salt(salt or new_salt())
    draft = path.with_name(f"{path.name}.new")
    with translating(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write_new(draft, file_key, name=name, sample=sample, clock=clock or SystemClock())
            draft.rename(path)
        finally:
            remove_with_side_files(draft)
    return open_workspace(path, key)


def _write_new(path: Path, key: FileKey, *, name: str, sample: bool, clock: Clock) -> None:
    remove_with_side_files(path)
    connect(path, key, create=True).close()
    engine = _engine(path, key, BUSY_SECONDS)
    try:
        with engine.begin() as connection:
            metadata.create_all(connection)
            connection.execute(
                workspace_info.insert().values(
                    id=1, uid=new_uid(), name=name, is_sample=sample, created_at=clock.now()
                )
            )
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
    finally:
        engine.dispose()
    connection = connect(path, key)
    # Write-ahead logging is a property of the file and stays.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
