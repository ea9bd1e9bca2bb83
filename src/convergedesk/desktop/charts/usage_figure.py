"""A usage chart without a window: measured once, then painted into any rectangle of any painter."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from convergedesk.desktop.charts.axis_painters import (
    Tick,
    bottom_axis_height,
    day_axis,
    paint_bottom_axis,
    paint_value_axis,
    value_axis,
    value_axis_width,
    values_wanted,
)
from convergedesk.desktop.charts.frame import Frame
from convergedesk.desktop.charts.labels import end_labels, labels_width, paint_end_labels
from convergedesk.desktop.charts.marks import MarkRow, PlacedMarks, paint_marks
from convergedesk.desktop.charts.painters import paint_contents
from convergedesk.desktop.charts.series import ChartData, MonthSeries, TicketMark
from convergedesk.desktop.charts.ticks import value_range

_TOP = 10.0
_STEADY = 16.0


class UsageFigure:
    """What a usage chart shows, measured in the fonts of the theme on screen."""

    def __init__(self, data: ChartData) -> None:
        self.data = data
        self.marks = MarkRow(data.tickets)
        self._right = labels_width(data) if data.series else 0.0

    def frame(self, area: QRectF, first: float, last: float, before: float = 0.0) -> Frame:
        """The plotting area within an area, with values that fit what is in view.

        Args:
            area: Pixels that the chart may use.
            first: Ordinal at the left edge.
            last: Ordinal at the right edge.
            before: Where the plotting area began in the picture before; kept where it is about right,
                so that nothing trembles while days go by.
        """
        if not self.data.series:
            return Frame(area, first, last, 0.0, 1.0)
        height = max(1.0, area.height() - _TOP - bottom_axis_height(self.marks.height))
        low, high = value_range(*values_in_view(self.data, first, last), wanted=values_wanted(height))
        left = area.left() + value_axis_width(value_axis(low, high, height))
        if left < before <= left + _STEADY:
            left = before
        width = max(1.0, area.right() - self._right - left)
        return Frame(QRectF(left, area.top() + _TOP, width, height), first, last, low, high)

    def placed(self, frame: Frame) -> PlacedMarks:
        """The tickets in view."""
        return self.marks.place(frame, frame.rect.right() + self._right)

    def paint(
        self,
        painter: QPainter,
        frame: Frame,
        *,
        lit: TicketMark | None = None,
        quick: bool = False,
    ) -> None:
        """Paint the chart.

        Args:
            painter: Any painter: of a screen, a picture or a page.
            frame: From `frame`.
            lit: The ticket to outline.
            quick: True while the chart moves and there is no time for full quality.
        """
        if not self.data.series:
            return
        painter.save()
        values = value_axis(frame.low, frame.high, frame.rect.height())
        days = self._days(frame)
        paint_value_axis(painter, frame, values)
        area = frame.rect.adjusted(-frame.rect.left(), 0, self._right, 0)
        paint_bottom_axis(painter, frame, days, area, self.marks.height)
        paint_contents(painter, frame, self.data, [tick.place for tick in values], quick=quick)
        paint_end_labels(painter, frame, end_labels(self.data, frame), self._right)
        if self.data.tickets:
            paint_marks(painter, frame, self.placed(frame), lit)
        painter.restore()

    def _days(self, frame: Frame) -> Sequence[Tick]:
        return day_axis(
            frame.first,
            frame.last,
            frame.rect.width(),
            months=self.data.by_month,
            origin=self.data.origin,
        )


def values_in_view(data: ChartData, first: float, last: float) -> tuple[float, float]:
    """The least and greatest value that is drawn between two days; NaN where there is none."""
    parts = []
    lines = [*data.series, data.previous] if data.previous is not None else data.series
    for series in lines:
        days, values = series.window(first, last)
        inside = values if isinstance(series, MonthSeries) else values[(days >= first) & (days <= last)]
        parts.append(inside)
    if data.band is not None:
        start = data.band.first_day.toordinal()
        lower = max(0, int(first) - start)
        upper = max(lower, int(last) - start + 1)
        parts += [data.band.low[lower:upper], data.band.high[lower:upper]]
    if data.forecast is not None:
        seen = (data.forecast.days >= first) & (data.forecast.days <= last)
        parts += [edge[seen] for edge in (data.forecast.low, data.forecast.middle, data.forecast.high)]
    if data.targets:
        parts.append(np.array([target.value for target in data.targets]))
    known = np.concatenate([np.zeros(0), *parts])
    known = known[np.isfinite(known)]
    if any(isinstance(series, MonthSeries) for series in data.series) and len(known):
        # Filled steps stand on zero.
        known = np.append(known, 0.0)
    return (float(known.min()), float(known.max())) if len(known) else (float("nan"), float("nan"))
