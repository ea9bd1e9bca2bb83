"""The parts of a 'Why?': the formula in large figures, rows that can be opened, and the sources' age."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role, color, give_focus_ring, theme
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Separator
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import FlowLayout
from convergedesk.desktop.widgets.table.cells import TextLine, paint_line
from convergedesk.domain.freshness import FreshnessState
from convergedesk.figures.why import SYSTEM_NAMES, SourceAge, Step, Why, WhyRow

_ROW = 32
_FIRST = 6
_MOST = 200
_STATES = {
    FreshnessState.CURRENT: ("good", "check-circle"),
    FreshnessState.LATE: ("warning", "clock"),
    FreshnessState.NEVER: ("text_3", "minus-circle"),
    None: ("text_3", "minus-circle"),
}


class FormulaBand(QWidget):
    """The formula on a quiet ground: its values large with their names beneath, or one line of text."""

    def __init__(self, why: Why, parent: QWidget | None = None) -> None:
        """Show the formula of `why`."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        if not why.steps:
            column.addWidget(Label(why.formula, Role.SECTION, wrap=True, selectable=True))
            return
        flow = FlowLayout(spacing=12)
        for step in why.steps:
            flow.addWidget(_step(step))
            if step.then:
                flow.addWidget(Label(step.then, Role.FIGURE, "text_2"))
        column.addLayout(flow)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("inset"))
        painter.fillRect(0, 0, self.width(), 1, color("line"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("line"))


class BehindRows(QWidget):
    """The rows behind a figure; those with a place of their own can be opened.

    Signals:
        opened: The `Link` of a row.
    """

    opened = Signal(object)

    def __init__(self, rows: Sequence[WhyRow], in_all: int, parent: QWidget | None = None) -> None:
        """`in_all` says how many there are where `rows` are only some."""
        super().__init__(parent)
        self._rows = tuple(rows[:_MOST])
        self._in_all = max(in_all, len(rows))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._shown = 0
        self._more = Button("", "link", small=True)
        self._more.clicked.connect(self._on_more)
        self._note = Label("", Role.LABEL, "text_3")
        self._show(_FIRST)
        self._column.addWidget(self._more)
        self._column.addWidget(self._note)
        self._say_rest()

    @property
    def shown(self) -> int:
        """How many rows stand there now."""
        return self._shown

    def _show(self, until: int) -> None:
        for row in self._rows[self._shown : until]:
            line = _Row(row)
            line.opened.connect(self.opened)
            self._column.insertWidget(2 * self._shown, line)
            self._column.insertWidget(2 * self._shown + 1, Separator())
            self._shown += 1

    def _say_rest(self) -> None:
        rest = len(self._rows) - self._shown
        self._more.setText(f"Show {rest:,} more")
        self._more.setVisible(rest > 0)
        beyond = self._in_all - len(self._rows)
        self._note.setText(f"and {beyond:,} more that are not listed")
        self._note.setVisible(beyond > 0 and rest == 0)

    @Slot()
    def _on_more(self) -> None:
        self._show(len(self._rows))
        self._say_rest()


class _Row(QAbstractButton):
    opened = Signal(object)

    def __init__(self, row: WhyRow) -> None:
        super().__init__()
        self._row = row
        self.setAccessibleName(f"{row.name}: {row.value} {row.note}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if row.link is None:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setAttribute(Qt.WidgetAttribute.WA_Hover)
            self.setToolTip(f"Open {row.name}")
            give_focus_ring(self, 4)
            self.clicked.connect(self._on_clicked)

    def sizeHint(self) -> QSize:
        return QSize(280, theme().px(_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        row, rect = self._row, QRectF(self.rect())
        if row.link is not None and self.underMouse():
            painter.fillRect(self.rect(), color("hover"))
        if row.link is not None:
            paint_line(painter, rect, TextLine("", Role.LABEL, "text_3", "caret-right"), right=True)
        rect.setRight(rect.right() - 22)
        taken = paint_line(painter, rect, TextLine(row.value, Role.STRONG, row.tone or "text"), right=True)
        rect.setRight(rect.right() - max(taken, theme().px(72)) - 16)
        if row.note:
            half = QRectF(rect.center().x(), rect.top(), rect.width() / 2, rect.height())
            taken = paint_line(painter, half, TextLine(row.note, Role.LABEL, "text_3"), right=True)
            rect.setRight(rect.right() - taken - 16)
        paint_line(painter, rect, TextLine(row.name, Role.MEDIUM, "text"))

    @Slot()
    def _on_clicked(self) -> None:
        self.opened.emit(self._row.link)


class SourceRows(QWidget):
    """Each source with how far its data reaches."""

    def __init__(self, sources: Sequence[SourceAge], parent: QWidget | None = None) -> None:
        """One line a source; those that are not used are quiet."""
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for line, source in enumerate(sources):
            tone, icon = _STATES[source.state]
            name = StatusText(SYSTEM_NAMES[source.system], tone, icon, Role.LABEL)
            grid.addWidget(name, line, 0)
            grid.addWidget(Label(source.words, Role.LABEL, "text_2", wrap=True), line, 1)


def _step(step: Step) -> QWidget:
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(Label(step.value, Role.FIGURE, selectable=True))
    column.addWidget(Label(step.what, Role.LABEL, "text_3"))
    return block
