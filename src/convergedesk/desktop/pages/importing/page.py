"""Import: the wizard, rows that were not taken, and names whose account is not known."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from convergedesk.desktop.pages.importing import words
from convergedesk.desktop.pages.importing.rejects_tab import RejectsTab
from convergedesk.desktop.pages.importing.unlinked_tab import UnlinkedTab
from convergedesk.desktop.pages.importing.view_model import ImportViewModel
from convergedesk.desktop.pages.importing.wizard import Wizard
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.file_chooser import FileChooser
from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.tabs import Tabs
from convergedesk.figures.wording import number

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext

IMPORT, REJECTS, UNLINKED = "import", "rejects", "unlinked"
_SUBTITLES = {
    REJECTS: "Rows that were not taken. Fix them in the file and import again: nothing is doubled.",
    UNLINKED: "Rows under these names come in as soon as their account is known.",
}


def own_command() -> tuple[str, ...]:
    """What starts this program anew."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    return (sys.executable, "-m", "convergedesk")


class ImportPage(QWidget):
    """Three tabs: Import, Rejects, Unlinked."""

    def __init__(
        self, context: PageContext, command: Sequence[str] | None = None, parent: QWidget | None = None
    ) -> None:
        """`command` starts this program, for the import that runs as a process of its own."""
        super().__init__(parent)
        self._context = context
        self.model = ImportViewModel(context, command or own_command(), self)
        self._header = PageHeader("Import files")
        self.save_button = Button("Save as template", icon="bookmark-simple")
        self.save_button.clicked.connect(self._on_save)
        self.over_button = Button("Start over", "quiet")
        self.over_button.clicked.connect(self.model.start_over)
        self._header.add_action(self.save_button)
        self._header.add_action(self.over_button)
        self._chooser = FileChooser(self)
        self._chooser.chosen.connect(self._on_template_place)
        self.tabs = Tabs([(IMPORT, "Import", None), (REJECTS, "Rejects", None), (UNLINKED, "Unlinked", None)])
        self.tabs.current_key_changed.connect(self._on_tab)
        self.wizard = Wizard(self.model)
        self.rejects = RejectsTab(context)
        self.rejects.total_changed.connect(self._on_rejects)
        self.unlinked = UnlinkedTab(context)
        self.unlinked.total_changed.connect(self._on_unlinked)
        self._stack = QStackedWidget()
        for tab in (self.wizard, self.rejects, self.unlinked):
            self._stack.addWidget(tab)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 20, 24, 24)
        page.setSpacing(12)
        page.addWidget(self._header)
        page.addWidget(self.tabs)
        page.addWidget(self._stack, 1)
        self.wizard.home_clicked.connect(context.navigator.open_home)
        self.wizard.rejects_clicked.connect(self._on_show_rejects)
        self.wizard.unlinked_clicked.connect(self._on_show_unlinked)
        self.wizard.save_rejects_clicked.connect(self.rejects.ask_where_to_save)
        self.model.changed.connect(self._on_changed)
        self.model.saved.connect(self._on_saved)
        context.portfolio.changed.connect(self._on_portfolio)
        self._on_portfolio()
        self._on_changed()

    def open(self, paths: object = None) -> None:
        """Show the wizard, with files or folders where some are given.

        A tab's name ('rejects', 'unlinked') shows that tab instead.
        """
        if isinstance(paths, str):
            self.tabs.set_current(paths)
            return
        if isinstance(paths, tuple | list) and paths:
            self.tabs.set_current(IMPORT)
            if self.model.state.result is not None:
                self.model.start_over()
            self.model.add_paths([Path(path) for path in paths])

    def focus_first(self) -> None:
        """Put the keyboard where the tab goes on."""
        if self.tabs.current() == IMPORT:
            self.wizard.focus_first()
        elif self.tabs.current() == REJECTS:
            self.rejects.focus_first()
        else:
            self.unlinked.focus_first()

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self.tabs, (self.wizard, self.rejects, self.unlinked)[self._stack.currentIndex()]]

    def busy(self) -> bool:
        """True while an import runs."""
        return self.model.state.running is not None

    def shutdown(self) -> None:
        """End what runs and remove temporary files; call when the window closes."""
        self.model.shutdown()

    @Slot()
    def _on_changed(self) -> None:
        state = self.model.state
        wizard = self.tabs.current() == IMPORT
        if wizard:
            self._header.set_title(words.title(state), words.subtitle(state))
        idle = state.running is None and state.reading is None
        begun = wizard and idle and state.result is None and state.stopped_at is None
        self.save_button.setVisible(begun and state.findings is not None)
        self.save_button.setEnabled(not state.working)
        self.over_button.setVisible(begun and bool(state.paths))

    @Slot(str)
    def _on_tab(self, key: str) -> None:
        tab = {IMPORT: self.wizard, REJECTS: self.rejects, UNLINKED: self.unlinked}[key]
        self._stack.setCurrentWidget(tab)
        if key == REJECTS:
            self._header.set_title("Rejected rows", _SUBTITLES[key])
            self.rejects.open()
        elif key == UNLINKED:
            self._header.set_title("Names without an account", _SUBTITLES[key])
            self.unlinked.open()
        self._on_changed()

    @Slot()
    def _on_portfolio(self) -> None:
        snapshot = self._context.portfolio.snapshot
        if snapshot is not None:
            self._on_rejects(snapshot.rejects)
            self._on_unlinked(snapshot.unlinked)

    @Slot(int)
    def _on_rejects(self, total: int) -> None:
        self.tabs.set_count(REJECTS, number(total) if total else None)

    @Slot(int)
    def _on_unlinked(self, total: int) -> None:
        self.tabs.set_count(UNLINKED, number(total) if total else None)

    @Slot()
    def _on_show_rejects(self) -> None:
        self.tabs.set_current(REJECTS)

    @Slot()
    def _on_show_unlinked(self) -> None:
        self.tabs.set_current(UNLINKED)

    @Slot()
    def _on_save(self) -> None:
        self._chooser.ask_where_to_save("Save as template", "matches.toml", "Templates (*.toml)")

    @Slot(object)
    def _on_template_place(self, paths: tuple[Path, ...]) -> None:
        self.model.save_template(paths[0])

    @Slot(str)
    def _on_saved(self, sentence: str) -> None:
        self._context.notify(sentence)
