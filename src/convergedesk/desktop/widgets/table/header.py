"""The head of a table: quiet words, and an arrow on the column that rows are sorted by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from convergedesk.desktop.theme import Role, color, font, paint_icon, theme
from convergedesk.desktop.widgets.table.delegate import padded

if TYPE_CHECKING:
    from convergedesk.desktop.widgets.table.view import TableView

_HEIGHT = 32
ARROW = 12
ARROW_GAP = 4


class TableHeader(QHeaderView):
    """Paints the titles and the arrow; a click sorts."""

    def __init__(self, view: TableView) -> None:
        """The view holds the model that knows what is sortable."""
        super().__init__(Qt.Orientation.Horizontal, view)
        self.setViewport(QWidget())
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.setMinimumSectionSize(24)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def refresh(self) -> None:
        """Paint the titles and the arrow again."""
        self.viewport().update()

    def sizeHint(self) -> QSize:
        # The table gives it its own width; asking for one would measure every title each time.
        return QSize(0, theme().px(_HEIGHT))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self.logicalIndexAt(event.position().toPoint())
        sortable = number >= 0 and self._view.rows_model.is_sortable(number)
        self.setCursor(Qt.CursorShape.PointingHandCursor if sortable else Qt.CursorShape.ArrowCursor)
        self.viewport().update()
        super().mouseMoveEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        model = self._view.rows_model
        column = model.columns[logicalIndex]
        painter.save()
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), color("line"))
        mirrored = self.isRightToLeft()
        area = padded(rect, logicalIndex, len(model.columns), mirrored=mirrored)
        right = (column.align == "right") != mirrored
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        state = model.sort_state
        sorted_here = state is not None and state[0] == logicalIndex
        metrics = QFontMetricsF(font(Role.CAPTION_MEDIUM))
        room = area.width() - (ARROW + ARROW_GAP if sorted_here else 0)
        text = metrics.elidedText(column.title, Qt.TextElideMode.ElideRight, room + 1)
        width = metrics.horizontalAdvance(text)
        x = area.right() - width if right else area.left()
        painter.setFont(font(Role.CAPTION_MEDIUM))
        painter.setPen(color("text" if sorted_here else "text_3"))
        words = QRectF(x, rect.top(), width + 1, rect.height() - 1)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
        if sorted_here and state is not None:
            left = x - ARROW - ARROW_GAP if right else x + width + ARROW_GAP
            square = QRectF(left, rect.center().y() - ARROW / 2, ARROW, ARROW)
            paint_icon(painter, square, "arrow-down" if state[1] else "arrow-up", color("text_2"))
        painter.restore()
