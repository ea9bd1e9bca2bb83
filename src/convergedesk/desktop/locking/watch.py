"""When to lock: nobody touched the program for a while, or the computer slept."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SLOT, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QWindow
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

_LOOK_MS = 5000
# Between two looks a computer that is awake never loses so much.
_SLEPT_S = 45.0
_TOUCHES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.NativeGesture,
    )
)
_LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")


class LockWatch(QObject):
    """Watches one window's keys and clicks, the clock, and the system's word on sleep.

    Signals:
        idle: Nobody touched the window for as long as was agreed.
        slept: The computer goes to sleep, or was asleep.
    """

    idle = Signal()
    slept = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        wall: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """`wall` and `ticks` tell the time of day and the time that passed, in seconds."""
        super().__init__(parent)
        self._wall, self._ticks = wall, ticks
        self._minutes = 0
        self._window: QWindow | None = None
        self._touched = self._looked = ticks()
        self._looked_wall = wall()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._bus: QDBusConnection | None = None

    def set_idle_minutes(self, minutes: int) -> None:
        """Agree on how long nobody may touch the window; 0 is for ever."""
        self._minutes = minutes

    def start(self, window: QWindow | None) -> None:
        """Begin to watch. The filter sits on the native window, which only real input reaches."""
        self.stop()
        self._touched = self._looked = self._ticks()
        self._looked_wall = self._wall()
        self._window = window
        if window is not None:
            window.installEventFilter(self)
        self._timer.start()
        self._listen_to_logind()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = self._ticks()
        return False

    @Slot()
    def look(self) -> None:
        """Compare the clocks."""
        ticks, wall = self._ticks(), self._wall()
        # Some systems stop counting while they sleep, others go on; either shows here.
        passed, by_wall = ticks - self._looked, wall - self._looked_wall
        self._looked, self._looked_wall = ticks, wall
        if max(passed, by_wall) > _LOOK_MS / 1000 + _SLEPT_S:
            self.slept.emit()
        elif self._minutes and ticks - self._touched >= self._minutes * 60:
            self.idle.emit()

    def _listen_to_logind(self) -> None:
        if sys.platform != "linux" or self._bus is not None:
            return
        from PySide6.QtDBus import QDBusConnection

        self._bus = QDBusConnection.systemBus()
        if self._bus.isConnected():
            # Its stubs say bytes, and it takes nothing but the str of SLOT.
            slot: Any = SLOT("on_prepare_for_sleep(bool)")
            self._bus.connect(*_LOGIND, "PrepareForSleep", self, slot)

    @Slot(bool)
    def on_prepare_for_sleep(self, begins: bool) -> None:
        """What logind says before the computer sleeps, and again after it woke."""
        if begins:
            self.slept.emit()
