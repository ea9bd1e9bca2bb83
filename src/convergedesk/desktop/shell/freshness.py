"""How old each kind of data is, at the right of the top bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from convergedesk.desktop.theme import Role, color, font, paint_icon, theme

_ICON = 14
_ICON_GAP = 5
_WORD_GAP = 4
_ITEM_GAP = 16
_CHIP_HEIGHT = 28
_CHIP_PADDING = 10
_STATES = {
    "current": ("check-circle", "good", "text"),
    "late": ("clock", "warning", "warning"),
    "syncing": ("arrows-clockwise", "accent_text", "text"),
    "never": ("minus-circle", "text_3", "text_3"),
}
_SAID = {"current": "up to date", "late": "late", "syncing": "coming in", "never": "not imported yet"}


class FreshnessItem(NamedTuple):
    """One kind of data.

    Attributes:
        label: Such as 'CRM'.
        age: Such as '12 min'; for data that never came, such as 'none'.
        state: current, late, syncing or never.
        tooltip: When it came, and up to when it reaches.
    """

    label: str
    age: str
    state: str
    tooltip: str = ""


class FreshnessStrip(QWidget):
    """An icon, a name and an age for each kind of data."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._items: tuple[FreshnessItem, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_items(self, items: Sequence[FreshnessItem]) -> None:
        """Show other ages."""
        self._items = tuple(items)
        self.setAccessibleName(". ".join(f"{one.label} {one.age}, {_SAID[one.state]}" for one in items))
        self.setToolTip("\n".join(one.tooltip for one in items if one.tooltip))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = sum(self._width(one) for one in self._items) + _ITEM_GAP * max(0, len(self._items) - 1)
        return QSize(round(width + 0.99), theme().px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        x = 0.0
        for one in self._items:
            icon, ink, age = _STATES[one.state]
            square = QRectF(x, (self.height() - _ICON) / 2, _ICON, _ICON)
            paint_icon(painter, square, icon, color(ink))
            at = x + _ICON + _ICON_GAP
            for text, role, tone in ((one.label, Role.LABEL, "text_3"), (one.age, Role.LABEL_STRONG, age)):
                painter.setFont(font(role))
                painter.setPen(color("warning" if one.state == "late" else tone))
                painter.drawText(QRectF(at, 0, 200, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
                at += QFontMetricsF(font(role)).horizontalAdvance(text) + _WORD_GAP
            x += self._width(one) + _ITEM_GAP

    @staticmethod
    def _width(one: FreshnessItem) -> float:
        label = QFontMetricsF(font(Role.LABEL)).horizontalAdvance(one.label)
        age = QFontMetricsF(font(Role.LABEL_STRONG)).horizontalAdvance(one.age)
        return _ICON + _ICON_GAP + label + _WORD_GAP + age


class StateChip(QLabel):
    """A word in bold with a quieter rest on a soft fill: 'Offline, data as of 08:47'."""

    def __init__(
        self, word: str = "", rest: str = "", *, icon: str = "cloud-slash", tone: str = "warning"
    ) -> None:
        """`tone` is a status token with a soft fill: warning, good, critical, accent."""
        super().__init__()
        self._word = word
        self._rest = rest
        self._icon = icon
        self._tone = tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_words(word, rest)

    def set_words(self, word: str, rest: str = "") -> None:
        """Say something else."""
        self._word = word
        self._rest = rest
        self.setText(f"{word} {rest}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        word = QFontMetricsF(font(Role.LABEL_STRONG)).horizontalAdvance(self._word)
        rest = QFontMetricsF(font(Role.LABEL)).horizontalAdvance(self._rest)
        width = 2 * _CHIP_PADDING + _ICON + 6 + word + (6 + rest if self._rest else 0)
        return QSize(round(width + 0.99), theme().px(_CHIP_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(f"{self._tone}_soft"))
        painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        ink = color("accent_text" if self._tone == "accent" else self._tone)
        square = QRectF(_CHIP_PADDING, (self.height() - _ICON) / 2, _ICON, _ICON)
        paint_icon(painter, square, self._icon, ink)
        x = float(_CHIP_PADDING + _ICON + 6)
        painter.setPen(ink)
        for text, role in ((self._word, Role.LABEL_STRONG), (self._rest, Role.LABEL)):
            painter.setFont(font(role))
            painter.drawText(QRectF(x, 0, 400, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x += QFontMetricsF(font(role)).horizontalAdvance(text) + 6
