"""A window off screen whose every part stands still, for pictures of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from convergedesk.desktop.desk import Desk
from convergedesk.desktop.jobs import InlineJobs
from convergedesk.desktop.session import Session
from convergedesk.domain.portfolio import HomeSnapshot

if TYPE_CHECKING:
    from convergedesk.store.keys import Key

_TURNS = 6
# A skeleton comes after 300 ms, or once the page that it outlines is built.
_SLOW_MS = 800
_USUAL_AGE = timedelta(minutes=12)


class StillClock:
    """Twelve minutes after the data came in, so that the same file gives the same picture."""

    def __init__(self, snapshot: HomeSnapshot) -> None:
        """Stand still at that instant."""
        came = [one.received_at for one in snapshot.freshness if one.received_at is not None]
        now = max(came, default=datetime.fromisoformat("2026-01-01T12:00:00+00:00"))
        self._now = now + _USUAL_AGE

    def now(self) -> datetime:
        """Always the same instant."""
        return self._now


class Stage:
    """Opens windows of one size, lets them settle, and takes their picture.

    Attributes:
        snapshot: What Home shows of the workspace.
        session: The workspace.
        written: The pictures so far.
    """

    def __init__(self, path: Path, key: Key, out: Path, size: tuple[int, int], scale: float) -> None:
        """Open the workspace and read Home."""
        from convergedesk.workspace.portfolio import home

        self.session = Session(path, key)
        self.snapshot = home(self.session.workspace())
        self.written: list[Path] = []
        self._out = out
        self._size = QSize(*size)
        self._scale = scale
        self._owners: list[QObject] = []

    @property
    def narrow(self) -> bool:
        """True where right columns become drawers."""
        from convergedesk.desktop.widgets.side_columns import NARROW_BELOW

        return self._size.width() < NARROW_BELOW

    def desk(self, snapshot: HomeSnapshot | None, *, jobs: InlineJobs | None = None) -> Desk:
        """A window on Home, with that reading or, for None, before the first one."""
        desk = Desk(self.session, jobs or InlineJobs(), clock=StillClock(self.snapshot))
        self.show(desk.window)
        self._owners.append(desk)
        desk.navigator.open_home()
        if snapshot is not None:
            desk.begin(snapshot)
            desk.expect_warm()
        self.settle()
        return desk

    def show(self, window: QWidget) -> None:
        """Give a window its size and put it on the screen that nobody sees."""
        window.resize(self._size)
        window.show()
        self.settle()

    def settle(self) -> None:
        """Let layouts, queued signals and deletions come to rest."""
        for _ in range(_TURNS):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def wait_for_skeleton(self) -> None:
        """Let the time pass after which a slow page shows grey blocks."""
        loop = QEventLoop()
        timer = QTimer(loop, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(loop.quit)
        timer.start(_SLOW_MS)
        loop.exec()

    def shoot(self, name: str, window: QWidget) -> None:
        """Take the picture of a window."""
        focused = QApplication.focusWidget()
        if focused is not None and window.isAncestorOf(focused):
            focused.clearFocus()
        self.settle()
        if window.isRightToLeft():
            # Rendering would hand the window's direction to every painter in it, which no screen does.
            picture = window.grab()
        else:
            picture = QPixmap(self._size * self._scale)
            picture.setDevicePixelRatio(self._scale)
            window.render(picture)
        path = self._out / f"{len(self.written) + 1:02d}-{name}.png"
        picture.save(str(path), "PNG")
        self.written.append(path)

    def put_away(self, window: QWidget) -> None:
        """Close a window; its desk goes with it."""
        for owner in list(self._owners):
            if isinstance(owner, Desk) and owner.window is window:
                owner.stop()
                owner.deleteLater()
                self._owners.remove(owner)
        window.hide()
        window.deleteLater()
        self.settle()

    def close(self) -> None:
        """Close the workspace."""
        self.session.close()


Scene = Callable[[Stage], None]
