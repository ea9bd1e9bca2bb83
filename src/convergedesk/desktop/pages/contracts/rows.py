"""Rows of fields under one line of headings, each with its fault beneath and a way to take it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import IconButton
from convergedesk.desktop.widgets.fields import TextField
from convergedesk.desktop.widgets.label import Label


class FieldRows(QWidget):
    """A small table of fields.

    Attributes:
        removed: Called with the place of a row that the person takes out; None: rows stay.
    """

    def __init__(self, headings: Sequence[tuple[str, int]], parent: QWidget | None = None) -> None:
        """`headings` are (words, stretch)."""
        super().__init__(parent)
        self.removed: Callable[[int], None] | None = None
        self._headings = [words for words, _ in headings]
        self._faults: list[Label] = []
        self._cells: list[dict[str, QWidget]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        for column, (words, stretch) in enumerate(headings):
            self._grid.addWidget(Label(words, Role.CAPTION_MEDIUM, "text_3"), 0, column)
            self._grid.setColumnStretch(column, stretch)

    def add_row(self, cells: Sequence[tuple[str, QWidget]]) -> None:
        """Append a row; each cell is (name of its field, widget), a name may be empty."""
        place = len(self._faults)
        row = 1 + 2 * place
        for column, (name, widget) in enumerate(cells):
            if name and not widget.accessibleName():
                widget.setAccessibleName(f"{self._headings[column]}, row {place + 1}")
            self._grid.addWidget(widget, row, column)
        if self.removed is not None:
            out = IconButton("x", f"Take out row {place + 1}")
            out.clicked.connect(partial(self.removed, place))
            self._grid.addWidget(out, row, len(self._headings))
        fault = Label("", Role.CAPTION, "critical", wrap=True)
        fault.hide()
        self._grid.addWidget(fault, row + 1, 0, 1, len(self._headings))
        self._faults.append(fault)
        self._cells.append({name: widget for name, widget in cells if name})

    def set_faults(self, place: int, faults: Sequence[tuple[str, str]], notes: Sequence[str] = ()) -> None:
        """Say what is wrong in a row: (field name or empty, sentence); notes are shown in amber."""
        wrong = {name for name, _ in faults}
        for name, widget in self._cells[place].items():
            if isinstance(widget, TextField):
                widget.set_fault(name in wrong)
        words = " ".join(dict.fromkeys(sentence for _, sentence in faults)) or " ".join(notes)
        label = self._faults[place]
        label.set_tone("critical" if faults else "warning")
        label.setText(words)
        label.setVisible(bool(words))


def column_of(*widgets: QWidget, spacing: int = 12) -> QWidget:
    """Widgets under each other, as high as they need to be."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    layout.setAlignment(Qt.AlignmentFlag.AlignTop)
    for widget in widgets:
        layout.addWidget(widget)
    return box


def clear(layout: QVBoxLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
