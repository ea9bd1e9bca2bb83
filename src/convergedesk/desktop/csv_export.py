"""Exports what a page lists as CSV: asks where to, writes off the GUI thread, says how it went."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.faults import sentence_of
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.file_chooser import FileChooser

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext

_FILES = "CSV files (*.csv)"


class CsvExport(QObject):
    """One for a page.

    Attributes:
        button: Goes into the page's header; Ctrl E presses it.
    """

    def __init__(
        self,
        host: QWidget,
        context: PageContext,
        what: str,
        rows: Callable[[], Iterable[Sequence[str]]],
    ) -> None:
        """Asks nothing yet.

        Args:
            host: The page.
            context: The page's surroundings.
            what: What is listed, such as 'feedback'; the file is called so.
            rows: Gives header and rows as text when the person has said where to.
        """
        super().__init__(host)
        self._context = context
        self._what = what
        self._rows = rows
        self.button = Button("Export", icon="export")
        self.button.setShortcut(QKeySequence("Ctrl+E"))
        self.button.setToolTip("Save the list as CSV (Ctrl E)")
        self.button.clicked.connect(self._on_clicked)
        self._chooser = FileChooser(host)
        self._chooser.chosen.connect(self.save)

    @Slot()
    def _on_clicked(self) -> None:
        name = f"{self._what} {self._context.today().isoformat()}.csv"
        self._chooser.ask_where_to_save(f"Export the {self._what}", name, _FILES)

    @Slot(object)
    def save(self, paths: Sequence[Path]) -> None:
        """Write the list to the first of these paths."""
        path, rows = paths[0], list(self._rows())

        def write(_job: JobContext) -> None:
            from convergedesk.desktop.saving import save_csv

            save_csv(path, rows)

        def done(_nothing: object) -> None:
            self._context.notify(f"{self._what.capitalize()} saved in “{path.name}”")

        def failed(error: Exception) -> None:
            self._context.notify(sentence_of(error), tone="critical")

        self._context.jobs.submit(write, on_done=done, on_error=failed)
