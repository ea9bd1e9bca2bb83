"""What is on screen while the workspace is locked, or closed for a piece of work."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role, app_icon, color, paint_logo, theme
from convergedesk.desktop.unlock_field import UnlockField
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.label import Label

_WIDTH = 440
_LOGO = 40
_KEYRING = "Its key lies in this computer's keyring, which may ask you for its password."


class _Logo(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_LOGO, _LOGO)
        self.setAccessibleName("ConvergeDesk")

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_logo(QPainter(self), QRectF(self.rect()))


class LockWindow(QWidget):
    """Takes the window's place: nothing of the workspace is left to see.

    Attributes:
        unlock: The field for passphrase or recovery key.

    Signals:
        keyring_wanted: The person wants the keyring to open it.
        other_wanted: The person wants another workspace instead.
        closing: The window is about to close.
    """

    keyring_wanted = Signal()
    other_wanted = Signal()
    closing = Signal()

    def __init__(self, name: str, *, by_passphrase: bool, geometry: bytes | None = None) -> None:
        """`name` is the workspace's; `geometry` is the window's whose place this one takes."""
        super().__init__()
        self.setWindowTitle("Locked – ConvergeDesk")
        self.setWindowIcon(app_icon())
        self._title = Label(f"“{name}” is locked", Role.PAGE_TITLE, wrap=True)
        self._sentence = Label("", Role.BODY, "text_2", wrap=True)
        self.unlock = UnlockField(name)
        self._keyring = Button("Unlock", "primary", icon="lock-key-open")
        self._keyring.clicked.connect(self.keyring_wanted)
        self._submit = Button("Unlock", "primary", icon="lock-key-open")
        self._submit.clicked.connect(self.unlock.submit)
        self.unlock.ready_changed.connect(self._submit.setEnabled)
        self._other = Button("Open another workspace", "quiet")
        self._other.clicked.connect(self.other_wanted)
        self._card = Card()
        self._card.setFixedWidth(theme().px(_WIDTH))
        self._card.body.setContentsMargins(24, 12, 24, 12)
        self._card.body.setSpacing(12)
        for widget in (self._title, self._sentence, self.unlock):
            self._card.add(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self._other, self._keyring, self._submit):
            buttons.addWidget(button)
        self._card.body.addLayout(buttons)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(_Logo(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(20)
        # Centred by stretches: an aligned widget does not grow with sentences that wrap.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._card)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addStretch(3)
        if geometry is None or not self.restoreGeometry(QByteArray(geometry)):
            self.resize(QSize(1440, 900))
        if by_passphrase:
            self.ask("What you were doing is saved. Type the passphrase to go on.")
        else:
            self.ask_keyring("What you were doing is saved.")

    def ask(self, sentence: str) -> None:
        """Ask for passphrase or recovery key."""
        self._sentence.setText(sentence)
        self._sentence.set_tone("text_2")
        self.unlock.show()
        self._keyring.hide()
        self._submit.show()
        self._submit.setEnabled(self.unlock.ready)
        self.unlock.give_focus()

    def ask_keyring(self, sentence: str) -> None:
        """Offer to ask the keyring."""
        self._sentence.setText(f"{sentence} {_KEYRING}")
        self.unlock.hide()
        self._submit.hide()
        self._keyring.show()
        self._keyring.setEnabled(True)
        self._keyring.setFocus()

    def work(self, title: str) -> None:
        """Say what is being done, with nothing to type."""
        self.setWindowTitle(f"{title} – ConvergeDesk")
        self._title.setText(title)
        self._sentence.setText("The workspace is closed for a moment and comes back by itself.")
        for widget in (self.unlock, self._keyring, self._submit, self._other):
            widget.hide()

    def set_busy(self) -> None:
        """Nothing can be pressed while an answer is awaited."""
        self._keyring.setEnabled(False)
        self._submit.setEnabled(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), color("window"))
