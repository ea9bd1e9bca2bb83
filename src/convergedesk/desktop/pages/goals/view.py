"""The goals of an account: the Goals tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.faults import error_state
from convergedesk.desktop.pages.goals.editing import GoalEditing
from convergedesk.desktop.pages.goals.row import GoalRow
from convergedesk.desktop.pages.goals.view_model import GoalsState, GoalsViewModel
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.domain.goals import GoalState
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.accounts import AccountId

_NO_GOALS = "What does this customer want to reach, in their own words?"


class GoalsView(QWidget):
    """Embedded in the Account page; `open_count_changed` brings how many goals are worked on."""

    open_count_changed = Signal(int)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Empty until `show_account`."""
        super().__init__(parent)
        self._context = context
        self.model = GoalsViewModel(context, self)
        self.editing = GoalEditing(self, context)
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

    def show_account(self, account_id: AccountId, *, with_sites: bool = True) -> None:
        """Show the goals of an account, with its sites' or alone."""
        self.model.show_account(account_id, with_sites=with_sites)

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
            row = GoalRow(view, today, self.editing, unfolded=view.goal.id in unfolded)
            self._rows.append(row)
            self._card.add(row)

    @Slot()
    def _on_add(self) -> None:
        state = self.model.state
        if state is not None:
            self.editing.add(state.account_id)

    @Slot(object)
    def _on_load_failed(self, error: Exception) -> None:
        failure = error_state("The goals could not be read", error)
        failure.fix_clicked.connect(self.model.reload)
        self._loading.show_instead(failure)
