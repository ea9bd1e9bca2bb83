"""Saves what is typed by itself: a moment after the last key, and at once where the form closes."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

AFTER_MS = 600


class SaveState(Enum):
    """Where what was typed is."""

    KEPT = "kept"
    WAITING = "waiting"
    SAVING = "saving"
    FAILED = "failed"


class Autosave(QObject):
    """Decides when to save; the owner does it and says how it went.

    Signals:
        state_changed: Another `SaveState`.
        settled: Nothing is under way or waiting any more: everything is kept.
    """

    state_changed = Signal(object)
    settled = Signal()

    def __init__(self, save: Callable[[], bool], parent: QObject | None = None) -> None:
        """Saves also when the window of `parent` is closed.

        Args:
            save: Begins to save the form as it stands; False where it cannot be saved as it is.
            parent: The form.
        """
        super().__init__(parent)
        self._save = save
        self._state = SaveState.KEPT
        self._typed_meanwhile = False
        self._timer = QTimer(self, interval=AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self.flush)
        if isinstance(parent, QWidget):
            parent.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close:
            self.flush()
        return super().eventFilter(watched, event)

    @property
    def state(self) -> SaveState:
        """Where what was typed is."""
        return self._state

    @Slot()
    def touch(self) -> None:
        """Something was typed."""
        if self._state is SaveState.SAVING:
            self._typed_meanwhile = True
            return
        self._set(SaveState.WAITING)
        self._timer.start()

    @Slot()
    def flush(self) -> None:
        """Save now what has not been saved; also tries again after a failure."""
        self._timer.stop()
        if self._state not in (SaveState.WAITING, SaveState.FAILED):
            return
        self._typed_meanwhile = False
        self._set(SaveState.SAVING)
        if not self._save():
            self._set(SaveState.WAITING)

    @Slot()
    def forget(self) -> None:
        """What was typed is kept elsewhere or given up: save nothing any more."""
        self._timer.stop()
        self._typed_meanwhile = False
        self._set(SaveState.KEPT)

    @Slot()
    def saved(self) -> None:
        """What `save` began is kept."""
        if self._state is not SaveState.SAVING:
            return
        if self._typed_meanwhile:
            self._set(SaveState.WAITING)
            self._timer.start()
            return
        self._set(SaveState.KEPT)
        self.settled.emit()

    @Slot()
    def failed(self) -> None:
        """What `save` began was not kept; the form still has it, and `flush` tries again."""
        if self._state is SaveState.SAVING:
            self._set(SaveState.FAILED)

    def _set(self, state: SaveState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)
