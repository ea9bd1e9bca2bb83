"""Threads that take jobs from a queue."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from time import monotonic


class Lane:
    """Some threads and the queue that they share. One thread makes a queue of strict order."""

    def __init__(self, name: str, threads: int) -> None:
        """Threads are started with the first job and end with `close`."""
        self._name = name
        self._wanted = threads
        self._threads: list[Thread] = []
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()

    def put(self, work: Callable[[], None]) -> None:
        """Queue a piece of work. It must not raise."""
        if len(self._threads) < self._wanted:
            # A stuck thread must not keep the program from ending.
            thread = Thread(target=self._serve, name=f"{self._name}-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()
        self._queue.put(work)

    def close(self) -> None:
        """Take no more work after what is queued."""
        for _ in self._threads:
            self._queue.put(None)

    def join(self, until: float) -> bool:
        """Wait for the threads until a `monotonic` instant. True if all have ended."""
        for thread in self._threads:
            thread.join(max(0.0, until - monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _serve(self) -> None:
        while (work := self._queue.get()) is not None:
            work()
