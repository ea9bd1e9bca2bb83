"""Third step: what the import would do, beside the files' own sums."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from convergedesk.desktop.pages.importing.outcome_view import OutcomeView
from convergedesk.desktop.pages.importing.run_progress import RunProgressCard
from convergedesk.desktop.pages.importing.state import WizardState
from convergedesk.desktop.widgets.button import Button
from convergedesk.figures.wording import number


class TotalsStep(QWidget):
    """Rows by file at the left; sums, rejects and notes at the right.

    Signals:
        back_clicked: To the columns.
        import_clicked: Import for real.
        stop_clicked: The try takes too long.
    """

    back_clicked = Signal()
    import_clicked = Signal()
    stop_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_state`."""
        super().__init__(parent)
        self.progress = RunProgressCard("Stop")
        self.progress.stop_clicked.connect(self.stop_clicked)
        back = Button("Back")
        back.clicked.connect(self.back_clicked)
        self.import_button = Button("Import", "primary", icon="download-simple")
        self.import_button.clicked.connect(self.import_clicked)
        self.outcome = OutcomeView("tried on a copy, nothing is saved yet", (back, self.import_button))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.outcome)
        self._stack.addWidget(self.progress)

    def show_state(self, state: WizardState) -> None:
        """Show the try, or how far it is."""
        if state.running is not None:
            self.progress.show_progress(state.running, stopping=state.stopping)
            self._stack.setCurrentWidget(self.progress)
            return
        self._stack.setCurrentWidget(self.outcome)
        if state.trial is not None:
            rows = state.trial.new + state.trial.changed
            self.import_button.setText(f"Import {number(rows)} rows" if rows else "Import anyway")
            self.outcome.show_outcome(state.trial)

    def focus_first(self) -> None:
        """Put the keyboard on the way on."""
        self.import_button.setFocus()
