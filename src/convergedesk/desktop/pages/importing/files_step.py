"""First step: which files, and what each is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from convergedesk.desktop.pages.importing.file_list import FileList
from convergedesk.desktop.pages.importing.side import SideColumn
from convergedesk.desktop.pages.importing.state import WizardState
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.bars import ProgressBar
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.drop_area import DropArea
from convergedesk.desktop.widgets.file_chooser import FileChooser
from convergedesk.desktop.widgets.label import Label
from convergedesk.figures.wording import count

_SIDE = 300
_DROP_HEIGHT = 260
_KINDS = (
    "CSV, TSV, Excel, Parquet or JSON Lines, with accounts, tickets, usage, subscriptions, invoices or goals"
)


class FilesStep(QWidget):
    """A place to drop files, and the list of what was found in them.

    Signals:
        paths_given: A tuple of paths.
        table_chosen: (table, `EntityKind` or None).
        reading_stopped: The person does not want to wait.
        next_clicked: On to the columns.
        template_given: The path of a saved mapping.
        examples_wanted: The folder for example files.
    """

    paths_given = Signal(object)
    table_chosen = Signal(str, object)
    reading_stopped = Signal()
    next_clicked = Signal()
    template_given = Signal(object)
    examples_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is chosen yet."""
        super().__init__(parent)
        self._choosers = {name: FileChooser(self) for name in ("paths", "template", "examples")}
        self._choosers["paths"].chosen.connect(self.paths_given)
        self._choosers["template"].chosen.connect(self._on_template)
        self._choosers["examples"].chosen.connect(self._on_examples)
        self._card = Card("", flush=True)
        self.files = FileList(wide=True)
        self.files.entity_chosen.connect(self.table_chosen)
        self._card.add(self.files, 1)
        self.progress = ProgressBar()
        self.stop_button = Button("Stop reading", small=True)
        self.stop_button.clicked.connect(self.reading_stopped)
        self._reading = self._reading_card()
        self._drop = DropArea("Drop files or a folder here", _KINDS)
        self._drop.dropped.connect(self.paths_given)
        self._drop.clicked.connect(self._on_choose_files)
        self._stack = QStackedLayout()
        self._first = self._first_page()
        self._found = self._found_page()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._reading)
        column.addLayout(self._stack, 1)
        # A stack that is not laid out yet would bring its first page up as a window of its own.
        self._stack.addWidget(self._first)
        self._stack.addWidget(self._found)

    def show_state(self, state: WizardState) -> None:
        """Show the files of a state."""
        found = state.findings
        self._stack.setCurrentWidget(self._found if found is not None else self._first)
        self._reading.setVisible(state.reading is not None)
        if state.reading is not None:
            message, done, total = state.reading.message, state.reading.done, state.reading.total
            self.progress.set_progress(message or "Looking at the files", done, total)
        if found is not None:
            skipped = f" · {count(len(found.skipped), 'other file')} skipped" if found.skipped else ""
            self._card.set_title(f"{count(len(found.tables), 'file')} found", skipped.removeprefix(" · "))
            self.files.show_state(state)
            self.next_button.setEnabled(bool(state.taken) and state.reading is None)

    def focus_first(self) -> None:
        """Put the keyboard where one goes on."""
        (self.next_button if self._stack.currentWidget() is self._found else self._drop).setFocus()

    def _reading_card(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.progress, 1)
        row.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(row)
        card.hide()
        return card

    def _first_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self._drop.setMaximumHeight(theme().px(_DROP_HEIGHT))
        column.addWidget(self._drop, 100)
        column.addLayout(self._choices(QHBoxLayout()))
        note = (
            "Exports come as they are: titles above the table, a column per month, any sane encoding. "
            "What cannot be known is asked; what cannot be read is listed, never dropped."
        )
        column.addWidget(Label(note, Role.BODY, "text_3", wrap=True))
        column.addStretch(1)
        return page

    def _found_page(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._card, 1)
        card = Card("More files")
        more = DropArea("Drop more files here", "They join those that are listed")
        more.dropped.connect(self.paths_given)
        more.clicked.connect(self._on_choose_files)
        card.add(more)
        card.body.addLayout(self._choices(QVBoxLayout()))
        self.next_button = Button("Match columns", "primary", icon="arrow-right")
        self.next_button.clicked.connect(self.next_clicked)
        side = SideColumn(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(card)
        column.addStretch(1)
        column.addWidget(self.next_button, 0, Qt.AlignmentFlag.AlignRight)
        row.addWidget(side)
        return page

    def _choices(self, layout: QBoxLayout) -> QBoxLayout:
        layout.setSpacing(8)
        for text, variant, icon, slot in (
            ("Choose files", "secondary", "upload-simple", self._on_choose_files),
            ("Choose a folder", "secondary", "folder-open", self._on_choose_folder),
            ("Use a saved template…", "quiet", "bookmark-simple", self._on_choose_template),
            ("Save example files…", "quiet", "files", self._on_choose_examples),
        ):
            button = Button(text, variant, icon=icon)
            button.clicked.connect(slot)
            layout.addWidget(button)
        if isinstance(layout, QHBoxLayout):
            layout.addStretch(1)
        return layout

    @Slot()
    def _on_choose_files(self) -> None:
        self._choosers["paths"].ask_files("Choose files to import")

    @Slot()
    def _on_choose_folder(self) -> None:
        self._choosers["paths"].ask_folder("Choose a folder to import")

    @Slot()
    def _on_choose_template(self) -> None:
        self._choosers["template"].ask_file("Use a saved template", "Templates (*.toml);;All files (*)")

    @Slot()
    def _on_choose_examples(self) -> None:
        self._choosers["examples"].ask_folder("Where to save the example files")

    @Slot(object)
    def _on_template(self, paths: tuple[Path, ...]) -> None:
        self.template_given.emit(paths[0])

    @Slot(object)
    def _on_examples(self, paths: tuple[Path, ...]) -> None:
        self.examples_wanted.emit(paths[0])
