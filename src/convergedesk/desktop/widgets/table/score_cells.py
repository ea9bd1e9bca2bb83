"""Cells for a score with its band, and for a change with its interval."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from convergedesk.desktop.theme import font
from convergedesk.desktop.widgets.paint import IntervalValue, paint_interval
from convergedesk.desktop.widgets.table.cells import TextLine, paint_line

_MARK_WIDTH = 96.0
_MARK_HEIGHT = 16.0
_BESIDE = 46.0
_GAP = 8.0
_LINE_GAP = 1.0


class ScoreValue(NamedTuple):
    """A score with how it moved, over its band.

    Attributes:
        score: As printed.
        moved: How it moved, with its arrow; empty where not known.
        band: The band with its icon.
    """

    score: TextLine
    moved: TextLine
    band: TextLine


class ScoreCell:
    """A `ScoreValue`, on one line or two."""

    def __init__(self, *, two_lines: bool = True) -> None:
        """On one line the band's words are left out."""
        self._two_lines = two_lines

    def paint(self, painter: QPainter, rect: QRectF, value: ScoreValue, *, right: bool) -> None:
        """Paint score, move and band."""
        if right or not self._two_lines:
            paint_line(
                painter, rect, value.score._replace(icon=value.band.icon, tone=value.band.tone), right=right
            )
            return
        above = QFontMetricsF(font(value.score.role)).height()
        below = QFontMetricsF(font(value.band.role)).height()
        top = rect.center().y() - (above + below + _LINE_GAP) / 2
        first = QRectF(rect.left(), top, rect.width(), above)
        taken = paint_line(painter, first, value.score)
        if value.moved.text or value.moved.icon:
            paint_line(painter, first.adjusted(taken + _GAP, 0, 0, 0), value.moved)
        second = QRectF(rect.left(), top + above + _LINE_GAP, rect.width(), below)
        paint_line(painter, second, value.band)


class EffectValue(NamedTuple):
    """A change as printed, with its interval where it was measured."""

    words: TextLine
    interval: IntervalValue | None = None


class EffectCell:
    """An `EffectValue`: the words over the mark, or before it on one line."""

    def __init__(self, *, two_lines: bool = True) -> None:
        """`two_lines` puts the mark under the words."""
        self._two_lines = two_lines

    def paint(self, painter: QPainter, rect: QRectF, value: EffectValue, *, right: bool) -> None:
        """Paint words and mark."""
        if value.interval is None:
            paint_line(painter, rect, value.words, right=right)
            return
        if not self._two_lines:
            words = QRectF(rect.left(), rect.top(), min(_BESIDE, rect.width()), rect.height())
            paint_line(painter, words, value.words, right=True)
            room = rect.adjusted(_BESIDE + _GAP, 0, 0, 0)
            mark = QRectF(room.left(), room.center().y() - 8, min(room.width(), _MARK_WIDTH), _MARK_HEIGHT)
            if mark.width() > 20:
                paint_interval(painter, mark, value.interval)
            return
        line = QFontMetricsF(font(value.words.role)).height()
        top = rect.center().y() - (line + _MARK_HEIGHT) / 2
        width = min(rect.width(), _MARK_WIDTH)
        left = rect.right() - width if right else rect.left()
        paint_line(painter, QRectF(rect.left(), top, rect.width(), line), value.words, right=right)
        paint_interval(painter, QRectF(left, top + line, width, _MARK_HEIGHT), value.interval)
