"""Chips: a filter that is on or off, with how many rows it would leave."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from convergedesk.desktop.theme import Role, color, font, give_focus_ring, paint_icon, theme

_HEIGHT = 24
_PADDING = 10
_ICON = 14
_GAP = 6


class Chip(QAbstractButton):
    """A pill that is checked by a click or the space bar.

    `removed` is emitted by a removable chip when its cross is clicked or Delete is pressed.
    """

    removed = Signal()

    def __init__(
        self,
        text: str,
        *,
        count: int | None = None,
        checkable: bool = True,
        removable: bool = False,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`icon` is shown before the text, also while unchecked."""
        super().__init__(parent)
        self._label = text
        self._count = count
        self._removable = removable
        self._icon_name = icon
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        give_focus_ring(self, _HEIGHT // 2)
        self._name()

    def set_count(self, count: int | None) -> None:
        """Say how many rows the chip stands for."""
        self._count = count
        self._name()
        self.updateGeometry()
        self.update()

    def set_label(self, text: str) -> None:
        """Change the words."""
        self._label = text
        self._name()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = 2 * _PADDING + QFontMetricsF(self._font()).horizontalAdvance(self.text())
        width += (_ICON + _GAP) * (bool(self._icon_name) + self._removable)
        return QSize(round(width + 0.99), theme().px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._removable and event.position().x() > self.width() - _PADDING - _ICON - _GAP:
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        on = self.isChecked() or self._removable
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = frame.height() / 2
        border = "accent" if self.hasFocus() else "accent_soft" if on else "line_strong"
        fill = "accent_soft" if on else "hover" if self.underMouse() else "surface"
        painter.setPen(QPen(color(border), 1))
        painter.setBrush(color(fill))
        painter.drawRoundedRect(frame, radius, radius)
        tone = color("accent_text" if on else "text_2" if self.isEnabled() else "text_3")
        x = float(_PADDING)
        top = (self.height() - _ICON) / 2
        if self._icon_name:
            paint_icon(painter, QRectF(x, top, _ICON, _ICON), self._icon_name, tone)
            x += _ICON + _GAP
        painter.setPen(tone)
        painter.setFont(self._font())
        painter.drawText(
            QRectF(x, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        if self._removable:
            cross = QRectF(self.width() - _PADDING - 12, (self.height() - 12) / 2, 12, 12)
            paint_icon(painter, cross, "x", tone)

    def _font(self) -> QFont:
        return font(Role.LABEL_MEDIUM if self.isChecked() or self._removable else Role.LABEL)

    def _name(self) -> None:
        counted = f"{self._label} {self._count:,}" if self._count is not None else self._label
        self.setText(counted)
        self.setAccessibleName(counted)
