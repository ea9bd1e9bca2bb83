"""One window on a workspace: a second start finds the first instead of opening the file again."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def lock_file(file: BinaryIO) -> None:
        """Take a file's lock, which the system gives back when it is closed. Raises OSError."""
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def lock_file(file: BinaryIO) -> None:
        """Take a file's lock, which the system gives back when it is closed. Raises OSError."""
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class InstanceLock:
    """Held by the program that has a workspace on screen.

    The system itself gives the lock back when the program ends, however it ends, so a crash
    never leaves a workspace that cannot be opened.

    Attributes:
        name: The same for every start on that workspace: what the first one listens under.
    """

    def __init__(self, workspace: Path, folder: Path) -> None:
        """Prepare a lock for `workspace`, kept in `folder`; nothing is taken yet."""
        real = os.path.normcase(workspace.absolute().resolve())
        self.name = f"convergedesk-{hashlib.sha256(real.encode()).hexdigest()[:16]}"
        self._path = folder / f"{self.name}.lock"
        self._file: BinaryIO | None = None

    def acquire(self) -> bool:
        """Take the lock; False where another program has it.

        Where the folder cannot be written nobody can be asked, and the answer is True.
        """
        if self._file is not None:
            return True
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = self._path.open("a+b")
        except OSError:
            return True
        try:
            lock_file(file)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Give the lock back; silent without it. The empty file stays, since removing it would race."""
        if self._file is not None:
            self._file.close()
            self._file = None
