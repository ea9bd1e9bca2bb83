"""One goal: how far it is, why it stands there, and what can be done with it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.goal_words import bar_value, due_text, measured_by, standing_words
from convergedesk.desktop.pages.goals.editing import GoalEditing
from convergedesk.desktop.pages.goals.history import GoalHistory
from convergedesk.desktop.pages.goals.menu import GoalMenu
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.avatar import Avatar
from convergedesk.desktop.widgets.badge import StatusText, audience_badge
from convergedesk.desktop.widgets.bars import GoalBar
from convergedesk.desktop.widgets.button import Button, IconButton
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.domain.audience import Audience
from convergedesk.domain.goals import GoalState
from convergedesk.figures.account import GoalView

_WIDE_FROM = 940
_BUTTONS_WIDTH = 172


class GoalRow(QWidget):
    """Whatever is done with it goes through `editing`."""

    def __init__(
        self,
        view: GoalView,
        today: date,
        editing: GoalEditing,
        *,
        unfolded: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`unfolded` shows the rule and the history from the start."""
        super().__init__(parent)
        self._editing = editing
        self._view = view
        self._today = today
        self._history: GoalHistory | None = None
        self._wide: bool | None = None
        self.setAccessibleName(view.goal.title)
        self._head = self._title_block()
        self._bar = GoalBar(bar_value(view))
        self._standing = self._standing_block()
        self._source = self._source_block()
        self._buttons = self._button_block()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(10)
        self._column.addLayout(self._grid)
        self._arrange(wide=True)
        if unfolded:
            self._unfold()

    @property
    def goal_id(self) -> int:
        """Whose row."""
        return self._view.goal.id

    @property
    def unfolded(self) -> bool:
        """True while the rule and the history show."""
        return self._history is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= theme().px(_WIDE_FROM))

    def _title_block(self) -> QWidget:
        goal = self._view.goal
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(goal.title, Role.STRONG, wrap=True))
        facts = QHBoxLayout()
        facts.setSpacing(8)
        facts.addWidget(audience_badge(shared=goal.audience is Audience.SHARED))
        facts.addWidget(ElidedLabel(due_text(goal, self._today), Role.CAPTION, "text_3"), 1)
        column.addLayout(facts)
        column.addStretch(1)
        return block

    def _standing_block(self) -> QWidget:
        words = standing_words(self._view)
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        standing = StatusText(words.text, words.tone, words.icon)
        standing.setToolTip(self._view.rule)
        column.addWidget(standing)
        self._why = Button("Why?", "link", small=True)
        self._why.setAccessibleName(f"Why: {words.text}, and the values so far")
        self._why.setToolTip(self._view.rule)
        self._why.clicked.connect(self._on_why)
        column.addWidget(self._why, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return block

    def _source_block(self) -> QWidget:
        goal = self._view.goal
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        owner = QHBoxLayout()
        owner.setSpacing(6)
        if goal.owner:
            owner.addWidget(Avatar(goal.owner, 20))
        said = goal.owner or "No owner"
        owner.addWidget(ElidedLabel(said, Role.LABEL, "text_2" if goal.owner else "text_3"), 1)
        column.addLayout(owner)
        column.addWidget(ElidedLabel(goal.evidence or measured_by(self._view), Role.CAPTION, "text_3"))
        column.addStretch(1)
        return block

    def _button_block(self) -> QWidget:
        block = QWidget()
        row = QHBoxLayout(block)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        record = Button("Record progress", small=True, icon="note-pencil")
        record.clicked.connect(self._on_record)
        row.addStretch(1)
        row.addWidget(record)
        record.setVisible(self._view.meter is None and self._view.goal.state is GoalState.OPEN)
        more = IconButton("dots-three", f"More for {self._view.goal.title}")
        more.setMenu(GoalMenu(self._view, self._editing, more))
        row.addWidget(more)
        # The same in every row, so that the columns of all goals stand beneath one another.
        words = record.sizeHint().width() + row.spacing() + more.sizeHint().width()
        block.setFixedWidth(max(theme().px(_BUTTONS_WIDTH), words))
        return block

    def _arrange(self, *, wide: bool) -> None:
        if wide == self._wide:
            return
        self._wide = wide
        blocks = (self._head, self._bar, self._standing, self._source, self._buttons)
        for block in blocks:
            self._grid.removeWidget(block)
        places = (
            ((0, 0, 1), (0, 1, 1), (0, 2, 1), (0, 3, 1), (0, 4, 1))
            if wide
            else ((0, 0, 2), (1, 0, 3), (0, 2, 1), (2, 0, 2), (2, 2, 1))
        )
        for block, (line, column, span) in zip(blocks, places, strict=True):
            self._grid.addWidget(block, line, column, 1, span)
        for column, share in enumerate((4, 4, 2, 3, 0) if wide else (1, 1, 1, 0, 0)):
            self._grid.setColumnStretch(column, share)
        self._grid.setAlignment(self._buttons, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)

    def _unfold(self) -> None:
        self._history = GoalHistory(self._view, self._today)
        self._column.addWidget(self._history)
        self._why.setText("Hide")

    @Slot()
    def _on_why(self) -> None:
        if self._history is None:
            self._unfold()
            return
        self._column.removeWidget(self._history)
        self._history.hide()
        self._history.deleteLater()
        self._history = None
        self._why.setText("Why?")

    @Slot()
    def _on_record(self) -> None:
        self._editing.record(self._view)
