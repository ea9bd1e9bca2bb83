"""Writes files that a person asked for, whole or not at all."""

from __future__ import annotations

import csv
import errno
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from convergedesk.domain.errors import ConvergeDeskError, DiskFullError


class NotSavedError(ConvergeDeskError):
    """A file that the person asked for could not be written; an older one is untouched."""


def save_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write rows of text, header first, as UTF-8 with the mark by which Excel knows it.

    Raises:
        NotSavedError: The place cannot be written to.
        DiskFullError: There is no room left.
    """

    def write(target: Path) -> None:
        with target.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)

    save(path, write)


def save(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a new file beside `path`, then put it in its place.

    Raises:
        NotSavedError: The place cannot be written to.
        DiskFullError: There is no room left.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        write(temporary)
        # mkstemp's files are for their owner alone; an export is an ordinary file.
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFullError(
                f"“{path.name}” was not saved: the disk is full.",
                fix="Make room or choose another place.",
                details=str(error),
            ) from error
        raise NotSavedError(
            f"“{path.name}” could not be saved in “{path.parent}”.",
            fix="Choose a folder that you may write to.",
            details=str(error),
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
