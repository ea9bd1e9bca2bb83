"""What the signs of a chart or a table mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from convergedesk.desktop.charts.spark import paint_ticket_triangle
from convergedesk.desktop.theme import Role, color, font, theme

_SIGN = 9.0
_SIGN_GAP = 5.0
_ITEM_GAP = 14.0


class LegendItem(NamedTuple):
    """A sign and its meaning.

    Attributes:
        sign: 'high' or 'other' for tickets, 'tick' for the mark on a bar, or a colour as a token or
            '#RRGGBB' for a filled square.
        text: What it means.
    """

    sign: str
    text: str


class Legend(QLabel):
    """Signs and meanings in one quiet line."""

    def __init__(self, items: Sequence[LegendItem] = (), parent: QWidget | None = None) -> None:
        """Show the signs."""
        super().__init__(parent)
        self._items: tuple[LegendItem, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_items(items)

    def set_items(self, items: Sequence[LegendItem]) -> None:
        """Show other signs."""
        self._items = tuple(items)
        self.setText(", ".join(item.text for item in items))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(font(Role.CAPTION))
        texts = sum(metrics.horizontalAdvance(item.text) for item in self._items)
        signs = len(self._items) * (_SIGN + _SIGN_GAP) + max(0, len(self._items) - 1) * _ITEM_GAP
        return QSize(round(texts + signs + 0.99), theme().px(18))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(font(Role.CAPTION))
        middle = self.height() / 2
        x = 0.0
        for item in self._items:
            _paint_sign(painter, QRectF(x, middle - _SIGN / 2, _SIGN, _SIGN), item.sign)
            x += _SIGN + _SIGN_GAP
            painter.setFont(font(Role.CAPTION))
            painter.setPen(color("text_3"))
            painter.drawText(QRectF(x, 0, 400, self.height()), Qt.AlignmentFlag.AlignVCenter, item.text)
            x += metrics.horizontalAdvance(item.text) + _ITEM_GAP


def _paint_sign(painter: QPainter, rect: QRectF, sign: str) -> None:
    if sign in ("high", "other"):
        paint_ticket_triangle(painter, QPointF(rect.center()), 7, high=sign == "high")
    elif sign == "tick":
        painter.fillRect(QRectF(rect.center().x() - 1, rect.top() - 1, 2, rect.height() + 2), color("text"))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(sign))
        painter.drawRoundedRect(rect, 2, 2)
