"""A small drawing of the program's Home, without words or figures."""

from __future__ import annotations

from math import sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from convergedesk.desktop.theme import color, paint_logo, theme

PICTURE_HEIGHT = 168
_RAIL = 40.0
_ROW = 26.0


class Miniature(QWidget):
    """Rail, figures and a table of sparklines, cut off at the lower edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """A picture only: nothing in it can be clicked or read aloud."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(360, theme().px(PICTURE_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_picture_ground(painter, QRectF(self.rect()))
        scale = theme().text_scale
        painter.scale(scale, scale)
        window = QRectF(28, 24, self.width() / scale - 28, self.height() / scale)
        painter.setPen(QPen(color("line_strong"), 1))
        painter.setBrush(color("window"))
        painter.drawRoundedRect(window.adjusted(0.5, 0.5, 20, 0), 6, 6)
        painter.setClipRect(window)
        self._paint_rail(painter, window)
        body = window.adjusted(_RAIL + 14, 14, -20, 0)
        self._paint_figures(painter, body)
        self._paint_table(painter, body.adjusted(0, 58, 0, 0))

    def _paint_rail(self, painter: QPainter, window: QRectF) -> None:
        rail = QRectF(window.left() + 1, window.top() + 1, _RAIL, window.height())
        painter.fillRect(rail, color("rail"))
        paint_logo(painter, QRectF(rail.left() + 12, rail.top() + 9, 16, 16))
        painter.setPen(Qt.PenStyle.NoPen)
        for index in range(4):
            painter.setBrush(color("accent" if index == 0 else "line_strong"))
            painter.drawRoundedRect(QRectF(rail.left() + 15, rail.top() + 42 + index * 24, 10, 10), 3, 3)

    def _paint_figures(self, painter: QPainter, body: QRectF) -> None:
        card = QRectF(body.left(), body.top(), body.width(), 44)
        _sheet(painter, card)
        quarter = card.width() / 4
        for index in range(4):
            x = card.left() + index * quarter
            _block(painter, QRectF(x + 10, card.top() + 10, quarter * 0.4, 5), "track")
            _block(painter, QRectF(x + 10, card.top() + 22, quarter * 0.28, 10), "text_2")
            _wave(painter, QRectF(x + quarter * 0.55, card.top() + 18, quarter * 0.34, 12), index)

    def _paint_table(self, painter: QPainter, body: QRectF) -> None:
        card = QRectF(body.left(), body.top(), body.width(), 160)
        _sheet(painter, card)
        for index in range(4):
            middle = card.top() + 16 + index * _ROW
            _block(
                painter,
                QRectF(card.left() + 10, middle - 3, card.width() * (0.16 + 0.02 * (index % 3)), 6),
                "text_2",
            )
            _wave(
                painter,
                QRectF(card.left() + card.width() * 0.36, middle - 7, card.width() * 0.26, 14),
                index + 4,
            )
            _block(
                painter,
                QRectF(card.left() + card.width() * 0.72, middle - 2.5, card.width() * 0.2, 5),
                "track",
            )
            used = card.width() * (0.06 + 0.03 * index)
            _block(painter, QRectF(card.left() + card.width() * 0.72, middle - 2.5, used, 5), "usage")


def paint_picture_ground(painter: QPainter, rect: QRectF) -> None:
    """The grey ground of a card's picture: rounded at the top, with a line beneath."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(rect, 9, 9)
    path.addRect(rect.adjusted(0, 12, 0, 0))
    painter.fillPath(path, color("rail"))
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), color("line"))


def _sheet(painter: QPainter, rect: QRectF) -> None:
    painter.setPen(QPen(color("line"), 1))
    painter.setBrush(color("surface"))
    painter.drawRoundedRect(rect, 4, 4)


def _block(painter: QPainter, rect: QRectF, token: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(token))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)


def _wave(painter: QPainter, rect: QRectF, seed: int) -> None:
    points = max(10, round(rect.width() / 4))
    dips = seed % 4 == 0
    path = QPainterPath()
    for index in range(points):
        share = index / (points - 1)
        height = 0.35 + 0.16 * sin(index * 1.1 + seed) + 0.08 * sin(index * 0.6 + seed * 2)
        if dips and share > 0.78:
            height += (share - 0.78) * 2.2
        point = QPointF(rect.left() + share * rect.width(), rect.top() + height * rect.height())
        path.lineTo(point) if index else path.moveTo(point)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color("usage"), 1.25))
    painter.drawPath(path)
