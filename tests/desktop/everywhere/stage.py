"""A stage that looks at every picture's window instead of painting it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from convergedesk.desktop.picture_stage import Stage
from convergedesk.store.keys import Key

_WINDOWS = ("MainWindow", "LockWindow", "Menu", "QTipLabel")
Look = Callable[[QWidget], list[str]]


class LookingStage(Stage):
    """Notes what is found in each window, under the picture's name.

    Attributes:
        found: Findings as 'picture: what'.
        seen: Names of the pictures that would have been taken.
    """

    def __init__(self, path: Path, key: Key, folder: Path, size: tuple[int, int], look: Look) -> None:
        super().__init__(path, key, folder, size, 1.0)
        self._look = look
        self.found: list[str] = []
        self.seen: list[str] = []
        self._strays = _Strays()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._app = app
        app.installEventFilter(self._strays)

    def shoot(self, name: str, window: QWidget) -> None:
        self.settle()
        self.seen.append(name)
        self.found += [f"{name}: {one}" for one in dict.fromkeys(self._look(window))]
        self.found += [f"{name}: came up as a window of its own: {one}" for one in self._strays.take()]

    def close(self) -> None:
        self._app.removeEventFilter(self._strays)
        super().close()


class _Strays(QObject):
    """Notes widgets that are shown before they lie in a window: each flashes up on a real screen."""

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Show or not isinstance(watched, QWidget) or not watched.isWindow():
            return False
        if type(watched).__name__ not in _WINDOWS:
            self._names.append(f"{type(watched).__name__} “{watched.accessibleName()}”")
        return False

    def take(self) -> list[str]:
        names, self._names = self._names, []
        return list(dict.fromkeys(names))
