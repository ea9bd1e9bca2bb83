"""Keeps what is computed from usage and tickets up to date while the program is open, off the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from shiboken6 import isValid

from convergedesk.workspace.changes import Changes, Kind

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.accounts import AccountId

_INPUTS = frozenset(
    {
        *(Kind.USAGE, Kind.TICKETS, Kind.LINKS, Kind.ACCOUNTS, Kind.CALENDAR, Kind.BILLING),
        *(Kind.GOALS, Kind.CONTRACTS, Kind.ENGAGEMENT, Kind.PODS),
    }
)
# What a person does first after the start, and a burst of changes, come before.
_FIRST_MS = 1_500
_SETTLED_MS = 400
# Longer than the program looks for the writes of another one: an import is waited for, not run after.
_SETTLED_ELSEWHERE_MS = 5_000


class InsightKeeper(QObject):
    """Computes again what a change touched; pages show the last known value meanwhile."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing happens before `begin`."""
        super().__init__(parent)
        self._context: PageContext | None = None
        self._running: JobHandle | None = None
        self._touched: set[AccountId] = set()
        self._everything = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def begin(self, context: PageContext) -> None:
        """Look after this workspace from now on."""
        self.stop()
        self._context = context
        self._everything = True
        context.changes.published.connect(self._on_published)
        context.changes.written_elsewhere.connect(self._on_written_elsewhere)
        self._timer.start(_FIRST_MS)

    def stop(self) -> None:
        """The workspace is about to be closed."""
        self._timer.stop()
        if self._running is not None:
            self._running.cancel()
            self._running = None
        # A desk that was closed has taken its signals along.
        if self._context is not None and isValid(self._context.changes):
            self._context.changes.published.disconnect(self._on_published)
            self._context.changes.written_elsewhere.disconnect(self._on_written_elsewhere)
        self._context = None
        self._touched.clear()
        self._everything = False

    @Slot(object)
    def _on_published(self, changes: Changes) -> None:
        if not changes.kinds & _INPUTS:
            return
        self._touched |= changes.accounts
        self._everything = self._everything or not changes.accounts
        self._tell(computing=True)
        self._timer.start(_SETTLED_MS)

    @Slot()
    def _on_written_elsewhere(self) -> None:
        self._everything = True
        self._tell(computing=True)
        self._timer.start(_SETTLED_ELSEWHERE_MS)

    @Slot()
    def _look(self) -> None:
        context = self._context
        if context is None or self._running is not None:
            return
        touched = None if self._everything else frozenset(self._touched)
        self._everything = False
        self._touched.clear()

        def work(job: JobContext) -> Changes:
            from convergedesk.workspace.insights import refresh_insights

            return refresh_insights(context.workspace(), touched, cancel=job)

        # A read by far the most of the time: what is found is written in short pieces.
        self._running = context.jobs.submit(work, on_done=self._on_done, on_error=self._on_error)

    def _on_done(self, changes: Changes) -> None:
        self._running = None
        if changes.accounts and self._context is not None:
            self._context.changes.publish(changes)
        if self._everything or self._touched:
            self._timer.start(_SETTLED_MS)
        else:
            self._tell(computing=False)

    def _tell(self, *, computing: bool) -> None:
        if self._context is not None and isValid(self._context.changes):
            self._context.changes.set_computing(computing=computing)

    def _on_error(self, _error: Exception) -> None:
        # The next change or start computes what is missing; a page that lacks a value says so.
        self._running = None
        self._tell(computing=False)
