"""Builds pages before they are gone to, while the person does nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.shell.page_host import PageHost

_EVERY_MS = 200
_QUIET_S = 0.6
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)


class BuildAhead(QObject):
    """Builds one page at a time, and none while keys or the mouse are used.

    A page that has `prepare()` is asked to build what it would otherwise build when it is first opened.
    """

    def __init__(self, host: PageHost, window: QWidget, parent: QObject | None = None) -> None:
        """Nothing happens before `start`."""
        super().__init__(parent)
        self._host = host
        self._window = window
        self._waiting: deque[str] = deque()
        self._used_at = float("-inf")
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.build_next)

    @property
    def done(self) -> bool:
        """True where nothing is waiting to be built."""
        return not self._waiting

    def start(self, keys: Sequence[str]) -> None:
        """Begin with these pages, in that order."""
        self._waiting.extend(keys)
        watched = self._window.windowHandle()
        if watched is not None:
            # What the window system delivers passes here once, before any widget sees it.
            watched.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Build no more."""
        self._timer.stop()
        self._waiting.clear()
        watched = self._window.windowHandle()
        if watched is not None:
            watched.removeEventFilter(self)

    @Slot()
    def build_next(self) -> None:
        """Build the next page, unless the person is at work."""
        if monotonic() - self._used_at < _QUIET_S:
            return
        if not self._waiting:
            self.stop()
            return
        prepare = getattr(self._host.page(self._waiting.popleft()), "prepare", None)
        if callable(prepare):
            prepare()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._used_at = monotonic()
        return False
