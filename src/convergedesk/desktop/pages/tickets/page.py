"""Tickets: the history of all accounts, filtered and sorted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.askable_table import CellFigure, askable_table
from convergedesk.desktop.clock_words import zone_of
from convergedesk.desktop.faults import error_state
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.tickets.columns import ticket_columns
from convergedesk.desktop.pages.tickets.filter_bar import TicketFilterBar
from convergedesk.desktop.pages.tickets.view_model import TicketList, TicketOverview, TicketsViewModel
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.tickets import TicketQuery, TicketRow
from convergedesk.figures.ticket_row_why import ticket_row_why
from convergedesk.figures.wording import count, day

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.tickets import TicketId

# So many rows from the end the next ones are asked for, before the person gets there.
_AHEAD = 60
_ASKED = (("to_closing", "to-closing"), ("first_response", "response"), ("satisfaction", "rating"))


class TicketsPage(QWidget):
    """A title that says what waits, the filters, and one row per ticket."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Nothing is read before `open`."""
        super().__init__(parent)
        self._context = context
        self.model = TicketsViewModel(context, self)
        self._header = PageHeader("Tickets")
        self._rows: RowsModel[TicketRow] = RowsModel(
            ticket_columns(context.today), id_of=lambda row: row.ticket.id, delegate_sort=True, parent=self
        )
        self._rows.show_sorted("opened_at", descending=True)
        self._rows.sort_requested.connect(self.model.sort_by)
        self.table = TableView(self._rows, name="Tickets", lines=1)
        askable_table(self.table, self._figures, context)
        self.table.activated_id.connect(self._on_opened)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.filters = TicketFilterBar(context.today)
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
        self.model.listed.connect(self._on_listed)
        self.model.extended.connect(self._rows.append_rows)
        self.model.overviewed.connect(self._on_overview)
        self.model.failed.connect(self._on_failed)
        context.portfolio.changed.connect(self._on_portfolio)
        self._on_portfolio()

    def open(self, query: object = None) -> None:
        """Show the tickets, with the filters of a `TicketQuery` where one is given."""
        self.model.open(query if isinstance(query, TicketQuery) else None)
        self.filters.show_query(self.model.query)

    def focus_first(self) -> None:
        """Put the keyboard into the table."""
        self.table.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self.filters.search, self.table]

    def _connect_filters(self) -> None:
        filters, model = self.filters, self.model
        filters.searched.connect(model.set_text)
        filters.status_chosen.connect(model.set_status)
        filters.high_only_chosen.connect(model.set_high_only)
        filters.feature_chosen.connect(model.set_feature)
        filters.account_chosen.connect(model.set_account)
        filters.opened_chosen.connect(model.set_opened)
        filters.cleared.connect(model.clear_filters)

    def _figures(self, row: TicketRow) -> list[CellFigure]:
        zone, today = zone_of(row.time_zone), self._context.today()
        found: list[CellFigure] = []
        for column, what in _ASKED:
            why = ticket_row_why(row.ticket, what, zone, today)
            if why is not None:
                ask = partial(ticket_row_why, row.ticket, what, zone, today)
                found.append(CellFigure(column, why.title, why.figure, ask))
        return found

    @Slot(object)
    def _on_listed(self, listed: TicketList) -> None:
        query = self.model.query
        self._rows.show_sorted(query.sort, descending=query.descending)
        self._rows.set_rows(listed.rows)
        self.table.scrollToTop()
        self.filters.show_query(query)
        self.filters.show_matches(listed.total, filtered=listed.filtered)
        self.table.set_empty(self._empty(filtered=listed.filtered) if not listed.rows else None)
        self._loading.finish()

    @Slot(object)
    def _on_overview(self, overview: TicketOverview) -> None:
        self.filters.set_features(overview.features)
        self._header.set_title(_title(overview), _subtitle(overview))

    @Slot()
    def _on_portfolio(self) -> None:
        self.filters.accounts.set_accounts(
            [(row.account_id, row.name) for row in self._context.portfolio.rows]
        )

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        bar = self.table.verticalScrollBar()
        if value >= bar.maximum() - _AHEAD * self.table.row_height:
            self.model.fetch_more()

    @Slot(object)
    def _on_opened(self, ticket_id: object) -> None:
        self._context.navigator.open_ticket(cast("TicketId", ticket_id))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        failure = error_state("The tickets could not be read", error)
        failure.fix_clicked.connect(self.model.open)
        self._loading.show_instead(failure)

    def _empty(self, *, filtered: bool) -> EmptyState:
        if filtered:
            empty = EmptyState("ticket", "No ticket matches these filters", "", "Clear filters")
            empty.action_clicked.connect(self.model.clear_filters)
            return empty
        empty = EmptyState(
            "ticket", "No tickets yet", "Import an export of your support desk.", "Import files"
        )
        empty.action_clicked.connect(self._on_import)
        return empty

    @Slot()
    def _on_import(self) -> None:
        self._context.navigator.open_import()


def _title(overview: TicketOverview) -> str:
    if not overview.total:
        return "Tickets"
    if not overview.unclosed:
        return "No ticket is open"
    if not overview.unclosed_high:
        return f"{count(overview.unclosed, 'ticket')} open, none of high priority"
    if overview.unclosed_high == overview.unclosed:
        return "The only open ticket is high priority" if overview.unclosed == 1 else _all_high(overview)
    verb = "is" if overview.unclosed_high == 1 else "are"
    waiting = count(overview.unclosed, "open ticket")
    return f"{overview.unclosed_high:,} of {waiting} {verb} high priority"


def _all_high(overview: TicketOverview) -> str:
    return f"All {count(overview.unclosed, 'open ticket')} are high priority"


def _subtitle(overview: TicketOverview) -> str:
    if overview.first_opened_on is None:
        return ""
    return f"{count(overview.total, 'ticket')} since {day(overview.first_opened_on)}"
