"""The signed copy of a contract: which file is kept, and what to do with it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import Button, IconButton
from convergedesk.desktop.widgets.file_chooser import FileChooser
from convergedesk.desktop.widgets.label import ElidedLabel
from convergedesk.domain.documents import SUFFIXES

_SCANS = f"Scans ({' '.join(f'*{suffix}' for suffix in SUFFIXES)})"


class SignedCopyField(QWidget):
    """A file's name with 'Open', another choice, and a way to take it out.

    Signals:
        chosen: The path of a file to keep.
        open_wanted: The person wants to see the file.
        removed: The person takes the file out.
    """

    chosen = Signal(object)
    open_wanted = Signal()
    removed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is empty where no copy is kept."""
        super().__init__(parent)
        self.name = ElidedLabel(name or "None kept", Role.BODY, "text" if name else "text_3")
        self.open = Button("Open", small=True)
        self.open.setAccessibleName(f"Open {name}")
        self.choose = Button("Replace…" if name else "Choose a file…", small=True, icon="paperclip")
        self.take_out = IconButton("x", "Take out the signed copy")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        for button in (self.open, self.choose, self.take_out):
            row.addWidget(button)
        self.open.setVisible(bool(name))
        self.take_out.setVisible(bool(name))
        self.setFocusProxy(self.choose)
        self.open.clicked.connect(self.open_wanted)
        self.take_out.clicked.connect(self.removed)
        self.choose.clicked.connect(self._on_choose)

    @Slot()
    def _on_choose(self) -> None:
        chooser = FileChooser(self)
        chooser.chosen.connect(self._on_chosen)
        chooser.ask_file("Keep the signed copy", _SCANS)

    @Slot(object)
    def _on_chosen(self, paths: tuple[object, ...]) -> None:
        self.chosen.emit(paths[0])
