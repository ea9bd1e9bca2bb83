"""Feedback: what customers ask for, by revenue at stake, with the raw votes beside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.askable_table import CellFigure, askable_table
from convergedesk.desktop.csv_export import CsvExport
from convergedesk.desktop.faults import error_state
from convergedesk.desktop.feedback.host import feedback_of
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.feedback.columns import feedback_columns
from convergedesk.desktop.pages.feedback.detail_card import FeedbackDetail
from convergedesk.desktop.pages.feedback.duplicates_strip import DuplicatesStrip
from convergedesk.desktop.pages.feedback.export import table
from convergedesk.desktop.pages.feedback.filter_bar import FeedbackFilterBar
from convergedesk.desktop.pages.feedback.view_model import FeedbackModel
from convergedesk.desktop.shell.page_frame import PageFrame
from convergedesk.desktop.shell.shortcuts import add_shortcut
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.side_columns import SideColumns
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.figures.feedback import FeedbackBook, FeedbackGroup
from convergedesk.figures.feedback_words import lost_words, stake_words, why_lost, why_stake, why_votes

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.figures.duplicates import Duplicate

_SIDE = 372
# Where the list is narrower, at 100 % text, these are left to the card at the right.
_ROOM_FOR = {"lost": 640}
_NOTHING = (
    "Write down what a customer asks for, in their words: from here, from a ticket, or from an account. "
    "Tickets with a feature's tag appear by themselves."
)


class FeedbackPage(QWidget):
    """A title that says what waits for an answer, the list, and everything about the chosen request."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Reads when it is first shown."""
        super().__init__(parent)
        self._context = context
        self.model = FeedbackModel(context, self)
        self._writing = feedback_of(self, context)
        self._wanted: object = None
        self._frame = PageFrame(PageHeader("Feedback"))
        self.export = CsvExport(self, context, "feedback", self._table)
        self._request = Button("Add request", icon="list-plus")
        self._request.clicked.connect(self._on_add_request)
        self._add = Button("Add feedback", "primary", icon="plus")
        self._add.clicked.connect(self._on_add)
        for button in (self.export.button, self._request, self._add):
            self._frame.header.add_action(button)
        self._rows: RowsModel[FeedbackGroup] = RowsModel(
            feedback_columns(self._book, context.today), id_of=lambda group: group.key, parent=self
        )
        self.table = TableView(self._rows, name="Feedback", lines=2)
        self.table.selected_id.connect(self._on_selected)
        self.table.activated_id.connect(self._on_opened)
        askable_table(self.table, self._figures, context)
        for keys, slot in (("Ctrl+N", self._on_add_to), ("Del", self._on_delete_key)):
            add_shortcut(self.table, keys, slot).setContext(Qt.ShortcutContext.WidgetShortcut)
        self.filters = FeedbackFilterBar()
        self.strip = DuplicatesStrip()
        self._note = Label("", Role.LABEL, "text_3", wrap=True)
        self._rates = Button("State exchange rates", "link", small=True)
        self._rates.clicked.connect(self._on_rates)
        self.detail = FeedbackDetail(context, self._writing)
        self.columns = SideColumns(
            self._main(), self.detail, "Request", side_width=theme().px(_SIDE), icon="chat-centered-text"
        )
        self._body = Loading(self.columns)
        self._frame.body.addWidget(self._body, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._frame)
        self._connect()

    def open(self, wanted: object = None) -> None:
        """Show the feedback, at the request of one thing that was said; it is read when the page appears."""
        self._wanted = wanted
        if wanted is not None:
            # Coming back here later shows the list as it is then.
            self._context.navigator.stay(None)
            self.model.clear()
            self._show_wanted()

    def focus_search(self) -> None:
        """Ctrl F."""
        self.filters.search.setFocus()

    def focus_first(self) -> None:
        """Put the keyboard into the list."""
        self.table.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self.filters.search, self.table, self.detail]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.appear()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.disappear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _main(self) -> QWidget:
        card = Card(flush=True)
        card.add(self.filters)
        card.add(self.table, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 16, 8)
        foot.addWidget(self._note, 1)
        foot.addWidget(self._rates)
        card.body.addLayout(foot)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.strip)
        column.addWidget(card, 1)
        return main

    def _connect(self) -> None:
        filters, model = self.filters, self.model
        filters.searched.connect(lambda text: model.choose(text=text.strip()))
        filters.shown_chosen.connect(lambda shown: model.choose(shown=shown))
        filters.status_chosen.connect(lambda status: model.choose(status=status))
        filters.feature_chosen.connect(lambda feature: model.choose(feature=feature))
        filters.cleared.connect(model.clear)
        self.strip.merge_wanted.connect(self._on_merge_pair)
        self.strip.apart_wanted.connect(self._on_apart)
        self.detail.opened_elsewhere.connect(self.columns.close_drawer)
        model.loading.connect(self._body.start)
        model.changed.connect(self._on_changed)
        model.failed.connect(self._on_failed)

    def _book(self) -> FeedbackBook | None:
        return None if self.model.state is None else self.model.state.book

    def _figures(self, group: FeedbackGroup) -> list[CellFigure]:
        book = self._book()
        if book is None or (group.request is None and group.feature is None):
            return []
        return [
            CellFigure("stake", "Revenue at stake", stake_words(group), lambda: why_stake(group, book)),
            CellFigure("votes", "Votes", f"{group.votes:,}", lambda: why_votes(group)),
            CellFigure("lost", "Usage lost", lost_words(group.use), lambda: why_lost(group, book)),
        ]

    def _table(self) -> Iterable[tuple[str, ...]]:
        state = self.model.state
        return () if state is None else table(state.rows, state.book)

    def _fit(self) -> None:
        for number, column in enumerate(self._rows.columns):
            hidden = self.table.width() < theme().px(_ROOM_FOR.get(column.key, 0))
            if hidden != self.table.isColumnHidden(number):
                self.table.setColumnHidden(number, hidden)
        self.table.fit_columns()

    @Slot()
    def _on_changed(self) -> None:
        state = self.model.state
        if state is None:
            return
        self._frame.header.set_title(state.title, state.subtitle)
        self.export.button.setEnabled(bool(state.rows))
        self._request.setVisible(bool(state.total))
        self._add.setVisible(bool(self._context.portfolio.rows))
        self.export.button.setVisible(bool(state.total))
        if not state.total:
            self._body.show_instead(self._empty())
            return
        self.filters.show_state(state)
        self.strip.show_pairs(state.duplicates)
        self._note.setText(state.note)
        self._note.setVisible(bool(state.note))
        self._rates.setVisible(bool(state.book.mixed))
        self._rows.set_rows(state.rows)
        self.table.set_empty(None if state.rows else self._nothing_matches())
        self._body.finish()
        self._fit()
        if self.table.current_id() is None and state.rows:
            self.table.select_id(state.rows[0].key)
        self._show_wanted()
        self._show_detail()

    def _show_wanted(self) -> None:
        """Choose the request that the wanted words belong to, once it is read."""
        state = self.model.state
        if self._wanted is None or state is None or self._body.currentWidget() is not self.columns:
            return
        wanted, self._wanted = self._wanted, None
        group = next((one for one in state.rows if any(item.id == wanted for item in one.items)), None)
        if group is not None:
            self.table.select_id(group.key)
            self.detail.show_item(wanted)
            if self.columns.narrow:
                self.columns.open_drawer()

    def _show_detail(self) -> None:
        state = self.model.state
        if state is not None:
            self.detail.show_group(self.model.find(self.table.current_id()), state, self._context.today())

    @Slot(object)
    def _on_selected(self, _key: object) -> None:
        self._show_detail()

    @Slot(object)
    def _on_opened(self, _key: object) -> None:
        if self.columns.narrow:
            self.columns.open_drawer()

    @Slot()
    def _on_add(self) -> None:
        self._writing.add()

    @Slot()
    def _on_add_to(self) -> None:
        group = self.model.find(self.table.current_id())
        request = None if group is None else group.request
        self._writing.add(request_id=None if request is None else request.id)

    @Slot()
    def _on_delete_key(self) -> None:
        group = self.model.find(self.table.current_id())
        if group is not None and group.request is not None:
            self._writing.delete_request(group.request)

    @Slot()
    def _on_add_request(self) -> None:
        self._writing.add_request()

    @Slot(object)
    def _on_merge_pair(self, pair: Duplicate) -> None:
        # The one with fewer votes goes into the other.
        first, other = (self.model.find(("request", one.id)) for one in (pair.request, pair.other))
        if first is None or other is None or first.request is None or other.request is None:
            return
        small, large = sorted((first, other), key=lambda group: group.votes)
        self._writing.merge(cast("FeedbackGroup", small).request, cast("FeedbackGroup", large).request)  # pyright: ignore[reportArgumentType]

    @Slot()
    def _on_rates(self) -> None:
        from convergedesk.desktop.rates_dialog import RatesDialog

        RatesDialog(self, self._context).open()

    @Slot(object)
    def _on_apart(self, pair: Duplicate) -> None:
        self._writing.keep_apart(pair.request, pair.other)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        failure = error_state("The feedback could not be read", error)
        failure.fix_clicked.connect(self.model.reload)
        self._body.show_instead(failure)

    def _nothing_matches(self) -> EmptyState:
        empty = EmptyState("funnel", "No request matches these filters", "", "Clear filters")
        empty.action_clicked.connect(self.model.clear)
        return empty

    def _empty(self) -> EmptyState:
        if not self._context.portfolio.rows:
            if self._context.portfolio.pod is not None:
                return EmptyState("stack", "This pod has no accounts", "Choose another pod at the top.")
            empty = EmptyState(
                "buildings", "No accounts yet", "Feedback belongs to accounts.", "Import files"
            )
            empty.action_clicked.connect(self._on_import)
            return empty
        empty = EmptyState("chat-centered-text", "No feedback yet", _NOTHING, "Add feedback")
        empty.action_clicked.connect(self._on_add)
        return empty

    @Slot()
    def _on_import(self) -> None:
        self._context.navigator.open_import()
