"""The Rejects tab: every row that was not taken, with its reason and its text."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from convergedesk.desktop.faults import error_state, sentence_of
from convergedesk.desktop.models.column import Column
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.importing import words
from convergedesk.desktop.pages.importing.reject_columns import line_column, raw_column, reason_column
from convergedesk.desktop.pages.importing.rejects_view_model import RejectsState, RejectsViewModel
from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.button import Button, MenuButton
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.fields import SearchField
from convergedesk.desktop.widgets.file_chooser import FileChooser
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.paint import BadgeValue
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.desktop.widgets.table.cells import BadgeCell, TextCell
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.figures.wording import count, number

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.rejects import RejectRow

_AHEAD = 60
_NONE = "Every row of every import so far was taken."
_CSV = "Rejected rows (*.csv)"


class RejectsTab(QWidget):
    """Filters, the table, and the whole text of the row that is selected.

    Signals:
        total_changed: How many rejected rows there are in all.
    """

    total_changed = Signal(int)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Nothing is read before `open`."""
        super().__init__(parent)
        self._context = context
        self.model = RejectsViewModel(context, self)
        self.search = SearchField("Reason or text of the row")
        self.search.setProperty("small", True)
        self.search.setFixedWidth(theme().px(260))
        self.search.search_changed.connect(self.model.set_text)
        self.reason = MenuButton("Reason: any", small=True)
        self._matches = Label("", Role.LABEL, "text_3")
        self.export_button = Button("Save as CSV", small=True, icon="download-simple")
        self.export_button.clicked.connect(self.ask_where_to_save)
        self._chooser = FileChooser(self)
        self._chooser.chosen.connect(self._on_place)
        self._rows: RowsModel[RejectRow] = RowsModel(
            _columns(context.today()), id_of=lambda row: row.id, parent=self
        )
        self.table = TableView(self._rows, name="Rejected rows", lines=1, click_opens=False)
        self.table.selected_id.connect(self._on_selected)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._detail = _Detail()
        self._loading = Loading(self._card())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._loading)
        self.model.loading.connect(self._loading.start)
        self.model.listed.connect(self._on_listed)
        self.model.extended.connect(self._rows.append_rows)
        self.model.said.connect(self._on_said)
        self.model.failed.connect(self._on_failed)

    def open(self) -> None:
        """Read the list."""
        self.model.open()

    def focus_first(self) -> None:
        """Put the keyboard into the table."""
        self.table.setFocus()

    @Slot()
    def ask_where_to_save(self) -> None:
        """Ask where the rejects are to be written."""
        self._chooser.ask_where_to_save("Save rejected rows", "rejected rows.csv", _CSV)

    def _card(self) -> QWidget:
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 0, 16, 4)
        bar.setSpacing(8)
        bar.addWidget(self.search)
        bar.addWidget(self.reason)
        bar.addStretch(1)
        bar.addWidget(self._matches)
        bar.addWidget(self.export_button)
        card = Card(flush=True)
        card.body.addLayout(bar)
        card.add(self.table, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setStyleSheet("QSplitter::handle { image: none; }")
        splitter.setHandleWidth(16)
        splitter.addWidget(card)
        splitter.addWidget(self._detail)
        splitter.setStretchFactor(0, 4)
        splitter.setStretchFactor(1, 1)
        return splitter

    @Slot(object)
    def _on_listed(self, state: RejectsState) -> None:
        self._rows.set_rows(state.rows)
        self.table.scrollToTop()
        self._show_reasons(state)
        self._matches.setText(f"{number(state.total)} match" if state.filtered else count(state.total, "row"))
        self.export_button.setEnabled(state.total > 0)
        if not state.filtered:
            self.total_changed.emit(state.total)
        if not state.rows and not state.filtered:
            self._loading.show_instead(EmptyState("check-circle", "No rejected rows", _NONE))
            return
        self.table.set_empty(self._nothing_found() if not state.rows else None)
        self._detail.show_row(None)
        self._loading.finish()

    def _show_reasons(self, state: RejectsState) -> None:
        code = self.model.query.code
        self.reason.setText(f"Reason: {words.reason_phrase(code) if code else 'any'}")
        self.reason.menu().clear()
        self.reason.add_choice("Any reason").triggered.connect(partial(self._on_reason, None))
        for name, rows in sorted(state.by_code.items(), key=lambda pair: -pair[1]):
            action = self.reason.add_choice(f"{words.reason_phrase(name)}  {number(rows)}")
            action.triggered.connect(partial(self._on_reason, name))

    def _nothing_found(self) -> EmptyState:
        empty = EmptyState("magnifying-glass", "No rejected row matches", "", "Clear filters")
        empty.action_clicked.connect(self._on_clear)
        return empty

    def _on_reason(self, code: str | None, _checked: bool = False) -> None:
        self.model.set_code(code)

    @Slot()
    def _on_clear(self) -> None:
        self.search.clear()
        self.model.clear_filters()

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        bar = self.table.verticalScrollBar()
        if value >= bar.maximum() - _AHEAD * self.table.row_height:
            self.model.fetch_more()

    @Slot(object)
    def _on_selected(self, reject_id: object) -> None:
        row = next((row for row in self._rows.rows if row.id == reject_id), None)
        self._detail.show_row(row)

    @Slot(object)
    def _on_place(self, paths: tuple[Path, ...]) -> None:
        self.model.export(paths[0])

    @Slot(str)
    def _on_said(self, sentence: str) -> None:
        self._context.notify(sentence)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self.model.state is not None:
            self._context.notify(sentence_of(error), tone="critical")
            return
        failure = error_state("The rejected rows could not be read", error)
        failure.fix_clicked.connect(self.model.open)
        self._loading.show_instead(failure)


class _Detail(Card):
    """The whole reason and text of one row."""

    def __init__(self) -> None:
        super().__init__("Row as it stands in the file")
        self._reason = Label("", Role.BODY, "critical", wrap=True, selectable=True)
        self._raw = Label("", Role.BODY, "text_2", wrap=True, selectable=True)
        self.add(self._reason)
        self.add(self._raw)
        self.body.addStretch(1)
        self.show_row(None)

    def show_row(self, row: RejectRow | None) -> None:
        """Show a row, or ask to select one."""
        self._reason.setVisible(row is not None)
        if row is None:
            self.set_sub("")
            self._raw.setText("Select a row to see all of it.")
            return
        self.set_sub(f"{row.stream}, line {number(row.line)}")
        self._reason.setText(row.reason)
        self._raw.setText(row.raw or "The row is empty.")


def _waits(row: RejectRow) -> bool:
    return row.waiting and row.code != "ignored_account"


def _columns(today: date) -> tuple[Column[RejectRow], ...]:
    return (
        Column(
            key="stream",
            title="File",
            text=lambda row: row.stream,
            cell=TextCell(Role.MEDIUM),
            width=180,
            min_width=110,
            stretch=2,
        ),
        line_column(lambda row: row.line),
        reason_column(lambda row: row.reason),
        Column(
            key="waiting",
            title="",
            text=lambda row: "waits for its account" if _waits(row) else "",
            value=lambda row: BadgeValue("waits", "neutral", "hourglass-medium") if _waits(row) else None,
            cell=BadgeCell(),
            tooltip=lambda row: "Comes in by itself once its account is known" if _waits(row) else "",
            width=92,
            min_width=84,
        ),
        raw_column("Text of the row", lambda row: row.raw),
        Column(
            key="created_at",
            title="Imported",
            text=lambda row: near_day(row.created_at.date(), today),
            cell=TextCell(Role.BODY, "text_3"),
            width=96,
            min_width=80,
        ),
    )
