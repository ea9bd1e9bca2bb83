"""Brings one row of a long list into sight, gives it the keyboard, and marks it for a moment."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from convergedesk.desktop.theme import color, theme

MARKED_MS = 1_600
_ABOVE = 24
_EDGE = 3


def reveal(area: QScrollArea, row: QWidget) -> None:
    """Scroll a row of an area to where it is seen, focus what it offers first, and mark it.

    Args:
        area: Scrolls.
        row: Within the area's widget; it may have been added just now.
    """
    _Revealing(area, row).now()


def first_focusable(row: QWidget) -> QWidget | None:
    """What takes the keyboard first within a row, or None where nothing does."""
    if row.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return row
    inside = row.findChildren(QWidget)
    return next(
        (
            one
            for one in inside
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled() and one.isVisibleTo(row)
        ),
        None,
    )


class Mark(QWidget):
    """Lies over a row and shows which one was looked for; takes no clicks."""

    def __init__(self, row: QWidget) -> None:
        super().__init__(row)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(row.rect())
        row.installEventFilter(self)
        QTimer.singleShot(MARKED_MS, self, self.deleteLater)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        row = self.parentWidget()
        if row is not None and watched is row and event.type() == QEvent.Type.Resize:
            self.setGeometry(row.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        # Only what is paler than the tint takes it on, so that the words beneath stay as they are.
        mode = QPainter.CompositionMode
        painter.setCompositionMode(
            mode.CompositionMode_Lighten if theme().dark else mode.CompositionMode_Darken
        )
        painter.fillRect(QRectF(self.rect()), color("accent_soft"))
        painter.setCompositionMode(mode.CompositionMode_SourceOver)
        painter.fillRect(QRectF(0, 0, _EDGE, self.height()), color("accent"))


class _Revealing(QObject):
    """Waits for the area to lay its rows out, once, so that the row lies where it is looked for."""

    def __init__(self, area: QScrollArea, row: QWidget) -> None:
        super().__init__(row)
        self._area, self._row = area, row

    def now(self) -> None:
        if not self._area.isVisible():
            self._area.installEventFilter(self)
            return
        # After the layout that this turn of the loop has asked for.
        QTimer.singleShot(0, self, self._show)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._area and event.type() == QEvent.Type.Show:
            self._area.removeEventFilter(self)
            QTimer.singleShot(0, self, self._show)
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        content = self._area.widget()
        # Rows that wrap know their height only once those above them have been laid out.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        top = self._row.mapTo(content, self._row.rect().topLeft()).y() if content is not None else 0
        self._area.verticalScrollBar().setValue(max(0, top - _ABOVE))
        target = first_focusable(self._row)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        Mark(self._row)
        self.deleteLater()
