"""Cards: a white sheet with a title, and the lines between what lies on it."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role, color, theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.label import ElidedLabel, Label

PADDING = 16
_VERTICAL = 12
_RADIUS = 10


class Card(QFrame):
    """A sheet with border and radius. Cards are not nested.

    Attributes:
        header: The row of title, sub and link; `add_to_header` puts controls before the link.
        body: Where the content goes, with the card's padding around it.
    """

    link_clicked = Signal()

    def __init__(
        self,
        title: str = "",
        sub: str = "",
        link: str = "",
        *,
        flush: bool = False,
        outline: str = "line",
        parent: QWidget | None = None,
    ) -> None:
        """A flush card has no padding at the sides of its body, for tables and lists of rows.

        `outline` is the token of the border, such as `warning_fill` for a question.
        """
        super().__init__(parent)
        self._outline = outline
        self._title = Label(title, Role.SECTION)
        self._sub = ElidedLabel(sub, Role.LABEL, "text_3")
        self._link = Button(link, "link", small=True)
        self._link.clicked.connect(self.link_clicked)
        self.header = QHBoxLayout()
        self.header.setContentsMargins(PADDING, 0, PADDING, 0)
        self.header.setSpacing(8)
        for widget in (self._title, self._sub):
            self.header.addWidget(widget)
        self.header.addStretch(1)
        self.header.addWidget(self._link)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        if not flush:
            self.body.setContentsMargins(PADDING, 0, PADDING, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, _VERTICAL, 1, 2 if flush else _VERTICAL + 1)
        column.setSpacing(8)
        column.addLayout(self.header)
        column.addLayout(self.body, 1)
        self._show_header()

    def set_title(self, title: str, sub: str = "") -> None:
        """Change the title and what stands behind it."""
        self._title.setText(title)
        self._sub.setText(sub)
        self._show_header()

    def set_sub(self, sub: str) -> None:
        """Change what stands behind the title."""
        self.set_title(self._title.text(), sub)

    def set_link(self, text: str) -> None:
        """Change the quiet link at the right; empty hides it."""
        self._link.setText(text)
        self._show_header()

    def set_outline(self, token: str) -> None:
        """Change the colour of the border."""
        self._outline = token
        self.update()

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Append a widget to the body."""
        self.body.addWidget(widget, stretch)

    def add_to_header(self, widget: QWidget) -> None:
        """Put a control at the right of the header, before the link."""
        self.header.insertWidget(self.header.count() - 1, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_to_title(self, widget: QWidget) -> None:
        """Put a badge or a legend behind the title."""
        self.header.insertWidget(2, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_sheet(painter, QRectF(self.rect()), _RADIUS, outline=self._outline)

    def _show_header(self) -> None:
        self._title.setVisible(bool(self._title.text()))
        self._sub.setVisible(bool(self._sub.text()))
        self._link.setVisible(bool(self._link.text()))


class _Colors(NamedTuple):
    """Of a sheet: two colours, and how dark its shadow is, 0 to 255."""

    outline: str
    surface: str
    shadow: int


def paint_sheet(painter: QPainter, rect: QRectF, radius: float, *, outline: str = "line") -> None:
    """Paint a sheet: fill, border and, in the light theme, a breath of shadow beneath."""
    sheet = rect.toAlignedRect()
    ratio = painter.device().devicePixelRatio()
    edge = math.ceil(radius) + 2
    on_pixels = float(ratio).is_integer() and QRectF(sheet) == rect and min(sheet.size().toTuple()) > 2 * edge
    colors = _Colors(color(outline).name(), color("surface").name(), theme().palette.shadow_alpha)
    if not on_pixels or painter.transform().isScaling() or painter.transform().isRotating():
        _draw_sheet(painter, rect, radius, colors)
        return
    # A smooth outline costs by the area within, and nothing but its corners needs to be smooth.
    patch = _patch(radius, edge, ratio, colors)
    painter.fillRect(sheet.adjusted(edge, edge, -edge, -edge), color("surface"))
    columns = _parts(sheet.left(), sheet.width(), edge)
    for top, height, from_top, rows in _parts(sheet.top(), sheet.height(), edge):
        for left, width, from_left, across in columns:
            if across == rows == 1:
                continue
            source = QRectF(from_left * ratio, from_top * ratio, across * ratio, rows * ratio)
            painter.drawPixmap(QRectF(left, top, width, height), patch, source)


def _parts(start: int, length: int, edge: int) -> tuple[tuple[int, int, int, int], ...]:
    """(start, length, start in the patch, length in the patch) of near edge, middle and far edge."""
    middle = length - 2 * edge
    return (
        (start, edge, 0, edge),
        (start + edge, middle, edge, 1),
        (start + edge + middle, edge, edge + 1, edge),
    )


@lru_cache(maxsize=32)
def _patch(radius: float, edge: int, ratio: float, colors: _Colors) -> QPixmap:
    """A sheet's corners around one pixel of its edges and its middle."""
    side = 2 * edge + 1
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _draw_sheet(painter, QRectF(0, 0, side, side), radius, colors)
    painter.end()
    return pixmap


def _draw_sheet(painter: QPainter, rect: QRectF, radius: float, colors: _Colors) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sheet = rect.adjusted(0.5, 0.5, -0.5, -1.5)
    if colors.shadow:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, colors.shadow))
        painter.drawRoundedRect(sheet.translated(0, 1), radius, radius)
    painter.setPen(QPen(QColor(colors.outline), 1))
    painter.setBrush(QColor(colors.surface))
    painter.drawRoundedRect(sheet, radius, radius)
    painter.restore()


class Separator(QWidget):
    """A hairline across a column, or down a row when `vertical`."""

    def __init__(self, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        """One pixel in the colour of lines."""
        super().__init__(parent)
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        if vertical:
            self.setFixedWidth(1)
            self.setSizePolicy(fixed, free)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(free, fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), color("line"))
