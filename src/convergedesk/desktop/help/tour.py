"""The tour: five steps around the real pages, none of which keeps the person from working."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from convergedesk.desktop.help.bubble import Bubble, Frame
from convergedesk.desktop.help.tour_steps import STEPS, Sights
from convergedesk.desktop.widgets.spoken import announce

if TYPE_CHECKING:
    from convergedesk.desktop.navigator import Navigator
    from convergedesk.desktop.shell.window import MainWindow

_LOOK_MS = 150
# Looks without finding anything after which the step says what will be there one day.
_PATIENCE = 10
_REACH = 4


class Tour(QObject):
    """Goes from step to step, and follows what it points at.

    Attributes:
        bubble: The words.
        frame: The line around what they are about.

    Signals:
        ended: It is over, seen to the end or skipped.
    """

    ended = Signal()

    def __init__(self, window: MainWindow, navigator: Navigator, sights: Sights) -> None:
        """Begin with `start`."""
        super().__init__(window)
        self._window = window
        self._navigator = navigator
        self._sights = sights
        self._at = 0
        self._looked = 0
        self._found: QWidget | None = None
        self._there = True
        self.frame = Frame(window)
        self.bubble = Bubble(window)
        self.bubble.next_wanted.connect(self.next)
        self.bubble.back_wanted.connect(self.back)
        self.bubble.skip_wanted.connect(self.end)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        window.installEventFilter(self)

    @property
    def step(self) -> int:
        """The number of the step, from 0."""
        return self._at

    @property
    def target(self) -> QWidget | None:
        """What is pointed at, or None."""
        return self._found

    def start(self) -> None:
        """Show the first step."""
        self._timer.start()
        self._show(0)

    @Slot()
    def next(self) -> None:
        """Go on, and after the last step end."""
        if self._at + 1 == len(STEPS):
            self.end()
        else:
            self._show(self._at + 1)

    @Slot()
    def back(self) -> None:
        """Go back a step."""
        if self._at:
            self._show(self._at - 1)

    @Slot()
    def end(self) -> None:
        """Take everything away again; the page stays where it is."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        self._window.removeEventFilter(self)
        for shown in (self.bubble, self.frame):
            shown.hide()
            shown.deleteLater()
        self._window.pages.setFocus()
        self.ended.emit()
        self.deleteLater()

    @Slot()
    def look(self) -> None:
        """Find what the step points at, which may still be on its way, and stand beside it."""
        if not self._timer.isActive():
            return
        step = STEPS[self._at]
        found = step.find(self._window) if self._there else None
        if found is None and self._found is None and self._there:
            self._looked += 1
            if self._looked == _PATIENCE:
                self._there = False
                self._say(step.without)
        elif found is not None and self._found is not found:
            self._found = found
            self._say(step.text)
        elif found is None:
            # The person went elsewhere; the words stay, and point at nothing.
            self._found = None
        self._place()

    def give_up_looking(self) -> None:
        """Say at once what will be there one day, where there is nothing to point at yet."""
        for _ in range(_PATIENCE):
            self.look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._place()
        return super().eventFilter(watched, event)

    def _show(self, number: int) -> None:
        self._at = number
        self._looked = 0
        self._found = None
        step = STEPS[number]
        self._there = step.go(self._navigator, self._sights)
        self._say(step.text if self._there else step.without)
        self.look()

    def _say(self, text: str) -> None:
        step = STEPS[self._at]
        before = self.bubble.words
        self.bubble.say(self._at + 1, len(STEPS), step.title, text)
        if self.bubble.words != before:
            announce(self.bubble, self.bubble.words)

    def _place(self) -> None:
        target = self._rect()
        self.frame.setVisible(target is not None)
        if target is not None:
            self.frame.setGeometry(target.adjusted(-_REACH, -_REACH, _REACH, _REACH))
            if not self._window.is_covered():
                self.frame.raise_()
                self.bubble.raise_()
        self.bubble.place(target)

    def _rect(self) -> QRect | None:
        """What is pointed at, as far as the window shows it."""
        found = self._found
        if found is None or not isValid(found) or not found.isVisible():
            return None
        whole = QRect(found.mapTo(self._window, found.rect().topLeft()), found.size())
        seen = whole.intersected(self._window.rect())
        return seen if seen.height() > 2 * _REACH and seen.width() > 2 * _REACH else None
