"""What the account has, does not use, and that would help with this very ticket."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.explaining import show_why
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import audience_badge
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.label import Label

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.figures.ticket_nudge import Nudge


class NudgeCard(Card):
    """Stands only where there is something to suggest."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Hidden until `show_nudges`."""
        super().__init__("Worth suggesting", "in their contract, hardly used", parent=parent)
        self._context = context
        self.add_to_header(audience_badge(shared=False))
        self.hide()

    def show_nudges(self, found: Sequence[Nudge]) -> None:
        """Show what would help; without anything the card is gone."""
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for nudge in found:
            self.add(self._nudge(nudge))
        self.setVisible(bool(found))

    def _nudge(self, nudge: Nudge) -> QWidget:
        block = QWidget()
        row = QHBoxLayout(block)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(nudge.title, Role.STRONG))
        words.addWidget(Label(nudge.sentence, Role.BODY, "text_2", wrap=True))
        row.addLayout(words, 1)
        ask = Button("Why?", "quiet", small=True)
        ask.setAccessibleName(f"Why is {nudge.title} worth suggesting?")
        ask.clicked.connect(partial(self._explain, ask, nudge))
        row.addWidget(ask)
        return block

    def _explain(self, button: Button, nudge: Nudge, _checked: bool = False) -> None:
        show_why(button, nudge.why, self._context)
