"""Home's table of accounts with its legend and filter chips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.askable_table import CellFigure, askable_table
from convergedesk.desktop.charts.spark import paint_ticket_triangle
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.home.view_model import HomeState, HomeViewModel
from convergedesk.desktop.portfolio.columns import home_columns
from convergedesk.desktop.portfolio.views import ALL
from convergedesk.desktop.theme import Role, color, font
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext

_SIGN = 9.0
_GAP = 6.0
_BETWEEN = 14.0


class AccountTable(QWidget):
    """The accounts of the chosen view.

    Signals:
        opened: Id of the account that was opened.
        view_chosen: Key of the view whose chip was clicked.
    """

    opened = Signal(object)
    view_chosen = Signal(str)

    def __init__(self, context: PageContext, model: HomeViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._home = model
        self._context = context
        self._model = RowsModel[PortfolioRow](
            home_columns(context.today), id_of=lambda row: row.account_id, parent=self
        )
        self.table = TableView(self._model, name="Accounts, those with the greatest need first")
        self.table.activated_id.connect(self.opened)
        askable_table(self.table, self._figures, context)
        self._empty: EmptyState | None = None
        self._chips: dict[str, Chip] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_chip_clicked)
        self._chip_row = QHBoxLayout()
        self._chip_row.setSpacing(8)
        chips = QWidget()
        chips.setLayout(self._chip_row)
        self._chip_row.setContentsMargins(0, 0, 0, 0)
        card = Card("Accounts", flush=True)
        self.order = Button("Ordered by need", "link", small=True)
        self.order.setToolTip("What need is, and the points of every account")
        self.order.clicked.connect(self._on_order_clicked)
        card.add_to_title(self.order)
        card.add_to_title(_Legend())
        card.add_to_header(chips)
        card.add(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def set_state(self, state: HomeState, view: str) -> None:
        """Show the accounts of the view, and on the chips how many each would leave."""
        for chip_state in state.chips:
            chip = self._chip(chip_state.key, chip_state.text)
            chip.set_count(chip_state.accounts)
            chip.setToolTip(chip_state.rule)
            chip.setChecked(chip_state.key == view)
            # A filter that would leave nothing is no help, unless it is the one in force.
            chip.setVisible(chip_state.key in (ALL, view) or chip_state.accounts > 0)
        self._model.set_rows(state.rows)
        if not state.rows and self._empty is None:
            self._empty = EmptyState("funnel", "No account is in this view", "Choose All to see every one.")
            self.table.set_empty(self._empty)

    @Slot()
    def _on_order_clicked(self) -> None:
        from convergedesk.desktop.explaining import show_why

        show_why(self.order, self._home.why_order(), self._context)

    def _figures(self, row: PortfolioRow) -> list[CellFigure]:
        from convergedesk.desktop.portfolio.asked import row_figures

        state = self._home.state
        need = None if state is None else state.needs.get(row.account_id)
        columns = [column.key for column in self._model.columns]
        found = row_figures(self._context.today, columns, month_so_far=True)(row)
        if need is None:
            return found
        points = count(need.points, "point")
        return [CellFigure("name", "Need", points, lambda: self._home.why_needs(row)), *found]

    def _chip(self, key: str, text: str) -> Chip:
        if key not in self._chips:
            chip = Chip(text)
            self._chips[key] = chip
            self._group.addButton(chip)
            self._chip_row.addWidget(chip)
        return self._chips[key]

    @Slot(QAbstractButton)
    def _on_chip_clicked(self, clicked: QAbstractButton) -> None:
        for key, chip in self._chips.items():
            if chip is clicked:
                self.view_chosen.emit(key)


class _Legend(QWidget):
    """What the signs of the table mean; left out where there is no room."""

    _words = ("high-priority ticket", "other ticket", "share of term elapsed")

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Signs: filled triangle, hollow triangle, upright tick")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(round(_BETWEEN + sum(self._widths())), self._line())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._line())

    def _line(self) -> int:
        return max(20, round(QFontMetricsF(font(Role.CAPTION)).height()) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(font(Role.CAPTION))
        middle = self.height() / 2
        baseline = middle + (metrics.ascent() - metrics.descent()) / 2
        x = _BETWEEN - 6
        for number, (word, width) in enumerate(zip(self._words, self._widths(), strict=True)):
            if x + width - _BETWEEN > self.width():
                return
            if number < 2:
                paint_ticket_triangle(painter, QPointF(x + _SIGN / 2, middle), 7, high=number == 0)
            else:
                painter.fillRect(QRectF(x + _SIGN / 2 - 1, middle - 5, 2, 10), color("text"))
            painter.setFont(font(Role.CAPTION))
            painter.setPen(color("text_3"))
            painter.drawText(QPointF(x + _SIGN + _GAP, round(baseline)), word)
            x += width

    def _widths(self) -> list[float]:
        metrics = QFontMetricsF(font(Role.CAPTION))
        return [_SIGN + _GAP + metrics.horizontalAdvance(word) + _BETWEEN for word in self._words]
