"""Paints a survival curve: the share that still waits, as steps, with its interval and what is still open."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from convergedesk.desktop.charts.axis_painters import (
    Tick,
    bottom_axis_height,
    paint_bottom_axis,
    paint_value_axis,
    value_axis_width,
)
from convergedesk.desktop.charts.frame import Frame
from convergedesk.desktop.charts.painters import PREVIOUS_WIDTH, USAGE_WIDTH, paint_grid
from convergedesk.desktop.charts.placing import along, free_box
from convergedesk.desktop.charts.strokes import dashes, draw_segments, line_pen, segments_between
from convergedesk.desktop.theme import Role, color, font
from convergedesk.figures.wording import percent

_TOP, _RIGHT = 10.0, 10.0
_WEEK = 7
_CENSOR_TICK = 9.0
_DOT = 3.5
_TICK_PX = 44.0


@dataclass(frozen=True, slots=True)
class SurvivalCurve:
    """The share that still waits after a number of days. Steps hold until the next one.

    Attributes:
        times: Days at which the share changes, ascending. Shape (n,).
        share: The share from that day on, 0 to 1. Shape (n,).
        low: Lower limit of its interval, NaN where unknown. Shape (n,).
        high: Upper limit. Shape (n,).
        name: Printed beside it where it is not the main one, such as 'Q3, median 6 days'.
        median: Days after which half still wait; NaN or infinite where that is not known.
        open_days: For each one that still waits, for how long so far. Shape (m,).
    """

    times: NDArray[np.float64]
    share: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    name: str = ""
    median: float = math.nan
    open_days: NDArray[np.float64] | None = None

    @property
    def last(self) -> float:
        """The last day that anything is known of."""
        known = [*self.times[-1:], *(self.open_days if self.open_days is not None else ())]
        return max((float(one) for one in known), default=0.0)

    def at(self, day: float) -> float:
        """The share on a day: 1 before the first step."""
        index = int(np.searchsorted(self.times, day, side="right")) - 1
        return float(self.share[index]) if index >= 0 else 1.0


def corners(
    times: NDArray[np.float64], share: NDArray[np.float64], last: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The corners of steps from (0, 1) to the last day; the share holds until the next time."""
    days = np.concatenate(([0.0], np.repeat(times, 2), [max(last, *times[-1:], 0.0)]))
    shares = np.repeat(np.concatenate(([1.0], share)), 2)
    return days, shares


