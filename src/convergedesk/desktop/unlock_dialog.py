"""Asks for what opens a workspace."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.theme import Role
from convergedesk.desktop.unlock_field import UnlockField
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.label import Label

_WIDTH = 480


class UnlockDialog(Dialog):
    """One field; stays open until what is typed fits or the person chooses another way.

    Signals:
        submitted: The passphrase as typed.
        recovered: The `Key` that the recovery key stands for.
    """

    submitted = Signal(str)
    recovered = Signal(object)

    def __init__(self, parent: QWidget, name: str, reason: str) -> None:
        """`name` is the file's; `reason` says in a sentence why it is asked."""
        super().__init__(parent, "Unlock this workspace", width=_WIDTH)
        self.unlock = UnlockField(name)
        self.body.addWidget(Label(reason, Role.BODY, "text_2", wrap=True))
        self.body.addWidget(self.unlock)
        other = self.add_button("Open another workspace", "quiet")
        other.clicked.connect(self.reject)
        self._submit = self.add_button("Unlock", "primary", icon="lock-key")
        self._submit.clicked.connect(self.unlock.submit)
        self._submit.setEnabled(False)
        self.unlock.ready_changed.connect(self._submit.setEnabled)
        self.unlock.passphrase.connect(self.submitted)
        self.unlock.recovered.connect(self.recovered)

    def refuse(self, sentence: str) -> None:
        """Say that it did not fit, and let the person type again."""
        self.unlock.refuse(sentence)
