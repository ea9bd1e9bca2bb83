"""Small pictures beside a figure: a sparkline, or dots of which some are filled."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from convergedesk.desktop.charts.spark import Spark, paint_spark
from convergedesk.desktop.theme import color

_DOT = 4.0
_DOT_STEP = 14


class SparkView(QWidget):
    """A sparkline of 84×30, the size for a tile."""

    def __init__(self, spark: Spark | None = None, parent: QWidget | None = None) -> None:
        """Nothing is painted until there are values."""
        super().__init__(parent)
        self._spark = spark
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_spark(self, spark: Spark | None) -> None:
        """Show other values."""
        self._spark = spark
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(84, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._spark is not None:
            paint_spark(QPainter(self), QRectF(self.rect()), self._spark)


class DotsView(QWidget):
    """A few dots, the first of them filled in the colour of what needs attention."""

    def __init__(self, filled: int = 0, total: int = 0, parent: QWidget | None = None) -> None:
        """`filled` of `total` dots."""
        super().__init__(parent)
        self._filled = filled
        self._total = total
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_dots(self, filled: int, total: int) -> None:
        """Show other counts."""
        self._filled = filled
        self._total = total
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_DOT_STEP * self._total, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for index in range(self._total):
            painter.setBrush(color("critical" if index < self._filled else "line_strong"))
            painter.drawEllipse(QPointF(_DOT_STEP * index + _DOT + 2, self.height() / 2), _DOT, _DOT)
