"""Badges, counts, and words of state with their icon."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from convergedesk.desktop.theme import Role, color, font, paint_icon, theme
from convergedesk.desktop.widgets.paint import BADGE_HEIGHT, BadgeValue, badge_width, paint_badge

_ICON = 14


class Badge(QLabel):
    """A word on a soft fill, such as 'Healthy' or 'Internal'."""

    def __init__(
        self, text: str, kind: str = "neutral", icon: str = "", parent: QWidget | None = None
    ) -> None:
        """`kind` is neutral, good, warning, critical, accent or outline; `icon` a Phosphor name."""
        super().__init__(parent)
        self._value = BadgeValue(text, kind, icon)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_badge(self, text: str, kind: str = "neutral", icon: str = "") -> None:
        """Show another word."""
        self._value = BadgeValue(text, kind, icon)
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(badge_width(self._value) + 0.99), theme().px(BADGE_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_badge(QPainter(self), 0, self.height() / 2, self._value)


def audience_badge(*, shared: bool) -> Badge:
    """Who may see something: the customer too (eye), or only us (lock)."""
    return Badge("Shared", "accent", "eye") if shared else Badge("Internal", "neutral", "lock-simple")


class CountBadge(Badge):
    """How many, in a small grey box."""

    def __init__(self, count: int = 0, parent: QWidget | None = None) -> None:
        """Show a count."""
        super().__init__(f"{count:,}", parent=parent)

    def set_count(self, count: int) -> None:
        """Show another count."""
        self.set_badge(f"{count:,}")


class StatusText(QLabel):
    """A word of state with its icon and no fill, such as a green 'On track'."""

    def __init__(
        self,
        text: str,
        tone: str = "good",
        icon: str = "check-circle",
        role: Role = Role.LABEL_MEDIUM,
        parent: QWidget | None = None,
    ) -> None:
        """`tone` is a text token, `icon` a Phosphor name."""
        super().__init__(parent)
        self._tone = tone
        self._icon = icon
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def set_status(self, text: str, tone: str, icon: str) -> None:
        """Show another state."""
        self._tone = tone
        self._icon = icon
        self.setText(text)
        self._explain()
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(font(self._role))
        gap = (_ICON + 5 if self.text() else _ICON) if self._icon else 0
        width = gap + metrics.horizontalAdvance(self.text())
        return QSize(round(width + 0.99), max(_ICON, round(metrics.height())) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(_ICON + 12, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        x = 0
        if self.alignment() & Qt.AlignmentFlag.AlignRight:
            x = max(0, self.width() - self.sizeHint().width())
        if self._icon:
            square = QRectF(x, (self.height() - _ICON) / 2, _ICON, _ICON)
            paint_icon(painter, square, self._icon, color(self._tone))
            x += _ICON + 5
        painter.setFont(font(self._role))
        painter.setPen(color(self._tone))
        room = self.rect().adjusted(x, 0, 0, 0)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _explain(self) -> None:
        self.setToolTip(self.text() if self.sizeHint().width() > self.width() + 1 else "")
