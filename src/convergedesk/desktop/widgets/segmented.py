"""A segmented control: a few choices side by side, one of them in force."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from convergedesk.desktop.theme import Role, color, font, give_focus_ring, theme

_HEIGHT = 28
_PADDING = 10
_INSET = 2


class SegmentedControl(QWidget):
    """Choices side by side; arrow keys move the choice."""

    value_changed = Signal(object)

    def __init__(self, options: Sequence[tuple[Hashable, str]], parent: QWidget | None = None) -> None:
        """`options` are (key, text); the first is chosen."""
        super().__init__(parent)
        self._keys = [key for key, _ in options]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(_INSET, _INSET, _INSET, _INSET)
        row.setSpacing(0)
        for index, (_, text) in enumerate(options):
            segment = _Segment(text, self)
            self._group.addButton(segment, index)
            row.addWidget(segment)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._on_toggled)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def value(self) -> Hashable:
        """The key in force."""
        return self._keys[self._group.checkedId()]

    def set_value(self, key: Hashable) -> None:
        """Choose a key; emits `value_changed` when it was another."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def clear_value(self) -> None:
        """Show no choice, as when a range was picked that is none of them."""
        self._group.setExclusive(False)
        self._group.blockSignals(True)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.blockSignals(False)
        self._group.setExclusive(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("neutral_soft"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)

    @Slot(int, bool)
    def _on_toggled(self, index: int, checked: bool) -> None:
        if checked:
            self.value_changed.emit(self._keys[index])


class _Segment(QAbstractButton):
    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        give_focus_ring(self, 5)

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(font(Role.LABEL_STRONG)).horizontalAdvance(self.text()) + 2 * _PADDING
        return QSize(round(width + 0.99), theme().px(_HEIGHT) - 2 * _INSET)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.hasFocus():
            painter.setPen(QPen(color("accent" if self.hasFocus() else "line"), 1))
            painter.setBrush(color("window" if theme().dark else "surface"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setFont(font(Role.LABEL_STRONG if on else Role.LABEL_MEDIUM))
        painter.setPen(color("text" if on or self.underMouse() else "text_2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
