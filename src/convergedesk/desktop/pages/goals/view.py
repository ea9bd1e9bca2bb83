"""The goals of an account: the Goals tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.faults import error_state, sentence_of
from convergedesk.desktop.pages.goals.form import ProgressForm
from convergedesk.desktop.pages.goals.goal_dialog import GoalDialog
from convergedesk.desktop.pages.goals.progress_dialog import ProgressDialog
from convergedesk.desktop.pages.goals.row import GoalRow
from convergedesk.desktop.pages.goals.view_model import GoalsState, GoalsViewModel, Saved
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.keeping_dialog import KeepingDialog
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.domain.goals import GoalDraft, GoalState
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.accounts import AccountId
    from convergedesk.figures.account import GoalView

_NO_GOALS = "What does this customer want to reach, in their own words?"


class GoalsView(QWidget):
    """Embedded in the Account page; `open_count_changed` brings how many goals are worked on."""

    open_count_changed = Signal(int)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Empty until `show_account`."""
        super().__init__(parent)
        self._context = context
        self.model = GoalsViewModel(context, self)
        self._dialog: KeepingDialog | None = None
        self._rows: list[GoalRow] = []
        self._card = Card("Goals", flush=True)
        add = Button("Add goal", "primary", icon="plus")
        add.clicked.connect(self._on_add)
        self._card.add_to_header(add)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        column.addStretch(1)
        self._loading = Loading(ScrollArea(content))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._loading)
        self.model.loading.connect(self._loading.start)
        self.model.loaded.connect(self._on_loaded)
        self.model.load_failed.connect(self._on_load_failed)
        self.model.saved.connect(self._on_saved)
        self.model.save_failed.connect(self._on_save_failed)

    def show_account(self, account_id: AccountId) -> None:
        """Show the goals of an account."""
        self.model.show_account(account_id)

    @Slot(object)
    def _on_loaded(self, state: GoalsState) -> None:
        open_goals = [view for view in state.goals if view.goal.state is GoalState.OPEN]
        self.open_count_changed.emit(len(open_goals))
        if not state.goals:
            empty = EmptyState("target", "No goals yet", _NO_GOALS, "Add goal")
            empty.action_clicked.connect(self._on_add)
            self._loading.show_instead(empty)
            return
        self._fill(state, len(open_goals))
        self._loading.finish()

    def _fill(self, state: GoalsState, open_goals: int) -> None:
        unfolded = {row.goal_id for row in self._rows if row.unfolded}
        while (item := self._card.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = []
        closed = len(state.goals) - open_goals
        said = [count(open_goals, "open goal")] if open_goals else ["none open"]
        if closed:
            said.append(f"{closed} reached or dropped")
        said.append("black tick: where the goal should be today")
        self._card.set_sub(" · ".join(said))
        today = self._context.today()
        for view in state.goals:
            self._card.add(Separator())
            row = GoalRow(view, today, unfolded=view.goal.id in unfolded)
            row.record_clicked.connect(self._on_record)
            row.edit_clicked.connect(self._on_edit)
            row.delete_clicked.connect(self._on_delete)
            row.state_chosen.connect(self._on_state)
            self._rows.append(row)
            self._card.add(row)

    def _open(self, dialog: KeepingDialog, focus: QWidget) -> None:
        self._dialog = dialog
        dialog.rejected.connect(self._on_dialog_closed)
        dialog.open(focus)

    @Slot()
    def _on_add(self) -> None:
        state = self.model.state
        if state is None:
            return
        dialog = GoalDialog(self, state.meters, self._context.today())
        dialog.submitted.connect(self._on_create)
        self._open(dialog, dialog.title_field)

    @Slot(object)
    def _on_create(self, draft: GoalDraft) -> None:
        self.model.create(draft)

    @Slot(object)
    def _on_edit(self, view: GoalView) -> None:
        state = self.model.state
        if state is None:
            return
        dialog = GoalDialog(self, state.meters, self._context.today(), view.goal)
        dialog.setProperty("goal", view.goal.id)
        dialog.submitted.connect(self._on_update)
        self._open(dialog, dialog.title_field)

    @Slot(object)
    def _on_update(self, draft: GoalDraft) -> None:
        goal = self._goal_of_dialog()
        if goal is not None:
            self.model.update(goal.goal, draft)

    @Slot(object)
    def _on_record(self, view: GoalView) -> None:
        dialog = ProgressDialog(self, view, self._context.today())
        dialog.setProperty("goal", view.goal.id)
        dialog.submitted.connect(self._on_progress)
        self._open(dialog, dialog.value)

    @Slot(object)
    def _on_progress(self, form: ProgressForm) -> None:
        goal = self._goal_of_dialog()
        if goal is not None:
            self.model.record(goal, form)

    @Slot(object)
    def _on_delete(self, view: GoalView) -> None:
        self.model.delete(view.goal)

    @Slot(object, object)
    def _on_state(self, view: GoalView, state: GoalState) -> None:
        self.model.set_state(view.goal, state)

    def _goal_of_dialog(self) -> GoalView | None:
        if self._dialog is None or self.model.state is None:
            return None
        goal_id = self._dialog.property("goal")
        return next((view for view in self.model.state.goals if view.goal.id == goal_id), None)

    @Slot()
    def _on_dialog_closed(self) -> None:
        self._dialog = None

    @Slot(object)
    def _on_saved(self, saved: Saved) -> None:
        if self._dialog is not None and self._dialog.saving:
            self._dialog.accept()
            self._dialog = None
        self._context.notify(saved.sentence, undo=saved.undo)

    @Slot(object)
    def _on_save_failed(self, error: Exception) -> None:
        if self._dialog is not None and self._dialog.saving:
            self._dialog.show_failure(error)
        else:
            self._context.notify(sentence_of(error), tone="critical")

    @Slot(object)
    def _on_load_failed(self, error: Exception) -> None:
        failure = error_state("The goals could not be read", error)
        failure.fix_clicked.connect(self.model.reload)
        self._loading.show_instead(failure)
