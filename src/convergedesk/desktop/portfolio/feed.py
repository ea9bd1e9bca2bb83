"""Reads all accounts in the background and keeps the last good reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from convergedesk.domain.kinds import PodId
from convergedesk.domain.portfolio import HomeSnapshot, PodSummary, PortfolioRow, present

if TYPE_CHECKING:
    from convergedesk.desktop.jobs import JobContext, JobRunner


class Portfolio(QObject):
    """All accounts, and the pod that every page is narrowed to.

    Signals:
        changed: `snapshot` or the chosen pod is another one now.
        pod_changed: The pod's id, or None for all accounts.
        failed: The exception of a read that went wrong; the old snapshot stays.
        expected: Id of an account that will probably be opened next.
    """

    changed = Signal()
    pod_changed = Signal(object)
    failed = Signal(object)
    expected = Signal(object)

    def __init__(
        self,
        jobs: JobRunner,
        read: Callable[[], HomeSnapshot],
        *,
        first: HomeSnapshot | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._read = read
        self._snapshot = first
        self._pod: PodId | None = None
        self._reading = False
        self._read_again = False

    @property
    def snapshot(self) -> HomeSnapshot | None:
        """The last good reading, or None before the first."""
        return self._snapshot

    @property
    def pod(self) -> PodId | None:
        """The pod that pages are narrowed to, or None for all accounts."""
        return self._pod

    @property
    def pod_summary(self) -> PodSummary | None:
        """The chosen pod as the selector shows it, or None for all accounts."""
        pods = self._snapshot.pods if self._snapshot else ()
        return next((pod for pod in pods if pod.pod_id == self._pod), None)

    def show(self, snapshot: HomeSnapshot) -> None:
        """Take a reading that was made elsewhere, such as the first one of all."""
        self._take(snapshot)

    @property
    def rows(self) -> tuple[PortfolioRow, ...]:
        """The accounts of the chosen pod, sites included; empty before the first reading.

        Without those that are missing from the latest whole list, as everywhere but in a view of their own.
        """
        return present(self._of_pod())

    @property
    def gone(self) -> tuple[PortfolioRow, ...]:
        """The accounts of the chosen pod that are missing from the latest whole list."""
        return tuple(row for row in self._of_pod() if row.gone_since is not None)

    def choose_pod(self, pod: PodId | None) -> None:
        """Narrow every page to a pod, or to none."""
        if pod != self._pod:
            self._pod = pod
            self.pod_changed.emit(pod)
            self.changed.emit()

    def expect(self, account_id: object) -> None:
        """Say which account will probably be opened next, for whoever can read it ahead; None for none."""
        if account_id is not None:
            self.expected.emit(account_id)

    def refresh(self) -> None:
        """Read again in the background; asked while reading, once more afterwards."""
        if self._reading:
            self._read_again = True
            return
        self._reading = True
        self._jobs.submit(self._read_all, on_done=self._on_read, on_error=self._on_failed)

    def _of_pod(self) -> tuple[PortfolioRow, ...]:
        rows = self._snapshot.rows if self._snapshot else ()
        return rows if self._pod is None else tuple(row for row in rows if self._pod in row.pod_ids)

    def _read_all(self, _context: JobContext) -> HomeSnapshot:
        return self._read()

    def _on_read(self, snapshot: HomeSnapshot) -> None:
        self._take(snapshot)
        self._next()

    def _take(self, snapshot: HomeSnapshot) -> None:
        self._snapshot = snapshot
        if self._pod is not None and self._pod not in {pod.pod_id for pod in snapshot.pods}:
            self._pod = None
            self.pod_changed.emit(None)
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
        self._next()

    def _next(self) -> None:
        self._reading = False
        if self._read_again:
            self._read_again = False
            self.refresh()
