"""What charts of single things have in common: each can be read out, by mouse and by keyboard, and opened."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from convergedesk.desktop.charts.picture import image_of, png_of
from convergedesk.desktop.charts.read_out import ReadOut, ReadOutRow
from convergedesk.desktop.theme import give_focus_ring
from convergedesk.desktop.widgets.spoken import CHART, speak_as

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class ItemChart(QWidget):
    """A chart of things: arrow keys step from one to the next, Enter opens the one that is lit.

    Signals:
        item_opened: The payload of a thing that has one.
    """

    item_opened = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Empty until there is data; `name` is for screen readers."""
        super().__init__(parent)
        self._lit = -1
        self._read_out = ReadOut(self)
        self.setAccessibleName(name)
        speak_as(self, CHART)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        give_focus_ring(self, 8)

    @abstractmethod
    def items(self) -> Sequence[object]:
        """The payloads of all things in the order of the arrow keys; None for one that cannot be opened."""

    @abstractmethod
    def place(self, number: int) -> QPointF:
        """Where a thing is."""

    @abstractmethod
    def words(self, number: int) -> tuple[str, list[ReadOutRow]]:
        """The title and rows of the read-out on a thing."""

    @abstractmethod
    def item_at(self, position: QPointF) -> int:
        """The thing at a pixel, or −1."""

    @abstractmethod
    def paint_chart(self, painter: QPainter, area: QRectF, lit: int = -1) -> None:
        """Paint the chart into an area of any painter, with one thing lit."""

    def read(self, number: int) -> None:
        """Put the read-out on a thing, as the mouse does; −1 takes it away."""
        if number != self._lit:
            self._lit = number
            self.update()
        if number < 0:
            self._read_out.hide()
        else:
            self._read_out.tell(*self.words(number), self.place(number), QRectF(self.rect()))

    def to_image(self, size: QSize | None = None, scale: float = 2.0) -> QImage:
        """A picture of the chart without the read-out, `scale` pixels per point."""
        return image_of(size or self.size(), scale, self._paint)

    def to_png(self, size: QSize | None = None, scale: float = 2.0) -> bytes:
        """The picture as PNG, for a job to write to a file."""
        return png_of(self.to_image(size, scale))

    def sizeHint(self) -> QSize:
        return QSize(360, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 140)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self.item_at(event.position())
        opens = number >= 0 and self.items()[number] is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
        self.read(number)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self.item_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.read(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        number = len(self.items())
        if key in _STEPS and number:
            start = self._lit if self._lit >= 0 else (-1 if _STEPS[key] > 0 else number)
            self.read(min(max(start + _STEPS[key], 0), number - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._lit >= 0:
            self._open(self._lit)
        elif key == Qt.Key.Key_Escape and self._lit >= 0:
            self.read(-1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paint_chart(QPainter(self), QRectF(self.rect()), self._lit)

    def _paint(self, painter: QPainter, area: QRectF) -> None:
        self.paint_chart(painter, area)

    def _open(self, number: int) -> None:
        if number >= 0 and self.items()[number] is not None:
            self.item_opened.emit(self.items()[number])
