"""Asks for the passphrase of a workspace."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.fields import FormRow, TextField
from convergedesk.desktop.widgets.label import Label

_WIDTH = 480


class UnlockDialog(Dialog):
    """One field; stays open until the passphrase fits or the person chooses another way.

    Signals:
        submitted: The passphrase as typed.
    """

    submitted = Signal(str)

    def __init__(self, parent: QWidget, name: str, reason: str) -> None:
        """`name` is the file's; `reason` says in a sentence why it is asked."""
        super().__init__(parent, "Unlock this workspace", width=_WIDTH)
        self._reason = Label(reason, Role.BODY, "text_2", wrap=True)
        self._field = TextField()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._row = FormRow(
            f"Passphrase of “{name}”",
            self._field,
            "Without it nobody can open the file, including us.",
        )
        self.body.addWidget(self._reason)
        self.body.addWidget(self._row)
        self._other = self.add_button("Open another workspace", "quiet")
        self._other.clicked.connect(self.reject)
        self._unlock = self.add_button("Unlock", "primary", icon="lock-key")
        self._unlock.clicked.connect(self._on_submit)
        self._field.returnPressed.connect(self._on_submit)
        self._field.textChanged.connect(self._on_typed)
        self._on_typed()

    def refuse(self, sentence: str) -> None:
        """Say that the passphrase did not fit, and let the person type again."""
        self._field.setEnabled(True)
        self._field.clear()
        self._field.setFocus()
        self._row.set_fault(sentence)

    @Slot()
    def _on_typed(self) -> None:
        self._unlock.setEnabled(bool(self._field.text()))
        if self._field.text():
            self._row.set_fault("")

    @Slot()
    def _on_submit(self) -> None:
        words = self._field.text()
        if words and self._field.isEnabled():
            self._field.setEnabled(False)
            self._unlock.setEnabled(False)
            self.submitted.emit(words)
