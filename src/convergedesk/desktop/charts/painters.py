"""Paints the contents of a usage chart onto any painter: screen, picture or page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from convergedesk.desktop.charts.context_painters import (
    paint_dip_shading,
    paint_forecast,
    paint_span_names,
    paint_spans,
)
from convergedesk.desktop.charts.dip_notes import paint_notes, paint_recoveries, place_notes
from convergedesk.desktop.charts.frame import Frame
from convergedesk.desktop.charts.marks import paint_rules
from convergedesk.desktop.charts.series import Band, ChartData, DaySeries, MonthSeries, Series, Target
from convergedesk.desktop.charts.strokes import (
    dashes,
    draw_band,
    draw_dots,
    draw_segments,
    line_pen,
    lone_points,
    segments_between,
)
from convergedesk.desktop.theme import Role, color, font, theme

USAGE_WIDTH = 1.75
_MANY_WIDTH = 1.5
_TOTAL_WIDTH = 2.0
_BELOW_WIDTH = 2.0
PREVIOUS_WIDTH = 1.25
_END_DOT = 3.5


def series_color(data: ChartData, number: int) -> QColor:
    """The colour of a series: usage blue when it is alone, ink for a total, else one of ten."""
    one = data.series[number]
    if len(data.series) == 1:
        return color("usage")
    if one.total:
        return color("text")
    rank = sum(1 for other in data.series[:number] if not other.total)
    palette = theme().palette.series
    return color(palette[rank % len(palette)])


def paint_contents(
    painter: QPainter, frame: Frame, data: ChartData, grid: Sequence[float], *, quick: bool = False
) -> None:
    """Paint all that lies inside the plotting area, from the back to the front.

    Args:
        painter: Any painter: of a screen, a picture or a page.
        frame: Where, and what its edges stand for.
        data: What to show.
        grid: Values with a line across.
        quick: True while lines move under the hand, which are then one pixel thin.
    """
    painter.save()
    painter.setClipRect(frame.rect.adjusted(-1, -8, 5, 1))
    if data.dips:
        paint_dip_shading(painter, frame, data.dips, data.series[0].end - 0.5)
    paint_spans(painter, frame, data.spans)
    paint_grid(painter, frame, grid)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if data.band is not None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not quick)
        _paint_band(painter, frame, data.band, quick=quick)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    named = paint_span_names(painter, frame, data.spans)
    if data.forecast is not None:
        paint_forecast(painter, frame, data.forecast)
    paint_rules(painter, frame, data.tickets)
    for target in data.targets:
        _paint_target(painter, frame, target)
    if data.previous is not None:
        _paint_previous(painter, frame, data.previous, quick=quick)
    for number in sorted(range(len(data.series)), key=lambda n: data.series[n].total):
        _paint_series(painter, frame, data, number, quick=quick)
    main = data.series[0]
    if data.dips and isinstance(main, DaySeries):
        paint_recoveries(painter, frame, main, data.dips)
        paint_notes(painter, place_notes(data, frame, named))
    painter.restore()


def end_point(series: Series, frame: Frame) -> tuple[float, float] | None:
    """The last known (day, value) of a series in view, or None."""
    days, values = series.window(frame.first, frame.last)
    if isinstance(series, MonthSeries):
        days = np.minimum(days + 28, frame.last)
    inside = np.isfinite(values) & (days >= frame.first) & (days <= frame.last + 0.5)
    places = np.flatnonzero(inside)
    if not len(places):
        return None
    return float(days[places[-1]]), float(values[places[-1]])


def paint_grid(painter: QPainter, frame: Frame, values: Sequence[float]) -> None:
    """Paint a line across at each value, but for the one that the axis lies on."""
    painter.setPen(QPen(color("grid"), 1))
    for value in values:
        y = round(frame.y(value)) + 0.5
        if y < frame.rect.bottom() - 1:
            painter.drawLine(QLineF(frame.rect.left(), y, frame.rect.right(), y))


def _paint_band(painter: QPainter, frame: Frame, band: Band, *, quick: bool) -> None:
    start = band.first_day.toordinal()
    lower = max(0, int(frame.first) - start - 1)
    upper = max(lower, min(len(band.low), int(frame.last) - start + 3))
    xs = frame.xs(np.arange(lower, upper, dtype=np.float64) + start)
    high = frame.ys(band.high[lower:upper])
    draw_band(painter, xs, frame.ys(band.low[lower:upper]), high, color("expected_range"), quick=quick)
    head = high[: max(1, len(high) // 4)]
    if band.name and np.isfinite(head).any():
        top = float(np.nanmin(head))
        painter.setFont(font(Role.CAPTION))
        painter.setPen(color("text_3"))
        painter.drawText(QPointF(frame.rect.left() + 8, max(frame.rect.top() + 10, top - 5)), band.name)


def _paint_target(painter: QPainter, frame: Frame, target: Target) -> None:
    left = frame.rect.left() if target.first_day is None else frame.x(target.first_day.toordinal())
    right = frame.rect.right() if target.last_day is None else frame.x(target.last_day.toordinal())
    left, right = max(left, frame.rect.left()), min(right, frame.rect.right())
    if right <= left:
        return
    y = frame.y(target.value)
    painter.setPen(line_pen(color("good"), 1.25))
    draw_segments(painter, dashes(np.array([[left, y, right, y]]), 6.0, 4.0))
    metrics = QFontMetricsF(font(Role.CAPTION_MEDIUM))
    painter.setFont(font(Role.CAPTION_MEDIUM))
    painter.setPen(color("good"))
    text = metrics.elidedText(target.label, Qt.TextElideMode.ElideRight, right - left)
    above = y - 5 if y - metrics.height() > frame.rect.top() else y + metrics.ascent() + 3
    painter.drawText(QPointF(right - metrics.horizontalAdvance(text) - 6, above), text)


def _paint_previous(painter: QPainter, frame: Frame, series: DaySeries, *, quick: bool) -> None:
    days, values = series.window(frame.first, frame.last)
    lines = segments_between(frame.xs(days), frame.ys(values))
    painter.setPen(line_pen(color("previous"), PREVIOUS_WIDTH, quick=quick))
    # Square caps lengthen each dash by the pen's width.
    draw_segments(painter, dashes(lines, 4 * PREVIOUS_WIDTH - PREVIOUS_WIDTH, 4 * PREVIOUS_WIDTH))


def _paint_series(painter: QPainter, frame: Frame, data: ChartData, number: int, *, quick: bool) -> None:
    series = data.series[number]
    ink = series_color(data, number)
    alone = len(data.series) == 1
    width = USAGE_WIDTH if alone else _TOTAL_WIDTH if series.total else _MANY_WIDTH
    if isinstance(series, MonthSeries):
        _paint_months(painter, frame, series, ink, filled=alone)
        return
    days, values = series.window(frame.first, frame.last)
    xs, ys = frame.xs(days), frame.ys(values)
    lines = segments_between(xs, ys)
    painter.setPen(line_pen(ink, width, quick=quick))
    draw_segments(painter, lines)
    draw_dots(painter, lone_points(xs, ys), ink)
    if alone:
        _paint_end(painter, frame, data.band, series, lines, ink, quick=quick)


def _paint_end(
    painter: QPainter,
    frame: Frame,
    band: Band | None,
    series: DaySeries,
    lines: NDArray[np.float64],
    ink: QColor,
    *,
    quick: bool,
) -> None:
    """Paint what only a line that is alone has: days under the range in red, and a dot at its end."""
    days, values = series.window(frame.first, frame.last)
    if band is not None:
        under = values < band.low_at(days)
        both = np.isfinite(values[:-1]) & np.isfinite(values[1:]) if len(values) else np.zeros(0, bool)
        painter.setPen(line_pen(color("below_range"), _BELOW_WIDTH, quick=quick))
        draw_segments(painter, lines[(under[:-1] | under[1:])[both]])
        if len(under) and under[-1]:
            ink = color("below_range")
    last = end_point(series, frame)
    if last is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(frame.x(last[0]), frame.y(last[1])), _END_DOT, _END_DOT)


def _paint_months(painter: QPainter, frame: Frame, series: MonthSeries, ink: QColor, *, filled: bool) -> None:
    """Steps across whole months, with a hair's breadth between them; never a slope."""
    starts = series.starts
    known = np.isfinite(series.values) & (starts[1:] > frame.first) & (starts[:-1] < frame.last + 1)
    lefts = frame.xs(starts[:-1][known] - 0.5) + 1.5
    rights = frame.xs(starts[1:][known] - 0.5) - 1.5
    tops = frame.ys(series.values[known])
    if filled:
        soft = color("expected_range")
        for left, right, top in zip(lefts, rights, tops, strict=True):
            painter.fillRect(QRectF(left, top, right - left, frame.rect.bottom() - top), soft)
    painter.setPen(line_pen(ink, USAGE_WIDTH))
    draw_segments(painter, np.column_stack((lefts, tops, rights, tops)))
