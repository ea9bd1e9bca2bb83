"""Paints what is left of a commitment: so far, as forecast in its fan, and at an even pace."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from convergedesk.desktop.charts.axis_painters import GAP, bottom_axis_height, paint_bottom_axis
from convergedesk.desktop.charts.context_painters import FORECAST_WIDTH
from convergedesk.desktop.charts.frame import Frame
from convergedesk.desktop.charts.painters import PREVIOUS_WIDTH, USAGE_WIDTH
from convergedesk.desktop.charts.placing import along, free_box
from convergedesk.desktop.charts.strokes import dashes, draw_band, draw_segments, line_pen, segments_between
from convergedesk.desktop.theme import Role, color, font
from convergedesk.figures.wording import short_day

_TOP, _SIDE = 8.0, 4.0
_DOT = 3.5
_EVEN_AT = (0.45, 0.3, 0.6, 0.15, 0.75)


@dataclass(frozen=True, slots=True)
class CommitmentPath:
    """What is left of a commitment at the end of each day of its term.

    Attributes:
        first_day: The term's first day.
        last_day: Its last day.
        commitment: What there was at its start.
        left: So far, from the first day on, NaN where unknown. Shape (n,).
        forecast: From the day after on; what is below zero counts as used up. Shape (m,).
        low: The least that is likely to be left, same days, NaN where unknown. Shape (m,).
        high: The most that is likely to be left. Shape (m,).
        even: What an even pace or the contract's ramp leaves at the end of each day of the term;
            None for a straight line. Shape (n + m,).
        before: The forecast to compare a what-if with; None for none. Shape (m,).
        exhausted: The day on which nothing is left; None where something is at the end.
        left_text: Printed at today's dot, such as '€302k left'.
        end_text: Printed at the end where something is left, such as '€40k unused'.
        even_text: Printed along the even pace.
    """

    first_day: date
    last_day: date
    commitment: float
    left: NDArray[np.float64]
    forecast: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    even: NDArray[np.float64] | None = None
    before: NDArray[np.float64] | None = None
    exhausted: date | None = None
    left_text: str = ""
    end_text: str = ""
    even_text: str = "even pace"

    @property
    def days(self) -> int:
        """Days in the term."""
        return (self.last_day - self.first_day).days + 1

    @property
    def even_path(self) -> NDArray[np.float64]:
        """What an even pace leaves at the start and at the end of each day. Shape (days + 1,)."""
        if self.even is None:
            return np.linspace(self.commitment, 0.0, self.days + 1)
        return np.concatenate(([self.commitment], self.even))


class BurnDownFigure:
    """A commitment path, without a window."""

    def __init__(self, path: CommitmentPath) -> None:
        self.path = path
        self._start = path.first_day.toordinal()
        known = np.flatnonzero(np.isfinite(path.left))
        # The end of a day lies where the next one begins.
        self._today = self._start + (int(known[-1]) + 1 if len(known) else 0)
        self._now = float(path.left[known[-1]]) if len(known) else path.commitment

    def frame(self, area: QRectF) -> Frame:
        """The plotting area: the term across, from nothing left up to the whole commitment."""
        height = max(1.0, area.height() - _TOP - bottom_axis_height())
        rect = QRectF(area.left() + _SIDE, area.top() + _TOP, max(1.0, area.width() - 2 * _SIDE), height)
        return Frame(rect, self._start, self._start + self.path.days, 0.0, self.path.commitment)

    def point(self, frame: Frame, day: int) -> QPointF:
        """The path at the end of a day of the term, counted from 0; the axis where nothing is known."""
        value = self.value(day)
        return QPointF(frame.x(self._start + day + 1), frame.y(0.0 if math.isnan(value) else value))

    def value(self, day: int) -> float:
        """What is left at the end of a day of the term, or as forecast; never below zero."""
        path = self.path
        ahead = day - len(path.left)
        if ahead < 0:
            return max(0.0, float(path.left[day]))
        return max(0.0, float(path.forecast[ahead])) if ahead < len(path.forecast) else math.nan

    def paint(self, painter: QPainter, area: QRectF, lit: int = -1) -> None:
        """Paint the chart; `lit` is the day with a hairline."""
        frame, path = self.frame(area), self.path
        painter.save()
        paint_bottom_axis(painter, frame, [], area)
        self._paint_days(painter, frame, area)
        if lit >= 0:
            x = round(frame.x(self._start + lit + 1)) + 0.5
            painter.setPen(QPen(color("control"), 1))
            painter.drawLine(QPointF(x, frame.rect.top()), QPointF(x, frame.rect.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ahead = self._today + np.arange(len(path.forecast) + 1, dtype=np.float64)
        self._paint_fan(painter, frame, ahead)
        even = self._dashed(painter, frame, self._start + np.arange(path.days + 1.0), path.even_path)
        if path.before is not None:
            self._dashed(painter, frame, ahead, np.concatenate(([self._now], path.before)))
        self._paint_drop(painter, frame)
        usage = self._paint_usage(painter, frame)
        forecast = self._paint_forecast(painter, frame, ahead)
        self._paint_words(painter, frame, even, np.vstack((even, usage, forecast)))
        painter.restore()

    def _paint_days(self, painter: QPainter, frame: Frame, area: QRectF) -> None:
        """Name the first day, today and the last or the exhausted one; what matters most goes first."""
        path = self.path
        end = path.exhausted or path.last_day
        entries = [
            (frame.x(end.toordinal() + 1), short_day(end), path.exhausted is not None),
            (frame.x(self._start), short_day(path.first_day), False),
            (frame.x(self._today), "today", False),
        ]
        if path.exhausted is not None:
            entries.append((frame.rect.right(), short_day(path.last_day), False))
        taken: list[QRectF] = []
        for x, text, strong in entries:
            role = Role.CAPTION_STRONG if strong else Role.CAPTION
            metrics = QFontMetricsF(font(role))
            width = metrics.horizontalAdvance(text)
            left = min(max(x - width / 2, area.left()), area.right() - width)
            box = QRectF(left, frame.rect.bottom() + GAP, width, metrics.height())
            if not any(box.adjusted(-GAP, 0, GAP, 0).intersects(other) for other in taken):
                painter.setFont(font(role))
                painter.setPen(color("warning" if strong else "text_3"))
                painter.drawText(QPointF(round(left), round(box.top() + metrics.ascent())), text)
                taken.append(box)

    def _paint_fan(self, painter: QPainter, frame: Frame, ahead: NDArray[np.float64]) -> None:
        low = np.concatenate(([self._now], np.maximum(self.path.low, 0.0)))
        high = np.concatenate(([self._now], np.maximum(self.path.high, 0.0)))
        draw_band(painter, frame.xs(ahead), frame.ys(low), frame.ys(high), color("warning_soft"))

    def _dashed(
        self, painter: QPainter, frame: Frame, days: NDArray[np.float64], values: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        xs, ys = _until_nothing(days, values)
        xs, ys = frame.xs(xs), frame.ys(ys)
        painter.setPen(line_pen(color("previous"), PREVIOUS_WIDTH))
        # Square caps lengthen each dash by the pen's width.
        draw_segments(painter, dashes(segments_between(xs, ys), 3 * PREVIOUS_WIDTH, 4 * PREVIOUS_WIDTH))
        return along(xs, ys)

    def _paint_drop(self, painter: QPainter, frame: Frame) -> None:
        x = frame.x(self._today)
        line = np.array([[x, frame.y(self._now), x, frame.rect.bottom()]])
        painter.setPen(line_pen(color("line_strong"), 1.0))
        draw_segments(painter, dashes(line, 1.0, 3.0))

    def _paint_usage(self, painter: QPainter, frame: Frame) -> NDArray[np.float64]:
        values = np.concatenate(([self.path.commitment], self.path.left))
        known = np.isfinite(values)
        days = self._start + np.arange(len(values), dtype=np.float64)
        xs, ys = frame.xs(days[known]), frame.ys(np.maximum(values[known], 0.0))
        painter.setPen(line_pen(color("usage"), USAGE_WIDTH))
        draw_segments(painter, segments_between(frame.xs(days), frame.ys(np.maximum(values, 0.0))))
        self._paint_dot(painter, frame, self._today, self._now, "usage")
        return along(xs, ys)

    def _paint_forecast(
        self, painter: QPainter, frame: Frame, ahead: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        xs, ys = _until_nothing(ahead, np.concatenate(([self._now], self.path.forecast)))
        if len(xs) > 1:
            self._paint_dot(painter, frame, float(xs[-1]), float(ys[-1]), "forecast")
        xs, ys = frame.xs(xs), frame.ys(ys)
        painter.setPen(line_pen(color("forecast"), FORECAST_WIDTH))
        draw_segments(painter, dashes(segments_between(xs, ys), FORECAST_WIDTH, 4 * FORECAST_WIDTH))
        return along(xs, ys)

    def _paint_words(
        self, painter: QPainter, frame: Frame, even: NDArray[np.float64], drawn: NDArray[np.float64]
    ) -> None:
        taken: list[QRectF] = []
        now = frame.x(self._today), frame.y(max(self._now, 0.0))
        end = float(drawn[-1, 0]), float(drawn[-1, 1])
        near_even = [tuple(even[int(share * (len(even) - 1))]) for share in _EVEN_AT]
        for text, role, token, places in (
            (self.path.left_text, Role.LABEL_STRONG, "text", [now]),
            (self.path.end_text, Role.CAPTION_STRONG, "warning", [end]),
            (self.path.even_text, Role.CAPTION, "text_3", near_even),
        ):
            metrics = QFontMetricsF(font(role))
            size = metrics.horizontalAdvance(text), metrics.height()
            boxes = [box for x, y in places for box in _beside(float(x), float(y), *size)]
            box = free_box(boxes, frame.rect, taken, drawn)
            if text and box is not None:
                painter.setFont(font(role))
                painter.setPen(color(token))
                painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), text)
                taken.append(box)

    @staticmethod
    def _paint_dot(painter: QPainter, frame: Frame, day: float, value: float, token: str) -> None:
        painter.setPen(QPen(color("surface"), 1.5))
        painter.setBrush(color(token))
        painter.drawEllipse(QPointF(frame.x(day), frame.y(max(value, 0.0))), _DOT + 0.75, _DOT + 0.75)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _until_nothing(
    days: NDArray[np.float64], values: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A path up to the moment at which nothing is left; its unknown end is cut off."""
    known = np.flatnonzero(np.isfinite(values))
    if not len(known):
        return np.zeros(0), np.zeros(0)
    days, values = days[: known[-1] + 1], values[: known[-1] + 1]
    below = np.flatnonzero(values <= 0)
    if not len(below):
        return days, values
    end = int(below[0])
    if end == 0 or math.isnan(values[end - 1]):
        return days[: end + 1], np.append(values[:end], 0.0)
    share = values[end - 1] / (values[end - 1] - values[end])
    crossing = days[end - 1] + share * (days[end] - days[end - 1])
    return np.append(days[:end], crossing), np.append(values[:end], 0.0)


def _beside(x: float, y: float, width: float, height: float) -> list[QRectF]:
    """Places for words at a point: above to the right, beneath to the left, then the other corners."""
    return [
        QRectF(x + 8, y - height - 4, width, height),
        QRectF(x - width - 10, y + 2, width, height),
        QRectF(x + 10, y + 4, width, height),
        QRectF(x - width - 8, y - height - 4, width, height),
        QRectF(x - width, y - height - 24, width, height),
    ]
