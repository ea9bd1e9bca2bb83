"""The program as a person has it on screen: its own window, jobs and file, driven from within its process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from PySide6.QtCore import QEventLoop, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from benchmarks.screen import screen_here
from benchmarks.workloads import KEY
from convergedesk.desktop.application import Application
from convergedesk.desktop.desk import Desk
from convergedesk.desktop.jobs import Jobs
from convergedesk.desktop.preferences import Preferences
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.uncaught import Uncaught
from convergedesk.host.folders import Folders
from convergedesk.host.keyring import KeyringSecrets
from convergedesk.host.settings import SettingsFile

WIDTH, HEIGHT = 1440, 900
PATIENCE_MS = 60_000


class Idle(QObject):
    """Lets the program run until its jobs are done and everything they changed is painted.

    Timers fire only when neither posted events nor paint requests wait, so the first one that finds no
    job running is the moment at which the window stands as a person sees it.
    """

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._loop = QEventLoop()
        self._look = QTimer(self, interval=1)
        self._look.timeout.connect(self._on_look)
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self._on_late)
        self._late = False
        self._at = 0.0

    def wait(self) -> float:
        """Returns when the program is idle, with the instant (`perf_counter`) at which it became so."""
        self._late = False
        self._look.start()
        self._patience.start()
        self._loop.exec()
        self._look.stop()
        self._patience.stop()
        if self._late:
            raise TimeoutError("The program did not come to rest.")
        return self._at

    @Slot()
    def _on_look(self) -> None:
        if not self._jobs._running:
            self._at = perf_counter()
            self._loop.quit()

    @Slot()
    def _on_late(self) -> None:
        self._late = True
        self._loop.quit()


def wait_until(reached: Callable[[], bool]) -> None:
    """Let the program run until something holds."""
    loop = QEventLoop()
    look = QTimer()
    look.timeout.connect(lambda: loop.quit() if reached() else None)
    look.start(10)
    QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
    loop.exec()
    if not reached():
        raise TimeoutError("The program did not get there.")


def _application(folder: Path) -> Application:
    """The program with settings, state and logs of its own."""
    folders = Folders(folder / "data", folder / "settings", folder / "state", folder / "logs")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    Theme.install(app, Mode.LIGHT)
    return Application(
        secrets=KeyringSecrets(),
        folders=folders,
        preferences=Preferences(SettingsFile(folders.settings / "settings.json")),
        uncaught=Uncaught(lambda _error: None, app),
        command=(),
    )


@contextmanager
def program(file: Path) -> Iterator[Desk]:
    """The program with a workspace open, some seconds after its start, for the time of the block."""
    with screen_here(), TemporaryDirectory() as folder:
        QApplication([])
        application = _application(Path(folder))
        application.open(file, KEY)
        desk = application.desk
        assert desk is not None
        desk.window.resize(WIDTH, HEIGHT)
        wait_until(lambda: desk.is_built and desk.context.portfolio.snapshot is not None)
        yield desk
        application.close()
