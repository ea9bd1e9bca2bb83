"""Tickets on the time axis: where they stand, how they are painted, and which one is under the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from convergedesk.desktop.charts.frame import Frame
from convergedesk.desktop.charts.series import TicketMark
from convergedesk.desktop.charts.spark import paint_ticket_triangle
from convergedesk.desktop.theme import Role, color, font

LANE = 22.0
_GLYPH = 9.0
_TEXT_GAP = 5.0
_REACH = 8.0


class PlacedMark(NamedTuple):
    """A ticket's sign in pixels; `labelled` where its number fits beside it."""

    mark: TicketMark
    x: float
    labelled: bool


def place_marks(marks: Sequence[TicketMark], frame: Frame, right: float) -> list[PlacedMark]:
    """Tickets in view from left to right. A number is printed where it runs into no other sign.

    Args:
        marks: All tickets.
        frame: The plotting area.
        right: Pixels up to which a number may run.
    """
    inside = [mark for mark in marks if frame.first - 0.5 <= mark.day.toordinal() <= frame.last + 0.5]
    inside.sort(key=lambda mark: mark.day)
    metrics = QFontMetricsF(font(Role.CAPTION))
    placed = []
    xs = [frame.x(mark.day.toordinal()) for mark in inside]
    for number, mark in enumerate(inside):
        end = xs[number] + _GLYPH / 2 + _TEXT_GAP + metrics.horizontalAdvance(mark.label)
        limit = xs[number + 1] - _GLYPH if number + 1 < len(xs) else right
        placed.append(PlacedMark(mark, xs[number], bool(mark.label) and end <= limit))
    return placed


def paint_marks(
    painter: QPainter, frame: Frame, placed: Sequence[PlacedMark], lit: TicketMark | None = None
) -> None:
    """Paint signs and numbers in the lane under the axis; `lit` is outlined."""
    middle = frame.rect.bottom() + LANE / 2
    metrics = QFontMetricsF(font(Role.CAPTION))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for one in sorted(placed, key=lambda place: place.mark.high):
        if one.mark is lit:
            painter.setPen(QPen(color("accent"), 1))
            painter.setBrush(color("accent_soft"))
            painter.drawRoundedRect(QRectF(one.x - 9, middle - 9, 18, 18), 5, 5)
        _paint_sign(painter, QPointF(one.x, middle), one.mark)
        if one.labelled:
            painter.setFont(font(Role.CAPTION))
            painter.setPen(color("text_2"))
            baseline = middle + (metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(one.x + _GLYPH / 2 + _TEXT_GAP, baseline), one.mark.label)
    painter.restore()


def mark_at(placed: Sequence[PlacedMark], x: float) -> TicketMark | None:
    """The ticket whose sign or number is at a pixel of the lane; the nearest, then the graver one."""
    metrics = QFontMetricsF(font(Role.CAPTION))
    near = []
    for one in placed:
        distance = abs(x - one.x)
        wide = _GLYPH / 2 + _TEXT_GAP + metrics.horizontalAdvance(one.mark.label) if one.labelled else 0.0
        if distance <= _REACH or 0 <= x - one.x <= wide:
            near.append((distance > _REACH, round(distance / 3), not one.mark.high, one.mark))
    return min(near, key=lambda entry: entry[:3])[3] if near else None


def _paint_sign(painter: QPainter, centre: QPointF, mark: TicketMark) -> None:
    if mark.kind == "closed":
        painter.setPen(QPen(color("text_2"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(centre.x() - 4, centre.y() - 4, 8, 8), 1.5, 1.5)
    elif mark.kind == "restored":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("good"))
        painter.drawEllipse(centre, _GLYPH / 2, _GLYPH / 2)
    else:
        paint_ticket_triangle(painter, centre, _GLYPH, high=mark.high)
