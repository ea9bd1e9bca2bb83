"""The chart behind an opportunity: months of a meter against its tier, or the burn-down of a commitment."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QWidget

from convergedesk.desktop.charts.bar_chart import Bar, BarChart, BarNote
from convergedesk.desktop.charts.burn_down_chart import BurnDownChart
from convergedesk.desktop.charts.burn_down_figure import CommitmentPath
from convergedesk.desktop.theme import theme
from convergedesk.domain.money import Money
from convergedesk.figures.wording import month, short_money, short_number

if TYPE_CHECKING:
    from convergedesk.figures.account_figures import PreparedBurnDown
    from convergedesk.workspace.opportunities import Opportunity, OpportunityDetail

_HEIGHT = 190


class DetailChart(QWidget):
    """Shows whichever of the two says something; hidden where neither does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until there is something to show."""
        super().__init__(parent)
        self.bars = BarChart()
        self.burn_down = BurnDownChart()
        self.setFixedHeight(theme().px(_HEIGHT))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.bars)
        self._stack.addWidget(self.burn_down)
        self.hide()

    def show_detail(self, row: Opportunity, detail: OpportunityDetail) -> bool:
        """Show the figures behind a row; False where there are none."""
        known = any(units is not None for units in detail.units)
        shown = known or detail.burn_down is not None
        if detail.burn_down is not None:
            self._show_burn_down(detail.burn_down)
        elif known:
            self._show_months(row, detail)
        self.setVisible(shown)
        return shown

    def _show_months(self, row: Opportunity, detail: OpportunityDetail) -> None:
        opening = row.opening
        last = len(detail.units) - 1
        median = opening.median
        bars = [
            Bar(
                month(first).split()[0],
                (0.0 if units is None else units,),
                title=month(first),
                hollow=median if place == last else None,
                notes=(BarNote(median, f"{short_number(median)}", "similar"),)
                if place == last and median is not None and math.isfinite(median)
                else (),
            )
            for place, (first, units) in enumerate(zip(detail.months, detail.units, strict=True))
        ]
        self.bars.set_data(bars, names=(opening.title,))
        self.bars.setAccessibleName(f"{opening.title} by month, {opening.account}")
        self._stack.setCurrentWidget(self.bars)

    def _show_burn_down(self, prepared: PreparedBurnDown) -> None:
        figure, path = prepared.figure, prepared.path()
        currency = figure.promise.currency
        unspent = ""
        if path.exhausted is None and path.shortfall is not None:
            unspent = f"{short_money(path.shortfall.middle)} unspent"
        known = path.left[~(path.left != path.left)]
        left = Money(round(float(known[-1])), currency) if known.size else figure.promise
        self.burn_down.set_data(
            CommitmentPath(
                first_day=path.first_day,
                last_day=path.last_day,
                commitment=path.commitment,
                left=path.left,
                forecast=path.forecast,
                low=path.low,
                high=path.high,
                even=path.even,
                exhausted=path.exhausted,
                left_text=f"{short_money(left)} left",
                end_text=unspent,
            ),
            value_text=lambda value: short_money(Money(round(value), currency)),
        )
        self._stack.setCurrentWidget(self.burn_down)
