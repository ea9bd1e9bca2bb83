"""The workspaces of this computer: open one, begin a new one, or forget one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.surroundings import Recent, Surroundings
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import Badge
from convergedesk.desktop.widgets.button import Button, IconButton
from convergedesk.desktop.widgets.card import Separator
from convergedesk.desktop.widgets.choice import RadioCards
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.fields import FormRow, TextField
from convergedesk.desktop.widgets.file_chooser import WORKSPACE_FILES, FileChooser
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.domain.errors import ConvergeDeskError

if TYPE_CHECKING:
    from convergedesk.desktop.jobs import JobContext, JobRunner
    from convergedesk.store.keys import Key

_NOT_IN_NAMES = '<>:"/\\|?*'


class WorkspacesDialog(Dialog):
    """Those that were open here, the latest first."""

    def __init__(self, parent: QWidget, around: Surroundings, jobs: JobRunner, present: Path) -> None:
        """`present` is the file that is open."""
        super().__init__(parent, "Workspaces", width=600)
        self._around, self._jobs, self._present = around, jobs, present
        sentence = "Each workspace is an encrypted file of its own. Opening one closes this one."
        self.body.addWidget(Label(sentence, Role.BODY, "text_2", wrap=True))
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addLayout(self._list)
        self._fill()
        choose = self.add_button("Open a file…", icon="folder-open")
        choose.clicked.connect(self._on_choose)
        new = self.add_button("New workspace…", icon="plus")
        new.setEnabled(around.new_workspaces is not None)
        new.clicked.connect(self._on_new)
        close = self.add_button("Close", "primary")
        close.clicked.connect(self.accept)

    def _fill(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        recent = [one for one in self._around.recent() if one.path != self._present]
        here = next((one for one in self._around.recent() if one.path == self._present), None)
        for number, one in enumerate([here or Recent(self._present, self._present.stem), *recent]):
            if number:
                self._list.addWidget(Separator())
            line = _Line(one, present=one.path == self._present)
            line.opened.connect(self._on_opened)
            line.forgotten.connect(self._on_forgotten)
            self._list.addWidget(line)

    @Slot(object)
    def _on_opened(self, path: Path) -> None:
        self.accept()
        self._around.workspace_wanted.emit(path)

    @Slot(object)
    def _on_forgotten(self, path: Path) -> None:
        self._around.forget(path)
        self._fill()

    @Slot()
    def _on_choose(self) -> None:
        chooser = FileChooser(self)
        chooser.chosen.connect(lambda paths: self._on_opened(paths[0]))
        chooser.ask_file("Open a workspace", WORKSPACE_FILES)

    @Slot()
    def _on_new(self) -> None:
        folder = self._around.new_workspaces
        if folder is None:
            return
        window = self.window()
        self.accept()
        NewWorkspaceDialog(window, self._around, self._jobs, folder).open()


class NewWorkspaceDialog(Dialog):
    """A name, and what protects it."""

    def __init__(self, parent: QWidget, around: Surroundings, jobs: JobRunner, folder: Path) -> None:
        """`folder` is where its file goes."""
        super().__init__(parent, "New workspace", width=520)
        self._around, self._jobs, self._folder = around, jobs, folder
        self.name = TextField("Such as the name of a team")
        self._row = FormRow("Name", self.name, f"Its file goes into {folder}.")
        self.body.addWidget(self._row)
        self.protection = RadioCards(
            (
                ("keyring", "This computer's keyring keeps the key", ("Nothing to type.",)),
                ("passphrase", "A passphrase", ("You type it whenever you open the workspace.",)),
            )
        )
        self.protection.set_value("keyring")
        self.body.addWidget(self.protection)
        cancel = self.add_button("Cancel", "quiet")
        cancel.clicked.connect(self.reject)
        self.create_button = self.add_button("Create", "primary")
        self.create_button.clicked.connect(self._on_create)
        self.create_button.setEnabled(False)
        self.name.textChanged.connect(self._on_typed)
        self.name.returnPressed.connect(self._on_create)

    @Slot()
    def _on_typed(self) -> None:
        self._row.set_fault("")
        self.create_button.setEnabled(bool(self.name.text().strip()))

    @Slot()
    def _on_create(self) -> None:
        if not self.name.text().strip():
            return
        if self.protection.value() == "keyring":
            self._begin(None)
            return
        from convergedesk.desktop.passphrase_dialog import PassphraseDialog

        dialog = PassphraseDialog(self)
        dialog.chosen.connect(self._begin)
        dialog.open()

    def _begin(self, passphrase: str | None) -> None:
        self.create_button.setEnabled(False)
        name = self.name.text().strip()

        def work(_context: JobContext) -> Path:
            return create(self._folder, name, self._around, passphrase)

        self._jobs.submit(work, write=True, on_done=self._on_created, on_error=self._on_failed)

    def _on_created(self, path: Path) -> None:
        self.accept()
        self._around.workspace_created.emit(path)

    def _on_failed(self, error: Exception) -> None:
        self.create_button.setEnabled(True)
        if isinstance(error, ConvergeDeskError):
            self._row.set_fault(str(error))


def create(folder: Path, name: str, around: Surroundings, passphrase: str | None) -> Path:
    """Create an empty workspace of that name; its file is named after it.

    Raises:
        KeyMissingError: There is no keyring and no passphrase was given.
        WorkspaceError: A file of that name is there, or the folder cannot be written.
    """
    from convergedesk.store.keys import Key
    from convergedesk.workspace.keys import new_key
    from convergedesk.workspace.session import create_workspace

    plain = "".join("-" if sign in _NOT_IN_NAMES or ord(sign) < ord(" ") else sign for sign in name)
    path = folder / f"{plain.strip('. ') or 'workspace'}.converge"
    given: Key | None = None if passphrase is None else Key.passphrase(passphrase)
    if path.exists():
        from convergedesk.domain.errors import WorkspaceError

        raise WorkspaceError(f"There is already a workspace “{path.stem}”.", fix="Choose another name.")
    key, salt = new_key(around.secrets, given=given)
    create_workspace(path, key, name=name, salt=salt).close()
    return path


class _Line(QWidget):
    opened = Signal(object)
    forgotten = Signal(object)

    def __init__(self, one: Recent, *, present: bool) -> None:
        super().__init__()
        self._path = one.path
        there = one.path.exists()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(one.name or one.path.stem, Role.STRONG, "text" if there else "text_3"))
        words.addWidget(ElidedLabel(str(one.path), Role.LABEL, "text_3"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(8)
        row.addLayout(words, 1)
        if present:
            row.addWidget(Badge("Open", "accent"))
            return
        if not there:
            row.addWidget(Badge("Not there", "warning", "warning"))
        button = Button("Open", small=True)
        button.setEnabled(there)
        button.clicked.connect(self._on_open)
        row.addWidget(button)
        forget = IconButton("x", f"Forget {one.name or one.path.stem}; its file stays")
        forget.clicked.connect(self._on_forget)
        row.addWidget(forget)

    @Slot()
    def _on_open(self) -> None:
        self.opened.emit(self._path)

    @Slot()
    def _on_forget(self) -> None:
        self.forgotten.emit(self._path)
