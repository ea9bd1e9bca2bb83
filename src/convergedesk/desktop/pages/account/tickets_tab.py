"""The Tickets tab: figures, usage with the tickets on it, and every ticket."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, timedelta, tzinfo
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.askable_table import CellFigure, askable_table
from convergedesk.desktop.charts.usage_chart import UsageChart
from convergedesk.desktop.clock_words import zone_of
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.account.reads import AccountData
from convergedesk.desktop.pages.account.ticket_columns import ticket_columns
from convergedesk.desktop.pages.account.ticket_figures import TicketFigure, ticket_figures
from convergedesk.desktop.ticket_words import is_high, title_of
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.fields import SearchField, Select
from convergedesk.desktop.widgets.kpi import KpiStrip
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.desktop.widgets.why import WhyTile
from convergedesk.domain.tickets import Ticket
from convergedesk.figures.effect_words import why

if TYPE_CHECKING:
    from convergedesk.desktop.pages.account.study import AccountStudy
    from convergedesk.desktop.pages.account.ticket_costs import TicketCost
    from convergedesk.desktop.pages.account.ticket_effects import TicketEffect

_ANY_FEATURE = ""
_STRIP = 178
_PERIODS = (90, 180, 365)
_TILES = 5
_LOWERED, _UNCLEAR = "lowered", "unclear"
_FILTERS: dict[str, tuple[str, Callable[[Ticket], bool]]] = {
    "all": ("All", lambda _ticket: True),
    _LOWERED: ("Lowered usage", lambda _ticket: False),
    _UNCLEAR: ("Inconclusive", lambda _ticket: False),
    "high": ("High priority", is_high),
    "open": ("Open", lambda ticket: ticket.closed_at is None),
}


class TicketsTab(QWidget):
    """Every ticket of one account.

    Signals:
        ticket_opened: Id of a ticket.
        why_wanted: The explanation that the person asks for.
    """

    ticket_opened = Signal(object)
    why_wanted = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._zone: tzinfo = UTC
        self._data: AccountData | None = None
        self._study: AccountStudy | None = None
        self._figures: tuple[TicketFigure, ...] = ()
        self._tiles = [WhyTile("") for _ in range(_TILES)]
        for position, tile in enumerate(self._tiles):
            tile.why_wanted.connect(partial(self._on_tile, position))
        self._strip_card = self._make_strip()
        self._model = RowsModel[Ticket](
            ticket_columns(today, lambda: self._zone, self._effect, self._cost),
            id_of=lambda ticket: ticket.id,
            parent=self,
        )
        self._model.sort_by("opened", descending=True)
        self.table = TableView(self._model, name="Tickets of the account", lines=1)
        self.table.activated_id.connect(self.ticket_opened)
        askable_table(self.table, self._row_figures)
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
        if other:
            self._study = None
            self._chips["all"].setChecked(True)
            self.search.clear()
        self._show_features(data)
        self._show_found()

    def set_study(self, study: AccountStudy | None, note: str = "") -> None:
        """Show what the tickets did to usage; None while that is being read."""
        if study is not None and study is not self._study:
            self._study = study
            self._show_found()

    def _show_found(self) -> None:
        data, study = self._data, self._study
        if data is None:
            return
        effects = None if study is None or study.insights.computed_at is None else study.effects
        self._figures = ticket_figures(
            data.tickets,
            data.header.today,
            self._zone,
            data.header.fiscal_month,
            effects,
            {} if study is None else study.costs,
        )
        for tile, figure in zip(self._tiles, self._figures, strict=True):
            tile.set_label(figure.label)
            tile.set_figure(figure.value, figure.unit, note=figure.context)
            tile.set_askable(askable=figure.why is not None)
        for key, chip in self._chips.items():
            chip.set_count(sum(self._passes(key, ticket) for ticket in data.tickets))
        self._show_strip(data)
        self._show_costs()
        self._show_rows()

    def _show_costs(self) -> None:
        """Show the column of costs only where there are any."""
        column = next(n for n, one in enumerate(self._model.columns) if one.key == "value")
        hidden = self._study is None or not self._study.costs
        if self.table.isColumnHidden(column) != hidden:
            self.table.setColumnHidden(column, hidden)
            self.table.fit_columns()

    def _effect(self, ticket: Ticket) -> TicketEffect | None:
        return None if self._study is None else self._study.effects.get(ticket.id)

    def _cost(self, ticket: Ticket) -> TicketCost | None:
        return None if self._study is None else self._study.costs.get(ticket.id)

    def _passes(self, key: str, ticket: Ticket) -> bool:
        effect = self._effect(ticket)
        if key == _LOWERED:
            return effect is not None and effect.lowered
        if key == _UNCLEAR:
            return effect is not None and effect.interval is not None and effect.interval.inconclusive
        return _FILTERS[key][1](ticket)

    def _row_figures(self, ticket: Ticket) -> list[CellFigure]:
        effect, cost = self._effect(ticket), self._cost(ticket)
        found: list[CellFigure] = []
        if effect is not None and effect.effect is not None and self._study is not None:
            explained = partial(why, effect.effect, as_of=self._study.insights.as_of)
            found.append(CellFigure("effect", "Effect on usage", effect.words, explained))
        if cost is not None:
            found.append(CellFigure("value", "Estimated value", cost.words, cost.why))
        return found

    @Slot(int)
    def _on_tile(self, position: int) -> None:
        explanation = self._figures[position].why
        if explanation is not None:
            self.why_wanted.emit(explanation)

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
        self._chips = {key: Chip(text) for key, (text, _) in _FILTERS.items()}
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
        line = None if self._study is None else next(iter(self._study.lines.values()), None)
        band = None if line is None else line.adjusted if story.adjusted else line.band
        self._chart.set_data(
            story.series,
            band=band if len(story.series) == 1 else None,
            dips=() if line is None else line.dips,
            spans=story.spans,
            tickets=story.tickets,
        )
        self._last = story.last
        self._on_period(self._period.value())

    def _show_rows(self) -> None:
        if self._data is None:
            return
        chosen = next(key for key, chip in self._chips.items() if chip.isChecked())
        feature, words = self._feature.value(), self.search.text().casefold().split()
        rows = [
            ticket
            for ticket in self._data.tickets
            if self._passes(chosen, ticket)
            and (not feature or ticket.feature == feature)
            and _holds_words(ticket, words)
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
