"""How the cells of a table are painted. A cell holds no data: it is given the row's value."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from convergedesk.desktop.charts.spark import Spark, paint_spark
from convergedesk.desktop.theme import Role, color, font, paint_icon
from convergedesk.desktop.widgets.paint import (
    BadgeValue,
    IntervalValue,
    PacingValue,
    badge_width,
    paint_avatar,
    paint_badge,
    paint_bar,
    paint_interval,
)

_ICON = 14.0
_ICON_GAP = 5.0
_LINE_GAP = 1.0
_INTERVAL_WIDTH = 110.0
_AVATAR = 24.0
_BAR_BLOCK = 14.0


class Cell(Protocol):
    """Paints a value into a rectangle that is already inside the cell's padding."""

    def paint(self, painter: QPainter, rect: QRectF, value: Any, *, right: bool) -> None:
        """Paint; `right` where the column is aligned right. The painter is restored afterwards."""
        ...


class TextLine(NamedTuple):
    """A piece of text with its looks, and an icon before it where one is named."""

    text: str
    role: Role = Role.BODY
    tone: str = "text"
    icon: str = ""


class TwoLine(NamedTuple):
    """A name over a smaller line."""

    title: str
    sub: str = ""
    title_tone: str = "text"
    sub_tone: str = "text_3"
    sub_icon: str = ""


class FlagCount(NamedTuple):
    """How many tickets, and how many of them of high priority."""

    tickets: int
    high: int


def paint_line(painter: QPainter, rect: QRectF, line: TextLine, *, right: bool = False) -> float:
    """Paint one line of text, shortened to the rectangle; returns the width that it takes."""
    metrics = QFontMetricsF(font(line.role))
    icon = _ICON + (_ICON_GAP if line.text else 0.0) if line.icon else 0.0
    text = metrics.elidedText(line.text, Qt.TextElideMode.ElideRight, max(0.0, rect.width() - icon + 1))
    width = icon + metrics.horizontalAdvance(text)
    x = rect.right() - width if right else rect.left()
    middle = rect.center().y()
    if line.icon:
        square = QRectF(x, middle - _ICON / 2, _ICON, _ICON)
        paint_icon(painter, square, line.icon, color(line.tone))
    painter.setFont(font(line.role))
    painter.setPen(color(line.tone))
    baseline = middle + (metrics.ascent() - metrics.descent()) / 2
    painter.drawText(QPointF(x + icon, round(baseline)), text)
    return width


def _halves(rect: QRectF, first: Role, second: Role) -> tuple[QRectF, QRectF]:
    """The rectangles of two lines that stand as a block in the middle of a cell."""
    above = QFontMetricsF(font(first)).height()
    below = QFontMetricsF(font(second)).height()
    top = rect.center().y() - (above + below + _LINE_GAP) / 2
    return (
        QRectF(rect.left(), top, rect.width(), above),
        QRectF(rect.left(), top + above + _LINE_GAP, rect.width(), below),
    )


class TextCell:
    """A string, or a `TextLine` where the looks differ from row to row."""

    def __init__(self, role: Role = Role.BODY, tone: str = "text") -> None:
        """Looks of plain strings."""
        self._role = role
        self._tone = tone

    def paint(self, painter: QPainter, rect: QRectF, value: str | TextLine, *, right: bool) -> None:
        """Paint one line."""
        line = value if isinstance(value, TextLine) else TextLine(value, self._role, self._tone)
        paint_line(painter, rect, line, right=right)


class TwoLineCell:
    """A `TwoLine`: a strong name over a caption; without a caption, the name in the middle."""

    def __init__(self, role: Role = Role.STRONG) -> None:
        """`role` of the upper line."""
        self._role = role

    def paint(self, painter: QPainter, rect: QRectF, value: TwoLine, *, right: bool) -> None:
        """Paint both lines."""
        title = TextLine(value.title, self._role, value.title_tone)
        if not value.sub:
            paint_line(painter, rect, title, right=right)
            return
        above, below = _halves(rect, self._role, Role.CAPTION)
        paint_line(painter, above, title, right=right)
        sub_role = Role.CAPTION_MEDIUM if value.sub_icon else Role.CAPTION
        paint_line(painter, below, TextLine(value.sub, sub_role, value.sub_tone, value.sub_icon), right=right)


class SparkCell:
    """A `Spark`, at most 140 wide, or nothing for None."""

    def paint(self, painter: QPainter, rect: QRectF, value: Spark | None, *, right: bool) -> None:
        """Paint the line and its tickets."""
        if value is not None:
            height = min(rect.height() - 6, 40.0 if value.ticks else 34.0)
            area = QRectF(rect.left(), rect.center().y() - height / 2, min(rect.width(), 140.0), height)
            paint_spark(painter, area, value)


