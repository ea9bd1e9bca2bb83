"""A folder for files that other programs are shown for a while, and that nobody else can read."""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

from convergedesk.host.single_instance import lock_file

_PREFIX = "convergedesk-shown-"
_LOCK = ".lock"
_LONGEST = 80


class PrivateFolder:
    """Made with the first file; `remove` takes everything away.

    The folder is the user's alone. Where the program ends without removing it, the next start does:
    each folder holds a lock that the system gives back when its program ends.
    """

    def __init__(self, parent: Path | None = None) -> None:
        """`parent` is where the folder is made; None is the system's place for what is temporary."""
        self._parent = parent
        self._path: Path | None = None
        self._lock: BinaryIO | None = None

    def write(self, name: str, content: bytes) -> Path:
        """Write a file that can only be read, under its name as far as that is harmless."""
        if self._path is None:
            self._path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._parent))
            self._lock = (self._path / _LOCK).open("a+b")
            lock_file(self._lock)
        # A folder for each, so that two files of one name do not meet.
        path = Path(tempfile.mkdtemp(dir=self._path)) / _harmless(name)
        path.write_bytes(content)
        path.chmod(0o400)
        return path

    def remove(self) -> None:
        """Take the files away; what another program holds open goes at the next start."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None
        if self._path is not None:
            _remove(self._path)
            self._path = None


def sweep(parent: Path | None = None) -> int:
    """Remove what programs that ended without doing so left behind; returns how many folders."""
    removed = 0
    for path in (parent or Path(tempfile.gettempdir())).glob(f"{_PREFIX}*"):
        try:
            with (path / _LOCK).open("r+b") as lock:
                lock_file(lock)
        except OSError:
            # Still in use, or somebody else's.
            continue
        removed += _remove(path)
    return removed


def _remove(path: Path) -> bool:
    # What can only be read cannot be deleted on Windows.
    with contextlib.suppress(OSError):
        for file in path.rglob("*"):
            if file.is_file():
                file.chmod(0o600)
    shutil.rmtree(path, ignore_errors=True)
    return not path.exists()


def _harmless(name: str) -> str:
    """Letters, digits, dots, dashes and spaces of the last part of a name."""
    stem, dot, suffix = re.split(r"[/\\]", name)[-1].rpartition(".")
    plain = re.sub(r"[^\w .-]", "_", stem).strip(" .")[:_LONGEST] or "file"
    return f"{plain}{dot}{re.sub(r'[^A-Za-z0-9]', '', suffix)}"
