"""'Why?': what stands behind a figure, in a dialog whose text and id can be copied."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role, give_focus_ring
from convergedesk.desktop.widgets.card import Separator
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.keeping_dialog import FormScroll
from convergedesk.desktop.widgets.key_values import KeyValue, KeyValueRows
from convergedesk.desktop.widgets.kpi import KpiTile
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.why_parts import BehindRows, FormulaBand, SourceRows
from convergedesk.figures.why import Why, as_text
from convergedesk.figures.wording import count

_WIDTH = 700
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_W)


class WhyDialog(Dialog):
    """Formula with the values put in, days, what was left out, how sure, rows, and the age of each source.

    Signals:
        link_opened: The `Link` of a row that the person opened; the dialog has closed.
    """

    link_opened = Signal(object)

    def __init__(self, parent: QWidget, figure: str, why: Why) -> None:
        """`figure` is the number as it stands on the page; empty takes the explanation's own."""
        shown = replace(why, figure=figure) if figure else why
        super().__init__(parent, f"Why {shown.figure}?" if shown.figure else why.title, width=_WIDTH)
        self.why = shown
        self._text = as_text(shown)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(FormulaBand(why))
        inner = QVBoxLayout()
        inner.setContentsMargins(24, 0, 24, 4)
        inner.setSpacing(12)
        column.addLayout(inner)
        column.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        head = QVBoxLayout()
        head.setContentsMargins(24, 0, 24, 0)
        if shown.figure:
            head.addWidget(Label(why.title, Role.STRONG, "text_2", wrap=True))
        head.addWidget(Label(why.definition, Role.BODY, "text_2", wrap=True))
        self.body.addLayout(head)
        self.body.addWidget(FormScroll(content), 1)
        self._fill(inner)
        if why.figure_id:
            self.copy_id = self.add_button("Copy id", "quiet", icon="hash")
            self.copy_id.setToolTip(f"{why.figure_id}: for convergedesk explain, and for asking a colleague")
            self.copy_id.clicked.connect(self._on_copy_id)
        self.copy = self.add_button("Copy as text", icon="copy")
        self.copy.clicked.connect(self._on_copy)
        done = self.add_button("Done", "primary")
        done.clicked.connect(self.accept)

    def _fill(self, column: QVBoxLayout) -> None:
        why = self.why
        if why.steps and why.formula:
            column.addWidget(Label(why.formula, Role.LABEL, "text_3", wrap=True, selectable=True))
        parts = [("Days", why.window), ("How sure", why.interval), ("Keep in mind", why.caution)]
        if why.excluded:
            told = " · ".join(f"{one.what} ({one.reason})" for one in why.excluded)
            parts.insert(1, ("Left out", told))
        said = [(name, text) for name, text in parts if text]
        if said:
            column.addWidget(_two_columns(said))
        if why.rows:
            column.addWidget(KeyValueRows([KeyValue(name, value) for name, value in why.rows]))
        if why.behind:
            rows = BehindRows(why.behind, why.behind_of)
            rows.opened.connect(self._on_opened)
            column.addWidget(
                Label(f"Rows behind it: {count(max(why.behind_of, len(why.behind)), 'row')}", Role.STRONG)
            )
            column.addWidget(rows)
        if why.sources or why.as_of:
            column.addWidget(Separator())
        if why.sources:
            column.addWidget(SourceRows(why.sources))
        if why.as_of:
            column.addWidget(Label(why.as_of, Role.LABEL, "text_3", wrap=True))

    @Slot(object)
    def _on_opened(self, link: object) -> None:
        self.accept()
        self.link_opened.emit(link)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.copy.setText("Copied")

    @Slot()
    def _on_copy_id(self) -> None:
        QGuiApplication.clipboard().setText(self.why.figure_id)
        self.copy_id.setText("Copied")


class WhyTile(KpiTile):
    """A figure that opens its explanation, by mouse and by keyboard.

    Signals:
        why_wanted: The person asks for it.
    """

    why_wanted = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        """Nothing can be asked before `set_askable`."""
        super().__init__(label, small=True, parent=parent)
        self._askable = False
        give_focus_ring(self, 6)

    @property
    def askable(self) -> bool:
        """Whether there is an explanation to open."""
        return self._askable

    def set_askable(self, *, askable: bool) -> None:
        """Whether there is an explanation to open."""
        self._askable = askable
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if askable else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if askable else Qt.CursorShape.ArrowCursor)
        self.setToolTip("Why? Click to see what stands behind this number." if askable else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._askable and event.button() is Qt.MouseButton.LeftButton:
            event.accept()
            self.why_wanted.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Only who takes the press is told of the release.
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._askable and event.key() in _KEYS:
            self.why_wanted.emit()
            return
        super().keyPressEvent(event)


def _two_columns(parts: list[tuple[str, str]]) -> QWidget:
    block = QWidget()
    grid = QGridLayout(block)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(10)
    for place, (name, text) in enumerate(parts):
        cell = QVBoxLayout()
        cell.setSpacing(2)
        cell.addWidget(Label(name, Role.LABEL, "text_3"))
        cell.addWidget(Label(text, Role.BODY, wrap=True, selectable=True))
        cell.addStretch(1)
        whole = len(parts) == 1 or (place == len(parts) - 1 and place % 2 == 0)
        grid.addLayout(cell, place // 2, place % 2, 1, 2 if whole else 1)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return block
