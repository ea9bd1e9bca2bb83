"""Notices when the GUI thread stands still, and logs where. For debug runs."""

from __future__ import annotations

import logging
import sys
import traceback
from threading import Event, Thread, get_ident
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Slot

STALL_S = 0.1
_BEAT_MS = 25
_log = logging.getLogger(__name__)


class Watchdog(QObject):
    """A timer beats on the GUI thread; a thread listens, and logs the stack when beats stay away."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Build it on the GUI thread; nothing runs before `start`."""
        super().__init__(parent)
        self._watched = get_ident()
        self._beaten_at = monotonic()
        self._reported = False
        self._stop = Event()
        self._thread: Thread | None = None
        self._timer = QTimer(self, interval=_BEAT_MS)
        self._timer.timeout.connect(self.beat)

    def start(self) -> None:
        """Begin to watch."""
        self.beat()
        self._timer.start()
        self._thread = Thread(target=self._watch, name="gui-watchdog", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop watching."""
        self._timer.stop()
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    @Slot()
    def beat(self) -> None:
        """The GUI thread is alive."""
        self._beaten_at = monotonic()
        self._reported = False

    def look(self, now: float) -> None:
        """Log the GUI thread's stack if it has stood still for too long; once per stall."""
        silent = now - self._beaten_at
        if self._reported or silent <= STALL_S:
            return
        self._reported = True
        frame = sys._current_frames().get(self._watched)  # noqa: SLF001 - there is no public way
        stack = "".join(traceback.format_stack(frame)) if frame is not None else ""
        _log.warning("the window stood still for %d ms\n%s", round(silent * 1000), stack)

    def _watch(self) -> None:
        while not self._stop.wait(_BEAT_MS / 1000):
            self.look(monotonic())
