"""The Adoption tab: every feature by month, and what is paid for and not used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.askable import askable
from convergedesk.desktop.askable_table import CellFigure, askable_table
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.account.adoption_columns import adoption_columns
from convergedesk.desktop.pages.account.adoption_view import (
    LOW,
    UNUSED,
    AdoptionView,
    FeatureRow,
    why_of_rows,
)
from convergedesk.desktop.phrases import listing
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.kpi import KpiStrip, KpiTile
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.money import Money
from convergedesk.figures.wording import month, number, percent, short_money

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.pages.account.study import AccountStudy
    from convergedesk.figures.why import Why

_FILTERS: dict[str, tuple[str, Callable[[FeatureRow], bool]]] = {
    "all": ("All", lambda _row: True),
    "unused": ("Entitled but unused", lambda row: row.entitled_unused),
    "low": ("Below the tier", lambda row: row.state in LOW),
    "used": ("In use", lambda row: row.state not in UNUSED),
}
_SHADES = (
    "The darker a month, the nearer to that feature's own best month; outlined: no use; ·: not reported."
)


class AdoptionTab(QWidget):
    """Figures, filters, and the table of features by month.

    Signals:
        import_opened: The person wants to import usage.
    """

    import_opened = Signal()

    def __init__(self, context: PageContext | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: AdoptionView | None = None
        self._months: tuple[date, ...] | None = None
        self.breadth = KpiTile("Features in use", small=True)
        self.stickiness = KpiTile("Days with any use", small=True)
        self.unused = KpiTile("Entitled but unused", small=True)
        self.low = KpiTile("Below the tier", small=True)
        self.gap = KpiTile("Gap to the tier", small=True)
        tiles = (self.breadth, self.stickiness, self.unused, self.low, self.gap)
        for tile, ask in (
            (self.breadth, self._why),
            (self.stickiness, self._why),
            (self.unused, self._why_unused),
            (self.low, self._why_low),
            (self.gap, self._why_gap),
        ):
            askable(tile, ask, context=context)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(KpiStrip(tiles))
        column.addWidget(self._make_list(), 1)
        self._empty = EmptyState("squares-four", "No adoption known yet", "", "Import usage")
        self._empty.action_clicked.connect(self.import_opened)
        self._empty.hide()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        self._content = content
        whole = QWidget()
        inner = QVBoxLayout(whole)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(content, 1)
        inner.addWidget(self._empty, 1)
        self._loading = Loading(whole)
        page.addWidget(self._loading)

    def start(self) -> None:
        """Adoption is being read; what is shown is another account's."""
        self._loading.clear()
        self._loading.start()

    def set_study(self, study: AccountStudy | None, note: str = "") -> None:
        """Say how old the figures are while they are computed anew."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def set_adoption(self, view: AdoptionView) -> None:
        """Show an account's adoption."""
        self._view = view
        known = view.figure is not None and bool(view.rows)
        self._content.setVisible(known)
        self._empty.setVisible(not known)
        if view.figure is None or not known:
            words = view.missing or "Import usage by day and meter, and say under Contract what was sold."
            self._empty.set_empty("No adoption known yet", words, "Import usage")
        else:
            self._show_table(view.figure.months)
            self._show_tiles(view)
            self._legend.setText(" ".join(part for part in (_SHADES, _unfinished(view)) if part))
            for key, (_, holds) in _FILTERS.items():
                self._chips[key].set_count(sum(map(holds, view.rows)))
            with_whom = view.compared if view.complete else "comparing with accounts of its tier"
            self._card.set_title("Features by month", with_whom)
            self._show_rows()
        self._loading.finish()

    def _make_list(self) -> Card:
        self._card = Card("Features by month", flush=True)
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
        self._note = Label("", Role.LABEL, "text_3")
        self._note.hide()
        row.addStretch(1)
        row.addWidget(self._note)
        bar = QWidget()
        bar.setLayout(row)
        self._card.add(bar)
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(0, 0, 0, 0)
        self._card.body.addLayout(self._holder, 1)
        self._legend = Label(_SHADES, Role.CAPTION, "text_3", wrap=True)
        self._legend.setContentsMargins(16, 0, 16, 8)
        self._card.add(self._legend)
        self._show_table(())
        return self._card

    def _show_table(self, months: Sequence[date]) -> None:
        """Make the table for these months; the same ones keep it."""
        if self._months == tuple(months):
            return
        if self._months is not None:
            self._holder.removeWidget(self.table)
            self.table.deleteLater()
        self._months = tuple(months)
        self._model = RowsModel[FeatureRow](
            adoption_columns(months), id_of=lambda row: row.meter.meter_id, parent=self
        )
        self.table = TableView(self._model, name="Features by month", click_opens=False)
        self.table.set_empty(EmptyState("squares-four", "No feature here", "Choose another filter."))
        askable_table(self.table, _row_figures, self._context)
        self._holder.addWidget(self.table, 1)

    def _show_tiles(self, view: AdoptionView) -> None:
        figure = view.figure
        if figure is None:
            return
        had = "in the last 28 days" if figure.by_contract else "of those it ever used, 28 days"
        self.breadth.set_figure(number(figure.used), f"of {number(figure.entitled)}", note=had)
        sticky = "–" if figure.stickiness is None else percent(figure.stickiness)
        self.stickiness.set_figure(sticky, note="of the last 28 days")
        unused = [row.meter.name for row in view.rows if row.entitled_unused]
        told = listing(unused, 2) if unused else "all that is paid for is used"
        self.unused.set_figure(
            number(len(unused)) if figure.by_contract else "–",
            note=told if figure.by_contract else "no contract says what was sold",
        )
        low = [row.meter.name for row in view.rows if row.state in LOW]
        self.low.set_figure(number(len(low)), note=listing(low, 2) if low else "none stands out")
        none = "no price is known" if low or unused else "nothing lies below it"
        self.gap.set_figure(_money_of(view.rows), note="a month, estimated" if _priced(view.rows) else none)

    def _why(self) -> Why | None:
        return None if self._view is None else self._view.why

    def _why_unused(self) -> Why | None:
        rows = self._rows(lambda row: row.entitled_unused)
        definition = "Features that a contract sells and that were not used in the last 28 days, or never."
        return why_of_rows("Entitled but unused", definition, number(len(rows)), rows)

    def _why_low(self) -> Why | None:
        rows = self._rows(lambda row: row.state in LOW)
        definition = (
            "Features that are used far less than the account's other features and its tier let expect. "
            "'Under-used' holds up over all accounts and features; 'to look at' does not yet."
        )
        return why_of_rows("Below the tier", definition, number(len(rows)), rows)

    def _why_gap(self) -> Why | None:
        rows = self._rows(lambda row: row.gap is not None)
        definition = "What reaching the tier's median would bring a month at this account's contract prices."
        return why_of_rows("Gap to the tier", definition, _money_of(rows), rows)

    def _rows(self, holds: Callable[[FeatureRow], bool]) -> list[FeatureRow]:
        return [] if self._view is None else [row for row in self._view.rows if holds(row)]

    def _show_rows(self) -> None:
        if self._view is not None:
            chosen = next(key for key, chip in self._chips.items() if chip.isChecked())
            self._model.set_rows([row for row in self._view.rows if _FILTERS[chosen][1](row)])

    @Slot(QAbstractButton)
    def _on_chip(self, _chip: QAbstractButton) -> None:
        self._show_rows()


def _unfinished(view: AdoptionView) -> str:
    """That the last month is not over; empty where it is."""
    if view.as_of is None or (view.as_of + timedelta(days=1)).day == 1:
        return ""
    return f"{month(view.as_of)} is not over."


def _priced(rows: Sequence[FeatureRow]) -> list[Money]:
    return [row.gap.middle for row in rows if row.gap is not None]


def _money_of(rows: Sequence[FeatureRow]) -> str:
    """The gaps added up, currency by currency."""
    totals: dict[str, int] = {}
    for gap in _priced(rows):
        totals[gap.currency] = totals.get(gap.currency, 0) + gap.minor_units
    return ", ".join(short_money(Money(units, currency)) for currency, units in totals.items()) or "–"


def _row_figures(row: FeatureRow) -> list[CellFigure]:
    if row.why is None:
        return []
    share = "–" if row.share is None else percent(row.share)
    return [CellFigure("tier", f"{row.meter.name}, of the tier's median", share, lambda: row.why)]
