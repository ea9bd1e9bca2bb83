"""Metrics: each traditional number next to the one that shows whether customers got their value back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.askable import Askable, askable
from convergedesk.desktop.faults import error_state
from convergedesk.desktop.pages.metrics import words
from convergedesk.desktop.pages.metrics.exporting import MetricsExport
from convergedesk.desktop.pages.metrics.filters import MetricsFilters
from convergedesk.desktop.pages.metrics.pair_card import PairCard
from convergedesk.desktop.pages.metrics.view_model import BEFORE, QUARTER, YEAR, MetricsViewModel
from convergedesk.desktop.shell.page_frame import PageFrame
from convergedesk.desktop.widgets.button import Button, MenuButton
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.kpi import KpiTile
from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.states import Loading
from convergedesk.figures.metrics_why import metrics_why
from convergedesk.figures.wording import count, day, number, percent

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.kinds import AccountId
    from convergedesk.domain.tickets import TicketId
    from convergedesk.figures.metrics import EpisodeEffect, Metrics
    from convergedesk.figures.why import Why

_MOST_ROWS = 10
_LONGEST_AXIS = 42.0


class MetricsPage(QWidget):
    """Three comparisons and the first converged figure: what usage does after a high-priority ticket."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Reads when it is first shown."""
        from convergedesk.desktop.charts.forest_plot import ForestPlot
        from convergedesk.desktop.charts.scatter_chart import ScatterChart
        from convergedesk.desktop.charts.survival_chart import SurvivalChart

        super().__init__(parent)
        self._context = context
        self.model = MetricsViewModel(context, self)
        self._header = PageHeader(
            "What support metrics miss",
            "Each traditional number next to the one that shows whether customers got their value back",
        )
        self.period = SegmentedControl(
            [(QUARTER, "This quarter"), (BEFORE, "Quarter before"), (YEAR, "12 months")]
        )
        self.period.set_value(YEAR)
        self.filters = MetricsFilters()
        self.filters.priority_chosen.connect(self.model.choose_priority)
        self.filters.feature_chosen.connect(self.model.choose_feature)
        self.filters.pod_chosen.connect(context.portfolio.choose_pod)
        self.export = MenuButton("Export", icon="export")
        self.export.add_choice("Figures as CSV", icon="table").triggered.connect(self._on_csv)
        picture = self.export.add_choice("Page as a picture (PNG)", icon="presentation-chart")
        picture.triggered.connect(self._on_png)
        self.exporting = MetricsExport(self, context)
        scorecard = Button("Pilot scorecard", "quiet", icon="scales")
        scorecard.clicked.connect(self._on_scorecard)
        self._header.add_action(scorecard)
        for widget in (self.period, self.export):
            self._header.add_action(widget)
        self.survival = SurvivalChart()
        self.forest = ForestPlot()
        self.scatter = ScatterChart()
        self.restored = PairCard(
            "First response time", "Time to value restored", "Share not yet restored", self.survival
        )
        self.returned = PairCard(
            "Customer satisfaction", "Usage, days 1–7 after closing", "Usage after closing", self.forest
        )
        self.together = PairCard("Ticket volume", "Tickets with usage", "Tickets and usage", self.scatter)
        self.closing = KpiTile("Days 1–7 after closing, high priority")
        self._frame = PageFrame(self._header)
        self.content = self._content()
        self._loading = Loading(ScrollArea(self.content))
        self._frame.body.addWidget(self.filters)
        self._frame.body.addWidget(self._loading, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._frame)
        self.period.value_changed.connect(self.model.choose_period)
        self.asks = {what: self._askable(widget, what) for what, widget in self._figures().items()}
        for chart, what in ((self.survival, "ttvr"), (self.forest, "effects"), (self.scatter, "together")):
            askable(chart, partial(self._why, what), context=context, clicks=False)
        self.forest.item_opened.connect(self._on_ticket)
        self.scatter.item_opened.connect(self._on_account)
        self.model.loading.connect(self._loading.start)
        self.model.loaded.connect(self._on_loaded)
        self.model.failed.connect(self._on_failed)

    def open(self, _argument: object = None) -> None:
        """Show the metrics; they are read when the page appears."""

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self._header, self.filters, self.survival, self.forest, self.scatter]

    def focus_first(self) -> None:
        """Put the keyboard on the period."""
        self.period.setFocus()

    @Slot()
    def _on_scorecard(self) -> None:
        self._context.navigator.open_pilot()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.appear()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.disappear()

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        row = QHBoxLayout()
        row.setSpacing(16)
        for card in (self.restored, self.returned, self.together):
            row.addWidget(card, 1)
        column.addLayout(row, 1)
        strip = Card()
        self.closing.set_padding(0)
        strip.add(self.closing)
        column.addWidget(strip)
        return content

    def _figures(self) -> dict[str, KpiTile]:
        return {
            "first-response": self.restored.old,
            "ttvr": self.restored.new,
            "csat": self.returned.old,
            "effects": self.returned.new,
            "volume": self.together.old,
            "together": self.together.new,
            "closing": self.closing,
        }

    def _askable(self, tile: KpiTile, what: str) -> Askable:
        return askable(tile, partial(self._why, what), context=self._context)

    def _why(self, what: str) -> Why | None:
        reading = self.model.reading
        if reading is None:
            return None
        return metrics_why(reading.metrics, what, reading.names, reading.filters)

    def _offer_filters(self) -> None:
        portfolio, reading = self._context.portfolio, self.model.reading
        snapshot = portfolio.snapshot
        self.filters.set_pods(() if snapshot is None else snapshot.pods, portfolio.pod)
        self.filters.set_features(() if reading is None else reading.features, self.model.feature)

    @Slot()
    def _on_csv(self) -> None:
        if self.model.reading is not None:
            self.exporting.ask_csv(self.model.reading)

    @Slot()
    def _on_png(self) -> None:
        if self.model.reading is not None:
            self.exporting.ask_png(self.model.reading, self.content)

    @Slot(object)
    def _on_loaded(self, found: Metrics) -> None:
        self._offer_filters()
        first, second, third = words.story(found)
        self._fill_restored(found, first)
        self._fill_returned(found, second)
        self._fill_together(found, third)
        value, unit, note = words.rising(found.closing)
        self.closing.set_figure(value, unit, note=f"{note} · {day(found.first_day)} to {day(found.last_day)}")
        self._loading.finish()

    def _fill_restored(self, found: Metrics, story: str) -> None:
        from convergedesk.desktop.charts.survival_figure import SurvivalCurve

        value, unit = words.duration(found.support.first_response)
        self.restored.old.set_figure(value, unit, note=f"median of {count(found.support.volume, 'ticket')}")
        value, unit, note = words.median(found.restored)
        self.restored.new.set_figure(value, unit, note=note)
        curve = found.restored
        self.restored.set_story(story, f"{curve.tickets:,} of {curve.out_of:,} qualified")
        self.restored.show_chart(
            known=curve.tickets > 0, missing="No ticket of the period had a confirmed dip in usage."
        )
        waiting = curve.tickets - round(float(curve.restored.sum()))
        shown = SurvivalCurve(
            curve.times, curve.waiting, curve.waiting_low, curve.waiting_high, median=curve.median
        )
        self.survival.set_data(
            shown if curve.tickets else None,
            median_text="" if not math.isfinite(curve.median) else count(round(curve.median), "day"),
            open_note=f"{waiting:,} not restored yet" if waiting else "",
            # A single late one must not press the weeks that matter into the margin.
            last_day=min(max(shown.last, 7.0), _LONGEST_AXIS) if curve.tickets else None,
        )

    def _fill_returned(self, found: Metrics, story: str) -> None:
        from convergedesk.desktop.charts.forest_plot import ForestRow

        support = found.support
        rated = words.NOT_MEASURED if math.isnan(support.csat) else percent(support.csat)
        self.returned.old.set_figure(
            rated, "satisfied", note=f"{support.answered:,} of {support.asked:,} answered"
        )
        closing = found.closing
        value, unit, note = words.rising(closing)
        self.returned.new.set_figure(value, unit, note=note)
        names = self._names()
        rows = [
            ForestRow(
                f"#{one.ticket.number} {names.get(one.ticket.account_id, '')}".strip(),
                one.effect.low or 0.0,
                one.effect.estimate or 0.0,
                one.effect.high or 0.0,
                title=one.ticket.title,
                payload=one.ticket.id,
            )
            for one in _telling(found)
        ]
        note = f"{len(rows):,} of {len(found.effects):,}, 95 % interval" if rows else ""
        self.returned.set_story(story, note)
        self.returned.show_chart(
            known=bool(rows), missing="No ticket of the period could be judged against expected usage."
        )
        self.forest.set_data(rows)

    def _fill_together(self, found: Metrics, story: str) -> None:
        from convergedesk.desktop.charts.scatter_chart import ScatterAxes, ScatterPoint

        days = max((found.last_day - found.first_day).days + 1, 1)
        per_day = count(found.support.volume, "ticket")
        self.together.old.set_figure(
            f"{found.support.volume:,}", note=f"{number(round(7 * found.support.volume / days, 1))} a week"
        )
        value, note = words.together(found.together)
        self.together.new.set_figure(value, note=note)
        names = self._names()
        points = [
            ScatterPoint(
                7 * one.tickets / days,
                one.change,
                names.get(one.account_id, ""),
                notable=one.change <= -0.15,
                payload=one.account_id,
            )
            for one in found.points
        ]
        self.together.set_story(story, f"{count(len(points), 'account')}, {per_day}")
        self.together.show_chart(known=bool(points), missing="No account has usage by day to compare.")
        axes = ScatterAxes("tickets a week", "usage against expected, 28 days", y_text=_signed)
        self.scatter.set_data(points, axes)

    def _names(self) -> Mapping[AccountId, str]:
        reading = self.model.reading
        return {} if reading is None else reading.names

    @Slot(object)
    def _on_ticket(self, ticket_id: object) -> None:
        self._context.navigator.open_ticket(cast("TicketId", ticket_id))

    @Slot(object)
    def _on_account(self, account_id: object) -> None:
        self._context.navigator.open_account(account_id)  # pyright: ignore[reportArgumentType]

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        failure = error_state("The metrics could not be read", error)
        failure.fix_clicked.connect(self.model.reload)
        self._loading.show_instead(failure)


def _telling(found: Metrics) -> list[EpisodeEffect]:
    """The effects to list: those that are shown to be one, then the largest, deepest first."""
    ranked = sorted(
        found.effects,
        key=lambda one: (one.effect.verdict == "inconclusive", -abs(one.effect.estimate or 0.0)),
    )
    return sorted(ranked[:_MOST_ROWS], key=lambda one: one.effect.estimate or 0.0)


def _signed(share: float) -> str:
    return percent(share, signed=True)
