"""Suggestions while typing: a short list inside the window, beneath the words they complete."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from convergedesk.desktop.theme import Role, font, theme

_ROW = 30
_MOST = 7
_WIDTH = 280


class Suggestions(QListWidget):
    """Stays out of the way of the keyboard: its owner hands it the keys while it is open.

    Signals:
        picked: The suggestion that was chosen.
    """

    picked = Signal(str)

    def __init__(self, owner: QWidget, name: str) -> None:
        """`owner` has the keyboard; `name` tells screen readers what is suggested."""
        super().__init__(owner.window())
        self.setObjectName("suggestions")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(font(Role.BODY))
        self.itemClicked.connect(self._on_clicked)
        owner.destroyed.connect(self.deleteLater)
        self.hide()

    def offer(self, texts: Sequence[str], beneath: QRect) -> None:
        """Show the texts beneath a rectangle in global coordinates; nothing where there are none."""
        self.clear()
        if not texts:
            self.hide()
            return
        for text in texts:
            item = QListWidgetItem(text)
            self.addItem(item)
        self.setCurrentRow(0)
        window = self.parentWidget()
        if window is None:
            return
        rows = min(len(texts), _MOST)
        height = rows * theme().px(_ROW) + 10
        at = window.mapFromGlobal(beneath.bottomLeft()) + QPoint(0, 2)
        if at.y() + height > window.height():
            at.setY(window.mapFromGlobal(beneath.topLeft()).y() - height - 2)
        width = min(theme().px(_WIDTH), window.width() - 16)
        at.setX(max(8, min(at.x(), window.width() - width - 8)))
        self.setGeometry(at.x(), at.y(), width, height)
        self.show()
        self.raise_()

    def take_key(self, event: QKeyEvent) -> bool:
        """Move, choose or close while open; False where the key is the owner's own."""
        if not self.isVisible():
            return False
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.setCurrentRow((self.currentRow() + step) % self.count())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            item = self.currentItem()
            self.hide()
            if item is not None:
                self.picked.emit(item.text())
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.hide()
        self.picked.emit(item.text())


def matching(names: Sequence[str], typed: str) -> list[str]:
    """The names of which some word begins like what was typed; those that begin so themselves first."""
    folded = " ".join(typed.casefold().split())
    if not folded:
        return list(names)
    begin = [name for name in names if name.casefold().startswith(folded)]
    within = [
        name
        for name in names
        if name not in begin and f" {folded}" in f" {' '.join(name.casefold().split())}"
    ]
    return begin + within
