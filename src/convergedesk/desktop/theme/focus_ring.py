"""The ring around whatever has the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_REACH = 3
_PROPERTY = "focusRing"
_OUTLINE = "focusOutline"


def give_focus_ring(widget: QWidget, radius: int, *, outlined: bool = False) -> None:
    """Ask for a ring while the widget has the keyboard.

    Args:
        widget: Any widget that takes focus.
        radius: Corner radius of the widget itself.
        outlined: Add an accent line, for filled widgets on which the soft ring alone is faint.
    """
    widget.setProperty(_PROPERTY, radius)
    widget.setProperty(_OUTLINE, outlined)


class FocusRings(QObject):
    """Puts one ring on the focused widget and takes it away again."""

    def __init__(self, resolve: Callable[[str], QColor], parent: QObject) -> None:
        """`resolve` turns a token into its present colour."""
        super().__init__(parent)
        self._resolve = resolve
        self._ring: _Ring | None = None

    @Slot("QWidget*", "QWidget*")
    def on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Move the ring from the widget that lost the keyboard to the one that has it."""
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None
        if new is not None and new.property(_PROPERTY) is not None and new.parentWidget() is not None:
            self._ring = _Ring(new, self._resolve)


class _Ring(QWidget):
    """Lies over the parent of its target, just outside the target's edge."""

    def __init__(self, target: QWidget, resolve: Callable[[str], QColor]) -> None:
        super().__init__(target.parentWidget())
        self._target = target
        self._resolve = resolve
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        target.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self._follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        radius = float(self._target.property(_PROPERTY))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        outer = QRectF(self.rect())
        painter.setPen(QPen(self._resolve("accent_soft"), 2))
        painter.drawRoundedRect(outer.adjusted(2, 2, -2, -2), radius + 1, radius + 1)
        if self._target.property(_OUTLINE):
            painter.setPen(QPen(self._resolve("accent_text"), 1.5))
            painter.drawRoundedRect(outer.adjusted(0.75, 0.75, -0.75, -0.75), radius + 2.25, radius + 2.25)

    def _follow(self) -> None:
        self.setGeometry(self._target.geometry().adjusted(-_REACH, -_REACH, _REACH, _REACH))
        self.setVisible(self._target.isVisible())
        self.raise_()
