"""A part of an account that only one tab shows: read when that tab is opened, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from convergedesk.desktop.jobs import JobContext, JobHandle, JobRunner
    from convergedesk.domain.accounts import AccountId


class Part(QObject):
    """What one tab shows of the account on screen.

    Signals:
        changed: `value` is new.
        failed: It could not be read; the exception.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, jobs: JobRunner, read: Callable[[AccountId], Any], parent: QObject | None = None
    ) -> None:
        """`read` is called in a job."""
        super().__init__(parent)
        self._jobs = jobs
        self._read = read
        self._reading: JobHandle | None = None
        self.value: Any = None

    def forget(self) -> None:
        """Another account is on screen."""
        self._stop()
        self.value = None

    def read(self, account_id: AccountId) -> None:
        """Read it, or read it again."""
        self._stop()

        def work(_context: JobContext) -> object:
            return self._read(account_id)

        self._reading = self._jobs.submit(work, on_done=self._on_read, on_error=self._on_failed)

    def _stop(self) -> None:
        if self._reading is not None:
            self._reading.cancel()

    def _on_read(self, value: object) -> None:
        self.value = value
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
