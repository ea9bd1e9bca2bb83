"""Goals: those of all accounts, those first that need a look."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.askable_table import CellFigure, askable_table
from convergedesk.desktop.faults import error_state
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.navigator import NEW
from convergedesk.desktop.pages.goals.editing import GoalEditing
from convergedesk.desktop.pages.goals.list_bar import GoalFilterBar
from convergedesk.desktop.pages.goals.list_columns import goal_columns
from convergedesk.desktop.pages.goals.list_view_model import GoalListModel
from convergedesk.desktop.pages.goals.menu import GoalMenu
from convergedesk.desktop.shell.shortcuts import add_shortcut
from convergedesk.desktop.theme import theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.goals import GoalState
from convergedesk.domain.portfolio import own_rows
from convergedesk.figures.goal_why import goal_why
from convergedesk.workspace.goal_list import AccountGoal

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.goals import GoalId
    from convergedesk.figures.account import GoalView

# Where a page is narrower, at 100 % text, these are left to the goal itself, so that nothing is cut off.
_ROOM_FOR = {"source": 1000, "agreed_on": 900}
_NONE_YET = "What do your customers want to reach, in their own words?"


class GoalsPage(QWidget):
    """A title that says what needs a look, the filters, and one row per goal.

    Keys in the table: Enter opens, Ctrl R records a value, Delete deletes, the menu key has the rest.
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Nothing is read before `open`."""
        super().__init__(parent)
        self._context = context
        self.model = GoalListModel(context, self)
        self.editing = GoalEditing(self, context)
        self._header = PageHeader("Goals")
        self._add = Button("Add goal", "primary", icon="plus")
        self._add.clicked.connect(self._on_add)
        self._header.add_action(self._add)
        self._rows: RowsModel[AccountGoal] = RowsModel(
            goal_columns(context.today),
            id_of=lambda row: row.view.goal.id,
            row_style=lambda row: "normal" if row.view.goal.state is GoalState.OPEN else "muted",
            parent=self,
        )
        self._rows.sort_by("standing", descending=False)
        self.table = TableView(self._rows, name="Goals", lines=2)
        self.table.activated_id.connect(self._on_opened)
        askable_table(self.table, self._figures, context, by_mouse=False)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._on_menu)
        for keys, slot in (("Ctrl+R", self._on_record_key), ("Del", self._on_delete_key)):
            add_shortcut(self.table, keys, slot).setContext(Qt.ShortcutContext.WidgetShortcut)
        self.filters = GoalFilterBar()
        self._connect_filters()
        card = Card(flush=True)
        card.add(self.filters)
        card.add(self.table, 1)
        self._loading = Loading(card)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 20, 24, 24)
        page.setSpacing(16)
        page.addWidget(self._header)
        page.addWidget(self._loading, 1)
        self.model.loading.connect(self._loading.start)
        self.model.changed.connect(self._on_changed)
        self.model.failed.connect(self._on_failed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for number, column in enumerate(self._rows.columns):
            hidden = self.width() < theme().px(_ROOM_FOR.get(column.key, 0))
            if hidden != self.table.isColumnHidden(number):
                self.table.setColumnHidden(number, hidden)
        self.table.fit_columns()

    def open(self, wanted: object = None) -> None:
        """Show the goals; with an id open that one, with 'new' begin one."""
        self.model.open()
        if wanted is None:
            return
        # Coming back here later shows the list.
        self._context.navigator.stay(None)
        if wanted == NEW:
            self._on_add()
        else:
            self.editing.edit(cast("GoalId", wanted))

    def focus_search(self) -> None:
        """Ctrl F."""
        self.filters.search.setFocus()

    def focus_first(self) -> None:
        """Put the keyboard into the table."""
        self.table.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self.filters.search, self.table]

    def _connect_filters(self) -> None:
        filters, model = self.filters, self.model
        filters.searched.connect(model.search)
        filters.standing_chosen.connect(model.choose_standing)
        filters.owner_chosen.connect(model.choose_owner)
        filters.due_chosen.connect(model.choose_due)
        filters.cleared.connect(model.clear)

    def _current(self) -> GoalView | None:
        row = self.model.find(self.table.current_id())
        return None if row is None else row.view

    def _figures(self, row: AccountGoal) -> list[CellFigure]:
        why = goal_why(row.view, self._context.today())
        return [CellFigure("standing", why.title, why.figure, lambda: why)]

    @Slot()
    def _on_changed(self) -> None:
        state = self.model.state
        if state is None:
            return
        self._header.set_title(state.title, state.subtitle)
        self.filters.show_state(state)
        self._add.setVisible(bool(state.total))
        self._rows.set_rows(state.rows)
        self.table.set_empty(None if state.rows else self._empty(filtered=bool(state.total)))
        self._loading.finish()

    @Slot()
    def _on_add(self) -> None:
        rows = own_rows(self._context.portfolio.rows)
        self.editing.add(None, [(row.account_id, row.name) for row in rows])

    @Slot()
    def _on_import(self) -> None:
        self._context.navigator.open_import()

    @Slot(object)
    def _on_opened(self, goal_id: object) -> None:
        self.editing.edit(cast("GoalId", goal_id))

    @Slot()
    def _on_record_key(self) -> None:
        view = self._current()
        if view is not None and view.meter is None:
            self.editing.record(view)

    @Slot()
    def _on_delete_key(self) -> None:
        view = self._current()
        if view is not None:
            self.editing.writes.delete(view.goal.id, view.goal.title)

    @Slot(QPoint)
    def _on_menu(self, at: QPoint) -> None:
        row = self.table.indexAt(at)
        if row.isValid():
            self.table.select_id(self._rows.id_at(row.row()))
        view = self._current()
        if view is None:
            return
        menu = GoalMenu(view, self.editing, self.table)
        menu.addAction("Go to the account").triggered.connect(self._on_account)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.table.viewport().mapToGlobal(at))

    @Slot()
    def _on_account(self) -> None:
        view = self._current()
        if view is not None:
            self._context.navigator.open_account(view.goal.account_id, "goals")

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        failure = error_state("The goals could not be read", error)
        failure.fix_clicked.connect(self.model.reload)
        self._loading.show_instead(failure)

    def _empty(self, *, filtered: bool) -> EmptyState:
        if filtered:
            empty = EmptyState("target", "No goal matches these filters", "", "Clear filters")
            empty.action_clicked.connect(self.model.clear)
            return empty
        if not self._context.portfolio.rows:
            empty = EmptyState("target", "No accounts yet", "Goals belong to accounts.", "Import files")
            empty.action_clicked.connect(self._on_import)
            return empty
        empty = EmptyState("target", "No goals yet", _NONE_YET, "Add goal")
        empty.action_clicked.connect(self._on_add)
        return empty
