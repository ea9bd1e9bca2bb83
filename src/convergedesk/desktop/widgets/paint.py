"""Signs that widgets and table cells paint alike: badges, bars, intervals, initials."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from convergedesk.desktop.theme import Role, color, font, paint_icon, theme

BADGE_HEIGHT = 20
_BADGE_KINDS = {
    "neutral": ("neutral_soft", "text_2"),
    "good": ("good_soft", "good"),
    "warning": ("warning_soft", "warning"),
    "critical": ("critical_soft", "critical"),
    "accent": ("accent_soft", "accent_text"),
    "outline": ("", "text_2"),
}
_BADGE_PADDING = 6.0
_BADGE_ICON = 12.0
_BADGE_GAP = 4.0
_BAR = 6.0
_TICK_HEIGHT = 12.0
_AVATAR_KINDS = (
    ("accent_soft", "accent_text"),
    ("good_soft", "good"),
    ("warning_soft", "warning"),
    ("neutral_soft", "text_2"),
)


class BadgeValue(NamedTuple):
    """A word on a soft fill.

    Attributes:
        text: The word or two.
        kind: neutral, good, warning, critical, accent or outline.
        icon: A Phosphor name, or empty.
    """

    text: str
    kind: str = "neutral"
    icon: str = ""


class PacingValue(NamedTuple):
    """How much of a commitment is used, against how much of its term has passed.

    Attributes:
        used: Share used, 0 to 1; more than 1 fills the bar.
        elapsed: Share of the term that has passed, 0 to 1; None draws no tick.
        warn: True where the pace is off.
        text: What stands beneath the bar in a table; empty for nothing.
        icon: The icon before that text.
        figure: Printed bold before the text, with a dot between.
    """

    used: float
    elapsed: float | None = None
    warn: bool = False
    text: str = ""
    icon: str = ""
    figure: str = ""


class IntervalValue(NamedTuple):
    """An effect with its interval, all three as shares (−0.31 is −31 %).

    Attributes:
        low: Lower end of the interval.
        middle: The estimate.
        high: Upper end.
        scale: The change at either edge of the mark; rows of one column share it.
        inconclusive: True where the interval includes no change.
    """

    low: float
    middle: float
    high: float
    scale: float = 0.4
    inconclusive: bool = False


def badge_width(badge: BadgeValue) -> float:
    """The width of a badge at the present text scale."""
    text = QFontMetricsF(font(Role.CAPTION_MEDIUM)).horizontalAdvance(badge.text)
    icon = _BADGE_ICON + (_BADGE_GAP if badge.text else 0.0) if badge.icon else 0.0
    return 2 * _BADGE_PADDING + icon + text


def paint_badge(painter: QPainter, left: float, middle: float, badge: BadgeValue) -> float:
    """Paint a badge from its left edge around a centre line; returns its width."""
    fill, text = _BADGE_KINDS[badge.kind]
    height = theme().px(BADGE_HEIGHT)
    width = badge_width(badge)
    rect = QRectF(left, middle - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if fill:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(fill))
        painter.drawRoundedRect(rect, 5, 5)
    else:
        painter.setPen(QPen(color("line_strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    x = left + _BADGE_PADDING
    if badge.icon:
        square = QRectF(x, middle - _BADGE_ICON / 2, _BADGE_ICON, _BADGE_ICON)
        paint_icon(painter, square, badge.icon, color(text))
        x += _BADGE_ICON + _BADGE_GAP
    painter.setPen(color(text))
    painter.setFont(font(Role.CAPTION_MEDIUM))
    painter.drawText(QRectF(x, rect.top(), width, height), Qt.AlignmentFlag.AlignVCenter, badge.text)
    painter.restore()
    return width


def paint_bar(painter: QPainter, rect: QRectF, share: float, fill: str, *, tick: float | None = None) -> None:
    """Paint a 6 px bar across a rectangle's centre line, with a tick at a share of its width."""
    bar = QRectF(rect.left(), rect.center().y() - _BAR / 2, rect.width(), _BAR)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("track"))
    painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
    filled = min(1.0, max(0.0, share)) * bar.width()
    if filled > 0:
        painter.setBrush(color(fill))
        part = QRectF(bar.left(), bar.top(), max(_BAR, filled), _BAR)
        painter.drawRoundedRect(part, _BAR / 2, _BAR / 2)
    if tick is not None:
        x = bar.left() + min(1.0, max(0.0, tick)) * (bar.width() - 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillRect(
            QRectF(round(x), bar.center().y() - _TICK_HEIGHT / 2, 2, _TICK_HEIGHT), color("text")
        )
    painter.restore()


def paint_pacing(painter: QPainter, rect: QRectF, value: PacingValue) -> None:
    """Paint a pacing bar: blue on plan, amber off it."""
    paint_bar(painter, rect, value.used, "warning_fill" if value.warn else "usage", tick=value.elapsed)


def paint_interval(painter: QPainter, rect: QRectF, value: IntervalValue) -> None:
    """Paint an effect with its interval around a zero line; grey and hollow when inconclusive."""
    centre = rect.center()
    reach = rect.width() / 2 - 4

    def x(share: float) -> float:
        return centre.x() + max(-1.0, min(1.0, share / value.scale)) * reach

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color("line_strong"), 1))
    painter.drawLine(QPointF(centre.x(), rect.top() + 1), QPointF(centre.x(), rect.bottom() - 1))
    token = "text_3" if value.inconclusive else "critical" if value.middle < 0 else "good"
    pen = QPen(color(token), 1.75)
    painter.setPen(pen)
    painter.drawLine(QPointF(x(value.low), centre.y()), QPointF(x(value.high), centre.y()))
    dot = QPointF(x(value.middle), centre.y())
    painter.setPen(QPen(color("surface"), 1.5))
    painter.setBrush(color(token))
    painter.drawEllipse(dot, 4.0, 4.0)
    if value.inconclusive:
        painter.setPen(QPen(color(token), 1.5))
        painter.setBrush(color("surface"))
        painter.drawEllipse(dot, 3.0, 3.0)
    painter.restore()


def initials(name: str) -> str:
    """The first letters of a name's first and last words."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def paint_avatar(painter: QPainter, rect: QRectF, name: str, *, square: bool = False) -> None:
    """Paint a person's initials on a disc, or a company's on a rounded square."""
    kind = 3 if square or not name else sum(name.encode()) % len(_AVATAR_KINDS)
    fill, text = _AVATAR_KINDS[kind]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(fill))
    radius = 8.0 if square else rect.width() / 2
    painter.drawRoundedRect(rect, radius, radius)
    letters = QFont(font(Role.CAPTION_STRONG))
    letters.setPixelSize(max(8, round(rect.width() * (0.36 if square else 0.4))))
    painter.setFont(letters)
    painter.setPen(color(text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.restore()
