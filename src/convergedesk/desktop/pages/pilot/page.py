"""The pilot's scorecard: the pod before and after, beside accounts that were alike before it began."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.askable_table import CellFigure, askable_table
from convergedesk.desktop.faults import error_state
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.pilot.columns import MeasureRow, PairRow, measure_columns, pair_columns
from convergedesk.desktop.pages.pilot.rule_card import TITLE, RuleCard
from convergedesk.desktop.pages.pilot.view_model import PilotViewModel
from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.shell.page_frame import PageFrame
from convergedesk.desktop.theme import theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.fields import Select
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.side_columns import SideColumns
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.figures.pilot_words import TITLES, difference_words, finding, why_measure

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.accounts import AccountId, PodId
    from convergedesk.figures.pilot_scorecard import PilotBook

_MEASURES_HEIGHT = 300
_DAY_WIDTH = 140


class PilotPage(QWidget):
    """The measures, the pairs behind them, and the rule at the right."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Reads when it is first shown."""
        super().__init__(parent)
        self._context = context
        self.model = PilotViewModel(context, self)
        self._frame = PageFrame(PageHeader("Pilot scorecard"))
        self.which = Select()
        self.which.setAccessibleName("Pod")
        self.which.setMinimumWidth(theme().px(_DAY_WIDTH))
        self.began = DateField(context.today())
        self.began.setAccessibleName("First day of the pilot")
        self.began.setFixedWidth(theme().px(_DAY_WIDTH))
        edit = Button("Edit pods", "quiet", icon="stack")
        edit.clicked.connect(context.navigator.open_pods)
        for widget in (edit, self.which, Label("began on", tone="text_2"), self.began):
            self._frame.header.add_action(widget)
        self._measure_rows = RowsModel[MeasureRow](
            measure_columns(), id_of=lambda row: row.figure.measure, parent=self
        )
        self.measures = TableView(self._measure_rows, name="Measures of the pilot")
        self._pair_rows = RowsModel[PairRow](
            pair_columns(), id_of=lambda row: row.pair.account.account_id, parent=self
        )
        self.pairs = TableView(self._pair_rows, name="Who is compared with whom", lines=1)
        self.rule = RuleCard()
        self._body = Loading(self._content())
        self._frame.body.addWidget(self._body, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._frame)
        askable_table(self.measures, self._figures, context)
        self.measures.activated_id.connect(self._on_measure)
        self.pairs.activated_id.connect(self._on_account)
        self.which.value_changed.connect(self._on_pod)
        self.began.editingFinished.connect(self._on_began)
        self.model.loading.connect(self._body.start)
        self.model.loaded.connect(self._on_loaded)
        self.model.failed.connect(self._on_failed)

    def open(self, argument: object = None) -> None:
        """Show the scorecard, of a pod where its id is given; it is read when the page appears."""
        if isinstance(argument, int):
            self.model.choose(cast("PodId", argument))

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self.which, self.measures, self.pairs]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.appear()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.disappear()

    def _content(self) -> QWidget:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        measures = Card("Before and after", flush=True)
        measures.add(self.measures, 1)
        measures.setMinimumHeight(_MEASURES_HEIGHT)
        pairs = Card("Who is compared with whom", flush=True)
        pairs.add(self.pairs, 1)
        column.addWidget(measures)
        column.addWidget(pairs, 1)
        self.columns = SideColumns(main, self.rule, TITLE, icon="info")
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.columns)
        return content

    @Slot()
    def _on_loaded(self) -> None:
        page, book = self.model.page, self.model.book
        if page is None:
            return
        self.which.set_options([(pod.id, pod.name) for pod in page.pods])
        blocked = self.which.blockSignals(True)
        self.which.set_value(None if book is None else book.pod_id)
        self.which.blockSignals(blocked)
        self.which.setEnabled(bool(page.pods))
        self.began.setEnabled(book is not None)
        if book is None:
            self._show_empty("No pods yet", "Make a pod of the accounts that take part in the pilot.")
            self._frame.header.set_title("Pilot scorecard", "")
            return
        if not self.began.hasFocus() or self.began.fault() == "":
            self.began.set_day(book.started_on)
        self._frame.header.set_title(finding(book), self._subtitle(book))
        if not book.pairs or not book.measures:
            missing = book.missing[0]
            self._show_empty(missing.what, missing.brings)
            return
        self._measure_rows.set_rows([MeasureRow(book, figure) for figure in book.measures])
        self._pair_rows.set_rows([PairRow(pair, book.currency) for pair in book.pairs])
        self.rule.set_book(book)
        self.columns.set_count(len(book.missing))
        self._body.finish()

    def _subtitle(self, book: PilotBook) -> str:
        if book.before is None or book.after is None:
            return f"{book.pod}, beside accounts that were alike before it began"
        today = self._context.today()
        before = " to ".join(near_day(day, today) for day in book.before)
        after = " to ".join(near_day(day, today) for day in book.after)
        return f"{book.pod} · {before} compared with {after} · {book.matched} of {len(book.pairs)} matched"

    def _show_empty(self, what: str, brings: str) -> None:
        empty = EmptyState("scales", what, brings, "Edit pods")
        empty.action_clicked.connect(self._context.navigator.open_pods)
        self._body.show_instead(empty)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        state = error_state("The pilot could not be compared", error)
        state.fix_clicked.connect(self.model.reload)
        self._body.show_instead(state)

    @Slot(object)
    def _on_pod(self, pod: object) -> None:
        self.model.choose(cast("PodId | None", pod))

    @Slot()
    def _on_began(self) -> None:
        if not self.began.fault():
            self.model.begin_on(self.began.day())

    @Slot(object)
    def _on_account(self, account_id: AccountId) -> None:
        self._context.navigator.open_account(account_id)

    @Slot(object)
    def _on_measure(self, measure: object) -> None:
        from convergedesk.desktop.explaining import show_why

        book = self.model.book
        figure = None if book is None else next((m for m in book.measures if m.measure is measure), None)
        if book is not None and figure is not None:
            show_why(self.measures, why_measure(book, figure), self._context)

    def _figures(self, row: MeasureRow) -> list[CellFigure]:
        words = difference_words(row.figure)
        ask = partial(why_measure, row.book, row.figure)
        return [CellFigure("difference", TITLES[row.figure.measure], words, ask)]
