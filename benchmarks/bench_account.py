"""From the click on an account to its first complete page: head, chart, tickets, people, goals, commitment.

The program itself, with its real window, jobs and file; every account is opened once, coming from Home.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QGraphicsView

from benchmarks.figure import Figure
from benchmarks.screen import screen_here
from benchmarks.workloads import KEY, TYPICAL_WORDS, typical_copy
from convergedesk.desktop.application import Application
from convergedesk.desktop.desk import Desk
from convergedesk.desktop.pages.account.page import AccountPage
from convergedesk.desktop.preferences import Preferences
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.uncaught import Uncaught
from convergedesk.domain.accounts import AccountId
from convergedesk.host.folders import Folders
from convergedesk.host.keyring import KeyringSecrets
from convergedesk.host.settings import SettingsFile

LIMIT_MS = 100
WIDTH, HEIGHT = 1440, 900
PATIENCE_MS = 60_000


def wait_until(reached: Callable[[], bool]) -> None:
    """Let the program run until something holds."""
    loop = QEventLoop()
    look = QTimer()
    look.timeout.connect(lambda: loop.quit() if reached() else None)
    look.start(10)
    QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
    loop.exec()
    assert reached()


class Stopwatch(QObject):
    """Measures from the opening of an account to the painting of the chart with its data."""

    def __init__(self, page: AccountPage) -> None:
        super().__init__()
        self._page = page
        self._read = False
        self._loop = QEventLoop()
        page.model.changed.connect(self._on_changed)
        view = page.findChild(QGraphicsView)
        assert view is not None
        view.viewport().installEventFilter(self)

    @Slot()
    def _on_changed(self) -> None:
        self._read = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._read and event.type() == QEvent.Type.Paint:
            self._read = False
            # The whole window is painted in one go: once the loop turns again, all of it stands.
            QTimer.singleShot(0, self._loop, self._loop.quit)
        return False

    def milliseconds(self, desk: Desk, account_id: AccountId) -> float:
        """Open one account from Home."""
        desk.navigator.open_home()
        wait_until(lambda: not self._page.isVisible())
        began = perf_counter()
        desk.navigator.open_account(account_id)
        self._loop.exec()
        spent = 1000 * (perf_counter() - began)
        data = self._page.model.data
        assert data is not None
        assert data.header.account.id == account_id
        return spent


def program(folder: Path) -> Application:
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


def run() -> list[Figure]:
    with typical_copy() as file, screen_here(), TemporaryDirectory() as folder:
        app = QApplication([])
        application = program(Path(folder))
        application.open(file, KEY)
        desk = application.desk
        assert desk is not None
        desk.window.resize(WIDTH, HEIGHT)
        wait_until(lambda: desk.context.portfolio.snapshot is not None)
        snapshot = desk.context.portfolio.snapshot
        assert snapshot is not None
        ids = [row.account_id for row in snapshot.top_level]
        desk.navigator.open_account(ids[0])
        wait_until(lambda: desk.window.findChild(AccountPage) is not None)
        page = desk.window.findChild(AccountPage)
        assert page is not None
        wait_until(lambda: page.model.data is not None and page.findChild(QGraphicsView) is not None)
        watch = Stopwatch(page)
        spent = [watch.milliseconds(desk, account_id) for account_id in ids[1:]]
        application.close()
        platform = app.platformName()
    return [
        Figure(
            "opening an account to its first complete paint, 95th percentile",
            float(np.percentile(spent, 95)),
            "ms",
            limit=LIMIT_MS,
            note=f"{len(spent)} accounts of {TYPICAL_WORDS}; {WIDTH}×{HEIGHT}, {platform}",
        ),
        Figure("  median", float(np.median(spent)), "ms"),
        Figure("  slowest", float(np.max(spent)), "ms"),
    ]
