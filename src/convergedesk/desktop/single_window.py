"""One window on a workspace: the lock that says so, and the bell at which other starts ring."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from convergedesk.desktop.doorbell import Doorbell
    from convergedesk.host.single_instance import InstanceLock


class SingleWindow(QObject):
    """Held by the program for the workspace that it shows.

    Signals:
        rang: Another start asked to see the window.
        link_brought: An address that it was started with.
    """

    rang = Signal()
    link_brought = Signal(str)

    def __init__(self, folder: Path, parent: QObject) -> None:
        """Nothing is held yet; locks are kept in `folder`."""
        super().__init__(parent)
        self._folder = folder
        self._lock: InstanceLock | None = None
        self._bell: Doorbell | None = None
        self._other = ""

    @property
    def listens(self) -> bool:
        """Whether another start is heard."""
        return self._bell is not None

    def take(self, path: Path) -> bool:
        """Hold a workspace in place of the one before; False where another program has it."""
        from convergedesk.host.single_instance import InstanceLock

        lock = InstanceLock(path, self._folder)
        if self._lock is not None and self._lock.name == lock.name:
            return True
        if not lock.acquire():
            self._other = lock.name
            return False
        if self._lock is not None:
            self._lock.release()
        self._lock = lock
        return True

    def ring_other(self, link: str) -> bool:
        """Ask the program that has the workspace to show itself, and to follow an address. True if heard."""
        from convergedesk.desktop.doorbell import ring

        return ring(self._other, link)

    def listen(self) -> None:
        """Hear other starts from here on."""
        from convergedesk.desktop.doorbell import Doorbell

        if self._lock is not None and self._bell is None:
            self._bell = Doorbell(self._lock.name, self)
            self._bell.rang.connect(self.rang)
            self._bell.link_brought.connect(self.link_brought)

    def fall_silent(self) -> None:
        """Hear nobody any more, and hold the workspace still."""
        if self._bell is not None:
            self._bell.close()
            self._bell.deleteLater()
            self._bell = None

    def release(self) -> None:
        """Let somebody else have the workspace."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None
