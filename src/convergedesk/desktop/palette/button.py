"""The field in the top bar that opens the palette."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from convergedesk.desktop.theme import Role, color, font, give_focus_ring, paint_icon, theme
from convergedesk.desktop.widgets.key_hint import hint_width, paint_key_hint

PLACEHOLDER = "Search or run a command"
_HEIGHT = 32
_RADIUS = 6
_HINT = "Ctrl K"


class PaletteButton(QAbstractButton):
    """Looks like a field and behaves like a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(PLACEHOLDER)
        self.setAccessibleName(PLACEHOLDER)
        self.setToolTip(f"{PLACEHOLDER} ({_HINT})")
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        give_focus_ring(self, _RADIUS)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(400), theme().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = "accent" if self.hasFocus() else "control" if self.underMouse() else "line_strong"
        painter.setPen(QPen(color(edge), 1))
        painter.setBrush(color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        square = QRectF(10, (self.height() - 16) / 2, 16, 16)
        paint_icon(painter, square, "magnifying-glass", color("text_3"))
        painter.setPen(color("text_3"))
        painter.setFont(font(Role.BODY))
        room = self.width() - 34 - hint_width(_HINT) - 12
        words = QFontMetricsF(font(Role.BODY)).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        area = QRectF(34, 0, room, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        paint_key_hint(painter, self.width() - 6, self.height() / 2, _HINT)
