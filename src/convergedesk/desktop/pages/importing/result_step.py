"""Last step: the import itself, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from convergedesk.desktop.pages.importing import words
from convergedesk.desktop.pages.importing.outcome import Outcome
from convergedesk.desktop.pages.importing.outcome_view import REJECTED, OutcomeView
from convergedesk.desktop.pages.importing.run_progress import RunProgressCard
from convergedesk.desktop.pages.importing.state import WizardState
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.states import EmptyState


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
        self.progress = RunProgressCard("Stop the import")
        self.progress.stop_clicked.connect(self.stop_clicked)
        self.home_button = Button("Open Home", "primary", icon="house")
        self.home_button.clicked.connect(self.home_clicked)
        again = Button("Import more files")
        again.clicked.connect(self.again_clicked)
        self._summary = OutcomeView("", (again, self.home_button), extra=self._buttons_of)
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
            self._summary.show_outcome(state.result)
            self._stack.setCurrentWidget(self._summary)
        elif state.stopped_at is not None:
            self._stopped.set_empty(
                "The import was stopped", words.stopped_sentence(state), "Import more files"
            )
            self._stack.setCurrentWidget(self._stopped)

    def focus_first(self) -> None:
        """Put the keyboard on the way on."""
        self.home_button.setFocus()

    def _buttons_of(self, title: str, outcome: Outcome) -> QVBoxLayout | None:
        if title != REJECTED:
            return None
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
