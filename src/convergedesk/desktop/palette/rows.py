"""The palette's list: headings that are passed over, entries that are chosen by key or mouse."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from convergedesk.desktop.palette.delegate import ROW_ROLE, RowDelegate
from convergedesk.desktop.palette.entries import Entry, Heading, Row

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.title if isinstance(row, Heading) else row.words
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        heading = index.isValid() and isinstance(self.rows[index.row()], Heading)
        return Qt.ItemFlag.NoItemFlags if heading else super().flags(index)


class RowList(QListView):
    """Shows rows. The keyboard stays in the palette's field, which moves the choice from there.

    Signals:
        chosen: An `Entry` was clicked.
        moved: The choice is another `Entry` now, or None.
    """

    chosen = Signal(object)
    moved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName("Results")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QListView { background: transparent; border: 0; outline: 0; }")
        self.clicked.connect(self._on_clicked)

    @property
    def current(self) -> Entry | None:
        """The chosen entry."""
        index = self.currentIndex()
        row = self._rows.rows[index.row()] if index.isValid() else None
        return row if isinstance(row, Entry) else None

    def content_height(self) -> int:
        """How high the list is with every row in sight."""
        return sum(self.sizeHintForRow(number) for number in range(self._rows.rowCount()))

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show other rows, the first of them chosen."""
        self._rows.show_rows(rows)
        self._choose(next((n for n, row in enumerate(rows) if isinstance(row, Entry)), -1))
        self.scrollToTop()

    def move_by(self, step: int) -> None:
        """Choose the next (1) or previous (−1) entry, going round at the ends."""
        entries = self._entries()
        if entries:
            at = entries.index(self.currentIndex().row()) if self.current is not None else -1
            self._choose(entries[(at + step) % len(entries)])

    def move_page(self, step: int) -> None:
        """Choose an entry a page further, stopping at the ends."""
        entries = self._entries()
        if entries:
            page = max(1, self.viewport().height() // max(1, self.sizeHintForRow(entries[0])) - 1)
            at = entries.index(self.currentIndex().row()) if self.current is not None else 0
            self._choose(entries[max(0, min(len(entries) - 1, at + step * page))])

    def sizeHint(self) -> QSize:
        return QSize(0, self.content_height())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and isinstance(self._rows.rows[index.row()], Entry):
            self._choose(index.row(), scroll=False)

    def _entries(self) -> list[int]:
        return [n for n, row in enumerate(self._rows.rows) if isinstance(row, Entry)]

    def _choose(self, number: int, *, scroll: bool = True) -> None:
        index = self._rows.index(number, 0) if number >= 0 else QModelIndex()
        if index != self.currentIndex() or number < 0:
            self.setCurrentIndex(index)
            self.moved.emit(self.current)
        if scroll and index.isValid():
            # The heading above the first row of a group comes into sight with it.
            if number and isinstance(self._rows.rows[number - 1], Heading):
                self.scrollTo(self._rows.index(number - 1, 0))
            self.scrollTo(index)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        row = self._rows.rows[index.row()]
        if isinstance(row, Entry):
            self.chosen.emit(row)
