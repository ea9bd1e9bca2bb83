"""The one way off the GUI thread and back."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from convergedesk.desktop.jobs.context import JobContext, JobHandle, JobProgress
from convergedesk.desktop.jobs.lane import Lane
from convergedesk.domain.errors import CancelledError, ConvergeDeskError

T = TypeVar("T")
_READERS = 3
# Deliveries that come at once are spread over turns of the event loop, so that painting goes on.
_SLICE_S = 0.008
# A job of that length has gone through much data, of which little stays.
_LONG_S = 0.3


class Jobs(QObject):
    """Two lanes: one thread that writes to the store, a few that read.

    All callbacks are called on the thread of this object, which is the GUI thread.
    """

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Threads are started with the first job."""
        super().__init__(parent)
        self._writer = Lane("store-writer", 1)
        self._readers = Lane("store-reader", _READERS)
        self._running: set[JobHandle] = set()
        self._writing: set[JobHandle] = set()
        self._last_writes: frozenset[JobHandle] = frozenset()
        self._deliveries: deque[Callable[[], None]] = deque()
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        fn: Callable[[JobContext], T],
        *,
        write: bool = False,
        on_done: Callable[[T], object] | None = None,
        on_error: Callable[[Exception], object] | None = None,
        on_progress: Callable[[JobProgress], object] | None = None,
    ) -> JobHandle:
        """See `JobRunner.submit`. After `shutdown` a job is dropped at once."""
        handle = JobHandle()
        if self._closed:
            handle.cancel()
            handle.mark_finished()
            return handle
        self._running.add(handle)
        if write:
            self._writing.add(handle)

        def report(progress: JobProgress) -> None:
            self._post(lambda: _call(handle, on_progress, progress))

        def work() -> None:
            began = monotonic()
            outcome: Callable[[], None]
            try:
                wanted = not handle.cancelled or handle in self._last_writes
                result = fn(JobContext(handle, report)) if wanted else None
            except CancelledError:
                handle.cancel()
                outcome = _nothing
            except Exception as error:  # noqa: BLE001 - handed to the GUI thread, bugs to the excepthook
                outcome = _failing(handle, on_error, error)
            else:
                outcome = _succeeding(handle, on_done, result)
            self._post(lambda: self._finish(handle, outcome))
            if monotonic() - began > _LONG_S:
                _give_memory_back()

        (self._writer if write else self._readers).put(work)
        return handle

    def shutdown(self, deadline_ms: int = 3000) -> bool:
        """Cancel all jobs and wait for them. True if all ended before the deadline.

        What was given to the writer before this is still written, unless it asks whether to stop.
        """
        self._closed = True
        self._last_writes = frozenset(one for one in self._writing if not one.cancelled)
        for handle in tuple(self._running):
            handle.cancel()
        lanes = (self._writer, self._readers)
        for lane in lanes:
            lane.close()
        until = monotonic() + deadline_ms / 1000
        ended = [lane.join(until) for lane in lanes]
        self._deliveries.clear()
        return all(ended)

    def _finish(self, handle: JobHandle, outcome: Callable[[], None]) -> None:
        self._running.discard(handle)
        self._writing.discard(handle)
        handle.mark_finished()
        outcome()

    def _post(self, delivery: Callable[[], None]) -> None:
        self._deliveries.append(delivery)
        if not self._closed:
            self._arrived.emit()

    @Slot()
    def _deliver(self) -> None:
        until = monotonic() + _SLICE_S
        while self._deliveries:
            self._deliveries.popleft()()
            if monotonic() > until:
                if self._deliveries:
                    QTimer.singleShot(0, self, self._deliver)
                return


def _nothing() -> None:
    return


def _give_memory_back() -> None:
    from convergedesk.host.memory import give_back

    give_back()


def _succeeding(
    handle: JobHandle, on_done: Callable[[Any], object] | None, result: object
) -> Callable[[], None]:
    return lambda: _call(handle, on_done, result)


def _failing(
    handle: JobHandle, on_error: Callable[[Exception], object] | None, error: Exception
) -> Callable[[], None]:
    def deliver() -> None:
        _call(handle, on_error, error)
        if on_error is None or not isinstance(error, ConvergeDeskError):
            sys.excepthook(type(error), error, error.__traceback__)

    return deliver


def _call(handle: JobHandle, callback: Callable[[Any], object] | None, argument: object) -> None:
    """Call unless the job was cancelled or the callback's object is gone."""
    if callback is None or handle.cancelled:
        return
    owner = getattr(callback, "__self__", None)
    if isinstance(owner, QObject) and not isValid(owner):
        return
    callback(argument)
