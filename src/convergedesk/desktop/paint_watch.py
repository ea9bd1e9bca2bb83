"""Tells when something has been painted, so that work which can wait does wait."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget


class PaintWatch(QObject):
    """Watches a widget until its next painting is over.

    Signals:
        painted: The event loop turned again after the widget and all in it were painted.
    """

    painted = Signal()

    def __init__(self, widget: QWidget, parent: QObject) -> None:
        """Ask for a painting of the widget and wait for it."""
        super().__init__(parent)
        self._widget = widget
        widget.installEventFilter(self)
        widget.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, self, self._tell)
        return False

    @Slot()
    def _tell(self) -> None:
        self.painted.emit()
        self.deleteLater()
