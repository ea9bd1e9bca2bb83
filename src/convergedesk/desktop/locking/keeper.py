"""Locks and unlocks, and closes the file for work that needs it closed."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from convergedesk.desktop.autosave import Autosave, SaveState
from convergedesk.desktop.jobs import JobContext, Jobs
from convergedesk.desktop.locking.watch import LockWatch
from convergedesk.desktop.locking.window import LockWindow
from convergedesk.desktop.opening import REFUSED, VOID
from convergedesk.desktop.surroundings import ClosedWork, Surroundings
from convergedesk.domain.declared_settings import LOCK_AFTER, LOCK_ON_SLEEP
from convergedesk.domain.errors import ConvergeDeskError, KeyMissingError

if TYPE_CHECKING:
    from convergedesk.desktop.desk import Desk
    from convergedesk.desktop.navigator import Place
    from convergedesk.store.keys import Key

_LOOK_MS = 50
# A disk that takes longer to save has failed to, and a locked screen must come to be.
_PATIENCE_LOOKS = 200
_RECOVERED = (
    "Opened with the recovery key. Choose a new passphrase, or let the keyring keep the key, in Settings."
)


class _State(Enum):
    OPEN = 0
    COVERED = 1
    CLOSED = 2


class Program(Protocol):
    """What the keeper needs of the application."""

    @property
    def desk(self) -> Desk | None:
        """The workspace on screen."""
        ...

    def window_place(self) -> bytes | None:
        """Note where the window is, and say it."""
        ...

    def put_away(self) -> None:
        """Close the window and the file, but let nobody else have the workspace."""
        ...

    def reopen(self, path: Path, key: Key, place: Place | None, sentence: str, tone: str) -> None:
        """Open the workspace again at a place, and show a notice where there is a sentence."""
        ...

    def close(self) -> None:
        """End the program."""
        ...


class Keeper(QObject):
    """Knows whether the workspace is open, covered while it is saved, or closed and locked.

    Signals:
        locked: The file is closed and its key forgotten.
        other_wanted: The person wants another workspace instead of unlocking this one.
    """

    locked = Signal()
    other_wanted = Signal()

    def __init__(self, program: Program, surroundings: Surroundings, parent: QObject) -> None:
        """Nothing is watched before `begin`."""
        super().__init__(parent)
        self._program = program
        self._around = surroundings
        self.watch = LockWatch(self)
        self.watch.idle.connect(self.lock)
        self.watch.slept.connect(self._on_slept)
        self._state = _State.OPEN
        self.window: LockWindow | None = None
        self._work: ClosedWork | None = None
        self._path = Path()
        self._key: Key | None = None
        self._place: Place | None = None
        self._looks = 0
        self._drained = False
        self._recovering = False
        self._jobs: Jobs | None = None
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        surroundings.lock_wanted.connect(self.lock)
        surroundings.closed_work_wanted.connect(self.do_closed)
        surroundings.setting_changed.connect(self._on_setting)

    @property
    def is_locked(self) -> bool:
        """True while a passphrase or the keyring is asked for."""
        return self.window is not None and self._work is None

    def begin(self) -> None:
        """A workspace stands on screen: uncover it and watch."""
        self._state = _State.OPEN
        self._drop_window()
        desk = self._program.desk
        if desk is not None:
            self.watch.set_idle_minutes(self._around.computer_setting(LOCK_AFTER))
            self.watch.start(desk.window.windowHandle())

    @Slot()
    def lock(self) -> None:
        """Cover the window at once, save what is being typed, close the file and forget its key."""
        self._cover(None)

    @Slot(object)
    def do_closed(self, work: ClosedWork) -> None:
        """Close the file, do the work, and open the file again where the person was."""
        self._cover(work)

    def stop(self) -> None:
        """The program ends, or goes to another workspace."""
        self.watch.stop()
        self._timer.stop()
        self._drop_window()
        self._drop_jobs()
        self._key = None
        self._state = _State.OPEN

    def _cover(self, work: ClosedWork | None) -> None:
        desk = self._program.desk
        if self._state is not _State.OPEN or desk is None or desk.context.portfolio.snapshot is None:
            return
        self._state = _State.COVERED
        self._work = work
        self._recovering = False
        self._path = desk.session.path
        self._place = desk.navigator.place
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        self.watch.stop()
        name = self._path.stem
        window = LockWindow(
            name, by_passphrase=self._around.by_passphrase, geometry=self._program.window_place()
        )
        window.keyring_wanted.connect(self._on_keyring_wanted)
        window.unlock.passphrase.connect(self._on_passphrase)
        window.unlock.recovered.connect(self._on_recovered)
        window.other_wanted.connect(self.other_wanted)
        window.closing.connect(self._on_closing)
        if work is not None:
            window.work(work.title)
        self.window = window
        window.show()
        desk.window.hide()
        self._save(desk)

    def _save(self, desk: Desk) -> None:
        for autosave in desk.window.findChildren(Autosave):
            autosave.flush()
        self._looks, self._drained = 0, False
        # Writes are done in order, so that this one comes after all that were asked for.
        desk.context.jobs.submit(_nothing, write=True, on_done=self._on_drained, on_error=self._on_drained)
        self._timer.start()

    def _on_drained(self, _result: object) -> None:
        self._drained = True

    @Slot()
    def _look(self) -> None:
        desk = self._program.desk
        if desk is None or self._state is not _State.COVERED:
            self._timer.stop()
            return
        self._looks += 1
        under_way = (SaveState.WAITING, SaveState.SAVING)
        saving = any(one.state in under_way for one in desk.window.findChildren(Autosave))
        patient = self._looks < _PATIENCE_LOOKS
        # An import goes on behind the locked screen, however long it takes.
        if desk.busy() or (patient and (saving or not self._drained)):
            return
        self._timer.stop()
        self._key = desk.session.key() if self._work is not None else None
        self._program.put_away()
        self._state = _State.CLOSED
        self._jobs = Jobs(self)
        if self._work is not None:
            self._begin_work(self._work)
        self.locked.emit()

    def _begin_work(self, closed: ClosedWork) -> None:
        key = self._key
        if key is None or self._jobs is None:
            return

        def work(_context: JobContext) -> tuple[Key, str]:
            return closed.work(key)

        self._jobs.submit(work, on_done=self._on_worked, on_error=self._on_work_failed)

    def _on_worked(self, result: tuple[Key, str]) -> None:
        key, sentence = result
        self._reopen(key, sentence, "good")

    def _on_work_failed(self, error: Exception) -> None:
        if self._key is not None:
            sentence = str(error) if isinstance(error, ConvergeDeskError) else "That did not work."
            self._reopen(self._key, sentence, "critical")

    @Slot(str)
    def _on_passphrase(self, words: str) -> None:
        def work(_context: JobContext) -> Key | None:
            from convergedesk.store.keys import Key

            return _fitting(self._path, Key.passphrase(words))

        self._around.by_passphrase = True
        self._try(work)

    @Slot(object)
    def _on_recovered(self, key: Key) -> None:
        self._recovering = True
        self._try(lambda _context: _fitting(self._path, key))

    @Slot()
    def _on_keyring_wanted(self) -> None:
        def work(_context: JobContext) -> Key | None:
            from convergedesk.workspace.keys import find_key

            return _fitting(self._path, find_key(self._path, self._around.secrets))

        self._try(work)

    def _try(self, work: object) -> None:
        if self.window is None:
            return
        self.window.set_busy()
        jobs = self._jobs
        if jobs is None:
            jobs = self._jobs = Jobs(self)
        jobs.submit(work, on_done=self._on_tried, on_error=self._on_try_failed)  # pyright: ignore[reportArgumentType]

    def _on_tried(self, key: Key | None) -> None:
        if self.window is None:
            return
        if key is None:
            refused = VOID if self._recovering else REFUSED
            self._recovering = False
            self.window.ask("Nothing was changed.")
            self.window.unlock.refuse(refused)
            return
        desk = self._program.desk
        if self._state is _State.COVERED and desk is not None:
            # Still saving, or an import goes on: the file was never closed.
            self._timer.stop()
            desk.window.show()
            self.begin()
            return
        self._reopen(key, _RECOVERED if self._recovering else "", "warning")

    def _on_try_failed(self, error: Exception) -> None:
        if self.window is None:
            return
        sentence = str(error) if isinstance(error, ConvergeDeskError) else "That did not work."
        if isinstance(error, KeyMissingError):
            sentence = f"{error.sentence} Try again, or type a passphrase or the recovery key."
        self.window.ask(sentence)
        self.window.unlock.let_type()

    def _reopen(self, key: Key, sentence: str, tone: str) -> None:
        self._drop_jobs()
        self._key = None
        self._program.reopen(self._path, key, self._place, sentence, tone)

    def _drop_window(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            window.unlock.forget()
            window.hide()
            window.deleteLater()
        self._drop_jobs()

    def _drop_jobs(self) -> None:
        jobs, self._jobs = self._jobs, None
        if jobs is not None:
            jobs.shutdown()
            jobs.deleteLater()

    @Slot()
    def _on_closing(self) -> None:
        QTimer.singleShot(0, self, self._program.close)

    @Slot()
    def _on_slept(self) -> None:
        if self._around.computer_setting(LOCK_ON_SLEEP):
            self.lock()

    @Slot(str)
    def _on_setting(self, key: str) -> None:
        if key == LOCK_AFTER.key:
            self.watch.set_idle_minutes(self._around.computer_setting(LOCK_AFTER))


def _nothing(_context: JobContext) -> None:
    return


def _fitting(path: Path, key: Key) -> Key | None:
    """The key with nothing left to derive, or None where it does not open the file."""
    from convergedesk.store.keys import Key
    from convergedesk.workspace.rekeying import file_key, opens

    return Key.raw(file_key(path, key).key) if opens(path, key) else None
