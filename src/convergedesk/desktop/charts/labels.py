"""Names at the ends of lines, moved apart where they would cover one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from convergedesk.desktop.charts.frame import Frame
from convergedesk.desktop.charts.painters import end_point, series_color
from convergedesk.desktop.charts.series import ChartData, MonthSeries
from convergedesk.desktop.theme import Role, color, font
from convergedesk.figures.wording import short_number

GAP = 10.0
_MAX_WIDTH = 150.0
_LEADER_FROM = 6.0


class EndLabel(NamedTuple):
    """A name at the end of a line.

    Attributes:
        text: The name.
        sub: A smaller line beneath; empty for none.
        ink: The line's colour.
        y: Where the line ends.
        x: Where the line ends.
    """

    text: str
    sub: str
    ink: QColor
    y: float
    x: float


def spread(centres: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Move boxes apart until none covers another, each as little as need be.

    Boxes that touch form a block that stands at the mean of what its members want, as in isotonic
    regression; what does not fit between `top` and `bottom` runs over the bottom.
    """
    order = sorted(range(len(centres)), key=lambda number: centres[number])
    blocks: list[tuple[list[int], float]] = []
    for number in order:
        members, start = [number], centres[number] - heights[number] / 2
        while blocks:
            above, above_start = blocks[-1]
            height = sum(heights[one] for one in above)
            if above_start + height <= start:
                break
            blocks.pop()
            members = above + members
            start = _best_start(members, centres, heights)
        total = sum(heights[one] for one in members)
        blocks.append((members, max(top, min(start, bottom - total))))
        blocks = _settle(blocks, centres, heights, top, bottom)
    places = [0.0] * len(centres)
    for members, start in blocks:
        at = start
        for one in members:
            places[one] = at + heights[one] / 2
            at += heights[one]
    return places


def _best_start(members: Sequence[int], centres: Sequence[float], heights: Sequence[float]) -> float:
    wishes = []
    offset = 0.0
    for one in members:
        wishes.append(centres[one] - heights[one] / 2 - offset)
        offset += heights[one]
    return sum(wishes) / len(wishes)


def _settle(
    blocks: list[tuple[list[int], float]],
    centres: Sequence[float],
    heights: Sequence[float],
    top: float,
    bottom: float,
) -> list[tuple[list[int], float]]:
    """Merge blocks that overlap after one was pushed back inside the edges."""
    while len(blocks) > 1:
        (above, above_start), (below, below_start) = blocks[-2], blocks[-1]
        if above_start + sum(heights[one] for one in above) <= below_start:
            break
        members = above + below
        total = sum(heights[one] for one in members)
        start = max(top, min(_best_start(members, centres, heights), bottom - total))
        blocks = [*blocks[:-2], (members, start)]
    return blocks


def end_labels(data: ChartData, frame: Frame) -> list[EndLabel]:
    """The names of all lines that are in view."""
    labels = []
    few = len(data.series) == 1
    for number, series in enumerate(data.series):
        last = end_point(series, frame)
        if last is None:
            continue
        unit = "a month" if isinstance(series, MonthSeries) else "a day"
        figure = short_number(last[1])
        ink = series_color(data, number) if not few else color("accent_text")
        sub = f"{figure} {unit}" if few else ""
        text = series.name if few else f"{series.name} {figure}"
        labels.append(EndLabel(text, sub, ink, frame.y(last[1]), frame.x(last[0])))
    if data.previous is not None:
        last = end_point(data.previous, frame)
        if last is not None:
            labels.append(
                EndLabel(data.previous.name, "", color("text_3"), frame.y(last[1]), frame.x(last[0]))
            )
    if data.forecast is not None:
        forecast = data.forecast
        known = np.flatnonzero(np.isfinite(forecast.middle) & (forecast.days <= frame.last))
        if len(known) and forecast.days[known[-1]] >= frame.first:
            day, value = float(forecast.days[known[-1]]), float(forecast.middle[known[-1]])
            text = f"{forecast.name} {short_number(value)}"
            labels.append(EndLabel(text, forecast.likely, color("forecast"), frame.y(value), frame.x(day)))
    return labels


def labels_width(data: ChartData) -> float:
    """The room that names need right of the plotting area, for any part of the axis."""
    strong = QFontMetricsF(font(Role.LABEL_STRONG))
    plain = QFontMetricsF(font(Role.CAPTION))
    widths = [0.0]
    few = len(data.series) == 1
    for series in data.series:
        widths.append(strong.horizontalAdvance(series.name if few else f"{series.name} 888.8 M"))
        if few:
            widths.append(plain.horizontalAdvance("888.8 M a month"))
    if data.previous is not None:
        widths.append(plain.horizontalAdvance(data.previous.name))
    if data.forecast is not None:
        widths.append(strong.horizontalAdvance(f"{data.forecast.name} 888.8 M"))
        widths.append(plain.horizontalAdvance(data.forecast.likely))
    return min(max(widths), _MAX_WIDTH) + GAP + 4


def paint_end_labels(painter: QPainter, frame: Frame, labels: Sequence[EndLabel], room: float) -> None:
    """Paint names right of the plotting area; `room` is the width there."""
    strong, plain = QFontMetricsF(font(Role.LABEL_STRONG)), QFontMetricsF(font(Role.CAPTION))
    crowded = len(labels) > 2
    name_role = Role.CAPTION_MEDIUM if crowded else Role.LABEL_STRONG
    name = QFontMetricsF(font(name_role))
    heights = [(strong.height() + plain.height() - 2) if one.sub else name.height() for one in labels]
    top, bottom = frame.rect.top() - 6, frame.rect.bottom() + 6
    places = spread([one.y for one in labels], heights, top, bottom)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left = frame.rect.right() + GAP
    for one, middle, height in zip(labels, places, heights, strict=True):
        if crowded and abs(middle - one.y) > _LEADER_FROM:
            painter.setPen(QPen(color("line_strong"), 1))
            painter.drawLine(QPointF(frame.rect.right() + 2, one.y), QPointF(left - 2, middle))
        box = QRectF(left, middle - height / 2, room - GAP, height)
        role = name_role if one.sub or crowded else Role.CAPTION
        metrics = QFontMetricsF(font(role))
        painter.setFont(font(role))
        painter.setPen(one.ink)
        text = metrics.elidedText(one.text, Qt.TextElideMode.ElideRight, box.width())
        if not one.sub:
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
            continue
        painter.drawText(QPointF(left, box.top() + strong.ascent()), text)
        painter.setFont(font(Role.CAPTION))
        painter.setPen(color("text_2"))
        painter.drawText(QPointF(left, box.bottom() - plain.descent()), one.sub)
    painter.restore()
