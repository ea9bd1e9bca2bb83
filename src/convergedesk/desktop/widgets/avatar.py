"""Initials of a person on a disc, or of a company on a rounded square."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from convergedesk.desktop.widgets.paint import paint_avatar


class Avatar(QWidget):
    """Stands for a person or a company; the tooltip has the whole name."""

    def __init__(
        self, name: str, size: int = 24, *, square: bool = False, parent: QWidget | None = None
    ) -> None:
        """`square` for a company."""
        super().__init__(parent)
        self._name = name
        self._size = size
        self._square = square
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Stand for somebody else."""
        self._name = name
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_avatar(QPainter(self), QRectF(self.rect()), self._name, square=self._square)
