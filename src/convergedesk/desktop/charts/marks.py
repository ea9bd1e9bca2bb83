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
from convergedesk.desktop.charts.signs import HIGH, RESTORED, SIGNS, SIZE, paint_sign, paint_signs
from convergedesk.desktop.charts.strokes import dashes, draw_segments, line_pen
from convergedesk.desktop.theme import Role, color, font

LANE = 22.0
_SECOND_LINE = 15.0
_TEXT_GAP = 5.0
_REACH = 8.0
_RULE_ON, _RULE_OFF = 3.0, 3.0


class PlacedMarks(NamedTuple):
    """The tickets in view, from left to right.

    Attributes:
        marks: The tickets.
        xs: Pixels of their signs. Shape (n,).
        lefts: Where the texts begin that are printed, NaN where none is. Shape (n,).
        ends: Where they end. Shape (n,).
        beneath: True for a text on a second line under its sign. Shape (n,).
    """

    marks: tuple[TicketMark, ...]
    xs: NDArray[np.float64]
    lefts: NDArray[np.float64]
    ends: NDArray[np.float64]
    beneath: NDArray[np.bool_]

    def at(self, x: float) -> TicketMark | None:
        """The ticket whose sign or text is at a pixel; the nearest, then the graver one."""
        distances = np.abs(self.xs - x)
        near = (distances <= _REACH) | ((x >= self.lefts) & (x <= self.ends))
        entries = [
            (bool(distances[one] > _REACH), round(float(distances[one]) / 3), not self.marks[one].high, one)
            for one in np.flatnonzero(near)
        ]
        return self.marks[min(entries)[3]] if entries else None


class MarkRow:
    """The tickets of a chart, measured once and placed for every frame.

    Texts stand right of their signs. Where the chart tells the story of a few tickets, with rules up
    through the plot, a text that has no room there goes to the left or under its sign.

    Attributes:
        height: Pixels that the lane under the axis needs.
    """

    def __init__(self, marks: Sequence[TicketMark]) -> None:
        metrics = QFontMetricsF(font(Role.CAPTION))
        self._marks = tuple(sorted(marks, key=lambda mark: mark.day))
        self._days = np.array([mark.day.toordinal() for mark in self._marks], dtype=np.float64)
        widths = [metrics.horizontalAdvance(mark.label) if mark.label else np.inf for mark in self._marks]
        self._widths = np.array(widths, dtype=np.float64)
        self._story = any(mark.rule for mark in self._marks)
        self.height = (LANE + (_SECOND_LINE if self._story else 0.0)) if self._marks else 0.0

    def place(self, frame: Frame, right: float) -> PlacedMarks:
        """Tickets in view. A text is printed where it runs into no sign and no other text.

        Args:
            frame: The plotting area.
            right: Pixels up to which a text may run.
        """
        lower, upper = np.searchsorted(self._days, (frame.first - 0.5, frame.last + 0.5))
        xs = frame.xs(self._days[lower:upper])
        widths = self._widths[lower:upper]
        lefts = xs + SIZE / 2 + _TEXT_GAP
        limits = np.append(xs[1:] - SIZE, right)[: len(xs)]
        lefts[lefts + widths > limits] = np.nan
        beneath = np.zeros(len(xs), dtype=np.bool_)
        if self._story:
            self._make_room(xs, widths, lefts, beneath, right)
        return PlacedMarks(self._marks[lower:upper], xs, lefts, lefts + widths, beneath)

    @staticmethod
    def _make_room(
        xs: NDArray[np.float64],
        widths: NDArray[np.float64],
        lefts: NDArray[np.float64],
        beneath: NDArray[np.bool_],
        right: float,
    ) -> None:
        free, free_beneath = 0.0, 0.0
        for one in np.flatnonzero(np.isfinite(widths)):
            if np.isnan(lefts[one]):
                before = xs[one] - SIZE / 2 - _TEXT_GAP - widths[one]
                middle = min(xs[one] - widths[one] / 2, right - widths[one])
                if before >= free:
                    lefts[one] = before
                elif middle >= free_beneath:
                    lefts[one], beneath[one] = middle, True
                    free_beneath = middle + widths[one] + _TEXT_GAP
            free = xs[one] + SIZE
            if not beneath[one] and np.isfinite(lefts[one]):
                free = max(free, lefts[one] + widths[one] + _TEXT_GAP)


def paint_rules(painter: QPainter, frame: Frame, marks: Sequence[TicketMark]) -> None:
    """Paint dashed lines up from the signs that have one."""
    for mark in marks:
        if not mark.rule:
            continue
        x = round(frame.x(mark.day.toordinal())) + 0.5
        if frame.rect.left() <= x <= frame.rect.right():
            line = np.array([[x, frame.rect.bottom(), x, frame.rect.top()]])
            painter.setPen(line_pen(color(_ink(mark)), 1.0))
            draw_segments(painter, dashes(line, _RULE_ON - 1, _RULE_OFF + 1))


def paint_marks(painter: QPainter, frame: Frame, placed: PlacedMarks, lit: TicketMark | None = None) -> None:
    """Paint signs and texts in the lane under the axis; `lit` is outlined."""
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
    baseline = round(middle + (metrics.ascent() - metrics.descent()) / 2)
    painter.setFont(font(Role.CAPTION))
    for one in np.flatnonzero(np.isfinite(placed.ends)):
        mark = placed.marks[one]
        painter.setPen(color("good" if mark.rule and mark.kind == RESTORED else "text_2"))
        y = baseline + (_SECOND_LINE if placed.beneath[one] else 0.0)
        painter.drawText(QPointF(float(placed.lefts[one]), y), mark.label)
    painter.restore()


def sign_of(mark: TicketMark) -> str:
    """The sign that a ticket has on the axis."""
    return HIGH if mark.kind == "opened" and mark.high else mark.kind


def _ink(mark: TicketMark) -> str:
    if mark.kind == RESTORED:
        return "good"
    return "critical" if sign_of(mark) == HIGH else "text_3"
