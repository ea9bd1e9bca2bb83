"""Where each column of a file goes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from convergedesk.desktop.pages.importing import words
from convergedesk.desktop.pages.importing.state import WizardState
from convergedesk.desktop.phrases import listing
from convergedesk.desktop.theme import Role, color, paint_icon
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.fields import Select
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.figures.wording import count
from convergedesk.sources.files.catalogue import entities, fields_of

if TYPE_CHECKING:
    from convergedesk.domain.records import EntityKind
    from convergedesk.sources.files import Column, FileMapping, Table

STEP = 40
_HEADS = ("Column in file", "Values", "", "Goes to", "Match")
_NOWHERE = "nowhere"
_SAMPLES = 4
_SHORTEST = 8


class ColumnCard(Card):
    """Columns of one file with sample values and the field that each goes to.

    Signals:
        field_chosen: (table, column, key of the field or None).
        reading_clicked: The person wants the file to be read in another way.
    """

    field_chosen = Signal(str, str, object)
    reading_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_state`."""
        super().__init__("", link="Change how it is read", parent=parent)
        self.link_clicked.connect(self.reading_clicked)
        self._missing = StatusText("", "warning", "warning", Role.LABEL)
        self._missing.hide()
        content = QWidget()
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(0, 0, 4, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        for column, share in enumerate((4, 4, 0, 5, 4)):
            self._grid.setColumnStretch(column, share)
        self._more = Button("", "link", small=True, parent=self)
        self._more.clicked.connect(self._on_more)
        outer = QVBoxLayout()
        outer.setSpacing(8)
        outer.addWidget(ScrollArea(content), 1)
        outer.addWidget(self._missing)
        self.body.addLayout(outer, 1)
        self._state = WizardState()
        self._shown = STEP
        self._key: object = None
        self._fields: dict[str, tuple[Select, StatusText]] = {}

    def show_state(self, state: WizardState) -> None:
        """Show the columns of the table that is looked at."""
        self._state = state
        table, mapping = state.current, state.mapping_of(state.table)
        if table is None or mapping is None:
            return
        self.set_title(table.title, table.reading)
        key = (table, mapping.entity, self._shown)
        if key != self._key:
            if self._key is None or not isinstance(self._key, tuple) or self._key[0] != table:
                self._shown = STEP
            self._key = (table, mapping.entity, self._shown)
            self._build(table, mapping)
        self._update(mapping, state)

    def _build(self, table: Table, mapping: FileMapping) -> None:
        self._clear()
        for place, head in enumerate(_HEADS):
            self._grid.addWidget(Label(head, Role.CAPTION_MEDIUM, "text_3"), 0, place)
        line = 1
        for column in table.columns[: self._shown]:
            self._grid.addWidget(Separator(), line, 0, 1, len(_HEADS))
            self._add_row(line + 1, column, mapping.entity)
            line += 2
        left = len(table.columns) - self._shown
        self._more.setVisible(left > 0)
        if left > 0:
            self._more.setText(f"Show {min(left, STEP)} of {count(left, 'further column')}")
            self._grid.addWidget(self._more, line, 0, 1, len(_HEADS), Qt.AlignmentFlag.AlignHCenter)
        self._grid.setRowStretch(line + 1, 1)

    def _add_row(self, line: int, column: Column, entity: EntityKind | None) -> None:
        samples = " · ".join(column.samples[:_SAMPLES]) or "(empty)"
        self._grid.addWidget(ElidedLabel(column.name, Role.STRONG), line, 0)
        self._grid.addWidget(ElidedLabel(samples, Role.LABEL, "text_3"), line, 1)
        self._grid.addWidget(_Arrow(), line, 2)
        goes_to = Select(_options(entity), small=True)
        goes_to.setSizeAdjustPolicy(Select.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        goes_to.setMinimumContentsLength(_SHORTEST)
        goes_to.setAccessibleName(f"{column.name} goes to")
        goes_to.setEnabled(entity is not None)
        goes_to.value_changed.connect(partial(self._on_field, column.name))
        sign = StatusText("", role=Role.LABEL_MEDIUM)
        self._grid.addWidget(goes_to, line, 3)
        self._grid.addWidget(sign, line, 4)
        self._fields[column.name] = (goes_to, sign)

    def _update(self, mapping: FileMapping, state: WizardState) -> None:
        asked = {name for question in state.questions_of(mapping.table) for name in question.columns}
        for column in mapping.columns:
            if column.column not in self._fields:
                continue
            goes_to, sign = self._fields[column.column]
            goes_to.blockSignals(True)
            goes_to.set_value(column.field or _NOWHERE)
            goes_to.blockSignals(False)
            goes_to.setToolTip(goes_to.currentText())
            goes_to.set_attention(column.column in asked)
            sign.set_status(*words.column_sign(column, mapping, asked=column.column in asked))
            sign.setToolTip(column.remark)
        missing = missing_fields(mapping)
        self._missing.setVisible(bool(missing))
        if missing:
            said = f"Nothing goes to {listing(missing)} yet: every row would be rejected."
            self._missing.set_status(said, "warning", "warning")

    def _clear(self) -> None:
        self._fields = {}
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is None:
                continue
            widget.hide()
            if widget is not self._more:
                widget.deleteLater()

    def _on_field(self, column: str, key: object) -> None:
        if self._state.table is not None:
            self.field_chosen.emit(self._state.table, column, None if key == _NOWHERE else key)

    @Slot()
    def _on_more(self) -> None:
        self._shown += STEP
        self.show_state(self._state)


class _Arrow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(16, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), QRectF(0, 6, 16, 16), "arrow-right", color("text_3"))


def missing_fields(mapping: FileMapping) -> tuple[str, ...]:
    """What no column goes to although every row needs it, such as 'Account or Account id'."""
    if mapping.entity is None:
        return ()
    kind = entities()[mapping.entity]
    missing: list[str] = []
    for group in kind.needs:
        if not any(mapping.has(key) for key in group):
            labels = [found.label for key in group if (found := kind.field(key)) is not None]
            missing.append(" or ".join(f"“{label}”" for label in labels))
    return tuple(missing)


def _options(entity: EntityKind | None) -> list[tuple[str, str]]:
    fields = fields_of(entity) if entity is not None else ()
    return [(_NOWHERE, "Do not import"), *((one.key, one.label) for one in fields)]
