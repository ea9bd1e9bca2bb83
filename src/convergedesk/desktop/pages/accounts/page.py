"""Accounts: all of them, narrowed and sorted as one likes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.askable_table import askable_table
from convergedesk.desktop.faults import error_state, sentence_of
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.accounts.filter_bar import FilterBar
from convergedesk.desktop.pages.accounts.view_model import AccountsState, AccountsViewModel
from convergedesk.desktop.pages.accounts.views_card import ViewsCard
from convergedesk.desktop.portfolio.asked import row_figures
from convergedesk.desktop.portfolio.columns import list_columns
from convergedesk.desktop.shell.page_frame import PageFrame
from convergedesk.desktop.theme import theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.file_chooser import FileChooser
from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext

CSV_FILES = "CSV files (*.csv)"
_ALL_COLUMNS_FROM = 1240
_LEFT_OUT_WHEN_NARROW = ("country", "lifecycle")


class AccountsPage(QWidget):
    """Views at the left, filters above, the list."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = AccountsViewModel(context.portfolio, context.navigator, context.jobs, self)
        self._context = context
        self._frame = PageFrame(PageHeader("Accounts"))
        self._export = Button("Export list", icon="export")
        self._export.setShortcut(QKeySequence("Ctrl+E"))
        self._export.setToolTip("Save the accounts shown as CSV (Ctrl E)")
        self._export.clicked.connect(self._on_export)
        self._frame.header.add_action(self._export)
        self._chooser = FileChooser(self)
        self._chooser.chosen.connect(self._on_path_chosen)
        self.views = ViewsCard()
        self.views.view_chosen.connect(self.model.choose_view)
        self.filters = FilterBar()
        self.filters.searched.connect(self.model.search)
        self.filters.narrowed.connect(self.model.narrow)
        self.filters.sites_wanted.connect(self.model.show_sites)
        self._rows = RowsModel[PortfolioRow](
            list_columns(context.today), id_of=lambda row: row.account_id, parent=self
        )
        self.table = TableView(self._rows, name="Accounts", lines=1)
        keys = [column.key for column in self._rows.columns]
        askable_table(self.table, row_figures(context.today, keys), context)
        self.table.activated_id.connect(self.model.open_account)
        self.table.selected_id.connect(context.portfolio.expect)
        self.table.set_empty(self._nothing_matches())
        self._rows.sort_by("name", descending=False)
        self._body = Loading(self._content())
        self._frame.body.addWidget(self._body, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._frame)
        self.model.changed.connect(self._on_changed)
        self.model.failed.connect(self._on_failed)
        self.model.exported.connect(self._on_exported)
        self.model.export_failed.connect(self._on_export_failed)
        self._outdated = False
        self._body.start()
        self._fill()

    def open(self, view: object = None) -> None:
        """Show a computed view where one is named; otherwise what was shown last."""
        if isinstance(view, str):
            self.model.choose_view(view)

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self.filters.search.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_columns()

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self.views, self.filters, self.table]

    def _content(self) -> QWidget:
        card = Card(flush=True)
        card.add(self.filters)
        card.add(self.table, 1)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.views)
        row.addWidget(card, 1)
        return content

    def _nothing_matches(self) -> QWidget:
        empty = EmptyState("funnel", "No account matches", "Lift a filter or search for less.", "Show all")
        empty.action_clicked.connect(self.model.clear)
        return empty

    def showEvent(self, event: QShowEvent) -> None:
        if self._outdated:
            self._fill()
        super().showEvent(event)

    @Slot()
    def _on_changed(self) -> None:
        # Behind another page it waits until it is looked at.
        self._outdated = self.isHidden()
        if not self._outdated:
            self._fill()

    def _fill(self) -> None:
        self._outdated = False
        state = self.model.state
        if state is None:
            return
        self._frame.header.set_title(state.title, state.subtitle)
        self._export.setEnabled(bool(state.rows))
        if not state.total:
            self._body.show_instead(self._empty())
            return
        self._show(state)
        self._body.finish()

    def _show(self, state: AccountsState) -> None:
        self.views.set_views(state.views, state.chosen.view)
        self.filters.set_state(state)
        self._rows.set_rows(state.rows)
        self._show_columns()

    def _show_columns(self) -> None:
        """Leave out columns without content, and two that filters name anyway where room is short."""
        unknown = self.model.state.unknown if self.model.state is not None else frozenset[str]()
        narrow = self.width() < theme().px(_ALL_COLUMNS_FROM)
        for number, column in enumerate(self._rows.columns):
            hidden = column.key in unknown or (narrow and column.key in _LEFT_OUT_WHEN_NARROW)
            self.table.setColumnHidden(number, hidden)
        self.table.fit_columns()

    def _empty(self) -> QWidget:
        if self._context.portfolio.pod is not None:
            return EmptyState("stack", "This pod has no accounts", "Choose another pod at the top.")
        sentence = "Import the exports of your CRM, support desk, usage and billing: files or a whole folder."
        empty = EmptyState("buildings", "No accounts yet", sentence, "Import files")
        empty.action_clicked.connect(self.model.open_import)
        return empty

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self.model.state is None:
            state = error_state("The accounts could not be read", error)
            state.fix_clicked.connect(self.model.retry)
            self._body.show_instead(state)

    @Slot()
    def _on_export(self) -> None:
        name = f"accounts {self._context.today().isoformat()}.csv"
        self._chooser.ask_where_to_save("Export the list of accounts", name, CSV_FILES)

    @Slot(object)
    def _on_path_chosen(self, paths: tuple[Path, ...]) -> None:
        self.model.export(paths[0])

    @Slot(object, int)
    def _on_exported(self, path: Path, accounts: int) -> None:
        self._context.notify(f"{count(accounts, 'account')} saved in “{path.name}”")

    @Slot(object)
    def _on_export_failed(self, error: Exception) -> None:
        self._context.notify(sentence_of(error), tone="critical")
