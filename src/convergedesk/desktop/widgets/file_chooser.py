"""Asks for files and folders with the system's own dialog, without blocking the program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

TABLE_FILES = "Tables (*.csv *.tsv *.txt *.xlsx *.parquet *.jsonl *.ndjson *.json *.gz);;All files (*)"

WORKSPACE_FILES = "ConvergeDesk workspaces (*.converge);;All files (*)"


class FileChooser(QObject):
    """One question at a time; `chosen` brings a tuple of paths, and nothing when it is closed."""

    chosen = Signal(object)

    def __init__(self, window: QWidget) -> None:
        """`window` is any widget of the window that asks."""
        super().__init__(window)
        self._window = window

    def ask_files(self, title: str, filters: str = TABLE_FILES) -> None:
        """Ask for one or more files that are there."""
        self._ask(title, filters, QFileDialog.FileMode.ExistingFiles)

    def ask_file(self, title: str, filters: str = "All files (*)") -> None:
        """Ask for one file that is there."""
        self._ask(title, filters, QFileDialog.FileMode.ExistingFile)

    def ask_folder(self, title: str) -> None:
        """Ask for a folder."""
        self._ask(title, "", QFileDialog.FileMode.Directory)

    def ask_where_to_save(self, title: str, name: str, filters: str) -> None:
        """Ask where to write; the system asks before it lets something be replaced."""
        suffix = Path(name).suffix.lstrip(".")
        self._ask(title, filters, QFileDialog.FileMode.AnyFile, name=name, suffix=suffix)

    def _ask(
        self, title: str, filters: str, mode: QFileDialog.FileMode, *, name: str = "", suffix: str = ""
    ) -> None:
        dialog = QFileDialog(self._window.window(), title, "", filters)
        dialog.setFileMode(mode)
        if mode is QFileDialog.FileMode.Directory:
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        if name:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(suffix)
            dialog.selectFile(name)
        dialog.filesSelected.connect(self._on_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(list)
    def _on_selected(self, names: list[str]) -> None:
        paths = tuple(Path(name) for name in names if name)
        if paths:
            self.chosen.emit(paths)
