"""The menu at the end of the top bar: another workspace, light or dark, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.theme import theme
from convergedesk.desktop.theme.current import Mode
from convergedesk.desktop.widgets.button import IconButton, Menu

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

_MODES = ((Mode.SYSTEM, "As the system"), (Mode.LIGHT, "Light"), (Mode.DARK, "Dark"))
_TEXT_SIZES = ((1.0, "100\u202f%"), (1.25, "125\u202f%"), (1.5, "150\u202f%"))


class AppMenu(IconButton):
    """Opens the menu.

    Signals:
        workspace_wanted: The person wants to open another workspace.
        sample_wanted: The person wants to look at the sample.
        keys_wanted: The person wants the list of keys.
        undo_wanted, redo_wanted: The person takes back the last edit, or does it again.
        edits_wanted, deleted_wanted: The person wants the list of edits, or of what was deleted.
        workspaces_wanted: The person wants the list of workspaces.
        lock_wanted: The person wants to lock now.
    """

    workspace_wanted = Signal()
    sample_wanted = Signal()
    keys_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    edits_wanted = Signal()
    deleted_wanted = Signal()
    workspaces_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("dots-three", "More: workspace, appearance, keys", parent=parent)
        menu = Menu(self)
        menu.aboutToShow.connect(self._on_about_to_show)
        self.setMenu(menu)
        self._modes: list[QAction] = []
        self._sizes: list[QAction] = []

    def _fill(self, menu: Menu) -> None:
        for text, keys, wanted in (
            ("Undo", "Ctrl+Z", self.undo_wanted),
            ("Redo", "Ctrl+Shift+Z", self.redo_wanted),
            ("Edits…", "", self.edits_wanted),
            ("Recently deleted…", "", self.deleted_wanted),
        ):
            action = menu.addAction(f"{text}\t{keys}" if keys else text)
            action.triggered.connect(wanted)
        menu.addSeparator()
        menu.addAction("Lock now\tCtrl+Shift+L").triggered.connect(self.lock_wanted)
        menu.addSeparator()
        menu.addAction("Workspaces…").triggered.connect(self.workspaces_wanted)
        menu.addAction("Open another workspace…").triggered.connect(self.workspace_wanted)
        menu.addAction("Look at the sample").triggered.connect(self.sample_wanted)
        menu.addSeparator()
        self._modes = self._choices(menu, _MODES, self._on_mode)
        menu.addSeparator()
        sizes = Menu(menu)
        sizes.setTitle("Text size")
        self._sizes = self._choices(sizes, _TEXT_SIZES, self._on_size)
        menu.addMenu(sizes)
        menu.addSeparator()
        menu.addAction("Keys…").triggered.connect(self.keys_wanted)

    def _choices(self, menu: Menu, choices: tuple[tuple[object, str], ...], slot: object) -> list[QAction]:
        from PySide6.QtGui import QActionGroup

        group = QActionGroup(self)
        found: list[QAction] = []
        for value, text in choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setData(value)
            action.triggered.connect(slot)
            group.addAction(action)
            found.append(action)
        return found

    @Slot()
    def _on_about_to_show(self) -> None:
        menu = self.menu()
        # Not made before it is asked for: the first page waits for everything in its window.
        if not self._modes and isinstance(menu, Menu):
            self._fill(menu)
        for action in self._modes:
            action.setChecked(action.data() == theme().mode)
        for action in self._sizes:
            action.setChecked(action.data() == theme().text_scale)

    @Slot()
    def _on_mode(self) -> None:
        chosen = self.sender()
        for action in self._modes:
            if action is chosen:
                theme().set_mode(Mode(action.data()))

    @Slot()
    def _on_size(self) -> None:
        chosen = self.sender()
        for action in self._sizes:
            if action is chosen:
                theme().set_text_scale(action.data())
