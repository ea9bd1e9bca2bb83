"""From the click on an account to its first complete page: head, chart, tickets, people, goals, commitment.

The program itself, with its real window, jobs and file; every account is opened once, coming from a Home that
is at rest. What is found of the account (effects, health, forecasts) is read after that paint.
"""

from time import perf_counter

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QGraphicsView

from benchmarks.figure import Figure
from benchmarks.program import HEIGHT, WIDTH, Idle, program, wait_until
from benchmarks.workloads import TYPICAL_WORDS, typical_copy
from convergedesk.desktop.desk import Desk
from convergedesk.desktop.jobs import Jobs
from convergedesk.desktop.pages.account.page import AccountPage
from convergedesk.domain.accounts import AccountId

LIMIT_MS = 100


class Stopwatch(QObject):
    """Measures from the opening of an account to the painting of the chart with its data."""

    def __init__(self, page: AccountPage, idle: Idle) -> None:
        super().__init__()
        self._page = page
        self._idle = idle
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
        """Open one account from Home, once Home stands and what the account before it began is over."""
        desk.navigator.open_home()
        wait_until(lambda: not self._page.isVisible())
        self._idle.wait()
        began = perf_counter()
        desk.navigator.open_account(account_id)
        self._loop.exec()
        spent = 1000 * (perf_counter() - began)
        data = self._page.model.data
        assert data is not None
        assert data.header.account.id == account_id
        return spent


def first_open(desk: Desk, account_id: AccountId) -> tuple[AccountPage, float]:
    """The very first account that a person opens, whose page has still to be built: page and milliseconds."""
    began = perf_counter()
    desk.navigator.open_account(account_id)
    wait_until(
        lambda: (page := desk.window.findChild(AccountPage)) is not None and page.model.data is not None
    )
    page = desk.window.findChild(AccountPage)
    assert page is not None
    QApplication.processEvents()
    return page, 1000 * (perf_counter() - began)


def run() -> list[Figure]:
    with typical_copy() as file, program(file) as desk:
        snapshot = desk.context.portfolio.snapshot
        assert snapshot is not None
        ids = [row.account_id for row in snapshot.top_level]
        page, first = first_open(desk, ids[0])
        jobs = desk.context.jobs
        assert isinstance(jobs, Jobs)
        watch = Stopwatch(page, Idle(jobs))
        spent = [watch.milliseconds(desk, account_id) for account_id in ids[1:]]
        platform = QApplication.platformName()
    return [
        Figure(
            "opening an account to its first complete paint, 95th percentile",
            float(np.percentile(spent, 95)),
            "ms",
            limit=LIMIT_MS,
            note=f"{len(spent)} accounts of {TYPICAL_WORDS}, none read ahead; {WIDTH}×{HEIGHT}, {platform}",
        ),
        Figure("  median", float(np.median(spent)), "ms"),
        Figure("  slowest", float(np.max(spent)), "ms"),
        Figure("  the very first, whose page is built for it", first, "ms"),
    ]
