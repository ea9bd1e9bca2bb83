"""The words beside dips, placed where they cover neither lines nor one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from convergedesk.desktop.charts.frame import Frame
from convergedesk.desktop.charts.placing import free_box
from convergedesk.desktop.charts.series import ChartData, DaySeries, Dip
from convergedesk.desktop.theme import Role, color, font

_AWAY = 10.0
_MOST = 8
_LEAST_HEIGHT = 120.0
_DOT = 3.5


class DipNote(NamedTuple):
    """The words of a dip and the box they stand in."""

    dip: Dip
    box: QRectF


def place_notes(data: ChartData, frame: Frame, taken: Sequence[QRectF] = ()) -> list[DipNote]:
    """Boxes beside the deepest points of dips; a dip whose words would cover others gets none.

    Where there are more dips in view than a reader takes in, or the chart is too low for words, none has
    any: the read-out has them.

    Args:
        data: The chart; its first series is the one that dips.
        frame: The plotting area.
        taken: Boxes of words that are there already.
    """
    series = data.series[0]
    known = series.end - 0.5
    seen = [
        dip
        for dip in data.dips
        if dip.title and dip.edges(known)[1] >= frame.first and dip.edges(known)[0] <= frame.last
    ]
    if len(seen) > _MOST or frame.rect.height() < _LEAST_HEIGHT:
        return []
    line = _points(frame, *series.window(frame.first, frame.last))
    drawn = [line]
    if data.band is not None:
        start = data.band.first_day.toordinal()
        lower = min(max(0, int(frame.first) - start), len(data.band.low))
        upper = max(lower, min(len(data.band.low), int(frame.last) - start + 2))
        days = np.arange(lower, upper, dtype=np.float64) + start
        drawn += [_points(frame, days, edge[lower:upper]) for edge in (data.band.low, data.band.high)]
    if data.forecast is not None:
        fan = (data.forecast.low, data.forecast.middle, data.forecast.high)
        drawn += [_points(frame, data.forecast.days, edge) for edge in fan]
    ink = np.vstack(drawn)
    placed: list[DipNote] = []
    for dip in seen:
        first, last = dip.edges(known)
        inside = line[(line[:, 0] >= frame.x(first)) & (line[:, 0] <= frame.x(last))]
        if not len(inside):
            continue
        width, height = _size(dip)
        trough = float(inside[:, 1].max())
        others = [*taken, *(note.box for note in placed)]
        boxes = _boxes(frame, frame.x(first), frame.x(last), trough, width, height)
        box = free_box(boxes, frame.rect, others, ink)
        if box is not None:
            placed.append(DipNote(dip, box))
    return placed


def paint_notes(painter: QPainter, notes: Sequence[DipNote]) -> None:
    """Paint the words."""
    strong, plain = QFontMetricsF(font(Role.LABEL_STRONG)), QFontMetricsF(font(Role.CAPTION))
    for dip, box in notes:
        painter.setFont(font(Role.LABEL_STRONG))
        painter.setPen(color("critical"))
        painter.drawText(QPointF(box.left(), box.top() + strong.ascent()), dip.title)
        painter.setFont(font(Role.CAPTION))
        painter.setPen(color("text_2"))
        painter.drawText(QPointF(box.left(), box.top() + strong.height() + plain.ascent()), dip.sub)


def paint_recoveries(painter: QPainter, frame: Frame, series: DaySeries, dips: Sequence[Dip]) -> None:
    """Mark the days on which value was restored with a green dot on the line."""
    painter.setPen(QPen(color("surface"), 1.5))
    painter.setBrush(color("good"))
    for dip in dips:
        if dip.restored is None:
            continue
        day = dip.restored.toordinal()
        value = series.at(day)
        if np.isfinite(value) and frame.first <= day <= frame.last:
            painter.drawEllipse(QPointF(frame.x(day), frame.y(value)), _DOT, _DOT)


def _size(dip: Dip) -> tuple[float, float]:
    strong, plain = QFontMetricsF(font(Role.LABEL_STRONG)), QFontMetricsF(font(Role.CAPTION))
    width = max(strong.horizontalAdvance(dip.title), plain.horizontalAdvance(dip.sub))
    return width, strong.height() + (plain.height() if dip.sub else 0.0)


def _boxes(
    frame: Frame, left: float, right: float, trough: float, width: float, height: float
) -> Iterator[QRectF]:
    """Places for words beside a dip, the best first: right of it, left of it, beneath it, then higher."""
    area = frame.rect
    beneath = min(max((left + right - width) / 2, area.left()), area.right() - width)
    higher = (trough - 2 * height, area.bottom() - height - _AWAY, area.top() + _AWAY)
    places = [(right + _AWAY, trough - height), (left - _AWAY - width, trough - height)]
    places += [(beneath, trough + _AWAY + down * height) for down in (0.0, 0.6, 1.2, 1.8, 2.6, 3.4)]
    places += [(x, y) for x in (right + _AWAY, left - _AWAY - width) for y in higher]
    for x, y in places:
        yield QRectF(x, y, width, height)


def _points(frame: Frame, days: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    known = np.isfinite(values)
    return np.column_stack((frame.xs(days[known]), frame.ys(values[known])))
