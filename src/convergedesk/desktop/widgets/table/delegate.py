"""Paints rows: their ground, the line beneath, and each cell through its column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.theme import Role, color, font
from convergedesk.desktop.widgets.table.cells import TextCell

if TYPE_CHECKING:
    from convergedesk.desktop.widgets.table.view import TableView

OUTER_PADDING = 16
INNER_PADDING = 8
_EDGE = 2
_PLAIN = TextCell()
_Index = QModelIndex | QPersistentModelIndex


def padded(rect: QRect, column: int, columns: int, *, mirrored: bool = False) -> QRectF:
    """The part of a cell that is painted: more room at the table's edges than between columns."""
    left = OUTER_PADDING if column == 0 else INNER_PADDING
    right = OUTER_PADDING if column == columns - 1 else INNER_PADDING
    if mirrored:
        left, right = right, left
    return QRectF(rect).adjusted(left, 0, -right, 0)


class RowDelegate(QStyledItemDelegate):
    """One delegate for all columns."""

    def __init__(self, view: TableView) -> None:
        """The view knows which row the mouse is over."""
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model: RowsModel[Any] = self._view.rows_model
        row = model.row(index.row())
        rect: QRect = option.rect
        painter.save()
        self._paint_ground(painter, rect, index, model.row_style(row))
        column = model.columns[index.column()]
        if model.row_style(row) == "muted":
            painter.setOpacity(0.6)
        painter.setClipRect(rect)
        mirrored = self._view.isRightToLeft()
        area = padded(rect, index.column(), len(model.columns), mirrored=mirrored)
        value = column.text(row) if column.value is None else column.value(row)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        (column.cell or _PLAIN).paint(painter, area, value, right=(column.align == "right") != mirrored)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, self._view.row_height)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        model: RowsModel[Any] = self._view.rows_model
        column = model.columns[index.column()]
        row = model.row(index.row())
        if column.tooltip is not None:
            text = column.tooltip(row)
        else:
            room = padded(self._view.visualRect(index), index.column(), len(model.columns)).width()
            whole = column.text(row)
            cut = QFontMetrics(font(Role.BODY)).horizontalAdvance(whole) > room
            text = whole if cut else ""
        QToolTip.showText(event.globalPos(), text, view)
        return True

    def _paint_ground(self, painter: QPainter, rect: QRect, index: _Index, style: str) -> None:
        selected = self._view.selectionModel().isRowSelected(index.row(), QModelIndex())
        fill = ""
        if selected:
            fill = "accent_soft"
        elif style == "reject":
            fill = "critical_soft"
        elif self._view.hover_row == index.row():
            fill = "hover"
        if fill:
            painter.fillRect(rect, color(fill))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), color("line"))
        if selected and index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), _EDGE, rect.height()), color("accent"))
        if self._view.shows_focus and index.row() == self._view.currentIndex().row():
            painter.setPen(QPen(color("accent"), 1, Qt.PenStyle.SolidLine))
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
