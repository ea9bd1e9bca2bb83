"""The groups of settings, one under the other."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role, color, font, give_focus_ring, paint_icon, theme

GROUPS = (
    ("you", "You", "user"),
    ("appearance", "Appearance", "desktop"),
    ("security", "Security and data", "shield-check"),
    ("workspace", "This workspace", "stack"),
)
_HEIGHT = 34
_ICON = 18


class GroupList(QWidget):
    """Buttons of which one is lit.

    Signals:
        chosen: The key of a group.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Groups of settings")
        self.lit = GROUPS[0][0]
        self._items: dict[str, _Item] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for key, title, icon in GROUPS:
            item = _Item(title, icon)
            item.setProperty("group", key)
            item.clicked.connect(self._on_clicked)
            column.addWidget(item)
            self._items[key] = item

    def light(self, group: str) -> None:
        """Light a group; empty lights none, while a search looks through all of them."""
        self.lit = group or self.lit
        for key, item in self._items.items():
            item.setChecked(key == group)

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(str(self.sender().property("group")))


class _Item(QAbstractButton):
    def __init__(self, title: str, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        give_focus_ring(self, 6)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(160), theme().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse():
            painter.setPen(QPen(color("line"), 1) if on else Qt.PenStyle.NoPen)
            painter.setBrush(color("surface" if on else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        ink = color("accent_text" if on else "text_2")
        square = QRectF(10, (self.height() - _ICON) / 2, _ICON, _ICON)
        paint_icon(painter, square, f"{self._icon}-fill" if on else self._icon, ink)
        painter.setFont(font(Role.STRONG if on else Role.BODY))
        painter.setPen(ink)
        words = self.rect().adjusted(10 + _ICON + 8, 0, -4, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
