"""A switch: on or off, at once."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from convergedesk.desktop.theme import color, give_focus_ring

_SIZE = QSize(36, 24)
_TRACK = 20


class Switch(QAbstractButton):
    """A track with a knob; `toggled` tells. Its accessible name says what it switches."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Off at first."""
        super().__init__(parent)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        give_focus_ring(self, 12)

    def sizeHint(self) -> QSize:
        return _SIZE

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(0, (self.height() - _TRACK) / 2, self.width(), _TRACK)
        on = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(("accent" if on else "control") if self.isEnabled() else "line_strong"))
        painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
        knob = _TRACK - 6
        left = track.right() - knob - 3 if on else track.left() + 3
        painter.setBrush(color("on_accent" if on else "surface"))
        painter.drawEllipse(QRectF(left, track.top() + 3, knob, knob))
