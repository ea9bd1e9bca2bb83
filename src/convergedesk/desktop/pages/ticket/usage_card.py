"""Usage in the weeks around a ticket."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, timedelta, tzinfo
from math import isfinite
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QWidget

from convergedesk.desktop.pages.ticket.effect_strip import EffectStrip
from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import theme
from convergedesk.desktop.ticket_words import is_high, title_of
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.fields import Select
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.domain.episodes import EffectPart
from convergedesk.figures.wording import percent

if TYPE_CHECKING:
    from convergedesk.desktop.charts.series import Band, Dip, Series, TicketMark
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.tickets import Ticket
    from convergedesk.domain.usage import MeterId
    from convergedesk.figures.account import AccountUsage
    from convergedesk.insights.expected_range import ExpectedRange
    from convergedesk.workspace.insights import TicketInsights
    from convergedesk.workspace.ticket_context import TicketContext

_TOTAL = "total"
_SPANS = ((28, "28 d"), (56, "56 d"))
_HEIGHT = 260
_LABELS_APART = 5


class UsageAroundCard(Card):
    """One meter, or the total, from some weeks before the opening to as many after it.

    Signals:
        expected_wanted: A meter (None: the total) whose expected range is not at hand was chosen.
    """

    expected_wanted = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Empty until `show_ticket`."""
        # The chart brings numpy and pyqtgraph, which no page needs before it shows one.
        from convergedesk.desktop.charts.usage_chart import UsageChart

        super().__init__("Usage around this ticket", parent=parent)
        self._usage: AccountUsage | None = None
        self._ticket: Ticket | None = None
        self._opened = self._today = date.min
        self._closed: date | None = None
        self._insights: TicketInsights | None = None
        self._expected: dict[MeterId | None, ExpectedRange | None] = {}
        self.meter = Select(small=True)
        self.meter.setAccessibleName("Meter")
        self.meter.value_changed.connect(self._on_meter)
        self.span = SegmentedControl(_SPANS)
        self.span.value_changed.connect(self._on_span)
        self.add_to_header(self.meter)
        self.add_to_header(self.span)
        self.chart = UsageChart()
        self._empty = EmptyState("chart-line-up", "")
        stack = QWidget()
        stack.setMinimumHeight(theme().px(_HEIGHT))
        self._stack = QStackedLayout(stack)
        self._stack.addWidget(self.chart)
        self._stack.addWidget(self._empty)
        self.add(stack, 1)
        self.effects = EffectStrip(context)
        self.add(Separator())
        self.add(self.effects)
        self.chart.axis_note_changed.connect(self._on_axis_note)

    def show_ticket(self, context: TicketContext, zone: tzinfo, today: date) -> None:
        """Show the days around a ticket; they are days of `zone`."""
        ticket, usage = context.detail.ticket, context.detail.usage
        self._ticket, self._usage, self._today = ticket, usage, today
        self._insights, self._expected = context.insights, {context.meter_id: context.expected}
        self.effects.show_insights(ticket, context.insights, context.detail.others)
        self._opened = ticket.opened_at.astimezone(zone).date()
        self._closed = ticket.closed_at.astimezone(zone).date() if ticket.closed_at else None
        names: list[tuple[Hashable, str]] = [(one.meter.id, one.meter.name) for one in usage.meters]
        if usage.total is not None:
            names.insert(0, (_TOTAL, "Total"))
        self.meter.set_options(names)
        first = _TOTAL if context.meter_id is None else context.meter_id
        if names:
            blocked = self.meter.blockSignals(True)
            self.meter.set_value(first if first in dict(names) else names[0][0])
            self.meter.blockSignals(blocked)
        self.meter.setVisible(len(names) > 1)
        self._show()

    @property
    def window_days(self) -> tuple[date, date]:
        """First and last day shown."""
        reach = timedelta(days=cast("int", self.span.value()))
        return self._opened - reach, self._opened + reach

    def _show(self) -> None:
        ticket, series = self._ticket, self._series()
        if ticket is None or series is None or not self._known_in_window(series):
            self._say_nothing(series)
            return
        self.chart.set_data(
            [series], band=self._band(), dips=self._dips(), tickets=self._marks(ticket), origin=self._opened
        )
        self.chart.set_range(*self.window_days)
        self._stack.setCurrentWidget(self.chart)
        self.span.show()
        self._on_axis_note(self.chart.axis_note())

    def _marks(self, ticket: Ticket) -> list[TicketMark]:
        from convergedesk.desktop.charts.series import TicketMark

        high, title = is_high(ticket), title_of(ticket)
        opened = f"opened {near_day(self._opened, self._today)}"
        if self._closed is None:
            return [TicketMark(self._opened, opened, title, high)]
        if self._closed == self._opened:
            return [TicketMark(self._opened, opened.replace("opened", "opened and closed"), title, high)]
        closed = f"closed {near_day(self._closed, self._today)}"
        first, last = self.window_days
        # Two labels so close would cover one another.
        if (self._closed - self._opened) * _LABELS_APART < last - first:
            opened, closed = "", f"{opened}, {closed}"
        return [
            TicketMark(self._opened, opened, title, high, rule=True),
            TicketMark(self._closed, closed, title, high, "closed", rule=True),
        ]

    def _band(self) -> Band | None:
        from convergedesk.desktop.charts.series import Band

        usage = self._usage
        found = self._expected.get(self._chosen())
        if found is None or found.baseline is None or usage is None or usage.first_day is None:
            return None
        return Band(
            usage.first_day, found.low, found.high, f"Expected range from the {found.baseline} days before"
        )

    def _dips(self) -> list[Dip]:
        from convergedesk.desktop.charts.series import Dip

        episode = None if self._insights is None else self._insights.episode
        back = None if episode is None else episode.restoration
        only = self._usage is not None and len(self._usage.meters) == 1
        if (
            episode is None
            or back is None
            or back.onset_on is None
            or not (only or self.meter.value() == _TOTAL)
        ):
            return []
        effect = episode.effect(EffectPart.DURING)
        title = "" if effect is None or effect.estimate is None else percent(effect.estimate, signed=True)
        last = None if back.restored_on is None else back.restored_on - timedelta(days=1)
        return [Dip(back.onset_on, last, title, "from onset to value restored", restored=back.restored_on)]

    def _series(self) -> Series | None:
        from convergedesk.desktop.charts.series import DaySeries, MonthSeries

        usage, chosen = self._usage, self.meter.value()
        if usage is None:
            return None
        if chosen == _TOTAL and usage.total is not None and usage.first_day is not None:
            return DaySeries(_TOTAL, "Total", usage.first_day, usage.total)
        one = next((each for each in usage.meters if each.meter.id == chosen), None)
        if one is None:
            return None
        if one.daily is not None and usage.first_day is not None:
            return DaySeries(str(chosen), one.meter.name, usage.first_day, one.daily, one.meter.unit)
        if not one.months:
            return None
        return MonthSeries(str(chosen), one.meter.name, one.months[0], one.monthly, one.meter.unit)

    def _known_in_window(self, series: Series) -> bool:
        first, last = self.window_days
        return any(isfinite(series.at(ordinal)) for ordinal in range(first.toordinal(), last.toordinal() + 1))

    def _say_nothing(self, series: Series | None) -> None:
        around = "No usage was reported in these weeks." if series is not None else ""
        sentence = around or "Import usage of this account to see it beside its tickets."
        self._empty.set_empty("No usage known around this ticket", sentence)
        self._stack.setCurrentWidget(self._empty)
        self.span.setVisible(series is not None)
        self.set_sub("")

    def show_expected(self, meter_id: MeterId | None, expected: ExpectedRange | None) -> None:
        """Shade what another meter was expected to bring, asked for by `expected_wanted`."""
        self._expected[meter_id] = expected
        self._show()

    @Slot()
    def _on_meter(self) -> None:
        chosen = self._chosen()
        self._show()
        if chosen not in self._expected:
            self.expected_wanted.emit(chosen)

    def _chosen(self) -> MeterId | None:
        chosen = self.meter.value()
        return None if chosen == _TOTAL else cast("MeterId", chosen)

    @Slot()
    def _on_span(self) -> None:
        self._show()

    @Slot(str)
    def _on_axis_note(self, note: str) -> None:
        series = self._series()
        said = "by month" if type(series).__name__ == "MonthSeries" else "a day"
        if self._usage is not None and self.meter.value() == _TOTAL and self._usage.total_label:
            label = self._usage.total_label
            said = f"{label[0].lower()}{label[1:]}, {said}"
        self.set_sub(f"{said} · {note}" if note else said)
