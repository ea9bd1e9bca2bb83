"""Pictures of charts, to be saved or pasted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter

from convergedesk.desktop.theme import color


def image_of(size: QSize, scale: float, paint: Callable[[QPainter, QRectF], None]) -> QImage:
    """A picture on the surface's colour, `scale` pixels per point."""
    image = QImage(size * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(color("surface"))
    painter = QPainter(image)
    paint(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return image


def png_of(image: QImage) -> bytes:
    """The picture as PNG, for a job to write to a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
