"""The Billing tab: billed months, invoices, subscriptions, and the commitment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from convergedesk.desktop.charts.bar_chart import BarChart, part_color
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.account.billed_months import billed_bars, billed_quarters, currency_words
from convergedesk.desktop.pages.account.billing_columns import invoice_columns, subscription_columns
from convergedesk.desktop.pages.account.commitment_card import CommitmentCard
from convergedesk.desktop.pages.account.contract_card import ContractCard
from convergedesk.desktop.theme import Role, color, font
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.side_columns import SideColumns
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.billing import Invoice, Subscription
from convergedesk.figures.account import BillingView
from convergedesk.figures.wording import count, day, money

_CHART_SHARE, _LIST_SHARE = 5, 4
_INVOICES, _SUBSCRIPTIONS = "invoices", "subscriptions"
_MONTHS, _QUARTERS = "months", "quarters"


class BillingTab(QWidget):
    """What was billed, and against what.

    Signals:
        import_opened: The person wants to import invoices.
    """

    import_opened = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._billing: BillingView | None = None
        self._today = today()
        self._invoices = RowsModel[Invoice](invoice_columns(today), id_of=lambda i: i.id, parent=self)
        self._subscriptions = RowsModel[Subscription](
            subscription_columns(today), id_of=lambda s: s.id, parent=self
        )
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._make_months(), _CHART_SHARE)
        column.addWidget(self._make_lists(), _LIST_SHARE)
        self._commitment = CommitmentCard()
        self._contract = ContractCard()
        right = QWidget()
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(16)
        side.addWidget(self._commitment, 1)
        side.addWidget(self._contract)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        columns = SideColumns(left, right, "Commitment and contract", icon="receipt", side_width=360)
        self._loading = Loading(columns)
        page.addWidget(self._loading)

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
        self._commitment.set_commitment(billing.commitment, billing.invoices, today)
        self._contract.set_contracts(billing.contracts, today)
        self._loading.finish()

    @Slot()
    def _show_bars(self) -> None:
        billing = self._billing
        if billing is None:
            return
        quarters = self._by.value() == _QUARTERS
        bars = billed_quarters(billing, self._today) if quarters else billed_bars(billing)
        self._months_stack.setCurrentIndex(0 if bars is not None else 1)
        self._legend.set_names(bars.names if bars is not None and len(bars.names) > 1 else ())
        if bars is not None:
            self._chart.set_data(bars.bars, names=bars.names, value_text=bars.value_text)
        title = "Billed by quarter" if quarters else "Billed by month"
        self._by.setVisible(bars is not None)
        self._months.set_title(title, currency_words(billing) if bars else "")

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
