"""The small grey box that names a key."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from convergedesk.desktop.theme import Role, color, font, theme

_PADDING = 6
_HEIGHT = 18


def hint_width(text: str) -> int:
    """How wide the box of a key is."""
    return round(QFontMetricsF(font(Role.CAPTION_MEDIUM)).horizontalAdvance(text)) + 2 * _PADDING


def paint_key_hint(painter: QPainter, right: float, middle: float, text: str) -> None:
    """Paint the box so that it ends at `right`, around a centre line."""
    width = hint_width(text)
    height = theme().px(_HEIGHT)
    rect = QRectF(right - width, middle - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("neutral_soft"))
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(color("text_2"))
    painter.setFont(font(Role.CAPTION_MEDIUM))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class KeyHint(QLabel):
    """One key, such as 'Ctrl' or 'Enter'."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Show a key's name."""
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(hint_width(self.text()), theme().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_key_hint(QPainter(self), self.width(), self.height() / 2, self.text())
