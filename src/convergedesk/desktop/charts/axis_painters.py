"""Paints axes: round figures at the left, days beneath. For screens, pictures and pages alike."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from convergedesk.desktop.charts.frame import Frame
from convergedesk.desktop.charts.ticks import (
    day_text,
    day_ticks,
    distance_text,
    distance_ticks,
    month_ticks,
    value_step,
    value_text,
    value_ticks,
)
from convergedesk.desktop.theme import Role, color, font, theme

GAP = 8.0
_TEXT_HEIGHT = 22
_MARGIN = 4.0
_PX_PER_DAY_TICK = 92
_PX_PER_VALUE_TICK = 56
_HALF_MONTH = 15


class Tick(NamedTuple):
    """A place on an axis, in the axis' own units, and what is printed there."""

    place: float
    text: str


def values_wanted(height: float) -> int:
    """How many figures have room in a height."""
    return max(2, min(6, int(height / theme().px(_PX_PER_VALUE_TICK))))


def value_axis(low: float, high: float, height: float) -> list[Tick]:
    """The round figures between two values; the grid lies on them."""
    wanted = values_wanted(height)
    step = value_step(high - low, wanted)
    return [Tick(value, value_text(value, step)) for value in value_ticks(low, high, wanted)]


def day_axis(
    first: float, last: float, width: float, *, months: bool = False, origin: date | None = None
) -> list[Tick]:
    """Days, Mondays or months between two days, whichever has room.

    Args:
        first: Ordinal at the left edge.
        last: Ordinal at the right edge.
        width: Pixels between them.
        months: True to name whole months in their middle, where nothing finer is shown.
        origin: The day to count from ('−14', '+14'); None for dates.
    """
    wanted = max(2, int(width / theme().px(_PX_PER_DAY_TICK)))
    if origin is not None:
        start = origin.toordinal()
        places = distance_ticks(first - start, last - start, wanted)
        return [Tick(start + place, distance_text(place, places)) for place in places]
    if months:
        ticks = month_ticks(first, last, wanted)
        named = [Tick(tick + _HALF_MONTH, day_text(tick, ticks)) for tick in ticks]
        return [tick for tick in named if tick.place < last]
    ticks = day_ticks(first, last, wanted)
    return [Tick(tick, day_text(tick, ticks)) for tick in ticks]


def value_axis_width(ticks: Sequence[Tick]) -> float:
    """The room that the figures need left of the plotting area."""
    metrics = QFontMetricsF(font(Role.CAPTION))
    widest = max((metrics.horizontalAdvance(tick.text) for tick in ticks), default=0.0)
    return math.ceil(widest) + GAP + _MARGIN


def bottom_axis_height(lane: float = 0.0) -> float:
    """The room that texts need under the plotting area, below a lane for signs."""
    return lane + GAP + theme().px(_TEXT_HEIGHT)


def paint_value_axis(painter: QPainter, frame: Frame, ticks: Sequence[Tick]) -> None:
    """Paint figures left of the plotting area."""
    metrics = QFontMetricsF(font(Role.CAPTION))
    middle = (metrics.ascent() - metrics.descent()) / 2
    painter.setFont(font(Role.CAPTION))
    painter.setPen(color("text_3"))
    for place, text in ticks:
        left = frame.rect.left() - GAP - metrics.horizontalAdvance(text)
        painter.drawText(QPointF(round(left), round(frame.y(place) + middle)), text)


def paint_bottom_axis(
    painter: QPainter, frame: Frame, ticks: Sequence[Tick], area: QRectF, lane: float = 0.0
) -> None:
    """Paint a line under the plotting area and texts below it.

    Args:
        painter: Any painter.
        frame: The plotting area; ticks are placed by its days.
        ticks: What is printed where; a text that would run into its neighbour is left out.
        area: Where texts may stand.
        lane: Room between the line and the texts.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(color("axis"), 1))
    level = round(frame.rect.bottom())
    painter.drawLine(QLineF(frame.rect.left(), level, frame.rect.right(), level))
    metrics = QFontMetricsF(font(Role.CAPTION))
    baseline = round(frame.rect.bottom() + lane + GAP + metrics.ascent())
    painter.setFont(font(Role.CAPTION))
    painter.setPen(color("text_3"))
    free_from = area.left()
    for place, text in ticks:
        x, width = frame.x(place), metrics.horizontalAdvance(text)
        left = min(max(x - width / 2, area.left()), area.right() - width)
        if left >= free_from and frame.rect.left() - 1 <= x <= frame.rect.right() + 1:
            painter.drawText(QPointF(round(left), baseline), text)
            free_from = left + width + GAP / 2
