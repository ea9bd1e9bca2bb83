"""The field that opens a workspace: a passphrase, or the recovery key from paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.fields import FormRow, TextField
from convergedesk.domain.recovery_key import RecoveryKeyError, read_recovery_key

if TYPE_CHECKING:
    from convergedesk.store.keys import Key

_HINT = "Without it nobody can open the file, including us."
_RECOVERY_HINT = "56 letters and digits in four lines. Dashes, spaces and capitals do not matter."
_FREE_TRIES = 2
_LONGEST_WAIT_S = 60


class UnlockField(QWidget):
    """One field at a time. After a few refusals the person waits, each time twice as long.

    Signals:
        passphrase: The passphrase as typed.
        recovered: The `Key` that a recovery key stands for.
        ready_changed: Whether there is anything to submit.
    """

    passphrase = Signal(str)
    recovered = Signal(object)
    ready_changed = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None, *, second_ms: int = 1000) -> None:
        """`name` is what is opened; `second_ms` is how long a second of waiting takes."""
        super().__init__(parent)
        self._refusals = 0
        self._wait = 0
        self._sentence = ""
        self.field = TextField()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.row = FormRow(f"Passphrase of “{name}”", self.field, _HINT)
        self.recovery_field = TextField("ABCDE-FGHJK-MNPQ …")
        self.recovery_row = FormRow("Recovery key", self.recovery_field, _RECOVERY_HINT)
        self.recovery_row.hide()
        self.switch = Button("Use the recovery key", "link", small=True)
        self.switch.clicked.connect(self._on_switched)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.row)
        column.addWidget(self.recovery_row)
        column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        self._timer = QTimer(self, interval=second_ms)
        self._timer.timeout.connect(self._on_second)
        for field in (self.field, self.recovery_field):
            field.textChanged.connect(self._on_typed)
            field.returnPressed.connect(self.submit)

    @property
    def by_recovery_key(self) -> bool:
        """True while the recovery key is asked for."""
        return self.recovery_row.isVisibleTo(self)

    @property
    def ready(self) -> bool:
        """True where there is something to submit."""
        return bool(self._shown().text()) and self._shown().isEnabled()

    def give_focus(self) -> None:
        """Give the field the keyboard."""
        self._shown().setFocus()

    def refuse(self, sentence: str) -> None:
        """Say that it did not fit, and let the person type again, perhaps after a while."""
        self._refusals += 1
        self._sentence = sentence
        self._wait = min(2 ** (self._refusals - _FREE_TRIES), _LONGEST_WAIT_S)
        if self._refusals <= _FREE_TRIES:
            self._wait = 0
        if self._wait:
            self._timer.start()
        self._show_fault()

    def let_type(self) -> None:
        """Let the person type again; nothing was refused."""
        self._enable(on=True)
        self.give_focus()

    @Slot()
    def submit(self) -> None:
        """Hand over what was typed."""
        if not self.ready:
            return
        text = self._shown().text()
        if not self.by_recovery_key:
            self._enable(on=False)
            self.passphrase.emit(text)
            return
        try:
            secret = read_recovery_key(text)
        except RecoveryKeyError as error:
            self.recovery_row.set_fault(str(error))
            return
        self._enable(on=False)
        self.recovered.emit(_key(secret))

    def forget(self) -> None:
        """Empty both fields."""
        self.field.clear()
        self.recovery_field.clear()

    def _shown(self) -> TextField:
        return self.recovery_field if self.by_recovery_key else self.field

    def _enable(self, *, on: bool) -> None:
        for widget in (self.field, self.recovery_field, self.switch):
            widget.setEnabled(on)
        self.ready_changed.emit(self.ready)

    def _show_fault(self) -> None:
        row = self.recovery_row if self.by_recovery_key else self.row
        waiting = f" The next try is in {self._wait} s." if self._wait else ""
        self._enable(on=not self._wait)
        if not self._wait:
            if not self.by_recovery_key:
                self.field.clear()
            self.give_focus()
        row.set_fault(self._sentence + waiting)

    @Slot()
    def _on_second(self) -> None:
        self._wait -= 1
        if self._wait <= 0:
            self._wait = 0
            self._timer.stop()
        self._show_fault()

    @Slot()
    def _on_typed(self) -> None:
        if self._shown().text() and not self._wait:
            self.row.set_fault("")
            self.recovery_row.set_fault("")
        self.ready_changed.emit(self.ready)

    @Slot()
    def _on_switched(self) -> None:
        recovery = not self.by_recovery_key
        self.row.setVisible(not recovery)
        self.recovery_row.setVisible(recovery)
        self.switch.setText("Use the passphrase" if recovery else "Use the recovery key")
        self.give_focus()
        self.ready_changed.emit(self.ready)


def _key(secret: bytes) -> Key:
    from convergedesk.store.keys import Key

    return Key.raw(secret)
