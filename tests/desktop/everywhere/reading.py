"""What a screen reader and a keyboard find in a window as it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QTableView, QWidget

from tests.desktop.everywhere.layout import named

_NAME = QAccessible.Text.Name
_MEANINGLESS = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane}


def reading_findings(window: QWidget) -> list[str]:
    """Every widget that takes the keyboard and says nothing, and every table that cannot be read."""
    found: list[str] = []
    for widget in [one for one in window.findChildren(QWidget) if one.isVisible()]:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled():
            found += _silent(widget)
        if isinstance(widget, QTableView):
            found += _unreadable(widget)
    return found


def _silent(widget: QWidget) -> list[str]:
    told = QAccessible.queryAccessibleInterface(widget)
    if told is None:
        return [f"unknown to a screen reader: {named(widget)}"]
    found: list[str] = []
    if not told.text(_NAME).strip():
        found.append(f"without a name: {named(widget)}")
    # An area that scrolls is told by what lies in it.
    if told.role() in _MEANINGLESS and not isinstance(widget, QAbstractScrollArea):
        found.append(f"without a role ({told.role().name}): {named(widget)}")
    return found


def _unreadable(table: QTableView) -> list[str]:
    model = table.model()
    rows, columns = model.rowCount(), model.columnCount()
    found: list[str] = []
    for column in range(columns):
        if table.isColumnHidden(column):
            continue
        head = model.headerData(column, Qt.Orientation.Horizontal)
        spoken = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
        if not (head or spoken):
            found.append(f"column {column} has no title: {named(table)}")
        texts = [
            model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)
            or model.index(row, column).data(Qt.ItemDataRole.DisplayRole)
            for row in range(min(rows, 5))
        ]
        if any(text is None for text in texts):
            found.append(f"column {column} “{head}” says nothing: {named(table)}")
    return found


def takes_tab(window: QWidget) -> list[QWidget]:
    """What the Tab key should reach."""
    return [
        one
        for one in window.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(one.parentWidget(), QAbstractScrollArea)
    ]
