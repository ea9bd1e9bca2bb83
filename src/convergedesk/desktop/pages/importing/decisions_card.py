"""What was decided about names from outside, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.clock_words import moment
from convergedesk.desktop.pages.importing.link_words import ICONS, decision_sentence
from convergedesk.desktop.theme import Role, color, paint_icon
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.links import LinkDecision

STEP = 20


class DecisionsCard(Card):
    """Rows with 'Undo'; decisions that were taken back stay listed as such."""

    undo_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_decisions`."""
        super().__init__("Decisions", "newest first", parent=parent)
        self._decisions: Sequence[LinkDecision] = ()
        self._names: Mapping[AccountId, str] = {}
        self._shown = STEP

    def show_decisions(self, decisions: Sequence[LinkDecision], names: Mapping[AccountId, str]) -> None:
        """Show the decisions; `names` are those of the accounts."""
        self._decisions, self._names = decisions, names
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not decisions:
            self.add(Label("Nothing has been decided yet.", Role.BODY, "text_3"))
        for place, decision in enumerate(decisions[: self._shown]):
            if place:
                self.add(Separator())
            self.add(self._row(decision))
        left = len(decisions) - self._shown
        if left > 0:
            more = Button(f"Show {min(left, STEP)} more", "link", small=True)
            more.clicked.connect(self._on_more)
            self.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _row(self, decision: LinkDecision) -> QWidget:
        undone = decision.undone_at is not None
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(_Icon(ICONS[decision.kind]), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        said = decision_sentence(decision, self._names)
        words.addWidget(ElidedLabel(said, Role.BODY, "text_3" if undone else "text"))
        when = moment(decision.decided_at, UTC)
        by = f" by {decision.author}" if decision.author else ""
        taken_back = " · taken back" if undone else ""
        words.addWidget(ElidedLabel(f"{when} UTC{by}{taken_back}", Role.CAPTION, "text_3"))
        row.addLayout(words, 1)
        if not undone:
            undo = Button("Undo", "link", small=True)
            undo.setAccessibleName(f"Undo: {said}")
            undo.clicked.connect(partial(self._on_undo, decision.id))
            row.addWidget(undo, 0, Qt.AlignmentFlag.AlignVCenter)
        return widget

    def _on_undo(self, decision_id: int, _checked: bool = False) -> None:
        self.undo_clicked.emit(decision_id)

    @Slot()
    def _on_more(self) -> None:
        self._shown += STEP
        self.show_decisions(self._decisions, self._names)


class _Icon(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(18, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), QRectF(1, 2, 16, 16), self._name, color("text_2"))
