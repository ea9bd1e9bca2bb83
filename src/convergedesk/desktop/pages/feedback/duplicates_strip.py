"""Offers to merge requests that may be one and the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.label import Label
from convergedesk.figures.duplicates import Duplicate
from convergedesk.figures.wording import count


class DuplicatesStrip(Card):
    """The likeliest pair, with how many more there are; hidden without any.

    Signals:
        merge_wanted: The `Duplicate`; its first request goes into the other.
        apart_wanted: The `Duplicate` that is none.
    """

    merge_wanted = Signal(object)
    apart_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until there is a pair."""
        super().__init__(outline="warning_fill", parent=parent)
        self._pair: Duplicate | None = None
        self._words = Label("", Role.BODY, wrap=True)
        self._more = StatusText("", "text_3", "", Role.LABEL)
        merge = Button("Merge", small=True, icon="git-merge")
        merge.clicked.connect(self._on_merge)
        apart = Button("Keep apart", "quiet", small=True)
        apart.clicked.connect(self._on_apart)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        for widget in (self._more, apart, merge):
            row.addWidget(widget)
        self.body.addLayout(row)
        self.hide()

    @property
    def pair(self) -> Duplicate | None:
        """The pair that is offered."""
        return self._pair

    def show_pairs(self, pairs: Sequence[Duplicate]) -> None:
        """Offer the first of these."""
        self._pair = pairs[0] if pairs else None
        self.setVisible(self._pair is not None)
        if self._pair is None:
            return
        shared = ", ".join(self._pair.shared)
        self._words.setText(
            f"“{self._pair.request.title}” and “{self._pair.other.title}” may ask for the same: "
            f"both say {shared}."
        )
        rest = len(pairs) - 1
        self._more.setText(count(rest, "more pair") if rest else "")
        self._more.setVisible(rest > 0)

    @Slot()
    def _on_merge(self) -> None:
        self.merge_wanted.emit(self._pair)

    @Slot()
    def _on_apart(self) -> None:
        self.apart_wanted.emit(self._pair)
