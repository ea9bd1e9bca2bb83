"""Opportunities: what accounts could still get out of what they have, in money, and what was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from convergedesk.desktop.askable_table import CellFigure, askable_table
from convergedesk.desktop.csv_export import CsvExport
from convergedesk.desktop.explaining import show_why
from convergedesk.desktop.faults import error_state
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.opportunities.columns import opportunity_columns
from convergedesk.desktop.pages.opportunities.deciding import Deciding
from convergedesk.desktop.pages.opportunities.detail_card import OpportunityCard
from convergedesk.desktop.pages.opportunities.export import table
from convergedesk.desktop.pages.opportunities.filter_bar import OpportunityFilterBar
from convergedesk.desktop.pages.opportunities.list_filter import Decided
from convergedesk.desktop.pages.opportunities.use_map import UseMap
from convergedesk.desktop.pages.opportunities.view_model import OpportunitiesModel
from convergedesk.desktop.pages.opportunities.words import value_words
from convergedesk.desktop.shell.page_frame import PageFrame
from convergedesk.desktop.shell.shortcuts import add_shortcut
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.side_columns import SideColumns
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.figures.reach import why_reach
from convergedesk.workspace.opportunities import Opportunity, OpportunityState

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.kinds import AccountId

OPENINGS, USE = "openings", "use"
_SIDE = 372
_NEEDED = "Import usage by day and contracts with prices: what accounts use is compared within their tier."
# Where the list is narrower, at 100 % text, these are left to the card at the right.
_ROOM_FOR = {"interval": 700, "decision": 560, "kind": 520}


class OpportunitiesPage(QWidget):
    """A title that says what is within reach, the list or the map of use, and the chosen opening."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Reads when it is first shown."""
        super().__init__(parent)
        self._context = context
        self.model = OpportunitiesModel(context, self)
        self.deciding = Deciding(self, context)
        self._frame = PageFrame(PageHeader("Opportunities"))
        self.mode = SegmentedControl([(OPENINGS, "Openings"), (USE, "Use by meter")])
        self.mode.setAccessibleName("List or map of use")
        self._why = Button("Why?")
        self._why.setToolTip("What the sum rests on")
        self._why.clicked.connect(self._on_why)
        self.export = CsvExport(self, context, "opportunities", self._table)
        for widget in (self.mode, self._why, self.export.button):
            self._frame.header.add_action(widget)
        self._rows: RowsModel[Opportunity] = RowsModel(
            opportunity_columns(self._largest, context.today), id_of=lambda row: row.key, parent=self
        )
        self._rows.sort_by("value", descending=True)
        self.table = TableView(self._rows, name="Opportunities", lines=2)
        self.table.selected_id.connect(self._on_selected)
        self.table.activated_id.connect(self._on_opened)
        askable_table(self.table, self._figures, context)
        for keys, slot in (
            ("Ctrl+T", self._on_take_up_key),
            ("Ctrl+N", self._on_not_now_key),
            ("Del", self._on_dismiss_key),
        ):
            add_shortcut(self.table, keys, slot).setContext(Qt.ShortcutContext.WidgetShortcut)
        self.filters = OpportunityFilterBar()
        self.use_map = UseMap(context)
        self.detail = OpportunityCard(context, self.deciding)
        self.columns = SideColumns(
            self._list(), self.detail, "Opening", side_width=theme().px(_SIDE), icon="lightbulb"
        )
        self._body = Loading(self._content())
        self._frame.body.addWidget(self._body, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._frame)
        self._connect()

    def open(self, _argument: object = None) -> None:
        """Show the opportunities; they are read when the page appears."""

    def focus_search(self) -> None:
        """Ctrl F."""
        self.filters.search.setFocus()

    def focus_first(self) -> None:
        """Put the keyboard into the list."""
        self.table.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self.filters.search, self.table, self.detail]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.appear()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.disappear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _list(self) -> QWidget:
        card = Card(flush=True)
        card.add(self.filters)
        card.add(self.table, 1)
        self._note = Label("", Role.LABEL, "text_3", wrap=True)
        self._rates = Button("State exchange rates", "link", small=True)
        self._rates.clicked.connect(self._on_rates)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 16, 8)
        foot.addWidget(self._note, 1)
        foot.addWidget(self._rates)
        card.body.addLayout(foot)
        return card

    def _content(self) -> QWidget:
        use = Card(
            "Use by meter", "share of what is usual in the account's tier, by the last 90 days", flush=True
        )
        use.add(self.use_map, 1)
        content = QWidget()
        self._stack = QStackedLayout(content)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.columns)
        self._stack.addWidget(use)
        return content

    def _connect(self) -> None:
        filters, model = self.filters, self.model
        filters.searched.connect(lambda text: model.choose(text=text.strip()))
        filters.decided_chosen.connect(lambda decided: model.choose(decided=decided))
        filters.kind_chosen.connect(lambda kind: model.choose(kind=kind))
        filters.owner_chosen.connect(lambda owner: model.choose(owner=owner))
        filters.currency_chosen.connect(lambda currency: model.choose(currency=currency))
        filters.cleared.connect(model.clear)
        self.mode.value_changed.connect(self._on_mode)
        self.use_map.account_opened.connect(self._on_account)
        self.detail.opened_elsewhere.connect(self.columns.close_drawer)
        self._context.changes.computing_changed.connect(self._on_computing)
        model.loading.connect(self._body.start)
        model.changed.connect(self._on_changed)
        model.failed.connect(self._on_failed)

    def _largest(self, currency: str) -> float:
        state = self.model.state
        return 0.0 if state is None else state.largest.get(currency, 0.0)

    def _figures(self, row: Opportunity) -> list[CellFigure]:
        return [CellFigure("value", "Estimated a month", value_words(row), lambda: row.opening.why)]

    def _table(self) -> Iterable[tuple[str, ...]]:
        state = self.model.state
        return () if state is None else table(state.rows)

    def _fit(self) -> None:
        decided = any(row.decision is not None for row in self._rows.rows)
        for number, column in enumerate(self._rows.columns):
            hidden = self.table.width() < theme().px(_ROOM_FOR.get(column.key, 0))
            hidden = hidden or (column.key == "decision" and not decided)
            if hidden != self.table.isColumnHidden(number):
                self.table.setColumnHidden(number, hidden)
        self.table.fit_columns()

    @Slot()
    def _on_changed(self) -> None:
        state = self.model.state
        if state is None:
            return
        self._frame.header.set_title(state.title, state.subtitle)
        self.export.button.setEnabled(bool(state.rows))
        self._why.setVisible(bool(state.book.reach.counted))
        nothing = not self._context.portfolio.rows or not (state.book.rows or state.book.use.accounts)
        for widget in (self.mode, self.export.button):
            widget.setVisible(not nothing)
        if nothing:
            self._body.show_instead(self._empty())
            return
        self.filters.show_state(state)
        self._on_computing()
        self._rates.setVisible(state.rates_wanted)
        self._rows.set_rows(state.rows)
        self.table.set_empty(None if state.rows else self._nothing_matches())
        self._show_map()
        self._body.finish()
        self._fit()
        if self.table.current_id() is None and state.rows:
            self.table.select_id(state.rows[0].key)
        self._show_detail()

    def _show_detail(self) -> None:
        self.detail.show_row(self.model.find(self.table.current_id()), self._context.today())

    def _show_map(self) -> None:
        state, portfolio = self.model.state, self._context.portfolio
        if state is not None and self.mode.value() == USE:
            pod = frozenset(row.account_id for row in portfolio.rows) if portfolio.pod is not None else None
            self.use_map.show_book(state.book.use, pod)

    @Slot(object)
    def _on_mode(self, mode: object) -> None:
        self.columns.close_drawer()
        self._show_map()
        self._stack.setCurrentIndex(int(mode == USE))

    @Slot()
    def _on_computing(self) -> None:
        state = self.model.state
        if state is not None:
            again = " The figures are being computed anew." if self._context.changes.computing else ""
            self._note.setText(f"{state.note}{again}")

    @Slot(object)
    def _on_selected(self, _key: object) -> None:
        self._show_detail()

    @Slot(object)
    def _on_opened(self, _key: object) -> None:
        if self.columns.narrow:
            self.columns.open_drawer()

    @Slot(object)
    def _on_account(self, account_id: object) -> None:
        self._context.navigator.open_account(cast("AccountId", account_id))

    @Slot()
    def _on_take_up_key(self) -> None:
        self._decide(self.deciding.take_up)

    @Slot()
    def _on_not_now_key(self) -> None:
        self._decide(self.deciding.put_off)

    @Slot()
    def _on_dismiss_key(self) -> None:
        self._decide(self.deciding.dismiss)

    def _decide(self, decide: Callable[[Opportunity], None]) -> None:
        row = self.model.find(self.table.current_id())
        if row is not None and row.state is OpportunityState.OPEN:
            decide(row)

    @Slot()
    def _on_why(self) -> None:
        state = self.model.state
        if state is not None:
            show_why(self, why_reach(state.book.reach, state.book.as_of), self._context)

    @Slot()
    def _on_rates(self) -> None:
        from convergedesk.desktop.rates_dialog import RatesDialog

        RatesDialog(self, self._context).open()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        failure = error_state("The opportunities could not be read", error)
        failure.fix_clicked.connect(self.model.reload)
        self._body.show_instead(failure)

    def _nothing_matches(self) -> EmptyState:
        state = self.model.state
        if state is not None and state.chosen.decided is Decided.OPEN and not state.book.rows:
            return EmptyState("lightbulb", "No opening stands out", state.note)
        empty = EmptyState("funnel", "No opening matches these filters", "", "Show all")
        empty.action_clicked.connect(self._on_show_all)
        return empty

    @Slot()
    def _on_show_all(self) -> None:
        self.model.clear()
        self.model.choose(decided=Decided.ALL)

    def _empty(self) -> EmptyState:
        state = self.model.state
        if not self._context.portfolio.rows and self._context.portfolio.pod is not None:
            return EmptyState("stack", "This pod has no accounts", "Choose another pod at the top.")
        said = state.note if state is not None else ""
        if not self._context.portfolio.rows:
            said = _NEEDED
        empty = EmptyState("lightbulb", "Nothing to compare yet", said, "Import files")
        empty.action_clicked.connect(self._on_import)
        return empty

    @Slot()
    def _on_import(self) -> None:
        self._context.navigator.open_import()
