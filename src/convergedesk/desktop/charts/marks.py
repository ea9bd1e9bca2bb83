"""Tickets on the time axis: where they stand, how they are painted, and which one is under the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from convergedesk.desktop.charts.frame import Frame
from convergedesk.desktop.charts.series import TicketMark
from convergedesk.desktop.charts.signs import HIGH, SIGNS, SIZE, paint_sign, paint_signs
from convergedesk.desktop.theme import Role, color, font

LANE = 22.0
_TEXT_GAP = 5.0
_REACH = 8.0


class PlacedMarks(NamedTuple):
    """The tickets in view, from left to right.

    Attributes:
        marks: The tickets.
        xs: Pixels of their signs. Shape (n,).
        ends: Pixels up to which the numbers run that are printed, NaN where none is. Shape (n,).
    """

    marks: tuple[TicketMark, ...]
    xs: NDArray[np.float64]
    ends: NDArray[np.float64]

    def at(self, x: float) -> TicketMark | None:
        """The ticket whose sign or number is at a pixel; the nearest, then the graver one."""
        distances = np.abs(self.xs - x)
        near = (distances <= _REACH) | ((x >= self.xs) & (x <= self.ends))
        entries = [
            (bool(distances[one] > _REACH), round(float(distances[one]) / 3), not self.marks[one].high, one)
            for one in np.flatnonzero(near)
        ]
        return self.marks[min(entries)[3]] if entries else None


class MarkRow:
    """The tickets of a chart, measured once and placed for every frame."""

    def __init__(self, marks: Sequence[TicketMark]) -> None:
        metrics = QFontMetricsF(font(Role.CAPTION))
        self._marks = tuple(sorted(marks, key=lambda mark: mark.day))
        self._days = np.array([mark.day.toordinal() for mark in self._marks], dtype=np.float64)
        widths = [metrics.horizontalAdvance(mark.label) if mark.label else np.inf for mark in self._marks]
        self._reach = SIZE / 2 + _TEXT_GAP + np.array(widths, dtype=np.float64)

    def place(self, frame: Frame, right: float) -> PlacedMarks:
        """Tickets in view. A number is printed where it runs into no other sign.

        Args:
            frame: The plotting area.
            right: Pixels up to which a number may run.
        """
        lower, upper = np.searchsorted(self._days, (frame.first - 0.5, frame.last + 0.5))
        xs = frame.xs(self._days[lower:upper])
        ends = xs + self._reach[lower:upper]
        limits = np.append(xs[1:] - SIZE, right)[: len(xs)]
        return PlacedMarks(self._marks[lower:upper], xs, np.where(ends <= limits, ends, np.nan))


def paint_marks(painter: QPainter, frame: Frame, placed: PlacedMarks, lit: TicketMark | None = None) -> None:
    """Paint signs and numbers in the lane under the axis; `lit` is outlined."""
    middle = frame.rect.bottom() + LANE / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    columns: dict[str, list[float]] = {sign: [] for sign in SIGNS}
    for mark, x in zip(placed.marks, placed.xs.tolist(), strict=True):
        columns[sign_of(mark)].append(x)
    for sign, xs in columns.items():
        paint_signs(painter, xs, middle, sign)
    for mark, x in zip(placed.marks, placed.xs.tolist(), strict=True):
        if mark is lit:
            painter.setPen(QPen(color("accent"), 1))
            painter.setBrush(color("accent_soft"))
            painter.drawRoundedRect(QRectF(x - 9, middle - 9, 18, 18), 5, 5)
            paint_sign(painter, QPointF(x, middle), sign_of(mark))
    metrics = QFontMetricsF(font(Role.CAPTION))
    baseline = middle + (metrics.ascent() - metrics.descent()) / 2
    painter.setFont(font(Role.CAPTION))
    painter.setPen(color("text_2"))
    for one in np.flatnonzero(np.isfinite(placed.ends)):
        x = float(placed.xs[one]) + SIZE / 2 + _TEXT_GAP
        painter.drawText(QPointF(x, baseline), placed.marks[one].label)
    painter.restore()


def sign_of(mark: TicketMark) -> str:
    """The sign that a ticket has on the axis."""
    return HIGH if mark.kind == "opened" and mark.high else mark.kind
