"""The table that all lists of the program are shown in."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.theme import Role, font, theme
from convergedesk.desktop.widgets.scroll import OverlayScrollBar
from convergedesk.desktop.widgets.table.delegate import INNER_PADDING, OUTER_PADDING, RowDelegate
from convergedesk.desktop.widgets.table.header import ARROW, ARROW_GAP, TableHeader
from convergedesk.desktop.widgets.table.widths import Wish, fitted_widths

_ONE_LINE = 36
_TWO_LINES = 53
_TWO_LINES_COMPACT = 43
_COMPACT_BELOW = 800
_KEYBOARD_FOCUS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class TableView(QTableView):
    """Rows to look through and open.

    Keys: arrows, Home, End, page keys and typing move; Enter opens; Shift and an arrow left or
    right choose the column to sort by, Shift and up or down the direction.

    Signals:
        activated_id: The id of the row that was opened.
        selected_id: The id of the row that was moved to, or None.
    """

    activated_id = Signal(object)
    selected_id = Signal(object)

    def __init__(
        self,
        model: RowsModel[Any],
        *,
        name: str,
        lines: int = 2,
        click_opens: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`name` is for screen readers; `lines` is 1 or 2; without `click_opens` two clicks open."""
        super().__init__(parent)
        self.rows_model = model
        self._lines = lines
        self._click_opens = click_opens
        self._hover_row = -1
        self._by_keyboard = False
        self._kept_id: Hashable | None = None
        self._kept_scroll = 0
        self._empty: QWidget | None = None
        # One that Qt made itself would have PySide load every kind of widget there is, to find out its type.
        self.setViewport(QWidget())
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._header = TableHeader(self)
        self.setHorizontalHeader(self._header)
        self._header.sectionClicked.connect(self._on_header_clicked)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self._bar = OverlayScrollBar(self)
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.modelReset.connect(self._on_reset)
        model.rowsInserted.connect(self._show_or_hide_empty)
        self.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self._set_row_height()

    @property
    def row_height(self) -> int:
        """Pixels of one row at the present text scale and window height."""
        if self._lines == 1:
            return theme().px(_ONE_LINE)
        compact = 0 < self.window().height() < _COMPACT_BELOW
        return theme().px(_TWO_LINES_COMPACT if compact else _TWO_LINES)

    @property
    def hover_row(self) -> int:
        """The row under the mouse, or −1."""
        return self._hover_row

    @property
    def shows_focus(self) -> bool:
        """True while the keyboard is here and was last used to get or move here."""
        return self.hasFocus() and self._by_keyboard

    def set_empty(self, state: QWidget | None) -> None:
        """What stands in place of rows where there are none; owned from here on."""
        if self._empty is not None:
            self._empty.deleteLater()
        self._empty = state
        if state is not None:
            state.setParent(self.viewport())
            state.setGeometry(self.viewport().rect())
        self._show_or_hide_empty()

    def current_id(self) -> Hashable | None:
        """The id of the selected row, or None."""
        rows = self.selectionModel().selectedRows()
        return self.rows_model.id_at(rows[0].row()) if rows else None

    def select_id(self, row_id: Hashable | None) -> None:
        """Select a row and scroll to it; None, or an id that is not shown, selects nothing."""
        position = None if row_id is None else self.rows_model.position_of(row_id)
        if position is None:
            self.selectionModel().clear()
            return
        self._go_to(position)

    def keyboardSearch(self, search: str) -> None:
        # Searching looks through the column of the current cell; names stand in the first.
        current = self.currentIndex()
        if current.isValid() and current.column() != 0:
            self._go_to(current.row())
        self._by_keyboard = True
        super().keyboardSearch(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_keyboard = True
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.activated_id.emit(self.rows_model.id_at(self.currentIndex().row()))
            return
        if event.modifiers() == Qt.KeyboardModifier.ShiftModifier and self._sort_by_key(key):
            return
        last = self.rows_model.rowCount() - 1
        if key == Qt.Key.Key_Home and last >= 0:
            self._go_to(0)
            return
        if key == Qt.Key.Key_End and last >= 0:
            self._go_to(last)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._by_keyboard = event.reason() in _KEYBOARD_FOCUS
        if self._by_keyboard and not self.currentIndex().isValid() and self.rows_model.rowCount():
            self._go_to(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keyboard = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if self._click_opens and left and index.isValid() and index.row() == self.currentIndex().row():
            self.activated_id.emit(self.rows_model.id_at(index.row()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not self._click_opens and index.isValid():
            self.activated_id.emit(self.rows_model.id_at(index.row()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._set_hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()
        self._set_row_height()
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._set_row_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rows_model"):
            self._set_row_height()
            self.fit_columns()

    def _go_to(self, position: int) -> None:
        index = self.rows_model.index(position, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def _set_row_height(self) -> None:
        if self.verticalHeader().defaultSectionSize() != self.row_height:
            self.verticalHeader().setDefaultSectionSize(self.row_height)

    def fit_columns(self) -> None:
        """Share the room among the columns that are shown; call it after hiding one."""
        columns = self.rows_model.columns
        metrics = QFontMetrics(font(Role.CAPTION_MEDIUM))
        wishes = []
        for number, column in enumerate(columns):
            if self.isColumnHidden(number):
                wishes.append(Wish(0, 0, 0))
                continue
            arrow = ARROW + ARROW_GAP if self.rows_model.is_sortable(number) else 0
            padding = INNER_PADDING + (OUTER_PADDING if number in (0, len(columns) - 1) else INNER_PADDING)
            head = metrics.horizontalAdvance(column.title) + arrow + padding + 1
            width = max(head, theme().px(column.width))
            least = max(min(head, width), theme().px(column.min_width))
            wishes.append(Wish(width, min(width, least), column.stretch))
        for number, width in enumerate(fitted_widths(wishes, self.viewport().width())):
            if not self.isColumnHidden(number) and self.columnWidth(number) != width:
                self.setColumnWidth(number, width)

    def _set_hover(self, row: int) -> None:
        if row == self._hover_row:
            return
        before, self._hover_row = self._hover_row, row
        shape = (
            Qt.CursorShape.PointingHandCursor
            if row >= 0 and self._click_opens
            else Qt.CursorShape.ArrowCursor
        )
        self.viewport().setCursor(shape)
        for changed in (before, row):
            if changed >= 0:
                top = self.rowViewportPosition(changed)
                self.viewport().update(0, top, self.viewport().width(), self.row_height)

    def _sort_by_key(self, key: int) -> bool:
        sortable = [i for i in range(len(self.rows_model.columns)) if self.rows_model.is_sortable(i)]
        if not sortable:
            return False
        state = self.rows_model.sort_state
        number, descending = state if state is not None else (sortable[0], False)
        place = sortable.index(number) if number in sortable else 0
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            number = sortable[(place + step) % len(sortable)] if state is not None else sortable[0]
            descending = self.rows_model.columns[number].descending_first
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            descending = key == Qt.Key.Key_Down
        else:
            return False
        self.rows_model.sort_by(self.rows_model.columns[number].key, descending=descending)
        return True

    @Slot(int)
    def _on_header_clicked(self, number: int) -> None:
        if not self.rows_model.is_sortable(number):
            return
        column = self.rows_model.columns[number]
        state = self.rows_model.sort_state
        again = state is not None and state[0] == number
        descending = not state[1] if again and state is not None else column.descending_first
        self.rows_model.sort_by(column.key, descending=descending)

    @Slot()
    def _on_about_to_reset(self) -> None:
        self._kept_id = self.current_id()
        self._kept_scroll = self.verticalScrollBar().value()

    @Slot()
    def _on_reset(self) -> None:
        self._hover_row = -1
        self._show_or_hide_empty()
        if self._kept_id is not None:
            position = self.rows_model.position_of(self._kept_id)
            if position is not None:
                index = self.rows_model.index(position, 0)
                flags = QItemSelectionModel.SelectionFlag
                self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.verticalScrollBar().setValue(self._kept_scroll)
        self._header.refresh()

    @Slot()
    def _show_or_hide_empty(self) -> None:
        if self._empty is not None:
            self._empty.setVisible(self.rows_model.rowCount() == 0)

    @Slot(QModelIndex, QModelIndex)
    def _on_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.selected_id.emit(self.rows_model.id_at(current.row()) if current.isValid() else None)
