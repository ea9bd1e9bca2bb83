"""Where a person is in a wizard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from convergedesk.desktop.theme import Role, color, font, paint_icon

_DISC = 20
_TEXT_GAP = 8
_GAP = 24


class Stepper(QWidget):
    """Numbered steps: those behind are ticked, the present one is filled."""

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        """Start at the first step."""
        super().__init__(parent)
        self._steps = tuple(steps)
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_current(0)

    def set_current(self, index: int) -> None:
        """Go to a step."""
        self._current = index
        self.setAccessibleName(f"Step {index + 1} of {len(self._steps)}: {self._steps[index]}")
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font(Role.STRONG))
        widths = sum(_DISC + _TEXT_GAP + metrics.horizontalAdvance(text) + _GAP for text in self._steps)
        return QSize(widths, max(_DISC, metrics.height()) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0
        for index, text in enumerate(self._steps):
            self._paint_disc(painter, x, index)
            current = index == self._current
            painter.setFont(font(Role.STRONG if current else Role.MEDIUM))
            painter.setPen(color("text" if current else "text_3"))
            x += _DISC + _TEXT_GAP
            painter.drawText(QRectF(x, 0, 400, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x += painter.fontMetrics().horizontalAdvance(text) + _GAP

    def _paint_disc(self, painter: QPainter, x: int, index: int) -> None:
        rect = QRectF(x, (self.height() - _DISC) / 2, _DISC, _DISC)
        done, current = index < self._current, index == self._current
        fill, line, text = "surface", "line_strong", "text_3"
        if done:
            fill = line = "good_soft"
            text = "good"
        elif current:
            fill = line = "accent"
            text = "on_accent"
        painter.setPen(QPen(color(line), 1))
        painter.setBrush(color(fill))
        painter.drawEllipse(QPointF(rect.center()), _DISC / 2 - 0.5, _DISC / 2 - 0.5)
        if done:
            paint_icon(painter, rect.adjusted(4, 4, -4, -4), "check", color(text))
            return
        painter.setFont(font(Role.CAPTION_STRONG))
        painter.setPen(color(text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(index + 1))
