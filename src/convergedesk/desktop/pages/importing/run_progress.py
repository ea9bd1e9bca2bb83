"""How far the try or the import is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.clock_words import time_left
from convergedesk.desktop.pages.importing.run import RunProgress
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.bars import ProgressBar
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.label import Label
from convergedesk.figures.wording import number

_WIDTH = 560


class RunProgressCard(QWidget):
    """A bar with rows and time left, and the way to end it."""

    stop_clicked = Signal()

    def __init__(self, stop: str, parent: QWidget | None = None) -> None:
        """`stop` is the text of the button."""
        super().__init__(parent)
        self.bar = ProgressBar()
        self._rows = Label("", Role.LABEL, "text_3")
        self.stop_button = Button(stop)
        self.stop_button.clicked.connect(self.stop_clicked)
        card = Card()
        card.setMaximumWidth(theme().px(_WIDTH))
        card.add(self.bar)
        row = QHBoxLayout()
        row.addWidget(self._rows, 1)
        row.addWidget(self.stop_button)
        card.body.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(card, 100)
        centred.addStretch(1)
        column.addLayout(centred)
        column.addStretch(2)

    def show_progress(self, progress: RunProgress, *, stopping: bool) -> None:
        """Show how far it is; while it is being stopped the button waits."""
        label = "Stopping after what is in hand" if stopping else progress.message or "Working"
        self.bar.set_progress(label, progress.done, progress.total)
        said = ""
        if progress.total:
            said = f"{number(progress.done)} of {number(progress.total)} rows"
        if progress.seconds_left is not None and not stopping:
            said += f" · {time_left(progress.seconds_left)}"
        self._rows.setText(said)
        self.stop_button.setEnabled(not stopping)
