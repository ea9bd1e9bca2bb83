"""The Tickets tab: figures, usage with the tickets on it, and every ticket."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, timedelta, tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.charts.usage_chart import UsageChart
from convergedesk.desktop.clock_words import zone_of
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.account.reads import AccountData
from convergedesk.desktop.pages.account.ticket_columns import ticket_columns
from convergedesk.desktop.pages.account.ticket_figures import ticket_figures
from convergedesk.desktop.ticket_words import is_high, title_of
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.fields import SearchField, Select
from convergedesk.desktop.widgets.kpi import KpiStrip, KpiTile
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.tickets import Ticket

_ANY_FEATURE = ""
_STRIP = 178
_PERIODS = (90, 180, 365)
_FILTERS: tuple[tuple[str, str, Callable[[Ticket], bool]], ...] = (
    ("all", "All", lambda _ticket: True),
    ("open", "Open", lambda ticket: ticket.closed_at is None),
    ("high", "High priority", is_high),
)


class TicketsTab(QWidget):
    """Every ticket of one account.

    Signals:
        ticket_opened: Id of a ticket.
    """

    ticket_opened = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._zone: tzinfo = UTC
        self._data: AccountData | None = None
        self._tiles = [KpiTile("", small=True) for _ in range(5)]
        self._strip_card = self._make_strip()
        self._model = RowsModel[Ticket](
            ticket_columns(today, lambda: self._zone), id_of=lambda ticket: ticket.id, parent=self
        )
        self._model.sort_by("opened", descending=True)
        self.table = TableView(self._model, name="Tickets of the account", lines=1)
        self.table.activated_id.connect(self.ticket_opened)
        self._empty = EmptyState("ticket", "No tickets")
        self.table.set_empty(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(KpiStrip(self._tiles))
        column.addWidget(self._strip_card)
        column.addWidget(self._make_list(), 1)

    def set_data(self, data: AccountData) -> None:
        """Show an account's tickets."""
        other = self._data is None or self._data.header.account.id != data.header.account.id
        self._data = data
        self._zone = zone_of(data.header.account.time_zone)
        figures = ticket_figures(data.tickets, data.header.today, self._zone, data.header.fiscal_month)
        for tile, figure in zip(self._tiles, figures, strict=True):
            tile.set_label(figure.label)
            tile.set_figure(figure.value, figure.unit, note=figure.context)
        for key, _, holds in _FILTERS:
            self._chips[key].set_count(sum(1 for ticket in data.tickets if holds(ticket)))
        if other:
            self._chips["all"].setChecked(True)
            self.search.clear()
        self._show_features(data)
        self._show_strip(data)
        self._show_rows()

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self.search.setFocus()

    def _make_strip(self) -> Card:
        card = Card("Usage and tickets")
        self._chart = UsageChart()
        self._chart.setMinimumHeight(90)
        self._chart.ticket_clicked.connect(self.ticket_opened)
        self._period = SegmentedControl([(days, f"{days} d") for days in _PERIODS])
        self._period.set_value(_PERIODS[1])
        self._period.value_changed.connect(self._on_period)
        card.add_to_header(self._period)
        card.add(self._chart, 1)
        card.setFixedHeight(_STRIP)
        return card

    def _make_list(self) -> Card:
        self._chips = {key: Chip(text) for key, text, _ in _FILTERS}
        self._group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        for chip in self._chips.values():
            self._group.addButton(chip)
            row.addWidget(chip)
        self._chips["all"].setChecked(True)
        self._group.buttonClicked.connect(self._on_chip)
        self._feature = Select(small=True)
        self._feature.setAccessibleName("Feature")
        self._feature.value_changed.connect(self._on_feature)
        row.addWidget(self._feature)
        row.addStretch(1)
        self.search = SearchField("Find in tickets")
        self.search.setFixedWidth(240)
        self.search.search_changed.connect(self._on_search)
        row.addWidget(self.search)
        bar = QWidget()
        bar.setLayout(row)
        card = Card(flush=True)
        card.add(bar)
        card.add(self.table, 1)
        return card

    def _show_features(self, data: AccountData) -> None:
        features = sorted({t.feature for t in data.tickets if t.feature}, key=str.casefold)
        chosen = self._feature.value() if self._feature.value() in features else _ANY_FEATURE
        self._feature.blockSignals(True)
        options = [(_ANY_FEATURE, "Feature: any"), *((name, name) for name in features)]
        self._feature.set_options(options)
        self._feature.set_value(chosen)
        self._feature.blockSignals(False)
        self._feature.setVisible(len(features) > 1)

    def _show_strip(self, data: AccountData) -> None:
        story = data.usage.story
        self._strip_card.setVisible(story is not None and bool(data.tickets))
        if story is None:
            return
        adjusted = ", adjusted for weekday" if story.adjusted else ""
        self._strip_card.set_sub(f"{story.scale}{adjusted} · filled triangle: high priority, hollow: other")
        self._chart.set_data(story.series, spans=story.spans, tickets=story.tickets)
        self._last = story.last
        self._on_period(self._period.value())

    def _show_rows(self) -> None:
        if self._data is None:
            return
        holds = next(holds for key, _, holds in _FILTERS if self._chips[key].isChecked())
        feature, words = self._feature.value(), self.search.text().casefold().split()
        rows = [
            ticket
            for ticket in self._data.tickets
            if holds(ticket) and (not feature or ticket.feature == feature) and _holds_words(ticket, words)
        ]
        if self._data.tickets:
            self._empty.set_empty("No ticket matches", "Lift a filter or search for less.")
        else:
            self._empty.set_empty(
                "No tickets", "Nothing was opened in the support desk for this account, or none was imported."
            )
        self._model.set_rows(rows)

    @Slot(object)
    def _on_period(self, days: object) -> None:
        if isinstance(days, int):
            self._chart.set_range(self._last - timedelta(days=days - 1), self._last)

    @Slot(QAbstractButton)
    def _on_chip(self, _chip: QAbstractButton) -> None:
        self._show_rows()

    @Slot(object)
    def _on_feature(self, _feature: object) -> None:
        self._show_rows()

    @Slot(str)
    def _on_search(self, _text: str) -> None:
        self._show_rows()


def _holds_words(ticket: Ticket, words: list[str]) -> bool:
    parts = (ticket.number, title_of(ticket), ticket.feature, ticket.assignee, ticket.requester)
    text = " ".join(part for part in parts if part).casefold()
    return all(word.removeprefix("#") in text for word in words)
