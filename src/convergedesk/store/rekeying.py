"""Another key for a workspace: a whole new file, checked, and then moved into the old one's place.

SQLCipher can change the key within the file. A copy costs no more, since either writes every
page once, and it is better in three ways: what comes out is read back before anything is
replaced, the change itself is one rename, and the new file has a salt of its own, by which
the keyring keeps both keys until the old one is needed no more.
"""

from __future__ import annotations

import os
from pathlib import Path

from sqlcipher3 import dbapi2

from convergedesk.domain.errors import WorkspaceError
from convergedesk.store.backup import check, remove_with_side_files
from convergedesk.store.faults import translating
from convergedesk.store.keys import SALT_BYTES, FileKey, salt_of
from convergedesk.store.opening import connect

_JOURNAL_HEAD = 28


def draft_of(path: Path) -> Path:
    """Where the file with the new key is built; there after an interruption, and of no use then."""
    return path.with_name(f"{path.name}.rekey")


def begin(path: Path, salt: bytes) -> None:
    """Note the salt of the file that is about to be built, so that its key can be found and forgotten.

    Raises:
        DiskFullError, ReadOnlyError: The folder cannot take a file.
    """
    with translating(path):
        draft_of(path).write_bytes(salt)


def interrupted_salt(path: Path) -> bytes | None:
    """The salt of a change of key that was interrupted, or None."""
    try:
        salt = salt_of(draft_of(path))
    except OSError:
        return None
    return salt if len(salt) == SALT_BYTES else None


def forget_draft(path: Path) -> None:
    """Remove what an interrupted change of key left behind."""
    with translating(path):
        remove_with_side_files(draft_of(path))
        _forget_ended_journal(path)


def _forget_ended_journal(path: Path) -> None:
    """Remove the journal of the file that was replaced, if the kill came before it was closed.

    SQLite ends a journal that it keeps by overwriting its head with zeros. Any other may still be
    needed to put the file right, and is left to SQLite.
    """
    journal = path.with_name(f"{path.name}-journal")
    try:
        with journal.open("rb") as file:
            ended = not any(file.read(_JOURNAL_HEAD))
    except FileNotFoundError:
        return
    if ended:
        journal.unlink(missing_ok=True)


def rekey(path: Path, old: FileKey, new: FileKey) -> None:
    """Encrypt the workspace with another key and another salt.

    Killed at any instant it leaves the file whole, with the old key or with the new one.

    Args:
        path: The workspace file, which nobody else may have open.
        old: Its key.
        new: The key it gets; its salt becomes the file's.

    Raises:
        WorkspaceBusyError: A program has the file open; nothing was changed.
        DiskFullError: No room for a second copy; nothing was changed.
        DamagedWorkspaceError: The file, and so its copy, is damaged; nothing was changed.
    """
    if new.salt == old.salt:
        raise ValueError("the new file needs a salt of its own")
    draft = draft_of(path)
    with translating(path):
        guard = _alone(path, old)
        try:
            remove_with_side_files(draft)
            target = connect(draft, new, create=True)
            try:
                guard.backup(target)
            finally:
                target.close()
            check(draft, new)
            sync_file(draft)
            # The log goes before the file does, or it would be taken for the new file's.
            guard.execute("PRAGMA journal_mode = DELETE")
            if os.name == "nt":
                guard.close()
            draft.replace(path)
            sync_folder(path.parent)
        finally:
            guard.close()
            remove_with_side_files(draft)


def _alone(path: Path, key: FileKey) -> dbapi2.Connection:
    """A connection that keeps every other one out until it is closed."""
    if not path.is_file():
        raise WorkspaceError(f"There is no workspace at “{path}”.")
    connection = connect(path, key, busy_seconds=0)
    try:
        # Set before the first read, it makes that read ask for the file alone.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except BaseException:
        connection.close()
        raise
    return connection


def sync_file(path: Path) -> None:
    """Have the disk itself keep what was written to a file."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the disk itself keep a rename; systems without it for folders do it by themselves."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
