"""Turns what SQLite and the system report into the faults that a person understands.

One place for all of it: every connection of this room runs inside `translating`.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from convergedesk.domain.errors import (
    ConvergeDeskError,
    DamagedWorkspaceError,
    DiskFullError,
    ReadOnlyError,
    WorkspaceBusyError,
    WorkspaceError,
)

_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
_READONLY_DBMOVED = 1032
# Below this SQLite cannot even grow its shared index, and reports an I/O error for it.
_ROOM_BYTES = 512 * 1024


# The driver's backup raises without a code, so SQLite's own words have to do.
_CODES = {
    "database is locked": _BUSY,
    "attempt to write a readonly database": _READONLY,
    "disk I/O error": _IOERR,
    "database disk image is malformed": _CORRUPT,
    "database or disk is full": _FULL,
    "unable to open database file": _CANTOPEN,
    "file is not a database": _NOTADB,
}


def primary_code(error: BaseException) -> int:
    """SQLite's primary result code of a driver's exception, or 0 where there is none."""
    return int(getattr(error, "sqlite_errorcode", None) or _CODES.get(str(error), 0)) & 0xFF


def is_not_a_database(error: BaseException) -> bool:
    """True where the first page could not be decrypted."""
    return primary_code(error) == _NOTADB


def disk_full(path: Path, details: str = "") -> DiskFullError:
    """The fault of a disk without room."""
    return DiskFullError(
        f"The disk that holds “{path.name}” is full. Nothing of the last step was kept.",
        fix="Free some space on it, then do the step again.",
        details=details,
    )


def read_only(path: Path, details: str = "") -> ReadOnlyError:
    """The fault of a file, folder or disk that cannot be written."""
    if not path.exists():
        return ReadOnlyError(
            f"“{path.name}” cannot be written, because the folder “{path.parent}” or its disk is read-only.",
            fix="Choose a folder of your own.",
            details=details,
        )
    if not os.access(path, os.R_OK):
        return ReadOnlyError(
            f"“{path.name}” belongs to somebody else, and you may not read it.",
            fix="Ask its owner for the right to read and change it.",
            details=details,
        )
    return ReadOnlyError(
        f"“{path.name}” cannot be changed, because the file, its folder or its disk is read-only.",
        fix="Copy the workspace to a folder of your own and open the copy.",
        details=details,
    )


def damaged(path: Path, details: str = "") -> DamagedWorkspaceError:
    """The fault of a file that is cut short or has unreadable parts."""
    return DamagedWorkspaceError(
        f"“{path.name}” is damaged: a part of it is missing or cannot be read.",
        fix="Restore the latest backup; the damaged file is kept aside.",
        details=details,
    )


def _busy(path: Path, details: str) -> WorkspaceBusyError:
    return WorkspaceBusyError(
        f"Another program is using “{path.name}”.",
        fix="Wait until it has finished, or close it, and try again.",
        details=details,
    )


def _no_room(path: Path) -> bool:
    # Costs a dozen compression modules, and is wanted only when something went wrong.
    import shutil

    try:
        return shutil.disk_usage(path.parent).free < _ROOM_BYTES
    except OSError:
        return False


def _unwritable(path: Path) -> bool:
    target = path if path.exists() else path.parent
    return not (os.access(target, os.W_OK) and os.access(path.parent, os.W_OK))


def _of_sqlite(error: BaseException, path: Path) -> ConvergeDeskError | None:
    code = primary_code(error)
    details = f"{type(error).__name__}: {error} ({getattr(error, 'sqlite_errorname', '')})"
    if code == _FULL or (code in (_IOERR, _CANTOPEN) and _no_room(path)):
        return disk_full(path, details)
    if getattr(error, "sqlite_errorcode", 0) == _READONLY_DBMOVED:
        return WorkspaceError(
            f"“{path.name}” was moved or deleted while it was open.",
            fix="Put it back or open it where it is now.",
            details=details,
        )
    if code == _READONLY or (code == _CANTOPEN and _unwritable(path)):
        return read_only(path, details)
    if code in (_BUSY, _LOCKED):
        return _busy(path, details)
    if code in (_CORRUPT, _NOTADB):
        return damaged(path, details)
    if code in (_IOERR, _CANTOPEN):
        return WorkspaceError(
            f"The disk that holds “{path.name}” cannot be read or written.",
            fix="Check that the disk is connected and healthy, and try again.",
            details=details,
        )
    return None


def _of_system(error: OSError, path: Path) -> ConvergeDeskError | None:
    details = f"{type(error).__name__}: {error.strerror}"
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return disk_full(path, details)
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return read_only(path, details)
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EIO, errno.ENAMETOOLONG):
        return WorkspaceError(
            f"“{path.name}” cannot be read or written there.",
            fix="Check the folder and the name.",
            details=details,
        )
    return None


def fault_of(error: BaseException, path: Path) -> ConvergeDeskError | None:
    """The typed fault behind a driver's, SQLAlchemy's or the system's exception; None for a bug."""
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, OSError):
        return _of_system(cause, path)
    return _of_sqlite(cause, path)


@contextmanager
def translating(path: Path) -> Generator[None]:
    """Raises typed faults for what goes wrong with the file at `path`; bugs pass unchanged."""
    try:
        yield
    except ConvergeDeskError:
        raise
    except Exception as error:
        fault = fault_of(error, path)
        if fault is None:
            raise
        raise fault from error
