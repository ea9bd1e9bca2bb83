"""A column at the right of a step."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from convergedesk.desktop.theme import theme

_LEAST = 240


class SideColumn(QWidget):
    """As wide as it wants to be where there is room, narrower where large text leaves too little."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        """`width` in pixels at 100 % text."""
        super().__init__(parent)
        self._width = width
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(self._width), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(_LEAST, theme().px(self._width)), 0)
