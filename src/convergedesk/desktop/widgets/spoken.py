"""What screen readers are told of widgets that we paint ourselves: a role, and a press where one acts.

Qt knows the roles of its own controls. A widget of ours is nothing but a rectangle to it.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QAccessibleWidget, QLabel, QWidget

_ROLE = "spokenRole"
_OWN = "convergedesk."
# By name: Python would load each of these types, which the first page waits for.
_CONTROLS = (
    "QAbstractButton",
    "QAbstractScrollArea",
    "QAbstractSlider",
    "QAbstractSpinBox",
    "QCalendarWidget",
    "QComboBox",
    "QLineEdit",
    "QMenu",
    "QTabBar",
)
_installed = False

CHART = QAccessible.Role.Chart
BUTTON = QAccessible.Role.Button
FIGURE = QAccessible.Role.StaticText
BAR = QAccessible.Role.ProgressBar
PICTURE = QAccessible.Role.Graphic


def speak_as(widget: QWidget, role: QAccessible.Role) -> None:
    """Give a widget a role; its name is its accessible name.

    A `FIGURE` that takes the keyboard is told as a button, since it opens what stands behind it.
    """
    global _installed
    widget.setProperty(_ROLE, role.value)
    if not _installed:
        _installed = True
        QAccessible.installFactory(_spoken)


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say what appeared without taking the keyboard, such as a notice."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class _Spoken(QAccessibleWidget):
    def role(self) -> QAccessible.Role:
        widget = self._own()
        given = QAccessible.Role(widget.property(_ROLE)) if widget is not None else FIGURE
        return BUTTON if given is FIGURE and self._pressable() else given

    def text(self, t: QAccessible.Text) -> str:
        said, widget = super().text(t), self._own()
        if not said and t is QAccessible.Text.Name and isinstance(widget, QLabel):
            return widget.text()
        return said

    def actionNames(self) -> list[str]:
        if not self._pressable():
            return super().actionNames()
        return [QAccessibleActionInterface.pressAction(), *super().actionNames()]

    def doAction(self, actionName: str) -> None:
        widget = self._own()
        if widget is None or actionName != QAccessibleActionInterface.pressAction():
            super().doAction(actionName)
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            pressed = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
            QCoreApplication.sendEvent(widget, pressed)

    def _own(self) -> QWidget | None:
        found = self.object()
        return found if isinstance(found, QWidget) else None

    def _pressable(self) -> bool:
        widget = self._own()
        return widget is not None and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _spoken(_key: str, told: QObject | None) -> QAccessibleWidget | None:
    if not isinstance(told, QWidget):
        return None
    if told.property(_ROLE) is None and _is_ours(told):
        told.setProperty(_ROLE, FIGURE.value)
    role = told.property(_ROLE)
    return None if role is None else _Spoken(told, QAccessible.Role(role))


def _is_ours(widget: QWidget) -> bool:
    """True for a row or a tile that opens something: it takes the keyboard and is no control of Qt's."""
    takes_keys = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    ours = takes_keys and type(widget).__module__.startswith(_OWN)
    return ours and not any(widget.inherits(name) for name in _CONTROLS)
