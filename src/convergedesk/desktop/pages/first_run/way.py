"""A card for one way to start: a picture, what it is, what to expect, and its button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role, color
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.card import paint_sheet
from convergedesk.desktop.widgets.label import Label

_RADIUS = 10


class Way(QWidget):
    """One of the cards side by side; the one to take when in doubt is outlined.

    Attributes:
        buttons: The row at the foot.
    """

    def __init__(
        self,
        picture: QWidget,
        title: str,
        sentence: str,
        promises: Sequence[str],
        *,
        advised: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`promises` are short and true."""
        super().__init__(parent)
        self._advised = advised
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        words = QVBoxLayout()
        words.setContentsMargins(24, 18, 24, 22)
        words.setSpacing(4)
        words.addWidget(Label(title, Role.FIGURE))
        words.addWidget(Label(sentence, Role.BODY, "text_2", wrap=True))
        words.addSpacing(8)
        for promise in promises:
            words.addWidget(_promise(promise))
        words.addStretch(1)
        words.addSpacing(16)
        words.addLayout(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 3)
        column.setSpacing(0)
        column.addWidget(picture)
        column.addLayout(words, 1)

    def add_button(self, button: QWidget) -> None:
        """Append a button at the foot."""
        self.buttons.insertWidget(self.buttons.count() - 1, button)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_sheet(painter, QRectF(self.rect()), _RADIUS)
        if self._advised:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -2), _RADIUS, _RADIUS)


def _promise(text: str) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 2, 0, 2)
    line.setSpacing(8)
    tick = StatusText("", "good", "check")
    tick.setFixedWidth(tick.sizeHint().width())
    line.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(Label(text, Role.BODY, "text_2", wrap=True), 1)
    return row
