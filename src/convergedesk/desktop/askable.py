"""Makes any widget that shows a figure answer 'Why?': by mouse, by Enter and by W."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QWidget

from convergedesk.desktop.theme import give_focus_ring

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.figures.why import Why

# In quotes: Home is painted before anybody can ask.
Ask: TypeAlias = "Callable[[], Why | str | None]"
"""Gives the explanation, or the figure's id by which it is read, or None while there is none."""

HINT = "Why? Click, or press W, to see what stands behind this number."
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_RADIUS = 6


def askable(widget: QWidget, ask: Ask, *, context: PageContext | None = None, clicks: bool = True) -> Askable:
    """Let a widget answer 'Why?'.

    Args:
        widget: A tile, a label, a badge, a chart: anything that shows a figure.
        ask: Asked when the person asks; see `Ask`.
        context: Lets it find its way where the window has no `Explaining` of its own, as in a test.
        clicks: False where a click and Enter already do something else, as in a chart or a link: W asks.
    """
    return Askable(widget, ask, context, clicks=clicks)


class Askable(QObject):
    """What `askable` puts on a widget. `enabled` follows whether there is anything to explain."""

    def __init__(self, widget: QWidget, ask: Ask, context: PageContext | None, *, clicks: bool) -> None:
        """Use `askable`."""
        super().__init__(widget)
        self._widget = widget
        self._ask = ask
        self._context = context
        self._clicks = clicks
        self._enabled = False
        self._policy = widget.focusPolicy()
        self._description = widget.accessibleDescription()
        self._pressed = False
        widget.installEventFilter(self)
        self.set_enabled(enabled=True)

    @property
    def enabled(self) -> bool:
        """Whether the figure can be asked now."""
        return self._enabled

    def set_enabled(self, *, enabled: bool) -> None:
        """Whether there is an explanation; without one the widget is as it was."""
        if enabled == self._enabled:
            return
        self._enabled = enabled
        widget = self._widget
        if self._clicks:
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus if enabled else self._policy)
            shape = Qt.CursorShape.PointingHandCursor if enabled else Qt.CursorShape.ArrowCursor
            widget.setCursor(shape)
            widget.setToolTip(HINT if enabled else "")
            if enabled:
                give_focus_ring(widget, _RADIUS)
        widget.setAccessibleDescription(
            f"{self._description} {HINT}".strip() if enabled else self._description
        )

    def open(self) -> None:
        """Ask now."""
        from convergedesk.desktop.explaining import show_why

        show_why(self._widget, self._ask(), self._context)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # While a window is torn down, Python may have taken this object apart before Qt drops the filter.
        if not getattr(self, "_enabled", False) or watched is not self._widget:
            return False
        if isinstance(event, QKeyEvent):
            return self._key(event)
        if self._clicks and isinstance(event, QMouseEvent):
            return self._mouse(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress:
            return False
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        asks = event.key() == Qt.Key.Key_W and (plain or alt)
        if asks or (self._clicks and plain and event.key() in _OPENING):
            self.open()
            return True
        return False

    def _mouse(self, event: QMouseEvent) -> bool:
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            # Who selects the text of a label with the mouse does not ask.
            self._pressed = not (isinstance(self._widget, QLabel) and self._widget.hasSelectedText())
            event.accept()
            return True
        if event.type() == QEvent.Type.MouseButtonRelease and self._pressed:
            self._pressed = False
            if self._widget.rect().contains(event.position().toPoint()):
                self.open()
            return True
        return False
