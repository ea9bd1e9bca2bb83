"""Rows of a name and a figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.card import Separator
from convergedesk.desktop.widgets.label import Label


class KeyValue(NamedTuple):
    """One row.

    Attributes:
        name: What it is.
        value: The figure as printed.
        sub: A small line under the name.
        strong: Print the value bold; for sums.
        rule: Draw a hairline above.
    """

    name: str
    value: str
    sub: str = ""
    strong: bool = False
    rule: bool = False


class KeyValueRows(QWidget):
    """Names at the left, figures at the right."""

    def __init__(self, rows: Sequence[KeyValue] = (), parent: QWidget | None = None) -> None:
        """Show the rows."""
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[KeyValue]) -> None:
        """Replace the rows."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        line = 0
        for row in rows:
            if row.rule:
                self._grid.addWidget(Separator(), line, 0, 1, 2)
                line += 1
            value = Label(row.value, Role.STRONG if row.strong else Role.MEDIUM, selectable=True)
            self._grid.addWidget(Label(row.name, Role.BODY, "text_2", wrap=True), line, 0)
            self._grid.addWidget(value, line, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            line += 1
            if row.sub:
                self._grid.addWidget(Label(row.sub, Role.CAPTION, "text_3", wrap=True), line, 0, 1, 2)
                line += 1