class SurvivalFigure:
    """One curve, with another to compare it with.

    Args:
        curve: The main one.
        previous: The period before, dashed.
        open_note: What the ticks on the curve are, such as '3 not restored yet'.
        last_day: Where the axis ends; None for the last day known.
        median_text: Printed at the median, such as '5 days'.
    """

    def __init__(
        self,
        curve: SurvivalCurve,
        previous: SurvivalCurve | None = None,
        *,
        open_note: str = "",
        last_day: float | None = None,
        median_text: str = "",
    ) -> None:
        self.curve = curve
        self.previous = previous
        self._open_note = open_note
        self._median_text = median_text
        known = max(curve.last, previous.last if previous is not None else 0.0, 1.0)
        self._last = last_day if last_day is not None else math.ceil(known / _WEEK) * _WEEK

    def frame(self, area: QRectF) -> Frame:
        """The plotting area: days across, shares upwards."""
        left = area.left() + value_axis_width([Tick(1.0, percent(1.0))])
        height = max(1.0, area.height() - _TOP - bottom_axis_height())
        width = max(1.0, area.right() - _RIGHT - left)
        return Frame(QRectF(left, area.top() + _TOP, width, height), 0.0, self._last, 0.0, 1.0)

    def paint(self, painter: QPainter, area: QRectF, lit: int = -1) -> None:
        """Paint the chart; `lit` is the step with a dot."""
        frame = self.frame(area)
        painter.save()
        paint_grid(painter, frame, (0.25, 0.5, 0.75, 1.0))
        paint_value_axis(painter, frame, [Tick(share, percent(share)) for share in (0.0, 0.5, 1.0)])
        paint_bottom_axis(painter, frame, _days(self._last, frame.rect.width()), area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = [self._paint_band(painter, frame), self._paint_curve(painter, frame, self.curve, dashed=False)]
        if self.previous is not None:
            ink.append(self._paint_curve(painter, frame, self.previous, dashed=True))
        drawn = np.vstack(ink)
        taken = self._paint_median(painter, frame)
        self._paint_open(painter, frame, taken, drawn)
        self._name_previous(painter, frame, taken, drawn)
        if 0 <= lit < len(self.curve.times):
            self._paint_dot(painter, frame, float(self.curve.times[lit]), float(self.curve.share[lit]))
        painter.restore()

    def _paint_band(self, painter: QPainter, frame: Frame) -> NDArray[np.float64]:
        curve = self.curve
        ink = [np.zeros((0, 2))]
        ends = np.append(curve.times[1:], curve.last)[: len(curve.times)]
        for start, end, low, high in zip(curve.times, ends, curve.low, curve.high, strict=True):
            if np.isfinite(low) and np.isfinite(high):
                box = QRectF(QPointF(frame.x(start), frame.y(high)), QPointF(frame.x(end), frame.y(low)))
                painter.fillRect(box, color("expected_range"))
                levels = np.linspace(box.top(), box.bottom(), 5)
                ink += [along(np.array([box.left(), box.right()]), np.array([y, y])) for y in levels]
        return np.vstack(ink)

    def _paint_curve(
        self, painter: QPainter, frame: Frame, curve: SurvivalCurve, *, dashed: bool
    ) -> NDArray[np.float64]:
        # A share of nothing is final, one of something is only known as long as someone is watched.
        over = len(curve.share) > 0 and curve.share[-1] <= 0
        days, shares = corners(curve.times, curve.share, self._last if over else curve.last)
        xs, ys = frame.xs(days), frame.ys(shares)
        lines = segments_between(xs, ys)
        width = PREVIOUS_WIDTH if dashed else USAGE_WIDTH
        painter.setPen(line_pen(color("previous" if dashed else "usage"), width))
        # Square caps lengthen each dash by the pen's width.
        draw_segments(painter, dashes(lines, 3 * width, 4 * width) if dashed else lines)
        return along(xs, ys)

    def _paint_median(self, painter: QPainter, frame: Frame) -> list[QRectF]:
        if not math.isfinite(self.curve.median):
            return []
        x, y = frame.x(self.curve.median), frame.y(0.5)
        lines = np.array([[frame.rect.left(), y, x, y], [x, y, x, frame.rect.bottom()]])
        painter.setPen(line_pen(color("usage"), 1.0))
        draw_segments(painter, dashes(lines, 1.0, 3.0))
        self._paint_dot(painter, frame, self.curve.median, 0.5)
        metrics = QFontMetricsF(font(Role.LABEL_STRONG))
        width = metrics.horizontalAdvance(self._median_text)
        box = QRectF(frame.rect.left() + 6, y - metrics.height() - 3, width, metrics.height())
        painter.setFont(font(Role.LABEL_STRONG))
        painter.setPen(color("accent_text"))
        painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), self._median_text)
        return [box]

    def _paint_open(
        self, painter: QPainter, frame: Frame, taken: list[QRectF], drawn: NDArray[np.float64]
    ) -> None:
        days = self.curve.open_days
        if days is None or not len(days):
            return
        painter.setPen(QPen(color("usage"), 1.5))
        half = _CENSOR_TICK / 2
        for day in np.unique(days):
            x, y = frame.x(float(day)), frame.y(self.curve.at(float(day)))
            painter.drawLine(QPointF(x, y - half), QPointF(x, y + half))
        metrics = QFontMetricsF(font(Role.CAPTION))
        width = metrics.horizontalAdvance(self._open_note) + 8
        boxes = _grid_of_boxes(frame.rect, width, metrics.height(), start=0.7)
        box = free_box(boxes, frame.rect, taken, drawn)
        if self._open_note and box is not None:
            middle = box.center().y()
            painter.drawLine(QPointF(box.left(), middle - half), QPointF(box.left(), middle + half))
            painter.setFont(font(Role.CAPTION))
            painter.setPen(color("text_2"))
            painter.drawText(QPointF(box.left() + 6, box.top() + metrics.ascent()), self._open_note)
            taken.append(box)

    def _name_previous(
        self, painter: QPainter, frame: Frame, taken: list[QRectF], drawn: NDArray[np.float64]
    ) -> None:
        if self.previous is None or not self.previous.name:
            return
        metrics = QFontMetricsF(font(Role.CAPTION_MEDIUM))
        width, height = metrics.horizontalAdvance(self.previous.name), metrics.height()
        boxes = []
        for share in (0.55, 0.65, 0.4, 0.8, 0.3):
            steps = np.flatnonzero(self.previous.share <= share)
            if len(steps):
                x = frame.x(float(self.previous.times[steps[0]]))
                boxes.append(QRectF(x + 12, frame.y(share) - height / 2, width, height))
        box = free_box(boxes, frame.rect, taken, drawn)
        if box is not None:
            painter.setFont(font(Role.CAPTION_MEDIUM))
            painter.setPen(color("text_2"))
            painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), self.previous.name)

    @staticmethod
    def _paint_dot(painter: QPainter, frame: Frame, day: float, share: float) -> None:
        painter.setPen(QPen(color("surface"), 1.5))
        painter.setBrush(color("usage"))
        painter.drawEllipse(QPointF(frame.x(day), frame.y(share)), _DOT + 0.75, _DOT + 0.75)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _days(last: float, width: float) -> list[Tick]:
    wanted = max(1, int(width / _TICK_PX))
    step = next((one for one in (1, 2, 7, 14, 28) if last / one <= wanted), 28)
    while last / step > wanted:
        step *= 2
    places = range(0, int(last) + 1, step)
    return [Tick(place, f"{place} days" if place == places[-1] else str(place)) for place in places]


def _grid_of_boxes(area: QRectF, width: float, height: float, start: float) -> list[QRectF]:
    """Places for a note, from a share of the height downwards and then upwards, the right half first."""
    shares = (start, 0.6, 0.8, 0.5, 0.4, 0.3, 0.2, 0.1)
    return [
        QRectF(area.left() + column * area.width(), area.top() + share * area.height(), width, height)
        for share in shares
        for column in (0.52, 0.6, 0.68, 0.4)
    ]
