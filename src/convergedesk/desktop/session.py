"""The workspace that the windows show: where it is, what opens it, and opening it once."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from convergedesk.domain.errors import WorkspaceError

if TYPE_CHECKING:
    from convergedesk.store.keys import Key
    from convergedesk.workspace.session import Workspace


class Session:
    """One workspace file. Opened by whichever job needs it first, closed at the end.

    Attributes:
        path: The file.
    """

    def __init__(self, path: Path, key: Key | None = None) -> None:
        """The key may be found later; see `unlock`."""
        self.path = path
        self._key = key
        self._workspace: Workspace | None = None
        self._closed = False
        self._lock = Lock()

    def unlock(self, key: Key) -> None:
        """Say what opens the file."""
        self._key = key

    def workspace(self) -> Workspace:
        """The open workspace. Blocks while it is being opened: call it in a job.

        Raises:
            WorkspaceError: It cannot be opened, or the program is ending.
        """
        with self._lock:
            if self._workspace is None:
                if self._closed or self._key is None:
                    raise WorkspaceError("The workspace is closed.")
                # Its libraries take longer to load than the first page takes to paint.
                from convergedesk.workspace.session import open_workspace

                self._workspace = open_workspace(self.path, self._key)
            return self._workspace

    def key(self) -> Key | None:
        """What opens the file, for work that closes it first; None once it is closed."""
        with self._lock:
            return None if self._closed else self._key

    def key_line(self) -> bytes:
        """The key as a child process takes it on standard input; call it in a job."""
        return f"key:{self.workspace().store.key.key.hex()}\n".encode()

    def close(self) -> None:
        """Close the file; later calls of `workspace` fail."""
        with self._lock:
            self._closed = True
            self._key = None
            if self._workspace is not None:
                self._workspace.close()
                self._workspace = None
