"""Asks for a passphrase, twice, and says how well it protects."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from convergedesk.desktop.passphrase import Judgement, Strength, judge
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.choice import Checkbox
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.fields import FormRow, TextField
from convergedesk.desktop.widgets.label import Label

_SIGNS = {
    Strength.TOO_SHORT: ("text_3", "info"),
    Strength.WEAK: ("warning", "warning"),
    Strength.FAIR: ("text_2", "check-circle"),
    Strength.GOOD: ("good", "check-circle"),
}


class PassphraseDialog(Dialog):
    """Two fields that must agree; `chosen` brings the passphrase.

    Attributes:
        present: The field for the present passphrase, or None where none is asked for.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget, *, only_way: bool = False, ask_present: bool = False) -> None:
        """`only_way` is true on a computer without a keychain; `ask_present` where one is to be changed."""
        title = "Change the passphrase" if ask_present else "Protect the workspace with a passphrase"
        super().__init__(parent, title, width=480)
        reason = (
            "This computer offers no keychain that could keep the key, so a passphrase is the only way. "
            "You type it whenever you open the workspace."
            if only_way
            else "You type it whenever you open the workspace. It is stored nowhere else."
        )
        self.body.addWidget(Label(reason, Role.BODY, "text_2", wrap=True))
        self.present = _secret_field() if ask_present else None
        self.passphrase = _secret_field()
        self.again = _secret_field()
        self._strength = StatusText("", "text_3", "info", Role.LABEL)
        if self.present is not None:
            self.body.addWidget(FormRow("Present passphrase", self.present))
            self.present.textChanged.connect(self._on_edited)
        name = "New passphrase" if ask_present else "Passphrase"
        self._rows = (FormRow(name, self.passphrase), FormRow("Once more", self.again))
        self.body.addWidget(self._rows[0])
        self.body.addWidget(self._strength)
        self.body.addWidget(self._rows[1])
        self.body.addWidget(self._extras())
        self.body.addLayout(_warning())
        cancel = self.add_button("Cancel", "quiet")
        cancel.clicked.connect(self.reject)
        self.confirm = self.add_button("Use this passphrase", "primary")
        self.confirm.clicked.connect(self._on_confirmed)
        self.passphrase.textChanged.connect(self._on_edited)
        self.again.textChanged.connect(self._on_edited)
        self.again.returnPressed.connect(self._on_confirmed)
        self._on_edited()

    def _extras(self) -> QWidget:
        show = Checkbox("Show what I type")
        show.toggled.connect(self._on_shown)
        return show

    def _judgement(self) -> Judgement:
        return judge(self.passphrase.text())

    @Slot(bool)
    def _on_shown(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.passphrase.setEchoMode(mode)
        self.again.setEchoMode(mode)

    @Slot()
    def _on_edited(self) -> None:
        judgement = self._judgement()
        self._strength.set_status(judgement.sentence, *_SIGNS[judgement.strength])
        begun = self.again.text() != "" and not self.passphrase.text().startswith(self.again.text())
        self._rows[1].set_fault("The two do not agree." if begun else "")
        agree = self.passphrase.text() == self.again.text()
        known = self.present is None or bool(self.present.text())
        self.confirm.setEnabled(judgement.acceptable and agree and known)

    @Slot()
    def _on_confirmed(self) -> None:
        if self.confirm.isEnabled():
            self.chosen.emit(self.passphrase.text())
            self.accept()


def _secret_field() -> TextField:
    field = TextField()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def _warning() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    sign = StatusText("", "warning", "warning")
    sign.setFixedWidth(sign.sizeHint().width())
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(
        Label(
            "If it is lost, nobody can open the workspace, including us. Keep it in a password manager "
            "or on paper in a safe place.",
            Role.LABEL,
            "text_2",
            wrap=True,
        ),
        1,
    )
    return row
