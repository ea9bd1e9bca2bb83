"""The signs at a ticket's head: priority, state, promises missed or running out, and its feature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from convergedesk.desktop.askable import Askable, askable
from convergedesk.desktop.widgets.badge import Badge
from convergedesk.desktop.widgets.scroll import FlowLayout

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.figures.why import Why


class Sign(NamedTuple):
    """One badge.

    Attributes:
        text: Its word.
        kind: As a `Badge` has it.
        icon: Phosphor name, may be empty.
        why: What stands behind it, or None where it speaks for itself.
    """

    text: str
    kind: str
    icon: str
    why: Why | None = None


class SignRow(QWidget):
    """Badges that are used again for the next ticket: each that comes has the page laid out again."""

    def __init__(self, last: QWidget, context: PageContext) -> None:
        """`last` stands behind the badges, such as the feature's tag."""
        super().__init__()
        self._context = context
        self._last = last
        self._row = FlowLayout(self)
        self._badges: list[tuple[Badge, Askable]] = []
        self._signs: tuple[Sign, ...] = ()
        self._row.addWidget(last)

    def show_signs(self, signs: Sequence[Sign]) -> None:
        """Show the signs of a ticket."""
        self._signs = tuple(signs)
        if len(signs) > len(self._badges):
            self._add(len(signs) - len(self._badges))
        for place, (badge, asks) in enumerate(self._badges):
            if place < len(signs):
                sign = signs[place]
                badge.set_badge(sign.text, sign.kind, sign.icon)
                asks.set_enabled(enabled=sign.why is not None)
            badge.setVisible(place < len(signs))
        self._last.setVisible(True)

    def _add(self, count: int) -> None:
        self._row.removeWidget(self._last)
        for _ in range(count):
            badge, place = Badge("", parent=self), len(self._badges)
            asks = askable(badge, lambda place=place: self._why(place), context=self._context)
            self._badges.append((badge, asks))
            self._row.addWidget(badge)
        self._row.addWidget(self._last)

    def _why(self, place: int) -> Why | None:
        return self._signs[place].why if place < len(self._signs) else None
