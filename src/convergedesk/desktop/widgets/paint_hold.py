"""Keeps what is on screen until what replaces it stands whole."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

PATIENCE_MS = 120


class PaintHold(QObject):
    """Holds back the painting of a page while it fills, so that it comes on screen once and complete.

    Pages are read by jobs that mostly take less time than painting an empty page would.

    Signals:
        late: The page is painted as it stands, since filling it takes longer than a person should wait.
    """

    late = Signal()

    def __init__(self, page: QWidget) -> None:
        """Nothing is held yet."""
        super().__init__(page)
        self._page = page
        self._held: QWidget | None = None
        self._timer = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._timer.timeout.connect(self._on_timeout)
        page.installEventFilter(self)

    @property
    def holding(self) -> bool:
        """True until `release`, or until it took too long."""
        return self._timer.isActive()

    def hold(self) -> None:
        """Leave on screen what is there, the page before too."""
        host = self._page.parentWidget()
        # A window that holds back its own painting would not be asked for it again.
        if self._held is None and host is not None and not host.isWindow():
            self._held = host
            host.setUpdatesEnabled(False)
        self._timer.start()

    @Slot()
    def release(self) -> None:
        """Paint the page."""
        self._timer.stop()
        if self._held is not None:
            self._held.setUpdatesEnabled(True)
            self._held = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            # Another page is shown now, which has a right to be painted.
            self.release()
        return False

    @Slot()
    def _on_timeout(self) -> None:
        self.release()
        self.late.emit()
