"""What can be done with a goal, as a menu."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.pages.goals.editing import GoalEditing
from convergedesk.desktop.theme import icon
from convergedesk.desktop.widgets.button import Menu
from convergedesk.domain.goals import GoalState
from convergedesk.figures.account import GoalView

_NEXT = {
    GoalState.OPEN: ("flag-banner", "Mark as reached", GoalState.REACHED),
    GoalState.REACHED: ("arrow-counter-clockwise", "Work on it again", GoalState.OPEN),
    GoalState.DROPPED: ("arrow-counter-clockwise", "Work on it again", GoalState.OPEN),
}


class GoalMenu(Menu):
    """Open, record, reached or open again, drop, delete."""

    def __init__(self, view: GoalView, editing: GoalEditing, parent: QWidget) -> None:
        """For the goal of `view`."""
        super().__init__(parent)
        self._view = view
        self._editing = editing
        name, text, self._next_state = _NEXT[view.goal.state]
        self.addAction(icon("note-pencil"), "Open").triggered.connect(self._on_edit)
        if view.meter is None and view.goal.state is GoalState.OPEN:
            self.addAction(icon("plus"), "Record progress").triggered.connect(self._on_record)
        self.addAction(icon(name), text).triggered.connect(self._on_next_state)
        if view.goal.state is GoalState.OPEN:
            self.addAction(icon("minus-circle"), "Drop it").triggered.connect(self._on_drop)
        self.addSeparator()
        self.addAction(icon("trash"), "Delete").triggered.connect(self._on_delete)

    @Slot()
    def _on_edit(self) -> None:
        self._editing.edit(self._view.goal.id)

    @Slot()
    def _on_record(self) -> None:
        self._editing.record(self._view)

    @Slot()
    def _on_next_state(self) -> None:
        self._editing.writes.set_state(self._view.goal, self._next_state)

    @Slot()
    def _on_drop(self) -> None:
        self._editing.writes.set_state(self._view.goal, GoalState.DROPPED)

    @Slot()
    def _on_delete(self) -> None:
        self._editing.writes.delete(self._view.goal.id, self._view.goal.title)
