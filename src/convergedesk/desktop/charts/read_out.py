"""The hairline under the mouse and the inverted box that reads the chart out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.theme import Role, color, font

_PADDING = 8
_DOT = 3.0
_ROW_GAP = 3
_COLUMN_GAP = 14
_AWAY = 12


class ReadOutRow(NamedTuple):
    """A line of the box: a dot in `ink` where there is one, a name, a figure."""

    name: str
    figure: str = ""
    ink: QColor | None = None


class Hairline(QWidget):
    """A vertical line of one pixel."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), color("control"))


class ReadOut(QWidget):
    """The box: a title and rows, in the surface's colour on ink."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = ""
        self._rows: tuple[ReadOutRow, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def lines(self) -> tuple[str, ...]:
        """What the box says, line by line."""
        return (self._title, *(f"{row.name} {row.figure}".strip() for row in self._rows))

    def tell(self, title: str, rows: Sequence[ReadOutRow], at: QPointF, area: QRectF) -> None:
        """Show the box beside a point, inside an area."""
        self._title = title
        self._rows = tuple(rows)
        size = self.sizeHint()
        x = at.x() + _AWAY
        if x + size.width() > area.right():
            x = at.x() - _AWAY - size.width()
        y = min(max(area.top(), at.y() - size.height() / 2), area.bottom() - size.height())
        self.setGeometry(round(max(area.left(), x)), round(max(area.top(), y)), size.width(), size.height())
        self.show()
        self.raise_()
        self.update()

    def sizeHint(self) -> QSize:
        title = QFontMetricsF(font(Role.CAPTION_STRONG))
        plain = QFontMetricsF(font(Role.CAPTION))
        widths = [title.horizontalAdvance(self._title)]
        for row in self._rows:
            dot = 4 * _DOT if row.ink is not None else 0
            figure = title.horizontalAdvance(row.figure) + _COLUMN_GAP if row.figure else 0
            widths.append(dot + plain.horizontalAdvance(row.name) + figure)
        height = title.height() + len(self._rows) * (plain.height() + _ROW_GAP)
        return QSize(round(max(widths)) + 2 * _PADDING + 1, round(height) + 2 * _PADDING - 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("text"))
        painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        strong, plain = QFontMetricsF(font(Role.CAPTION_STRONG)), QFontMetricsF(font(Role.CAPTION))
        y = _PADDING - 1 + strong.ascent()
        painter.setFont(font(Role.CAPTION_STRONG))
        painter.setPen(color("surface"))
        painter.drawText(QPointF(_PADDING, y), self._title)
        y += strong.descent()
        for row in self._rows:
            y += _ROW_GAP + plain.ascent()
            x = float(_PADDING)
            if row.ink is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(row.ink)
                painter.drawEllipse(QPointF(x + _DOT, y - plain.ascent() / 2 + 1), _DOT, _DOT)
                x += 4 * _DOT
            painter.setPen(color("surface"))
            painter.setFont(font(Role.CAPTION))
            painter.drawText(QPointF(x, y), row.name)
            painter.setFont(font(Role.CAPTION_STRONG))
            width = strong.horizontalAdvance(row.figure)
            painter.drawText(QPointF(self.width() - _PADDING - width, y), row.figure)
            y += plain.descent()
