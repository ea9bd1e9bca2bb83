"""A runner without threads: for pictures of pages, and for tests of view models."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TypeVar

from convergedesk.desktop.jobs.context import JobContext, JobHandle, JobProgress

T = TypeVar("T")


class InlineJobs:
    """Runs each job within `submit`, or, when held, when asked to.

    Attributes:
        pending: Jobs that wait while held, first in first out, with True for those that write.
    """

    def __init__(self, *, hold: bool = False) -> None:
        """`hold` keeps jobs until `run_next` or `run_all`."""
        self._hold = hold
        self.pending: deque[tuple[Callable[[], None], bool]] = deque()

    def submit(
        self,
        fn: Callable[[JobContext], T],
        *,
        write: bool = False,
        on_done: Callable[[T], object] | None = None,
        on_error: Callable[[Exception], object] | None = None,
        on_progress: Callable[[JobProgress], object] | None = None,
    ) -> JobHandle:
        """See `JobRunner.submit`. Without `on_error` an exception leaves this call."""
        handle = JobHandle()

        def report(progress: JobProgress) -> None:
            if on_progress is not None and not handle.cancelled:
                on_progress(progress)

        def work() -> None:
            if handle.cancelled:
                handle.mark_finished()
                return
            try:
                result = fn(JobContext(handle, report))
            except Exception as error:
                handle.mark_finished()
                if on_error is None:
                    raise
                if not handle.cancelled:
                    on_error(error)
                return
            handle.mark_finished()
            if on_done is not None and not handle.cancelled:
                on_done(result)

        self.pending.append((work, write))
        if not self._hold:
            self.run_all()
        return handle

    def run_next(self) -> None:
        """Run the job that waits longest."""
        work, _ = self.pending.popleft()
        work()

    def run_all(self) -> None:
        """Run all that wait, and what they start in turn."""
        while self.pending:
            self.run_next()