class BadgeCell:
    """A `BadgeValue`, or nothing for None."""

    def paint(self, painter: QPainter, rect: QRectF, value: BadgeValue | None, *, right: bool) -> None:
        """Paint the badge, shortened to the cell."""
        if value is None:
            return
        room = rect.width() - (
            badge_width(value) - QFontMetricsF(font(Role.CAPTION_MEDIUM)).horizontalAdvance(value.text)
        )
        text = QFontMetricsF(font(Role.CAPTION_MEDIUM)).elidedText(
            value.text, Qt.TextElideMode.ElideRight, room + 1
        )
        shown = value._replace(text=text)
        left = rect.right() - badge_width(shown) if right else rect.left()
        paint_badge(painter, left, rect.center().y(), shown)


class StatusCell:
    """A word of state with its icon: a `TextLine`, or nothing for None."""

    def paint(self, painter: QPainter, rect: QRectF, value: TextLine | None, *, right: bool) -> None:
        """Paint icon and word."""
        if value is not None:
            paint_line(painter, rect, value, right=right)


class AvatarCell:
    """A person's initials, with the name behind them where there is room; empty for no one."""

    def __init__(self, *, named: bool = False) -> None:
        """`named` prints the name too."""
        self._named = named

    def paint(self, painter: QPainter, rect: QRectF, value: str, *, right: bool) -> None:
        """Paint the disc."""
        if not value:
            return
        disc = QRectF(rect.left(), rect.center().y() - _AVATAR / 2, _AVATAR, _AVATAR)
        paint_avatar(painter, disc, value)
        if self._named:
            paint_line(painter, rect.adjusted(_AVATAR + 8, 0, 0, 0), TextLine(value))


class PacingCell:
    """A `PacingValue`: the bar, with its words beneath; None paints a dash."""

    def paint(self, painter: QPainter, rect: QRectF, value: PacingValue | None, *, right: bool) -> None:
        """Paint bar and words."""
        if value is None:
            paint_line(painter, rect, TextLine("–", Role.BODY, "text_3"), right=right)
            return
        fill = "warning_fill" if value.warn else "usage"
        bar = QRectF(rect.left(), rect.top(), min(rect.width(), 120.0), _BAR_BLOCK)
        if not (value.text or value.figure):
            bar.moveTop(rect.center().y() - _BAR_BLOCK / 2)
            paint_bar(painter, bar, value.used, fill, tick=value.elapsed)
            return
        words = QFontMetricsF(font(Role.CAPTION)).height()
        top = rect.center().y() - (_BAR_BLOCK + 3 + words) / 2
        bar.moveTop(top)
        paint_bar(painter, bar, value.used, fill, tick=value.elapsed)
        line = QRectF(rect.left(), top + _BAR_BLOCK + 3, rect.width(), words)
        tone = "warning" if value.warn else "text_3"
        figure = TextLine(value.figure, Role.CAPTION_STRONG, tone if value.warn else "text_2", value.icon)
        taken = paint_line(painter, line, figure) if value.figure or value.icon else 0.0
        rest = f" · {value.text}" if taken and value.text else value.text
        paint_line(painter, line.adjusted(taken, 0, 0, 0), TextLine(rest, Role.CAPTION, tone))


class IntervalCell:
    """An `IntervalValue`, or nothing for None."""

    def paint(self, painter: QPainter, rect: QRectF, value: IntervalValue | None, *, right: bool) -> None:
        """Paint the mark."""
        if value is not None:
            width = min(rect.width(), _INTERVAL_WIDTH)
            paint_interval(painter, QRectF(rect.left(), rect.center().y() - 10, width, 20), value)


class FlagCountCell:
    """A `FlagCount`: how many, and a red flag with how many are of high priority."""

    def paint(self, painter: QPainter, rect: QRectF, value: FlagCount, *, right: bool) -> None:
        """Paint count and flag."""
        count = TextLine(
            f"{value.tickets:,}",
            Role.STRONG if value.tickets else Role.BODY,
            "text" if value.tickets else "text_3",
        )
        flag = TextLine(f"{value.high:,} high", Role.CAPTION_MEDIUM, "critical", "flag-fill")
        if right:
            paint_line(painter, rect, count, right=True)
            return
        taken = paint_line(painter, rect, count)
        if value.high:
            paint_line(painter, rect.adjusted(taken + 7, 0, 0, 0), flag)
