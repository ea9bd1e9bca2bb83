"""Copies of a workspace: backups, restoring one, and the check that a copy is good."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from convergedesk.domain.errors import (
    DamagedWorkspaceError,
    DiskFullError,
    ReadOnlyError,
    WorkspaceBusyError,
    WorkspaceError,
)
from convergedesk.store.faults import damaged, translating
from convergedesk.store.keys import FileKey, Key, salt_of
from convergedesk.store.opening import connect, unlock

# A rollback journal is there while a copy is written; left behind, it would be rolled back into the next.
_SIDE_FILES = ("-wal", "-shm", "-journal")


def remove_with_side_files(path: Path) -> None:
    """Remove a file of ours with its log and index; silent where there is none."""
    for suffix in ("", *_SIDE_FILES):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def check(path: Path, key: FileKey) -> None:
    """Read every page and every reference. Raises DamagedWorkspaceError, or returns."""
    connection = connect(path, key)
    try:
        with translating(path):
            findings = [row[0] for row in connection.execute("PRAGMA integrity_check(20)").fetchall()]
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        connection.close()
    if findings != ["ok"] or broken:
        raise damaged(path, "; ".join(map(str, findings)) + f"; {len(broken)} broken references")


def copy_file(path: Path, key: FileKey, to: Path) -> None:
    """Copy the workspace at `path`, as it is at this instant, to `to`, encrypted with the same key.

    The copy is made under another name, read back whole, and then moved into place.

    Raises:
        DiskFullError: No room for the copy, which is then removed.
        DamagedWorkspaceError: The copy cannot be read back.
        ReadOnlyError: The folder of `to` cannot be written.
    """
    draft = to.with_name(f"{to.name}.part")
    with translating(to):
        remove_with_side_files(draft)
        try:
            source = connect(path, key)
            try:
                # The same salt, or a passphrase would not open the copy.
                target = connect(draft, key, create=True)
                try:
                    # In one step: smaller steps start over whenever somebody writes meanwhile.
                    source.backup(target)
                finally:
                    target.close()
            finally:
                source.close()
            check(draft, key)
            draft.replace(to)
        finally:
            remove_with_side_files(draft)


def backup(path: Path, key: FileKey, to: Path) -> Path:
    """Make a backup of an open or closed workspace.

    Args:
        path: The workspace file.
        key: Its key (`Store.key`).
        to: The backup; a folder takes the workspace's own name.

    Returns:
        The backup's path.

    Raises:
        WorkspaceError: Something is there already.
        DiskFullError, ReadOnlyError, DamagedWorkspaceError: As `copy_file`.
    """
    target = to / path.name if to.is_dir() else to
    if target.exists():
        raise WorkspaceError(
            f"There is already a file at “{target}”.", fix="Choose another name for the backup."
        )
    copy_file(path, key, target)
    return target


def restore(source: Path, to: Path, key: Key, *, now: datetime) -> Path | None:
    """Put a backup in the place of a workspace that nobody has open.

    The backup is opened and read whole before anything is touched, and what it replaces is
    kept beside it.

    Args:
        source: The backup.
        to: The workspace file to replace or create.
        key: What opens the backup.
        now: Names the file that is kept aside.

    Returns:
        Where the replaced file is kept, or None where there was none.

    Raises:
        WorkspaceError: The backup does not open, or is damaged; nothing was changed.
        WorkspaceBusyError: A program has the workspace open; nothing was changed.
        DiskFullError, ReadOnlyError: The place cannot take it; nothing was changed.
    """
    connection, file_key, _ = unlock(source, key)
    connection.close()
    if to.exists() and to.samefile(source):
        raise WorkspaceError("The backup is the workspace itself.", fix="Choose another file.")
    try:
        check(source, file_key)
    except DamagedWorkspaceError as error:
        raise DamagedWorkspaceError(
            f"The backup “{source.name}” is damaged, so nothing was replaced.",
            fix="Choose another backup.",
            details=error.details,
        ) from error
    if to.exists():
        _refuse_if_open(to, key)
    fresh = to.with_name(f"{to.name}.restored")
    copy_file(source, file_key, fresh)
    with translating(to):
        try:
            aside = _set_aside(to, now) if to.exists() else None
            fresh.replace(to)
        finally:
            remove_with_side_files(fresh)
    return aside


def _refuse_if_open(path: Path, key: Key) -> None:
    """Raise WorkspaceBusyError where a program has the file open; it would go on writing into it."""
    try:
        unlock(path, key, busy_seconds=0)[0].close()
    except (WorkspaceBusyError, DiskFullError, ReadOnlyError):
        raise
    except WorkspaceError:
        # Damaged or of another key: nobody has it open, and that is why it is being replaced.
        return
    connection = connect(path, key.for_salt(salt_of(path)), busy_seconds=0)
    with translating(path):
        try:
            # Set before the first read, it makes that read ask for the file alone.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        finally:
            connection.close()


def _set_aside(path: Path, now: datetime) -> Path:
    aside = path.with_name(f"{path.stem}.replaced-{now:%Y%m%d-%H%M%S}{path.suffix}")
    # The log first: left behind, it would be applied to the file that comes in its place.
    for suffix in (*_SIDE_FILES, ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside
