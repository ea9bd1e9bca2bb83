"""The month so far: accrued and not yet invoiced, and what the whole month is forecast to come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.askable import askable
from convergedesk.desktop.phrases import MONTHS
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.kpi import KpiTile
from convergedesk.desktop.widgets.label import Label
from convergedesk.figures.wording import percent, short_money

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.account_figures import Missing, SpendFigure
    from convergedesk.figures.why import Why

_NOTABLE = 0.25


class MonthCard(Card):
    """Accrued beside the forecast, each with its 'Why?'."""

    def __init__(self, context: PageContext | None = None, parent: QWidget | None = None) -> None:
        super().__init__("Month to date", parent=parent)
        self._spend: SpendFigure | None = None
        self._part = ""
        self.accrued = KpiTile("Accrued (not yet invoiced)", small=True)
        self.forecast = KpiTile("Forecast", small=True)
        self._asks = [
            askable(self.accrued, self._why_accrued, context=context),
            askable(self.forecast, self._why, context=context),
        ]
        self._note = Label("", Role.LABEL, "text_3", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(16)
        for tile in (self.accrued, self.forecast):
            tile.set_padding(0)
            row.addWidget(tile, 1)
        self.body.addLayout(row)
        self.add(self._note)

    def set_spend(
        self, found: Sequence[SpendFigure], missing: Sequence[Missing] = (), part: str = "", note: str = ""
    ) -> None:
        """Show the month of the currency with most of it; others are named beneath.

        Args:
            found: What is accrued, by currency.
            missing: What would bring it, where there is none.
            part: How the ids of its figures name the account.
            note: How old it is while it is computed anew, or why it is not known.
        """
        self._part = part
        self._spend = max(found, key=lambda one: one.accrued.minor_units, default=None)
        for asks in self._asks:
            asks.set_enabled(enabled=self._spend is not None)
        one = self._spend
        if one is None:
            self.set_title("Month to date")
            self.accrued.set_figure("–", note="not known")
            self.forecast.set_label("Forecast")
            self.forecast.set_figure("–", note="not known")
            lacks = " ".join(f"{lack.what} {lack.brings}" for lack in missing)
            self._say(lacks or note)
            return
        month = MONTHS[one.month.month - 1]
        self.set_title("Month to date", f"{one.days_over} of {one.days_in_month} days")
        self.accrued.set_figure(short_money(one.accrued))
        self.forecast.set_label(f"Forecast for {month}")
        if one.forecast is None or one.low is None or one.high is None:
            self.forecast.set_figure("–", note="too little history")
        else:
            likely = f"likely {short_money(one.low)} to {short_money(one.high)}"
            self.forecast.set_figure(short_money(one.forecast), note=likely)
        others = [f"{short_money(other.accrued)} accrued" for other in found if other is not one]
        parts = [_rise(one), f"In other currencies: {', '.join(others)}." if others else ""]
        parts += [f"{lack.what} {lack.brings}" for lack in one.missing]
        self._say(" ".join(words for words in (*parts, note) if words))

    def _say(self, words: str) -> None:
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def _why_accrued(self) -> Why | None:
        why, one = self._why(), self._spend
        return None if why is None or one is None else replace(why, figure=short_money(one.accrued))

    def _why(self) -> Why | None:
        from convergedesk.figures.account_words import why_spend

        return None if self._spend is None else why_spend(self._spend, self._part)


def _rise(one: SpendFigure) -> str:
    """An unusual rise and the meter that drives it; empty where nothing is unusual."""
    rise, driver = one.rise, one.driver
    if rise is None or one.usual is None or rise < _NOTABLE:
        return ""
    by = f", most of it by {driver.name}" if driver is not None else ""
    return f"{percent(rise, signed=True)} against a usual month of {short_money(one.usual)}{by}."
