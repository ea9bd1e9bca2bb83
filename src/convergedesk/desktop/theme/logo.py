"""The program's mark: two paths converging on one, on a blue rounded square."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

_BLUE = "#2F4FD0"
_UNIT = 28.0


def paint_logo(painter: QPainter, rect: QRectF) -> None:
    """Paint the mark into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / _UNIT, rect.height() / _UNIT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(_BLUE))
    painter.drawRoundedRect(QRectF(0, 0, _UNIT, _UNIT), 7, 7)
    lines = QPainterPath(QPointF(6.5, 8.2))
    lines.cubicTo(11.5, 8.8, 12.4, 13.2, 17.6, 13.9)
    lines.moveTo(6.5, 19.8)
    lines.cubicTo(11.5, 19.2, 12.4, 14.8, 17.6, 14.1)
    pen = QPen(QColor("#FFFFFF"), 2.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(lines)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawEllipse(QPointF(20.2, 14.0), 2.7, 2.7)
    painter.restore()


def app_icon() -> QIcon:
    """The window and dock icon in the sizes that systems ask for."""
    result = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        image = QPixmap(size, size)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        paint_logo(painter, QRectF(0, 0, size, size))
        painter.end()
        result.addPixmap(image)
    return result
