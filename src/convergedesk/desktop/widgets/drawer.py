"""The drawer at the right edge of a narrow window, and its tab."""

from __future__ import annotations

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPropertyAnimation,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role, color, font, give_focus_ring, paint_icon, theme
from convergedesk.desktop.widgets.scrim import Scrim

TAB_WIDTH = 36
_SLIDE_MS = 200
_PADDING = 12
_PIECE_GAP = 10
_ICON = 14
_BADGE = 36
_RADIUS = 10


class DrawerTab(QAbstractButton):
    """The drawer's name, upright, with how much waits in it."""

    def __init__(self, title: str, icon: str, parent: QWidget) -> None:
        """`icon` stands beside the count."""
        super().__init__(parent)
        self._icon_name = icon
        self._count = 0
        self.setText(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        give_focus_ring(self, _RADIUS)

    def set_count(self, count: int) -> None:
        """Show how much waits."""
        self._count = count
        self.setAccessibleName(f"{self.text()}, {count}")
        self.update()

    def sizeHint(self) -> QSize:
        text = QFontMetrics(font(Role.STRONG)).horizontalAdvance(self.text())
        badge = _PIECE_GAP + _BADGE if self._count else 0
        return QSize(TAB_WIDTH, 2 * _PADDING + _ICON + _PIECE_GAP + text + badge)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = QPainterPath()
        # Wider than the widget, so that the side at the window's edge stays square.
        left = 0.5 - _RADIUS if self.window().isRightToLeft() else 0.5
        sheet.addRoundedRect(QRectF(left, 0.5, TAB_WIDTH + _RADIUS, self.height() - 1), _RADIUS, _RADIUS)
        painter.setPen(QPen(color("accent" if self.hasFocus() else "line_strong"), 1))
        painter.setBrush(color("hover" if self.underMouse() else "surface"))
        painter.drawPath(sheet)
        caret = QRectF((TAB_WIDTH - _ICON) / 2, _PADDING, _ICON, _ICON)
        paint_icon(painter, caret, "caret-left", color("text_2"))
        painter.translate(TAB_WIDTH / 2, _PADDING + _ICON + _PIECE_GAP)
        painter.rotate(90)
        painter.setFont(font(Role.STRONG))
        painter.setPen(color("text"))
        length = painter.fontMetrics().horizontalAdvance(self.text())
        painter.drawText(QRectF(0, -10, length + 4, 20), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._count:
            self._paint_count(painter, length + _PIECE_GAP)

    def _paint_count(self, painter: QPainter, x: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("critical_soft"))
        painter.drawRoundedRect(QRectF(x, -10, _BADGE, 20), 5, 5)
        paint_icon(painter, QRectF(x + 5, -6, 12, 12), self._icon_name, color("critical"))
        painter.setPen(color("critical"))
        painter.setFont(font(Role.CAPTION_STRONG))
        painter.drawText(QRectF(x + 18, -10, _BADGE - 22, 20), Qt.AlignmentFlag.AlignCenter, str(self._count))


class Drawer(QWidget):
    """Slides in from the right, or the left of a mirrored window; Escape or a click beside it closes it."""

    closed = Signal()

    def __init__(self, window: QWidget, content: QWidget, width: int) -> None:
        """`content` is borrowed: whoever hears `closed` takes it back."""
        self._scrim = Scrim(window)
        super().__init__(self._scrim)
        self._scrim.dismissed.connect(self.close_drawer)
        self._scrim.installEventFilter(self)
        self._content = content
        self._panel_width = width + 32
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(content)
        content.show()
        self._slide = QPropertyAnimation(self, b"geometry", self)
        self._slide.setDuration(theme().duration_ms(_SLIDE_MS))
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)

    def open(self) -> None:
        """Slide in and take the keyboard."""
        self._scrim.show()
        self._scrim.raise_()
        self.show()
        end = self._place()
        away = -self._panel_width if self.isRightToLeft() else self._panel_width
        self._slide.setStartValue(end.translated(away, 0))
        self._slide.setEndValue(end)
        self._slide.start()
        self._scrim.focus_first()

    @Slot()
    def close_drawer(self) -> None:
        """Close at once and give the content back."""
        self._slide.stop()
        self._content.setParent(None)
        self.closed.emit()
        self._scrim.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._slide.stop()
            self.setGeometry(self._place())
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("window"))
        edge = self.width() - 1 if self.isRightToLeft() else 0
        painter.fillRect(QRect(edge, 0, 1, self.height()), color("line_strong"))

    def _place(self) -> QRect:
        room = self._scrim.rect()
        left = 0 if self.isRightToLeft() else room.width() - self._panel_width
        return QRect(left, 0, self._panel_width, room.height())
