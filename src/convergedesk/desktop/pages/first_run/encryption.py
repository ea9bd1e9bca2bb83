"""What keeps the key of the workspace, stated plainly."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.pages.first_run.view_model import Keychain
from convergedesk.desktop.theme import Role, color, paint_icon
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import paint_sheet
from convergedesk.desktop.widgets.label import Label

_TITLE = "Your workspace is encrypted on this laptop"
_KEY_IS_YOURS = (
    "Your passphrase is the key. It is stored nowhere: without it nobody can open the file, including us."
)
_KEY_IS_KEPT = "The key is kept in your system keychain. Without it nobody can open the file, including us."
_NO_KEYCHAIN = (
    "This computer offers no keychain that could keep the key, so you choose a passphrase. "
    "Without it nobody can open the file, including us."
)
_LOOKING = "Looking for your system keychain…"
_ICON = 24


class EncryptionCard(QWidget):
    """Says who keeps the key, and lets the person choose a passphrase instead."""

    protect_clicked = Signal()
    keychain_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Until `show_state` the keychain is being looked for."""
        super().__init__(parent)
        self._tone = "accent_text"
        self._sentence = Label("", Role.BODY, "text_2", wrap=True)
        self.protect = Button("Protect with a passphrase instead", icon="key")
        self.protect.clicked.connect(self.protect_clicked)
        self.keychain = Button("Use the keychain instead", "quiet")
        self.keychain.clicked.connect(self.keychain_clicked)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(_TITLE, Role.STRONG))
        words.addWidget(self._sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(24 + _ICON + 16, 16, 20, 17)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addSpacing(16)
        row.addWidget(self.keychain, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.protect, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_state(self, keychain: Keychain, *, passphrase: bool) -> None:
        """Say who keeps the key now."""
        missing = keychain is Keychain.MISSING and not passphrase
        self._tone = "warning" if missing else "accent_text"
        if passphrase:
            self._sentence.setText(_KEY_IS_YOURS)
        elif keychain is Keychain.LOOKING:
            self._sentence.setText(_LOOKING)
        else:
            self._sentence.setText(_NO_KEYCHAIN if missing else _KEY_IS_KEPT)
        self.protect.setText(
            "Change the passphrase"
            if passphrase
            else "Choose a passphrase"
            if missing
            else "Protect with a passphrase instead"
        )
        self.keychain.setVisible(passphrase and keychain is Keychain.AVAILABLE)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_sheet(painter, QRectF(self.rect()), 10)
        square = QRectF(24, (self.height() - _ICON) / 2, _ICON, _ICON)
        paint_icon(painter, square, "lock-key", color(self._tone))
