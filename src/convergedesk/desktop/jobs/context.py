"""What a job sees while it runs, and what its owner keeps to stop it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import NamedTuple, Protocol, TypeVar

from convergedesk.domain.errors import CancelledError

PROGRESS_EVERY_S = 0.1
T = TypeVar("T")


class JobProgress(NamedTuple):
    """How far a job is.

    Attributes:
        done: Units done.
        total: Units in all, or None where unknown.
        message: What it does at present.
    """

    done: int
    total: int | None
    message: str


class JobHandle:
    """Kept by whoever started a job."""

    def __init__(self) -> None:
        self._cancel = Event()
        self._finished = Event()

    @property
    def cancelled(self) -> bool:
        """True once `cancel` was called."""
        return self._cancel.is_set()

    @property
    def finished(self) -> bool:
        """True once the job's last callback was called, or it was dropped."""
        return self._finished.is_set()

    def cancel(self) -> None:
        """Ask the job to stop. None of its callbacks is called from here on."""
        self._cancel.set()

    def mark_finished(self) -> None:
        """Called by the runner."""
        self._finished.set()


class JobContext:
    """Handed to the job's function: a `CancelToken`, and a `Progress` to call.

    `progress` may be called at every row; at most ten calls a second go further.
    """

    def __init__(self, handle: JobHandle, report: Callable[[JobProgress], None]) -> None:
        self._handle = handle
        self._report = report
        self._reported_at = float("-inf")

    @property
    def cancelled(self) -> bool:
        """True once somebody asked to stop."""
        return self._handle.cancelled

    def check(self) -> None:
        """Raise CancelledError once somebody asked to stop."""
        if self.cancelled:
            raise CancelledError("The job was stopped.")

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say how far the job is. The last unit is always reported."""
        now = monotonic()
        if done != total and now - self._reported_at < PROGRESS_EVERY_S:
            return
        self._reported_at = now
        self._report(JobProgress(done, total, message))


class JobRunner(Protocol):
    """Runs functions away from the GUI thread. Pages and view models know only this."""

    def submit(
        self,
        fn: Callable[[JobContext], T],
        *,
        write: bool = False,
        on_done: Callable[[T], object] | None = None,
        on_error: Callable[[Exception], object] | None = None,
        on_progress: Callable[[JobProgress], object] | None = None,
    ) -> JobHandle:
        """Run `fn` and hand its result to `on_done` on the GUI thread.

        Args:
            fn: Plain Python; asks `context.cancelled` at every page or row group.
            write: True for jobs that write to the store: they run one after another.
            on_done: Given the result. Bound methods of a QObject are dropped with the object.
            on_error: Given the exception. A fault that the person can act on goes only there;
                anything else goes to `sys.excepthook` as well, since it is a bug.
            on_progress: Given a `JobProgress`, at most ten times a second.
        """
        ...
