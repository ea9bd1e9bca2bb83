"""Paints what surrounds usage: special days, dips, and what is forecast."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from convergedesk.desktop.charts.frame import Frame
from convergedesk.desktop.charts.series import Dip, Forecast, Span
from convergedesk.desktop.charts.strokes import dashes, draw_band, draw_segments, line_pen, segments_between
from convergedesk.desktop.theme import Role, color, font

FORECAST_WIDTH = 1.5
_SOFT_ALPHA = 140
_HATCH_STEP = 8.0
_FEW = 6
_LABEL_ROWS = 2
_PADDING = 4.0


def paint_spans(painter: QPainter, frame: Frame, spans: Sequence[Span]) -> None:
    """Paint days with a name, behind everything else; `paint_span_names` names them."""
    for span in _in_view(frame, spans):
        _paint_span(painter, frame, span)


def paint_span_names(painter: QPainter, frame: Frame, spans: Sequence[Span]) -> list[QRectF]:
    """Print the names of days at the top.

    A name that is wider than its days is printed only where few spans are in view; two lines are
    there for names that would run into one another.

    Returns:
        Where names are printed.
    """
    seen = _in_view(frame, spans)
    metrics = QFontMetricsF(font(Role.CAPTION))
    painter.setFont(font(Role.CAPTION))
    free = [frame.rect.left()] * _LABEL_ROWS
    printed: list[QRectF] = []
    for span in seen:
        left = max(frame.x(span.edges[0]), frame.rect.left()) + _PADDING
        if span.kind == "release":
            left = frame.x(span.first_day.toordinal()) + _PADDING
        width = metrics.horizontalAdvance(span.label)
        inside = left + width <= min(frame.x(span.edges[1]), frame.rect.right())
        row = next((number for number, end in enumerate(free) if end <= left), None)
        if not span.label or row is None or not (inside or len(seen) <= _FEW):
            continue
        if left + width > frame.rect.right():
            continue
        box = QRectF(left, frame.rect.top() + 3 + row * metrics.height(), width, metrics.height())
        painter.setPen(color("critical" if _broken(span) else "text_3"))
        painter.drawText(QPointF(left, box.top() + metrics.ascent()), span.label)
        printed.append(box)
        free[row] = left + width + 2 * _PADDING
    return printed


def _in_view(frame: Frame, spans: Sequence[Span]) -> list[Span]:
    seen = [span for span in spans if span.edges[1] > frame.first and span.edges[0] < frame.last]
    return sorted(seen, key=lambda span: span.edges)


def paint_dip_shading(painter: QPainter, frame: Frame, dips: Sequence[Dip], last: float) -> None:
    """Shade the days of dips, behind everything else; one that lasts is shaded up to the ordinal `last`."""
    # Mixed beforehand and on whole pixels, since blending many columns takes longer than a frame has.
    fill = _mixed(color("incident"), color("surface"), _SOFT_ALPHA / 255)
    for dip in dips:
        first, end = dip.edges(last)
        if end >= frame.first and first <= frame.last:
            painter.fillRect(_column(frame, first, end).toAlignedRect(), fill)


def paint_forecast(painter: QPainter, frame: Frame, forecast: Forecast) -> None:
    """Paint the fan and the dashed line in it, with a dot at its end."""
    days = forecast.days
    seen = (days >= frame.first - 1) & (days <= frame.last + 1)
    xs, middle = frame.xs(days[seen]), frame.ys(forecast.middle[seen])
    low, high = frame.ys(forecast.low[seen]), frame.ys(forecast.high[seen])
    draw_band(painter, xs, low, high, color("warning_soft"))
    ink = color("forecast")
    painter.setPen(line_pen(ink, FORECAST_WIDTH))
    on, off = 2 * FORECAST_WIDTH, 3 * FORECAST_WIDTH
    # Square caps lengthen each dash by the pen's width.
    draw_segments(painter, dashes(segments_between(xs, middle), on - FORECAST_WIDTH, off + FORECAST_WIDTH))
    known = np.flatnonzero(np.isfinite(middle) & (days[seen] <= frame.last))
    if len(known):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(float(xs[known[-1]]), float(middle[known[-1]])), 3.0, 3.0)


def _mixed(over: QColor, under: QColor, share: float) -> QColor:
    def part(above: int, below: int) -> int:
        return round(above * share + below * (1 - share))

    return QColor(
        part(over.red(), under.red()), part(over.green(), under.green()), part(over.blue(), under.blue())
    )


def _broken(span: Span) -> bool:
    return span.incident or span.kind == "outage"


def _column(frame: Frame, first: float, last: float) -> QRectF:
    left, right = max(frame.x(first), frame.rect.left()), min(frame.x(last), frame.rect.right())
    return QRectF(left, frame.rect.top(), max(0.0, right - left), frame.rect.height())


def _paint_span(painter: QPainter, frame: Frame, span: Span) -> None:
    if span.kind == "release":
        x = round(frame.x(span.first_day.toordinal())) + 0.5
        painter.setPen(QPen(color("line_strong"), 1))
        painter.drawLine(QPointF(x, frame.rect.top()), QPointF(x, frame.rect.bottom()))
        return
    area = _column(frame, *span.edges)
    fill = QColor(color("incident" if _broken(span) else "neutral_soft"))
    fill.setAlpha(_SOFT_ALPHA)
    painter.fillRect(area, fill)
    if span.kind == "freeze":
        _hatch(painter, frame, area)


def _hatch(painter: QPainter, frame: Frame, area: QRectF) -> None:
    """Rule an area diagonally. The lines are tied to the days, so that they move with them."""
    height = area.height()
    shift = (area.left() - frame.x(round(frame.first))) % _HATCH_STEP
    starts = np.arange(area.left() - height - shift, area.right(), _HATCH_STEP)
    # From the bottom at `starts` up to the right, cut at both sides of the area.
    low = np.maximum(starts, area.left())
    high = np.minimum(starts + height, area.right())
    keep = high > low
    rows = np.column_stack((low, area.bottom() - (low - starts), high, area.bottom() - (high - starts)))[keep]
    painter.save()
    painter.setBrush(QBrush(Qt.BrushStyle.NoBrush))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color("line"), 1))
    draw_segments(painter, rows)
    painter.restore()
