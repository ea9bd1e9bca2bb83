"""The sparkline of tables and tiles: plain sequences and QPainter, so that first paint needs no numpy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import isfinite
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from convergedesk.desktop.theme import color

_LINE = 1.25
_TICK = 6.5
_END_DOT = 1.8
_LONE_DOT = 1.4
_LEAST_SPAN = 0.2
_STICK = 2.0


class SparkTick(NamedTuple):
    """A ticket under a sparkline.

    Attributes:
        slot: The position in `Spark.values` of the day on which it was opened.
        high: True for high priority, drawn filled.
    """

    slot: int
    high: bool


class Spark(NamedTuple):
    """What a sparkline shows.

    Attributes:
        values: One per day, oldest first; None where nothing was reported.
        ticks: Tickets, drawn beneath the line.
        low: Lower edge of the expected range, as long as `values`; empty for none.
        high: Upper edge of it.
        slots: How many days the width stands for; more than `values` for a young account, whose
            line then starts further right. 0 means as many as there are values.
        below: The position from which on the line stands in the colour of a dip, to its end; None for none.
    """

    values: Sequence[float | None]
    ticks: Sequence[SparkTick] = ()
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    slots: int = 0
    below: int | None = None


def paint_spark(painter: QPainter, rect: QRectF, spark: Spark) -> None:
    """Paint a sparkline; its tickets take the lowest third where there are any."""
    spark = _finite(spark)
    known = [value for value in spark.values if value is not None]
    if not known:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ticks_height = _TICK + 4 if spark.ticks else 0.0
    line_rect = rect.adjusted(1, 2, -3, -ticks_height - 2)
    if _is_sparse(spark.values):
        _paint_sticks(painter, spark, max(known), line_rect)
        _paint_ticks(painter, spark, _Placement(spark, known, line_rect), rect)
        painter.restore()
        return
    place = _Placement(spark, known, line_rect)
    if spark.low:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("expected_range"))
        edge = [place.point(index, value) for index, value in enumerate(spark.high)]
        edge += [place.point(index, value) for index, value in reversed(list(enumerate(spark.low)))]
        painter.drawPolygon(QPolygonF(edge))
    below = _paint_line(painter, spark, place)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("below_range" if below else "usage"))
    for index in _lone(spark.values):
        painter.drawEllipse(place.point(index, spark.values[index] or 0.0), _LONE_DOT, _LONE_DOT)
    last = max(index for index, value in enumerate(spark.values) if value is not None)
    painter.drawEllipse(place.point(last, spark.values[last] or 0.0), _END_DOT, _END_DOT)
    _paint_ticks(painter, spark, place, rect)
    painter.restore()


def _paint_ticks(painter: QPainter, spark: Spark, place: _Placement, rect: QRectF) -> None:
    for tick in spark.ticks:
        centre = QPointF(place.x(tick.slot), rect.bottom() - _TICK / 2 - 1)
        paint_ticket_triangle(painter, centre, _TICK, high=tick.high)


def _is_sparse(values: Sequence[float | None]) -> bool:
    """True where most known days stand alone, so that there is no line to speak of."""
    return 2 * len(_lone(values)) > sum(value is not None for value in values)


def _paint_sticks(painter: QPainter, spark: Spark, most: float, rect: QRectF) -> None:
    """Paint each known day as a stick on a common ground, as high as its share of the greatest."""
    first = max(spark.slots, len(spark.values), 2) - len(spark.values)
    step = rect.width() / (first + len(spark.values) - 1 or 1)
    painter.setPen(QPen(color("track"), 1))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    pen = QPen(color("usage"), _STICK)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    for index, value in enumerate(spark.values):
        if value is not None:
            x = rect.left() + (first + index) * step
            height = rect.height() * max(value, 0.0) / most if most > 0 else 0.0
            painter.drawLine(QPointF(x, rect.bottom()), QPointF(x, rect.bottom() - max(height, _STICK)))


def _finite(spark: Spark) -> Spark:
    # A point that is no number sends Qt's line painter astray, up to a crash.
    values = [value if value is not None and isfinite(value) else None for value in spark.values]
    banded = all(map(isfinite, (*spark.low, *spark.high)))
    return spark._replace(values=values, low=spark.low if banded else (), high=spark.high if banded else ())


def paint_ticket_triangle(painter: QPainter, centre: QPointF, size: float, *, high: bool) -> None:
    """Paint the sign of a ticket: filled for high priority, hollow for any other."""
    token = "critical" if high else "text_3"
    pen = QPen(color(token), 1.2)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(color(token) if high else Qt.BrushStyle.NoBrush)
    painter.drawPolygon(_triangle(size).translated(centre))


@cache
def _triangle(size: float) -> QPolygonF:
    half = size / 2
    return QPolygonF([QPointF(0, -half), QPointF(half, half), QPointF(-half, half)])


class _Placement:
    """Maps days and values to pixels."""

    def __init__(self, spark: Spark, known: list[float], rect: QRectF) -> None:
        slots = max(spark.slots, len(spark.values), 2)
        self._first = slots - len(spark.values)
        self._rect = rect
        self._step = rect.width() / (slots - 1)
        edges = [*known, *spark.low, *spark.high]
        low, high = min(edges), max(edges)
        # Without a least span, one per cent of noise would fill the row like a landslide.
        self._span = max(high - low, _LEAST_SPAN * max(abs(low), abs(high)))
        self._low = (low + high - self._span) / 2

    def x(self, index: int) -> float:
        return self._rect.left() + (self._first + index) * self._step

    def point(self, index: int, value: float) -> QPointF:
        share = (value - self._low) / self._span if self._span else 0.5
        return QPointF(self.x(index), self._rect.bottom() - share * self._rect.height())

    def points(self, values: Sequence[float | None]) -> list[QPointF | None]:
        """The place of every known value, at one go, since a table paints many lines of many days."""
        left, step = self.x(0), self._step
        scale = self._rect.height() / self._span if self._span else 0.0
        ground = self._rect.bottom() - (0.0 if self._span else 0.5 * self._rect.height()) + scale * self._low
        return [
            None if value is None else QPointF(left + at * step, ground - scale * value)
            for at, value in enumerate(values)
        ]


def _lone(values: Sequence[float | None]) -> list[int]:
    """Known days whose neighbours are both unknown, which no line would show."""
    padded = [None, *values, None]
    return [
        at
        for at, value in enumerate(values)
        if value is not None and padded[at] is None and padded[at + 2] is None
    ]


def _paint_line(painter: QPainter, spark: Spark, place: _Placement) -> bool:
    """Paint the line, what lies under the range in its own colour. True if the last day lies under."""
    inside: list[QPointF] = []
    under: list[QPointF] = []
    below = False
    points = place.points(spark.values)
    for at, (here, there) in enumerate(pairwise(points)):
        if here is None or there is None:
            continue
        segments = inside
        if spark.below is not None and at >= spark.below:
            segments, below = under, True
        elif spark.low:
            value, following = spark.values[at] or 0.0, spark.values[at + 1] or 0.0
            below = following < spark.low[at + 1]
            segments = under if below or value < spark.low[at] else inside
        segments += (here, there)
    for segments, token in ((inside, "usage"), (under, "below_range")):
        if segments:
            pen = QPen(color(token), _LINE)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLines(segments)
    return below
