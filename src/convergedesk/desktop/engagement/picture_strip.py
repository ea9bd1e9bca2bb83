"""The pictures of a note while it is written, small, in a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from convergedesk.desktop.theme import color

_HEIGHT = 56
_WIDEST = 120
_GAP = 8


class PictureStrip(QWidget):
    """Thumbnails; what does not fit into the row is counted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without pictures at first."""
        super().__init__(parent)
        self._images: tuple[QImage, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_images(self, images: Sequence[QImage]) -> None:
        """Show these."""
        if [one.cacheKey() for one in images] == [one.cacheKey() for one in self._images]:
            return
        self._images = tuple(images)
        count = len(self._images)
        self.setAccessibleName(f"{count} picture{'' if count == 1 else 's'} in this note")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        x = 0.0
        for image in self._images:
            if image.isNull():
                continue
            size = image.size().scaled(_WIDEST, _HEIGHT, Qt.AspectRatioMode.KeepAspectRatio)
            if x + size.width() > self.width():
                break
            frame = QRectF(x, 0, max(8, size.width()), max(8, size.height())).adjusted(0.5, 0.5, -0.5, -0.5)
            path = QPainterPath()
            path.addRoundedRect(frame, 4, 4)
            painter.save()
            painter.setClipPath(path)
            painter.drawImage(frame, image)
            painter.restore()
            painter.setPen(QPen(color("line_strong"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)
            x += frame.width() + _GAP
