"""The darkness behind a dialog or a drawer, which keeps the keyboard inside too."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from convergedesk.desktop.theme import theme

# A window of ours has some hundred widgets; a broken chain must not hang it.
_CHAIN_LIMIT = 5000


def _takes_tab(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isEnabled() and widget.isVisible()


class Scrim(QWidget):
    """Covers a window. What lies on it are its children; Tab goes round among them.

    `dismissed` is emitted by a click beside the content and by Escape.
    """

    dismissed = Signal()

    def __init__(self, window: QWidget) -> None:
        """Cover the window from `show` until `leave`."""
        super().__init__(window)
        self._window = window
        self._came_from: QWidget | None = QApplication.focusWidget()
        window.installEventFilter(self)
        self.setGeometry(window.rect())

    def leave(self) -> None:
        """Uncover the window and give the keyboard back to whoever had it."""
        self._window.removeEventFilter(self)
        self.hide()
        if self._came_from is not None and isValid(self._came_from):
            self._came_from.setFocus()
        self.deleteLater()

    def focus_first(self) -> None:
        """Give the keyboard to the first widget that takes it."""
        self.setFocus()
        self.focusNextPrevChild(True)

    def focusNextPrevChild(self, forward: bool) -> bool:
        start = QApplication.focusWidget()
        candidate: QWidget | None = start if start is not None and self.isAncestorOf(start) else self
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        for _ in range(_CHAIN_LIMIT):
            candidate = candidate.nextInFocusChain() if forward else candidate.previousInFocusChain()
            if candidate is None or candidate is start:
                break
            if self.isAncestorOf(candidate) and _takes_tab(candidate):
                candidate.setFocus(reason)
                break
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.dismissed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(0, 0, 0, theme().palette.scrim_alpha))
