"""The files that were found: what each is taken for, and how sure that is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.pages.importing import words
from convergedesk.desktop.pages.importing.state import WizardState
from convergedesk.desktop.theme import Role, color, give_focus_ring, paint_icon
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Separator
from convergedesk.desktop.widgets.fields import Select
from convergedesk.desktop.widgets.label import ElidedLabel
from convergedesk.desktop.widgets.scroll import FlowLayout, ScrollArea
from convergedesk.desktop.widgets.spoken import FIGURE, speak_as
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.sources.files import Skipped, Table

# Every row has a list of its own; hundreds of files are built on request.
STEP = 60
_ICON = 20
_INDENT = 16 + _ICON + 12
_SELECT_FRAME = 62


class FileList(QWidget):
    """Rows of files with a choice of what each is.

    Signals:
        selected: Name of the table that the person wants to look at.
        entity_chosen: (name of the table, `EntityKind` or None to skip it).
    """

    selected = Signal(str)
    entity_chosen = Signal(str, object)

    def __init__(self, *, wide: bool, parent: QWidget | None = None) -> None:
        """`wide` puts a file's choice beside its name instead of beneath it."""
        super().__init__(parent)
        self._wide = wide
        self._shown = STEP
        self._rows: dict[str, FileRow] = {}
        self._key: object = None
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._more = Button("", "link", small=True, parent=self)
        self._more.clicked.connect(self._on_more)
        self._state = WizardState()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollArea(content))

    def show_state(self, state: WizardState) -> None:
        """Show the files of a state; rows that are there already are only updated."""
        self._state = state
        findings = state.findings
        key = (state.tables, findings.skipped if findings is not None else (), self._shown)
        if key != self._key:
            self._key = key
            self._build(state)
        for name, row in self._rows.items():
            row.show_state(state, current=name == state.table)

    def _build(self, state: WizardState) -> None:
        self._clear()
        for table in state.tables[: self._shown]:
            row = FileRow(table, wide=self._wide)
            row.clicked.connect(partial(self.selected.emit, table.name))
            row.kind.value_changed.connect(partial(self.entity_chosen.emit, table.name))
            self._rows[table.name] = row
            self._column.addWidget(row)
            self._column.addWidget(Separator())
        left = len(state.tables) - self._shown
        self._more.setVisible(left > 0)
        if left > 0:
            self._more.setText(f"Show {min(left, STEP)} of {count(left, 'further file')}")
            self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignHCenter)
        skipped = state.findings.skipped if state.findings is not None else ()
        for one in skipped[: self._shown]:
            self._column.addWidget(SkippedRow(one))
            self._column.addWidget(Separator())
        self._column.addStretch(1)

    def _clear(self) -> None:
        self._rows = {}
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is None:
                continue
            widget.hide()
            if widget is not self._more:
                widget.deleteLater()

    @Slot()
    def _on_more(self) -> None:
        self._shown += STEP
        self.show_state(self._state)


class FileRow(QWidget):
    """A file: its name, its size, what it is taken for.

    Attributes:
        kind: The choice of what its rows are.
    """

    clicked = Signal()

    def __init__(self, table: Table, *, wide: bool) -> None:
        """`kind` follows with `show_state`."""
        super().__init__()
        self._table = table.name
        self._icon = "file-text" if table.kind.value == "spreadsheet" else "table"
        self._current = False
        self._selectable = not wide
        sheet = f", sheet “{table.sheet}”" if table.sheet and not wide else ""
        self._facts = f"{words.table_facts(table)}{sheet}"
        self.setAccessibleName(f"{table.name}, {self._facts}")
        speak_as(self, FIGURE)
        self.kind = _KindSelect()
        self.kind.setAccessibleName(f"What {table.name} holds")
        self._sign = StatusText("", role=Role.CAPTION_MEDIUM)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(ElidedLabel(table.name, Role.STRONG))
        facts = f"{self._facts} · {table.reading}" if wide else self._facts
        names.addWidget(ElidedLabel(facts, Role.CAPTION, "text_3"))
        choice = QWidget()
        # Where both do not fit beside one another, the sign goes beneath.
        flow = FlowLayout(choice)
        flow.addWidget(self.kind)
        flow.addWidget(self._sign)
        if wide:
            row = QHBoxLayout(self)
            row.setContentsMargins(_INDENT, 10, 16, 10)
            row.setSpacing(16)
            row.addLayout(names, 3)
            row.addWidget(choice, 2)
        else:
            column = QVBoxLayout(self)
            column.setContentsMargins(_INDENT, 10, 16, 10)
            column.setSpacing(6)
            column.addLayout(names)
            column.addWidget(choice)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            give_focus_ring(self, 4)

    def show_state(self, state: WizardState, *, current: bool) -> None:
        """Show what the file is taken for, and whether it is the one looked at."""
        mapping = state.mapping_of(self._table)
        self.kind.blockSignals(True)
        self.kind.set_value(mapping.entity if mapping is not None else None)
        self.kind.blockSignals(False)
        self.kind.updateGeometry()
        self._sign.set_status(*words.table_sign(state, self._table))
        self._current = current and self._selectable
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._selectable and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._selectable and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._current:
            painter.fillRect(self.rect(), color("accent_soft"))
            painter.fillRect(0, 0, 2, self.height(), color("accent"))
        paint_icon(painter, QRectF(16, 12, _ICON, _ICON), self._icon, color("text_2"))


class _KindSelect(Select):
    """As wide as what is chosen, so that the sign stands beside it."""

    def __init__(self) -> None:
        super().__init__(words.KINDS, small=True)
        self.currentIndexChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().horizontalAdvance(self.currentText())
        return QSize(text + _SELECT_FRAME, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().boundedTo(self.sizeHint())


class SkippedRow(QWidget):
    """A file that holds no table, and why."""

    def __init__(self, skipped: Skipped) -> None:
        """Nothing can be done with it here."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(_INDENT, 10, 16, 10)
        column.setSpacing(0)
        column.addWidget(ElidedLabel(skipped.name, Role.MEDIUM, "text_2"))
        column.addWidget(ElidedLabel(f"skipped: {skipped.reason}", Role.CAPTION, "text_3"))
        self.setAccessibleName(f"{skipped.name}, skipped: {skipped.reason}")

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), QRectF(16, 12, _ICON, _ICON), "file-text", color("text_3"))
