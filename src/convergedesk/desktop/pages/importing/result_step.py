"""Last step: the import itself, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.importing import words
from convergedesk.desktop.pages.importing.outcome import FileOutcome, Outcome
from convergedesk.desktop.pages.importing.run_progress import RunProgressCard
from convergedesk.desktop.pages.importing.side import SideColumn
from convergedesk.desktop.pages.importing.state import WizardState
from convergedesk.desktop.pages.importing.totals_step import file_columns, total_rows
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.key_values import KeyValueRows
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.desktop.widgets.table.view import TableView

_SIDE = 340


class ResultStep(QWidget):
    """Progress while it runs, a summary afterwards.

    Signals:
        stop_clicked: End after the page in hand.
        home_clicked: Open Home.
        again_clicked: Import more files.
        rejects_clicked: Show the rejects.
        unlinked_clicked: Show outside names that wait for their account.
        save_rejects_clicked: Save the rejects as CSV.
    """

    stop_clicked = Signal()
    home_clicked = Signal()
    again_clicked = Signal()
    rejects_clicked = Signal()
    unlinked_clicked = Signal()
    save_rejects_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_state`."""
        super().__init__(parent)
        self._shown: Outcome | None = None
        self.progress = RunProgressCard("Stop the import")
        self.progress.stop_clicked.connect(self.stop_clicked)
        self._rows: RowsModel[FileOutcome] = RowsModel(
            file_columns(), id_of=lambda one: one.name, parent=self
        )
        table = TableView(self._rows, name="Rows by file", lines=1, click_opens=False)
        card = Card("Rows by file", flush=True)
        card.add(table, 1)
        self._cards = QVBoxLayout()
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(16)
        cards = QWidget()
        cards.setLayout(self._cards)
        side = SideColumn(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(ScrollArea(cards), 1)
        column.addLayout(self._buttons())
        self._summary = QWidget()
        row = QHBoxLayout(self._summary)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(card, 1)
        row.addWidget(side)
        self._stopped = EmptyState("hourglass-medium", "", "", "Import more files")
        self._stopped.action_clicked.connect(self.again_clicked)
        self._stack = QStackedLayout(self)
        for widget in (self.progress, self._summary, self._stopped):
            self._stack.addWidget(widget)

    def show_state(self, state: WizardState) -> None:
        """Show the import or its summary."""
        if state.running is not None:
            self.progress.show_progress(state.running, stopping=state.stopping)
            self._stack.setCurrentWidget(self.progress)
        elif state.result is not None:
            if state.result is not self._shown:
                self._show(state.result)
            self._stack.setCurrentWidget(self._summary)
        elif state.stopped_at is not None:
            self._stopped.set_empty(
                "The import was stopped", words.stopped_sentence(state), "Import more files"
            )
            self._stack.setCurrentWidget(self._stopped)

    def focus_first(self) -> None:
        """Put the keyboard on the way on."""
        self.home_button.setFocus()

    def _buttons(self) -> QVBoxLayout:
        self.home_button = Button("Open Home", "primary", icon="house")
        self.home_button.clicked.connect(self.home_clicked)
        again = Button("Import more files")
        again.clicked.connect(self.again_clicked)
        column = QVBoxLayout()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.setContentsMargins(0, 3, 3, 3)
        row.addStretch(1)
        row.addWidget(again)
        row.addWidget(self.home_button)
        column.addLayout(row)
        return column

    def _show(self, outcome: Outcome) -> None:
        self._shown = outcome
        self._rows.set_rows(outcome.files)
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for title, values in total_rows(outcome):
            card = Card(title)
            card.add(KeyValueRows(values))
            if title == "Rejected":
                card.body.addLayout(self._reject_buttons(outcome))
            self._cards.addWidget(card)
        if outcome.notes:
            card = Card("To know")
            for note in outcome.notes:
                card.add(Label(note, Role.LABEL, "text_2", wrap=True))
            self._cards.addWidget(card)
        self._cards.addStretch(1)

    def _reject_buttons(self, outcome: Outcome) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        for text, icon, signal, wanted in (
            ("Show the rejects", "list-bullets", self.rejects_clicked, True),
            ("Link the names that wait", "link", self.unlinked_clicked, outcome.waiting > 0),
            ("Save rejects as CSV", "download-simple", self.save_rejects_clicked, True),
        ):
            if wanted:
                button = Button(text, small=True, icon=icon)
                button.clicked.connect(signal)
                column.addWidget(button)
        return column
