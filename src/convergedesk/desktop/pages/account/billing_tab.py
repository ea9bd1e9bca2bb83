"""The Billing tab: billed months, invoices, subscriptions, and the commitment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from convergedesk.desktop.askable import askable
from convergedesk.desktop.charts.bar_chart import BarChart, part_color
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.account.billed_months import (
    billed_bars,
    billed_quarters,
    currency_words,
    why_month,
)
from convergedesk.desktop.pages.account.billing_columns import invoice_columns, subscription_columns
from convergedesk.desktop.pages.account.month_card import MonthCard
from convergedesk.desktop.pages.account.retention_card import RetentionCard
from convergedesk.desktop.pages.account.what_if_card import WhatIfCard
from convergedesk.desktop.theme import Role, color, font, theme
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.scroll import ScrollColumn
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.side_columns import SideColumns
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.billing import Contract, Invoice, Subscription
from convergedesk.figures.account import BillingView
from convergedesk.figures.wording import count, day, money

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.pages.account.study import AccountStudy
    from convergedesk.domain.account_figures import SpendFigure
    from convergedesk.figures.retained import RetentionFigure
    from convergedesk.figures.why import Why

_CHART_SHARE, _LIST_SHARE, _SIDE, _LEAST_LIST = 5, 4, 384, 130
_INVOICES, _SUBSCRIPTIONS = "invoices", "subscriptions"
_MONTHS, _QUARTERS = "months", "quarters"


class BillingTab(QWidget):
    """What was billed, and against what.

    Signals:
        import_opened: The person wants to import invoices.
    """

    import_opened = Signal()

    def __init__(
        self, today: Callable[[], date], context: PageContext | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._billing: BillingView | None = None
        self._spend: tuple[SpendFigure, ...] = ()
        self._today = today()
        self._invoices = RowsModel[Invoice](
            invoice_columns(today, self._contracts), id_of=lambda i: i.id, parent=self
        )
        self._subscriptions = RowsModel[Subscription](
            subscription_columns(today), id_of=lambda s: s.id, parent=self
        )
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._make_months(), _CHART_SHARE)
        column.addWidget(self._make_lists(), _LIST_SHARE)
        self.month = MonthCard(context)
        self.what_if = WhatIfCard(context)
        self.retention = RetentionCard(context)
        side = QWidget()
        aside = QVBoxLayout(side)
        aside.setContentsMargins(0, 0, 0, 0)
        aside.setSpacing(16)
        aside.addWidget(self.month)
        aside.addWidget(self.what_if, 1)
        aside.addWidget(self.retention)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        self.columns = SideColumns(
            ScrollColumn(left), ScrollColumn(side), "Month and commitment", icon="receipt", side_width=_SIDE
        )
        self._loading = Loading(self.columns)
        page.addWidget(self._loading)

    def _contracts(self) -> tuple[Contract, ...]:
        return () if self._billing is None else self._billing.contracts

    def start(self) -> None:
        """Billing is being read; what is shown is another account's."""
        self._loading.clear()
        self._loading.start()

    def set_billing(self, billing: BillingView, today: date) -> None:
        """Show an account's billing."""
        self._billing, self._today = billing, today
        self._show_bars()
        self._invoices.set_rows(billing.invoices)
        self._subscriptions.set_rows(billing.subscriptions)
        self._show_lists(billing)
        self._loading.finish()

    def set_retention(self, found: Sequence[RetentionFigure], part: str = "") -> None:
        """Show what was kept and grown of what was billed and committed a year ago."""
        self.retention.set_retention(found, part)

    def set_study(self, study: AccountStudy | None, note: str = "") -> None:
        """Show the month to date, its forecast and the commitment; `note` says how old they are."""
        if study is None:
            return
        figures = study.figures
        spend = () if figures is None else figures.spend
        if spend != self._spend:
            self._spend = spend
            self._show_bars()
        lacks = () if figures is None else figures.missing
        unknown = "" if figures is not None else study.missing
        self.month.set_spend(self._spend, lacks, study.part, note or unknown)
        if study.courses is not None:
            self.what_if.set_course(study.courses, unknown, study.part)

    @Slot()
    def _show_bars(self) -> None:
        billing = self._billing
        if billing is None:
            return
        quarters = self._by.value() == _QUARTERS
        bars = billed_quarters(billing, self._today) if quarters else billed_bars(billing, spend=self._spend)
        self._months_stack.setCurrentIndex(0 if bars is not None else 1)
        self._legend.set_names(bars.names if bars is not None and len(bars.names) > 1 else ())
        if bars is not None:
            self._chart.set_data(bars.bars, names=bars.names, value_text=bars.value_text)
        title = "Billed by quarter" if quarters else "Billed by month"
        self._by.setVisible(bars is not None)
        self._months.set_title(title, currency_words(billing) if bars else "")

    def _why_bar(self) -> Why | None:
        """What stands behind the month that is read out, or the last one."""
        months = () if self._billing is None else self._billing.months
        if not months or self._by.value() == _QUARTERS:
            return None
        bar = self._chart.reading()
        return why_month(next((one for one in months if one.month == bar), months[-1]))

    def _show_lists(self, billing: BillingView) -> None:
        as_of = f"last issued {day(billing.as_of)}" if billing.as_of else ""
        recurring = f"{money(billing.mrr)} recurring a month" if billing.mrr else ""
        self._subs = {
            _INVOICES: " · ".join(p for p in (count(len(billing.invoices), "invoice"), as_of) if p),
            _SUBSCRIPTIONS: " · ".join(
                p for p in (count(len(billing.subscriptions), "subscription"), recurring) if p
            ),
        }
        if not billing.invoices and billing.subscriptions:
            self._which.set_value(_SUBSCRIPTIONS)
        self._on_which(self._which.value())

    def _make_months(self) -> Card:
        self._months = Card("Billed by month")
        self._legend = _Legend()
        self._months.add_to_header(self._legend)
        self._by = SegmentedControl([(_MONTHS, "Months"), (_QUARTERS, "Quarters")])
        self._by.value_changed.connect(self._show_bars)
        self._months.add_to_header(self._by)
        self._chart = BarChart()
        self._chart.setMinimumHeight(150)
        askable(self._chart, self._why_bar, context=self._context, clicks=False)
        empty = EmptyState(
            "receipt", "No invoices yet", "Import invoices or invoice lines from billing.", "Import invoices"
        )
        empty.action_clicked.connect(self.import_opened)
        self._months_stack = QStackedWidget()
        self._months_stack.addWidget(self._chart)
        self._months_stack.addWidget(empty)
        self._months.add(self._months_stack, 1)
        return self._months

    def _make_lists(self) -> Card:
        self._which = SegmentedControl([(_INVOICES, "Invoices"), (_SUBSCRIPTIONS, "Subscriptions")])
        self._which.value_changed.connect(self._on_which)
        self._subs: dict[str, str] = {}
        invoices = TableView(self._invoices, name="Invoices", lines=1, click_opens=False)
        invoices.set_empty(EmptyState("receipt", "No invoices", "None was imported for this account."))
        subscriptions = TableView(self._subscriptions, name="Subscriptions", lines=1, click_opens=False)
        subscriptions.set_empty(
            EmptyState("receipt", "No subscriptions", "None was imported for this account.")
        )
        self._lists = QStackedWidget()
        self._lists.addWidget(invoices)
        self._lists.addWidget(subscriptions)
        self._lists.setMinimumHeight(theme().px(_LEAST_LIST))
        self._list_card = Card("Invoices", flush=True)
        self._list_card.add_to_header(self._which)
        self._list_card.add(self._lists, 1)
        return self._list_card

    def _on_which(self, key: object) -> None:
        invoices = key == _INVOICES
        self._lists.setCurrentIndex(0 if invoices else 1)
        self._list_card.set_title("Invoices" if invoices else "Subscriptions", self._subs.get(str(key), ""))


class _Legend(QWidget):
    """A square and a name per part."""

    _square, _gap, _between = 10.0, 5.0, 14.0

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_names(self, names: tuple[str, ...]) -> None:
        self._names = names
        self.setAccessibleName(", ".join(names))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(font(Role.LABEL))
        each = self._square + self._gap + self._between
        return QSize(round(sum(metrics.horizontalAdvance(name) + each for name in self._names)), 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(Role.LABEL))
        metrics = QFontMetricsF(font(Role.LABEL))
        baseline = round(self.height() / 2 + (metrics.ascent() - metrics.descent()) / 2)
        x = 0.0
        for number, name in enumerate(self._names):
            width = metrics.horizontalAdvance(name)
            if x + self._square + self._gap + width > self.width():
                return
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(part_color(number))
            square = QRectF(x, (self.height() - self._square) / 2, self._square, self._square)
            painter.drawRoundedRect(square, 2, 2)
            painter.setPen(color("text_2"))
            painter.drawText(QPointF(x + self._square + self._gap, baseline), name)
            x += self._square + self._gap + width + self._between
