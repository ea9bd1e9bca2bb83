"""The steps of the import, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from convergedesk.desktop.pages.importing.columns_step import ColumnsStep
from convergedesk.desktop.pages.importing.fault_line import FaultLine
from convergedesk.desktop.pages.importing.files_step import FilesStep
from convergedesk.desktop.pages.importing.result_step import ResultStep
from convergedesk.desktop.pages.importing.state import STEP_NAMES, Step
from convergedesk.desktop.pages.importing.totals_step import TotalsStep
from convergedesk.desktop.widgets.stepper import Stepper

if TYPE_CHECKING:
    from convergedesk.desktop.pages.importing.view_model import ImportViewModel


class Wizard(QWidget):
    """Shows the step of the view model's state and forwards what the person does.

    Signals:
        home_clicked: Open Home.
        rejects_clicked: Show the rejects.
        unlinked_clicked: Show outside names that wait.
        save_rejects_clicked: Save the rejects as CSV.
    """

    home_clicked = Signal()
    rejects_clicked = Signal()
    unlinked_clicked = Signal()
    save_rejects_clicked = Signal()

    def __init__(self, model: ImportViewModel, parent: QWidget | None = None) -> None:
        """Shows whatever the view model's state is."""
        super().__init__(parent)
        self._model = model
        self.stepper = Stepper(STEP_NAMES)
        self.fault = FaultLine()
        self.files = FilesStep()
        self.columns = ColumnsStep()
        self.totals = TotalsStep()
        self.result = ResultStep()
        self._pages = (self.files, self.columns, self.totals, self.result)
        self._stack = QStackedWidget()
        for page in self._pages:
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.stepper)
        column.addWidget(self.fault)
        column.addWidget(self._stack, 1)
        self._connect()
        model.changed.connect(self._on_changed)
        self._on_changed()

    def focus_first(self) -> None:
        """Put the keyboard where the step goes on."""
        self._pages[self._model.state.step].focus_first()

    def _connect(self) -> None:
        model = self._model
        self.files.paths_given.connect(model.add_paths)
        self.files.table_chosen.connect(model.set_entity)
        self.files.reading_stopped.connect(model.stop_reading)
        self.files.next_clicked.connect(self._on_columns)
        self.files.template_given.connect(model.load_template)
        self.files.examples_wanted.connect(model.save_examples)
        self.columns.table_selected.connect(model.select)
        self.columns.table_chosen.connect(model.set_entity)
        self.columns.field_chosen.connect(model.set_field)
        self.columns.answered.connect(model.answer)
        self.columns.reading_chosen.connect(model.reread)
        self.columns.asked_again.connect(model.ask_again)
        self.columns.time_zone_chosen.connect(model.set_time_zone)
        self.columns.back_clicked.connect(self._on_files)
        self.columns.next_clicked.connect(model.check_totals)
        self.totals.back_clicked.connect(self._on_columns)
        self.totals.import_clicked.connect(model.start_import)
        self.totals.stop_clicked.connect(model.stop_run)
        self.result.stop_clicked.connect(model.stop_run)
        self.result.again_clicked.connect(model.start_over)
        self.result.home_clicked.connect(self.home_clicked)
        self.result.rejects_clicked.connect(self.rejects_clicked)
        self.result.unlinked_clicked.connect(self.unlinked_clicked)
        self.result.save_rejects_clicked.connect(self.save_rejects_clicked)

    @Slot()
    def _on_changed(self) -> None:
        state = self._model.state
        self.stepper.set_current(int(state.step))
        self.fault.show_fault(state.fault)
        page = self._pages[state.step]
        page.show_state(state)
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
            if self.isVisible():
                page.focus_first()

    @Slot()
    def _on_files(self) -> None:
        self._model.go_to(Step.FILES)

    @Slot()
    def _on_columns(self) -> None:
        self._model.go_to(Step.COLUMNS)
