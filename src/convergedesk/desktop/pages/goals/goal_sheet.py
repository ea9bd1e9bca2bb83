"""One goal, open: edited in place, with why it stands where it stands and how its target moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.autosave import Autosave, SaveState
from convergedesk.desktop.faults import sentence_of
from convergedesk.desktop.goal_words import standing_words
from convergedesk.desktop.pages.goals.form import form_of
from convergedesk.desktop.pages.goals.history import GoalHistory
from convergedesk.desktop.pages.goals.inputs import GoalInputs
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.dialog import Dialog, confirmation
from convergedesk.desktop.widgets.keeping_dialog import FormScroll
from convergedesk.desktop.widgets.label import ElidedLabel
from convergedesk.domain.goals import GoalTarget
from convergedesk.domain.usage import Meter
from convergedesk.figures.account import GoalView

_WIDTH = 720
_SAID = {
    SaveState.KEPT: ("Saved on this laptop", "good", "check-circle"),
    SaveState.WAITING: ("Not saved yet", "text_3", "clock"),
    SaveState.SAVING: ("Saving", "text_3", "clock"),
}


class GoalSheet(Dialog):
    """Saves by itself, a moment after the last key and when it closes.

    Signals:
        changed: The `GoalDraft` to save; whoever saves it calls `saved` or `show_failure`.
        record_clicked: A value is to be recorded.
        delete_clicked: The goal is to be deleted.
    """

    changed = Signal(object)
    record_clicked = Signal()
    delete_clicked = Signal()

    def __init__(
        self,
        parent: QWidget,
        view: GoalView,
        account_name: str,
        *,
        meters: Sequence[Meter],
        targets: Sequence[GoalTarget],
        today: date,
    ) -> None:
        """Shows `view`; nothing is saved before something is typed."""
        super().__init__(parent, f"Goal of {account_name}", width=theme().px(_WIDTH))
        self.view = view
        self._today = today
        self._asking: Dialog | None = None
        self._closing = False
        self.inputs = GoalInputs(meters, today, form_of(view.goal))
        self.inputs.show_measured(view)
        self._kept = self.inputs.form()
        self._standing = StatusText("", "good", "check-circle")
        self._reason = ElidedLabel("", Role.LABEL, "text_2")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._standing)
        head.addWidget(self._reason, 1)
        content = QWidget()
        self._content = QVBoxLayout(content)
        # Room for the focus ring, which the scroll area would cut off.
        self._content.setContentsMargins(3, 3, 3, 3)
        self._content.setSpacing(12)
        self._content.addLayout(head)
        self._content.addWidget(self.inputs)
        self._history: GoalHistory | None = None
        self.body.addWidget(FormScroll(content), 1)
        self.status = StatusText("", "good", "check-circle", Role.LABEL)
        self.footer.insertWidget(0, self.status, 1, Qt.AlignmentFlag.AlignLeft)
        self.autosave = Autosave(self._save, self)
        self.autosave.state_changed.connect(self._on_state)
        self.autosave.settled.connect(self._on_settled)
        self.inputs.edited.connect(self._on_edited)
        delete = self.add_button("Delete", "quiet", icon="trash")
        delete.clicked.connect(self.delete_clicked)
        self.record = self.add_button("Record progress", icon="note-pencil")
        self.record.clicked.connect(self.record_clicked)
        close = self.add_button("Close")
        close.setShortcut("Ctrl+Return")
        close.clicked.connect(self.reject)
        self.show_view(view, targets)
        self._on_state(SaveState.KEPT)

    def show_view(self, view: GoalView, targets: Sequence[GoalTarget]) -> None:
        """Show where the goal stands now; fields that somebody is typing in stay as they are."""
        self.view = view
        words = standing_words(view)
        self._standing.set_status(words.text, words.tone, words.icon)
        self._reason.setText(view.reason)
        self.record.setVisible(view.meter is None)
        if self._history is not None:
            self._content.removeWidget(self._history)
            self._history.hide()
            self._history.deleteLater()
        self._history = GoalHistory(view, self._today, targets)
        self._content.addWidget(self._history)
        self.inputs.set_state(view.goal.state)
        self.inputs.show_measured(view)
        if self.autosave.state is SaveState.KEPT and form_of(view.goal) != self.inputs.form():
            self.inputs.blockSignals(True)
            self.inputs.fill(form_of(view.goal))
            self.inputs.blockSignals(False)
            self._kept = self.inputs.form()

    def saved(self) -> None:
        """What `changed` brought is kept."""
        self.autosave.saved()

    def show_failure(self, error: Exception) -> None:
        """Nothing was kept: say why; everything typed is still here and is tried again."""
        self._closing = False
        self.autosave.failed()
        self.status.set_status(sentence_of(error), "critical", "warning-octagon")

    @Slot()
    def reject(self) -> None:
        self._closing = True
        self.autosave.flush()
        if self.autosave.state is SaveState.KEPT:
            super().reject()
        elif self.autosave.state is SaveState.WAITING:
            self._closing = False
            self._ask()

    def _save(self) -> bool:
        problems = self.inputs.problems()
        self.inputs.show_problems(problems, focus=False)
        if problems:
            self.status.set_status(next(iter(problems.values())), "warning", "warning")
            return False
        form = self.inputs.form()
        self._kept = form
        self.changed.emit(form.draft())
        return True

    def _ask(self) -> None:
        if self._asking is None:
            what = "; ".join(self.inputs.problems().values())
            self._asking = confirmation(
                self, "Leave without what cannot be saved?", what, "Leave", destructive=True
            )
            self._asking.accepted.connect(self._on_left)
            self._asking.rejected.connect(self._on_stayed)
            self._asking.open()

    @Slot()
    def _on_edited(self) -> None:
        if self.inputs.form() != self._kept:
            self.autosave.touch()

    @Slot(object)
    def _on_state(self, state: SaveState) -> None:
        if state in _SAID and not (state is SaveState.WAITING and self.inputs.problems()):
            self.status.set_status(*_SAID[state])

    @Slot()
    def _on_settled(self) -> None:
        if self._closing:
            super().reject()

    @Slot()
    def _on_left(self) -> None:
        self.autosave.forget()
        super().reject()

    @Slot()
    def _on_stayed(self) -> None:
        self._asking = None
        self.inputs.show_problems(self.inputs.problems())
