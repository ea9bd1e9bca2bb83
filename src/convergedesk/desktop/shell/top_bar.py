"""The bar over all pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from convergedesk.desktop.shell.freshness import FreshnessItem, FreshnessStrip, StateChip
from convergedesk.desktop.shell.pods import PodSelector
from convergedesk.desktop.theme import color, theme
from convergedesk.desktop.widgets.avatar import Avatar

HEIGHT = 52
_SEARCH_WIDTH = 400
_SEARCH_LEAST = 180
_SIDE = 24


class TopBar(QWidget):
    """Pod selector, a slot for the search, how fresh the data is, and who is here.

    Attributes:
        pods: The pod selector; hidden until it is given pods.
    """

    def __init__(self, search: QWidget | None = None, parent: QWidget | None = None) -> None:
        """Without a search the slot takes no room."""
        super().__init__(parent)
        self.pods = PodSelector()
        self._freshness = FreshnessStrip()
        self._offline = StateChip()
        self._offline.hide()
        self._sample = StateChip("Sample data", icon="flask", tone="accent")
        self._sample.hide()
        self._avatar = Avatar("", 28)
        self._avatar.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE, 0, _SIDE, 1)
        row.setSpacing(12)
        row.addWidget(self.pods)
        if search is not None:
            search.setMaximumWidth(_SEARCH_WIDTH)
            search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            search.setMinimumWidth(_SEARCH_LEAST)
            row.addWidget(search, 4)
        row.addWidget(self._sample)
        row.addStretch(1)
        row.addWidget(self._offline)
        row.addWidget(self._freshness)
        row.addSpacing(4)
        row.addWidget(self._avatar)
        self.setFixedHeight(theme().px(HEIGHT))

    def set_freshness(self, items: Sequence[FreshnessItem]) -> None:
        """Show how old each kind of data is."""
        self._freshness.set_items(items)

    def set_offline(self, as_of: str | None) -> None:
        """Say that there is no connection and as of when the data is ('08:47'); None takes it back."""
        self._offline.set_words("Offline", f"data as of {as_of}")
        self._offline.setVisible(as_of is not None)
        self._freshness.setVisible(as_of is None)

    def set_sample(self, sample: bool) -> None:
        """Say that the workspace holds made-up data."""
        self._sample.setVisible(sample)

    def set_user(self, name: str) -> None:
        """Show who works here; an empty name shows nobody."""
        self._avatar.set_name(name)
        self._avatar.setVisible(bool(name))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("window"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), color("line"))
