"""Grey blocks in the place of what is being fetched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QFrame,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from convergedesk.desktop.theme import color
from convergedesk.desktop.widgets.card import Card, Separator, paint_sheet
from convergedesk.desktop.widgets.kpi import KpiStrip, KpiTile
from convergedesk.desktop.widgets.label import ElidedLabel, Label, RunsLabel
from convergedesk.desktop.widgets.table.delegate import INNER_PADDING, OUTER_PADDING
from convergedesk.desktop.widgets.table.view import TableView

_BAR = 10
_GAP = 8
_TALL = 2.2
_RADIUS = 10
_LEAST_PICTURE = 60
_LONGEST = 260
# How much of their columns the words of a table take, over and over.
_FILLED = (0.72, 0.5, 0.86, 0.6, 0.4)
_PLAIN = ((0.4, 1.0), (0.8, _TALL), (0.65, 1.0), (0.5, 1.0))
_WHOLE = (TableView, KpiTile, QGraphicsView, QLabel, QAbstractButton, QComboBox, QLineEdit)
_TILE = ((0.55, 1.0, 20), (0.4, 2.0, 46), (0.7, 1.0, 82))


class Skeleton(QWidget):
    """The outline of content that is not there yet: its cards, tables and lines, without a word."""

    def __init__(self, content: QWidget | None = None, parent: QWidget | None = None) -> None:
        """`content` is laid out in the background and drawn in blocks; None draws a few plain ones."""
        super().__init__(parent)
        self._content = content
        self.setAccessibleName("Loading")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        return QSize(240, round(4 * _BAR + 3 * _GAP + _BAR * (_TALL - 1)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shown = list(_shown(self._content)) if self._content is not None else []
        if not shown:
            _paint_plain(painter, QRectF(self.rect()))
        for widget, place in shown:
            _paint(painter, widget, QRect(place, widget.size()))

    def _lay_out(self) -> None:
        if self._content is not None:
            self._content.resize(self.size())
            # A hidden widget is laid out only when somebody asks for a picture of it.
            self._content.grab(QRect(0, 0, 1, 1))


def _shown(content: QWidget) -> Iterator[tuple[QWidget, QPoint]]:
    """What would be seen of the content, with its place, from the outside inwards."""
    for child in content.children():
        if not isinstance(child, QWidget) or child.isWindow() or not child.isVisibleTo(content):
            continue
        inside = content.rect().intersected(child.geometry())
        if inside.isEmpty():
            continue
        yield child, child.pos()
        if not isinstance(
            child, TableView | KpiTile | QGraphicsView | QLabel | QAbstractButton | QComboBox | QLineEdit
        ):
            for widget, place in _shown(child):
                yield widget, child.pos() + place


def _paint(painter: QPainter, widget: QWidget, rect: QRect) -> None:
    if isinstance(widget, Card | KpiStrip):
        paint_sheet(painter, QRectF(rect), _RADIUS)
    elif isinstance(widget, TableView):
        _paint_table(painter, widget, rect)
    elif isinstance(widget, QScrollArea):
        inner = widget.widget()
        if inner is None or next(_shown(inner), None) is None:
            _paint_plain(painter, QRectF(rect).adjusted(OUTER_PADDING, _BAR, -OUTER_PADDING, 0))
    elif isinstance(widget, KpiTile):
        for share, tall, down in _TILE:
            _bar(painter, rect.left() + OUTER_PADDING, rect.top() + down, rect.width() * share * 0.8, tall)
    elif isinstance(widget, Separator):
        painter.fillRect(rect, color("line"))
    elif isinstance(widget, Label | ElidedLabel | RunsLabel):
        wide = min(widget.sizeHint().width(), rect.width(), _LONGEST)
        if wide > _BAR:
            _bar(painter, rect.left(), rect.center().y(), wide)
    elif isinstance(widget, QAbstractButton | QComboBox | QLineEdit):
        _block(painter, QRectF(rect))
    elif _is_picture(widget, rect):
        _block(painter, QRectF(rect).adjusted(4, 4, -4, -4))


def _is_picture(widget: QWidget, rect: QRect) -> bool:
    """True for a chart and the like: large, and nothing within it."""
    if isinstance(widget, QGraphicsView):
        return True
    # What only shows while something is read out is no content.
    inside = any(isinstance(child, QWidget) and child.isVisibleTo(widget) for child in widget.children())
    framed = isinstance(widget, QAbstractScrollArea) or type(widget) in {QWidget, QFrame}
    return not inside and not framed and min(rect.width(), rect.height()) >= _LEAST_PICTURE


def _paint_table(painter: QPainter, table: TableView, rect: QRect) -> None:
    head = table.horizontalHeader().height() if not table.horizontalHeader().isHidden() else 0
    widths = [table.columnWidth(at) for at in range(len(table.rows_model.columns))]
    _paint_cells(painter, rect.left(), rect.top() + head / 2, widths, 0.5)
    top = rect.top() + head
    row = 0
    while top + table.row_height <= rect.bottom():
        painter.fillRect(QRectF(rect.left(), top, rect.width(), 1), color("line"))
        shift = row % len(_FILLED)
        _paint_cells(painter, rect.left(), top + table.row_height / 2, widths, 1.0, shift)
        top += table.row_height
        row += 1


def _paint_cells(
    painter: QPainter, left: float, middle: float, widths: Sequence[int], scale: float, shift: int = 0
) -> None:
    for at, width in enumerate(widths):
        filled = (width - OUTER_PADDING - INNER_PADDING) * _FILLED[(at + shift) % len(_FILLED)] * scale
        if filled > _BAR:
            _bar(painter, left + (OUTER_PADDING if at == 0 else INNER_PADDING), middle, filled)
        left += width


def _paint_plain(painter: QPainter, rect: QRectF) -> None:
    y = rect.top() + _BAR / 2
    for share, tall in _PLAIN:
        _bar(painter, rect.left(), y + _BAR * (tall - 1) / 2, rect.width() * share, tall)
        y += _BAR * tall + _GAP


def _bar(painter: QPainter, left: float, middle: float, width: float, tall: float = 1.0) -> None:
    _block(painter, QRectF(left, middle - _BAR * tall / 2, width, _BAR * tall))


def _block(painter: QPainter, rect: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("neutral_soft"))
    painter.drawRoundedRect(rect, 4, 4)
