"""Where the data is and where it goes, said in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.pages.settings.words import size
from convergedesk.desktop.theme import Role, color, paint_icon
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.label import Label

if TYPE_CHECKING:
    from convergedesk.desktop.pages.settings.view_model import SafetyState

_ICON = 18


class PlacesCard(Card):
    """This computer, the backups, and nowhere else."""

    def __init__(self) -> None:
        super().__init__("Where your data goes")
        self.body.setSpacing(14)
        self._here = _Place("laptop", "text_2", "This computer")
        self._backups = _Place("hard-drives", "text_2", "Backups")
        self._nowhere = _Place("check-circle", "good", "Nowhere else")
        self._nowhere.say("No telemetry, no crash upload. Fonts and help ship with the program.")
        for place in (self._here, self._backups, self._nowhere):
            self.add(place)

    def show_state(self, state: SafetyState) -> None:
        """Show file and folder."""
        self._here.say(f"Everything, {size(state.size)}, encrypted:\n{state.path}")
        self._backups.say(f"Encrypted copies, checked after writing:\n{state.folder}")


class _Place(QWidget):
    def __init__(self, icon: str, tone: str, title: str) -> None:
        super().__init__()
        self._sentence = Label("", Role.LABEL, "text_2", wrap=True, selectable=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(title, Role.STRONG))
        words.addWidget(self._sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(_Sign(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def say(self, sentence: str) -> None:
        # A path may be broken behind every part of it.
        self._sentence.setText(sentence.replace("/", "/\u200b").replace("\\", "\\\u200b"))


class _Sign(QWidget):
    def __init__(self, icon: str, tone: str) -> None:
        super().__init__()
        self._icon, self._tone = icon, tone
        self.setFixedSize(_ICON, _ICON)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), QRectF(self.rect()), self._icon, color(self._tone))
