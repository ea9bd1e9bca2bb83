"""A slider for 'what if': grows from its zero in both directions."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from convergedesk.desktop.theme import Role, color, font, give_focus_ring
from convergedesk.figures.wording import percent

_TRACK = 6.0
_KNOB = 9.0
_PAGE = 10


class ChangeSlider(QSlider):
    """A change in per cent. Arrow keys move by 1, page keys by 10, 0 goes back to no change."""

    def __init__(self, least: int, most: int, name: str, parent: QWidget | None = None) -> None:
        """From `least` to `most` per cent, at 0."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(least, most)
        self.setSingleStep(1)
        self.setPageStep(_PAGE)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        give_focus_ring(self, 6)

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(font(Role.CAPTION)).height()
        return QSize(200, round(2 * _KNOB + 6 + words + 4))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def x_of(self, value: int) -> float:
        """Where a value lies, in pixels."""
        share = (value - self.minimum()) / (self.maximum() - self.minimum())
        return _KNOB + share * (self.width() - 2 * _KNOB)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event)
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_0:
            self.setValue(0)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = _KNOB + 3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("track"))
        painter.drawRoundedRect(QRectF(0, middle - _TRACK / 2, self.width(), _TRACK), 3, 3)
        zero, here = self.x_of(0), self.x_of(self.value())
        painter.setBrush(color("usage"))
        painter.drawRoundedRect(QRectF(min(zero, here), middle - _TRACK / 2, abs(here - zero), _TRACK), 3, 3)
        painter.setPen(QPen(color("usage"), 2))
        painter.setBrush(color("surface"))
        painter.drawEllipse(QPointF(here, middle), _KNOB - 1, _KNOB - 1)
        self._paint_scale(painter, middle + _KNOB + 3)

    def _paint_scale(self, painter: QPainter, top: float) -> None:
        metrics = QFontMetricsF(font(Role.CAPTION))
        painter.setFont(font(Role.CAPTION))
        painter.setPen(color("text_3"))
        quarter = self.maximum() // 2
        for value in (self.minimum(), 0, quarter, self.maximum()):
            text = "0" if value == 0 else percent(value / 100, signed=True)
            width = metrics.horizontalAdvance(text)
            left = min(max(self.x_of(value) - width / 2, 0.0), self.width() - width)
            painter.drawText(QPointF(round(left), round(top + metrics.ascent())), text)

    def _follow(self, event: QMouseEvent) -> None:
        share = (event.position().x() - _KNOB) / max(1.0, self.width() - 2 * _KNOB)
        value = self.minimum() + share * (self.maximum() - self.minimum())
        self.setValue(round(min(max(value, self.minimum()), self.maximum())))
