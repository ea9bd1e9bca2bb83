"""A scatter of accounts: two figures each, named where there is room, never with a fitted line."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.charts.axis_painters import (
    Tick,
    bottom_axis_height,
    paint_bottom_axis,
    paint_value_axis,
    value_axis_width,
    values_wanted,
)
from convergedesk.desktop.charts.frame import Frame
from convergedesk.desktop.charts.item_chart import ItemChart
from convergedesk.desktop.charts.painters import paint_grid
from convergedesk.desktop.charts.placing import free_box
from convergedesk.desktop.charts.read_out import ReadOutRow
from convergedesk.desktop.charts.ticks import value_range, value_ticks
from convergedesk.desktop.theme import Role, color, font
from convergedesk.figures.wording import number, percent

_TOP, _RIGHT = 10.0, 12.0
_DOT = 3.75
_REACH = 12.0
_AWAY = 8.0
_PX_PER_TICK = 72.0
_ROOM = 0.06
_LEAST_SPAN = 1e-9
# In a crowd the dots leave no room for more, and looking for it takes a tenth of a second.
_NAMED_AT_MOST = 60


@dataclass(frozen=True, slots=True)
class ScatterPoint:
    """One thing with two figures.

    Attributes:
        x: Across.
        y: Upwards.
        label: Printed beside it where there is room.
        notable: True for one to look at: red, and named before the others.
        title: The read-out's first line; the label where empty.
        payload: Handed back by `item_opened`.
    """

    x: float
    y: float
    label: str
    notable: bool = False
    title: str = ""
    payload: object = None


@dataclass(frozen=True, slots=True)
class ScatterAxes:
    """What the figures are.

    Attributes:
        x_name: Printed at the end of the axis across, such as 'tickets a week'.
        y_name: For the read-out, such as 'usage change'.
        x_text: Prints a figure across.
        y_text: Prints a figure upwards.
        x_range: The scale across; None for from zero to the greatest.
        y_range: The scale upwards; None for what the points reach, zero included.
    """

    x_name: str = ""
    y_name: str = ""
    x_text: Callable[[float], str] = number
    y_text: Callable[[float], str] = percent
    x_range: tuple[float, float] | None = None
    y_range: tuple[float, float] | None = None


class ScatterFigure:
    """Points on two axes, without a window."""

    def __init__(self, points: Sequence[ScatterPoint], axes: ScatterAxes) -> None:
        finite = [point for point in points if math.isfinite(point.x) and math.isfinite(point.y)]
        self.points = tuple(sorted(finite, key=lambda point: (point.x, point.y)))
        self.axes = axes
        self._placed: tuple[object, list[tuple[ScatterPoint, QRectF]]] = (None, [])

    def frame(self, area: QRectF) -> Frame:
        """The plotting area, with the scales at its edges."""
        height = max(1.0, area.height() - _TOP - bottom_axis_height())
        wanted = values_wanted(height)
        low, high = self.axes.y_range or _scale([point.y for point in self.points], wanted)
        left = area.left() + value_axis_width(self._figures(low, high, wanted))
        width = max(1.0, area.right() - _RIGHT - left)
        first, last = self.axes.x_range or _roomy([point.x for point in self.points])
        return Frame(QRectF(left, area.top() + _TOP, width, height), first, last, low, high)

    def paint(self, painter: QPainter, area: QRectF, lit: int = -1) -> None:
        """Paint the chart; `lit` is the point with a ring."""
        frame = self.frame(area)
        painter.save()
        figures = self._figures(frame.low, frame.high, values_wanted(frame.rect.height()))
        paint_grid(painter, frame, [tick.place for tick in figures])
        paint_value_axis(painter, frame, figures)
        paint_bottom_axis(painter, frame, self._across(frame), area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number_, point in enumerate(self.points):
            self._paint_point(painter, frame, point, lit=number_ == lit)
        for point, box in self.names(frame):
            metrics = QFontMetricsF(self._font(point))
            painter.setFont(self._font(point))
            painter.setPen(color("critical" if point.notable else "text_2"))
            painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), point.label)
        painter.restore()

    def names(self, frame: Frame) -> list[tuple[ScatterPoint, QRectF]]:
        """The names that have room, and where; notable points choose first, then the outermost.

        Kept until the frame or the letters change: looking for room costs more than a painting may.
        """
        key = (frame, font(Role.CAPTION).key())
        if self._placed[0] != key:
            self._placed = (key, self._find_names(frame))
        return self._placed[1]

    def _find_names(self, frame: Frame) -> list[tuple[ScatterPoint, QRectF]]:
        ink = np.array([(frame.x(point.x), frame.y(point.y)) for point in self.points]).reshape(-1, 2)
        dots = [QRectF(x - _DOT - 1, y - _DOT - 1, 2 * _DOT + 2, 2 * _DOT + 2) for x, y in ink]
        middle = ink.mean(axis=0) if len(ink) else np.zeros(2)
        far = np.hypot(*(ink - middle).T)
        order = sorted(range(len(self.points)), key=lambda n: (not self.points[n].notable, -far[n]))
        taken = list(dots)
        named: list[tuple[ScatterPoint, QRectF]] = []
        for n in order[:_NAMED_AT_MOST]:
            point = self.points[n]
            metrics = QFontMetricsF(self._font(point))
            size = metrics.horizontalAdvance(point.label), metrics.height()
            box = free_box(_around(float(ink[n, 0]), float(ink[n, 1]), *size), frame.rect, taken, ink)
            if point.label and box is not None:
                taken.append(box)
                named.append((point, box))
        return named

    def _figures(self, low: float, high: float, wanted: int) -> list[Tick]:
        return [Tick(value, self.axes.y_text(value)) for value in value_ticks(low, high, wanted)]

    def _across(self, frame: Frame) -> list[Tick]:
        places = value_ticks(frame.first, frame.last, max(2, int(frame.rect.width() / _PX_PER_TICK)))
        texts = [self.axes.x_text(place) for place in places]
        if texts and self.axes.x_name:
            texts[-1] = f"{texts[-1]} {self.axes.x_name}"
        return [Tick(place, text) for place, text in zip(places, texts, strict=True)]

    def _paint_point(self, painter: QPainter, frame: Frame, point: ScatterPoint, *, lit: bool) -> None:
        centre = QPointF(frame.x(point.x), frame.y(point.y))
        tone = color("critical" if point.notable else "usage")
        if lit:
            painter.setPen(QPen(tone, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, _DOT + 3.5, _DOT + 3.5)
        painter.setPen(QPen(color("surface"), 1))
        painter.setBrush(tone)
        painter.drawEllipse(centre, _DOT + 0.5, _DOT + 0.5)

    @staticmethod
    def _font(point: ScatterPoint) -> QFont:
        return font(Role.CAPTION_STRONG if point.notable else Role.CAPTION)


class ScatterChart(ItemChart):
    """Points that can be read out and opened. Arrow keys go from left to right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_data`."""
        super().__init__("Scatter", parent)
        self._figure = ScatterFigure((), ScatterAxes())

    def set_data(self, points: Sequence[ScatterPoint], axes: ScatterAxes) -> None:
        """Show points; those without both figures are left out."""
        self.read(-1)
        self._figure = ScatterFigure(points, axes)
        self.setAccessibleDescription("; ".join(self._said(point) for point in self._figure.points))
        self.update()

    def _said(self, point: ScatterPoint) -> str:
        axes = self._figure.axes
        across, upwards = f"{axes.x_text(point.x)} {axes.x_name}", f"{axes.y_text(point.y)} {axes.y_name}"
        return f"{point.label}: {across.strip()}, {upwards.strip()}"

    def items(self) -> Sequence[object]:
        return [point.payload for point in self._figure.points]

    def place(self, number: int) -> QPointF:
        frame = self._figure.frame(QRectF(self.rect()))
        point = self._figure.points[number]
        return QPointF(frame.x(point.x), frame.y(point.y))

    def words(self, number: int) -> tuple[str, list[ReadOutRow]]:
        point, axes = self._figure.points[number], self._figure.axes
        rows = [
            ReadOutRow(axes.x_name, axes.x_text(point.x)),
            ReadOutRow(axes.y_name, axes.y_text(point.y)),
        ]
        return point.title or point.label, rows

    def item_at(self, position: QPointF) -> int:
        if not self._figure.points:
            return -1
        frame = self._figure.frame(QRectF(self.rect()))
        away = [
            math.hypot(frame.x(point.x) - position.x(), frame.y(point.y) - position.y())
            for point in self._figure.points
        ]
        nearest = min(range(len(away)), key=away.__getitem__)
        return nearest if away[nearest] <= _REACH else -1

    def paint_chart(self, painter: QPainter, area: QRectF, lit: int = -1) -> None:
        if self._figure.points:
            self._figure.paint(painter, area, lit)


def _roomy(values: Sequence[float]) -> tuple[float, float]:
    """What values and zero reach, with a little room so that no dot lies on an edge."""
    low, high = min([0.0, *values]), max([0.0, *values])
    if high - low < _LEAST_SPAN:
        return 0.0, 1.0
    room = _ROOM * (high - low)
    return low - room if low < 0 else 0.0, high + room if high > 0 else 0.0


def _scale(values: Sequence[float], wanted: int) -> tuple[float, float]:
    """Round numbers around the same."""
    return value_range(*_roomy(values), wanted=wanted)


def _around(x: float, y: float, width: float, height: float) -> list[QRectF]:
    """Right of a point, left of it, above it, beneath it, and at its corners."""
    level = y - height / 2
    return [
        QRectF(x + _AWAY, level, width, height),
        QRectF(x - _AWAY - width, level, width, height),
        QRectF(x - width / 2, y - _AWAY - height, width, height),
        QRectF(x - width / 2, y + _AWAY, width, height),
        QRectF(x + _AWAY - 2, y - height - 2, width, height),
        QRectF(x + _AWAY - 2, y + 2, width, height),
    ]
