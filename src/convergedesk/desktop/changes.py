"""Tells every page what was written, by this program or by another one."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from convergedesk.desktop.jobs import JobContext, JobRunner

POLL_MS = 2000


class ChangesBroadcast(QObject):
    """One place to say that something was written; pages that show it read again.

    Signals:
        published: A `Changes`: which accounts and which kinds of record changed here.
        written_elsewhere: Another process wrote to the file; anything may have changed.
        computing_changed: `computing` is another.
    """

    published = Signal(object)
    written_elsewhere = Signal()
    computing_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing was written yet."""
        super().__init__(parent)
        self._computing = False

    @property
    def computing(self) -> bool:
        """True while figures are computed anew after a change; pages show the last ones with their age."""
        return self._computing

    def set_computing(self, *, computing: bool) -> None:
        """Say that figures are being computed anew, or that they are done."""
        if computing != self._computing:
            self._computing = computing
            self.computing_changed.emit()

    def publish(self, changes: object) -> None:
        """Pass on the `Changes` that a use case returned."""
        self.published.emit(changes)


class ForeignWrites(QObject):
    """Watches the file, so that an import by a child process shows by itself.

    What this program writes is told by whoever writes it, and read again once.
    """

    def __init__(
        self,
        jobs: JobRunner,
        version: Callable[[], Hashable],
        broadcast: ChangesBroadcast,
        parent: QObject | None = None,
    ) -> None:
        """`version` is asked in a job; it changes when another process wrote, and only then."""
        super().__init__(parent)
        self._jobs = jobs
        self._version = version
        self._broadcast = broadcast
        self._known: Hashable = None
        self._asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look, every two seconds."""
        self.look()
        self._timer.start()

    def stop(self) -> None:
        """Stop looking, before the file is closed."""
        self._timer.stop()

    def look(self) -> None:
        """Look once; a look that is still under way is enough."""
        if not self._asking:
            self._asking = True
            self._jobs.submit(self._ask, on_done=self._on_version, on_error=self._on_error)

    def _ask(self, _context: JobContext) -> Hashable:
        return self._version()

    def _on_version(self, version: Hashable) -> None:
        self._asking = False
        if self._known is not None and version != self._known:
            self._broadcast.written_elsewhere.emit()
        self._known = version

    def _on_error(self, _error: Exception) -> None:
        # The read that a page makes next meets the same fault and has a place to show it.
        self._asking = False
