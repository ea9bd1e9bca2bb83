"""Opens the encrypted file itself. No SQLAlchemy here: the first page is painted through this."""

from __future__ import annotations

import contextlib
import os
import zlib
from pathlib import Path

from sqlcipher3 import dbapi2

from convergedesk.domain.errors import NewerWorkspaceError, NotAWorkspaceError, WorkspaceError, WrongKeyError
from convergedesk.store.faults import damaged, is_not_a_database, read_only, translating
from convergedesk.store.keys import FileKey, Key, salt_of
from convergedesk.store.schema import APPLICATION_ID, SCHEMA

_PAGE = 4096
BUSY_SECONDS = 5.0


def connect(
    path: Path, key: FileKey, *, busy_seconds: float = BUSY_SECONDS, create: bool = False
) -> dbapi2.Connection:
    """A connection in autocommit mode that enforces foreign keys.

    The caller begins and ends transactions itself. Nothing has been read yet: a wrong key
    shows at the first statement.

    Args:
        path: The workspace file.
        key: From `unlock`, or a new one for a new file.
        busy_seconds: How long to wait for another writer.
        create: Make the file where there is none.

    Raises:
        sqlcipher3.dbapi2.Error: The driver's own; callers translate.
    """
    mode = "rwc" if create else "rw"
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
        uri=True,
    )
    try:
        # Otherwise a wrong key writes to stderr.
        connection.execute("PRAGMA cipher_log = off")
        connection.execute(key.pragma())
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _looks_foreign(head: bytes) -> bool:
    # An encrypted page is as good as random, and random bytes do not compress.
    return head.startswith(b"SQLite format 3\0") or len(zlib.compress(head)) < len(head)


def _not_a_workspace(path: Path, why: str) -> NotAWorkspaceError:
    return NotAWorkspaceError(
        f"“{path.name}” is no ConvergeDesk workspace: {why}.",
        fix="Choose another file, or restore a backup if this one used to open.",
    )


def _inspect(path: Path) -> bytes:
    """The salt of a file that may be a workspace."""
    if not path.exists():
        raise WorkspaceError(
            f"There is no workspace at “{path}”.", fix="Check the name, or create a workspace there."
        )
    if not path.is_file():
        raise _not_a_workspace(path, "it is a folder")
    with path.open("rb") as file:
        head = file.read(_PAGE)
    if not head:
        raise _not_a_workspace(path, "it is empty")
    if _looks_foreign(head):
        raise _not_a_workspace(path, "it is a file of another kind")
    if len(head) < _PAGE:
        raise _not_a_workspace(path, "it is too short, perhaps because a copy was interrupted")
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise read_only(path)
    return salt_of(path)


def _wrong_key(path: Path, key: Key) -> WrongKeyError:
    if key.is_passphrase:
        return WrongKeyError(
            f"This passphrase does not open “{path.name}”.",
            fix="Check capitals and the keyboard layout, and type it again.",
        )
    return WrongKeyError(
        f"The key that this computer keeps does not open “{path.name}”.",
        fix="Restore a backup, or open the file with its passphrase if it has one.",
    )


def unlock(
    path: Path, key: Key, *, derived: FileKey | None = None, busy_seconds: float = BUSY_SECONDS
) -> tuple[dbapi2.Connection, FileKey, int]:
    """Open a workspace file and make sure that it is one.

    Args:
        path: The workspace file.
        key: What opens it.
        derived: What `key.for_salt` gave for this file, where that was done already.
        busy_seconds: How long to wait for another writer.

    Returns:
        An open connection, the file's key for further connections, and the schema number,
        which may be older than the program's but never newer.

    Raises:
        WorkspaceError: One of its kinds: nothing there, not a workspace, wrong key, cut
            short, written by a later program, read-only, or held by another program.
        DiskFullError: SQLite found no room for its index file.
    """
    with translating(path):
        salt = _inspect(path)
        file_key = derived if derived is not None and derived.salt == salt else key.for_salt(salt)
        connection = connect(path, file_key, busy_seconds=busy_seconds)
        try:
            number = _schema_number(connection, path, key)
            _refuse_torn_end(path)
            _keep_a_log(connection)
        except BaseException:
            connection.close()
            raise
    return connection, file_key, number


def _refuse_torn_end(path: Path) -> None:
    # SQLite looks for whole pages only. Beside a log the end may be torn and still be mended from it.
    log = path.with_name(f"{path.name}-wal")
    if path.stat().st_size % _PAGE and not (log.exists() and log.stat().st_size):
        raise damaged(path, "The file ends within a page.")


def _keep_a_log(connection: dbapi2.Connection) -> None:
    # A change of key that was killed in its last step leaves the former file without one.
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        with contextlib.suppress(dbapi2.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")


def _schema_number(connection: dbapi2.Connection, path: Path, key: Key) -> int:
    try:
        (number,) = connection.execute("PRAGMA user_version").fetchone()
    except dbapi2.DatabaseError as error:
        if is_not_a_database(error):
            raise _wrong_key(path, key) from error
        raise
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise _not_a_workspace(path, "it is an encrypted file of another program")
    if number > SCHEMA:
        raise NewerWorkspaceError(
            f"“{path.name}” was written by a later version of ConvergeDesk.",
            fix="Update ConvergeDesk on this computer, then open it again.",
            details=f"The file has schema {number}, this program knows {SCHEMA}.",
        )
    return int(number)
