"""Rows of frozen objects as a table model: sorted and filtered in plain Python, without a proxy."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from convergedesk.desktop.models.column import Column

R = TypeVar("R")
RowStyle = Literal["normal", "reject", "muted"]
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


def _normal(_row: object) -> RowStyle:
    return "normal"


class RowsModel(QAbstractTableModel, Generic[R]):
    """A table over rows of type R, each with an id.

    Signals:
        sort_requested: (key of the column, True for descending). Emitted in place of sorting when
            sorting is delegated; the owner then calls `set_rows` with rows in that order.
    """

    sort_requested = Signal(str, bool)

    def __init__(
        self,
        columns: Sequence[Column[R]],
        *,
        id_of: Callable[[R], Hashable],
        delegate_sort: bool = False,
        row_style: Callable[[R], RowStyle] = _normal,
        parent: Any = None,
    ) -> None:
        """`delegate_sort` for rows that come page by page, sorted by whoever reads them."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self.row_style = row_style
        self._id_of = id_of
        self._delegate_sort = delegate_sort
        self._all: Sequence[R] = ()
        self._shown: list[R] = []
        self._position: dict[Hashable, int] | None = None
        self._filter: Callable[[R], bool] | None = None
        self._sort_column: int | None = None
        self._descending = False

    @property
    def rows(self) -> Sequence[R]:
        """The rows shown, in their order on screen."""
        return self._shown

    @property
    def total(self) -> int:
        """How many rows there are without the filter."""
        return len(self._all)

    @property
    def sort_state(self) -> tuple[int, bool] | None:
        """(number of the sorted column, True for descending), or None."""
        return None if self._sort_column is None else (self._sort_column, self._descending)

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows, under the present filter and order."""
        self._all = rows
        self._arrange()

    def append_rows(self, rows: Sequence[R]) -> None:
        """Add rows at the end without disturbing those shown; for rows that come page by page."""
        if not rows:
            return
        self._all = [*self._all, *rows]
        passing = [row for row in rows if self._filter is None or self._filter(row)]
        if not passing:
            return
        self.beginInsertRows(_NO_PARENT, len(self._shown), len(self._shown) + len(passing) - 1)
        self._shown.extend(passing)
        self._position = None
        self.endInsertRows()

    def set_filter(self, passes: Callable[[R], bool] | None) -> None:
        """Show only rows that pass; None shows all."""
        self._filter = passes
        self._arrange()

    def sort_by(self, key: str, *, descending: bool) -> None:
        """Sort by a column.

        Raises:
            StopIteration: There is no such column.
        """
        number = next(i for i, column in enumerate(self.columns) if column.key == key)
        self._sort_column = number
        self._descending = descending
        if self._delegate_sort:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
            self.sort_requested.emit(key, descending)
        else:
            self._arrange()

    def show_sorted(self, key: str, *, descending: bool) -> None:
        """Mark a column as sorted without sorting, where rows come in that order."""
        self._sort_column = next(i for i, column in enumerate(self.columns) if column.key == key)
        self._descending = descending
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def is_sortable(self, number: int) -> bool:
        """True where a click on that column's header sorts."""
        column = self.columns[number]
        return column.sort_key is not None or (self._delegate_sort and column.sortable)

    def row(self, number: int) -> R:
        """The row shown at a position."""
        return self._shown[number]

    def id_at(self, number: int) -> Hashable:
        """The id of the row shown at a position."""
        return self._id_of(self._shown[number])

    def position_of(self, row_id: Hashable) -> int | None:
        """Where the row of that id is shown, or None."""
        if self._position is None:
            self._position = {self._id_of(row): number for number, row in enumerate(self._shown)}
        return self._position.get(row_id)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        row = self._shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        if role == Qt.ItemDataRole.ToolTipRole and column.tooltip is not None:
            return column.tooltip(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.header_tooltip or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            # A column of signs needs no title on screen, but a name all the same.
            title = column.title or column.key.replace("_", " ").capitalize()
            if self._sort_column == section:
                return f"{title}, sorted {'downwards' if self._descending else 'upwards'}"
            return title
        return None

    def _alignment(self, number: int) -> int:
        right = self.columns[number].align == "right"
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)

    def _arrange(self) -> None:
        self.beginResetModel()
        passes = self._filter
        shown = list(self._all) if passes is None else [row for row in self._all if passes(row)]
        if self._sort_column is not None and not self._delegate_sort:
            shown = self._sorted(shown, self.columns[self._sort_column])
        self._shown = shown
        self._position = None
        self.endResetModel()

    def _sorted(self, rows: list[R], column: Column[R]) -> list[R]:
        key = column.sort_key
        if key is None:
            return rows
        keyed = [(key(row), row) for row in rows]
        known = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=lambda pair: pair[0], reverse=self._descending)
        return [row for _, row in known] + [row for value, row in keyed if value is None]
