"""The one way off the GUI thread and back."""

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from convergedesk.desktop.jobs import InlineJobs, JobContext, Jobs
from convergedesk.domain.errors import CancelledError, DiskFullError


class Listener(QObject):
    """Keeps what it is told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.errors: list[Exception] = []
        self.progress: list[object] = []
        self.threads: set[int] = set()

    def on_done(self, result: object) -> None:
        self.results.append(result)
        self.threads.add(threading.get_ident())

    def on_error(self, error: Exception) -> None:
        self.errors.append(error)

    def on_progress(self, progress: object) -> None:
        self.progress.append(progress)


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    runner = Jobs()
    yield runner
    assert runner.shutdown()


def test_a_result_arrives_on_the_gui_thread_from_another_one(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()
    jobs.submit(lambda _context: threading.get_ident(), on_done=listener.on_done)
    qtbot.waitUntil(lambda: bool(listener.results))
    assert listener.threads == {threading.get_ident()}
    assert listener.results != [threading.get_ident()]


def test_writes_run_one_after_another_in_order(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()
    inside = threading.Semaphore(1)

    def write(number: int) -> int:
        assert inside.acquire(blocking=False)
        inside.release()
        return number

    for number in range(50):
        jobs.submit(lambda _context, n=number: write(n), write=True, on_done=listener.on_done)
    qtbot.waitUntil(lambda: len(listener.results) == 50)
    assert listener.results == list(range(50))


def test_a_read_does_not_wait_for_a_write(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()
    gate = threading.Event()
    jobs.submit(lambda _context: gate.wait(10), write=True)
    jobs.submit(lambda _context: "read", on_done=listener.on_done)
    qtbot.waitUntil(lambda: listener.results == ["read"])
    gate.set()


def test_a_cancelled_job_learns_of_it_and_calls_nobody(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()
    started, stopped = threading.Event(), threading.Event()

    def work(context: JobContext) -> str:
        started.set()
        while not context.cancelled:
            threading.Event().wait(0.001)
        stopped.set()
        return "too late"

    handle = jobs.submit(work, on_done=listener.on_done, on_error=listener.on_error)
    assert started.wait(10)
    handle.cancel()
    qtbot.waitUntil(lambda: handle.finished)
    assert stopped.is_set()
    assert not listener.results
    assert not listener.errors


def test_check_raises_once_cancelled_and_that_is_no_error(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()
    seen = []

    def work(context: JobContext) -> None:
        handle.cancel()
        try:
            context.check()
        except CancelledError as error:
            seen.append(error)
            raise

    ready = threading.Event()
    handle = jobs.submit(lambda context: (ready.wait(10), work(context)), on_error=listener.on_error)
    ready.set()
    qtbot.waitUntil(lambda: handle.finished)
    assert len(seen) == 1
    assert not listener.errors


def test_a_fault_goes_to_whoever_asked_and_nowhere_else(
    jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = Listener()
    hooked = []
    monkeypatch.setattr(sys, "excepthook", lambda *args: hooked.append(args))

    def work(_context: JobContext) -> None:
        raise DiskFullError("There is no room left on the disk.")

    handle = jobs.submit(work, on_error=listener.on_error)
    qtbot.waitUntil(lambda: handle.finished)
    assert [str(error) for error in listener.errors] == ["There is no room left on the disk."]
    assert not hooked


@pytest.mark.parametrize("listened", [True, False])
def test_a_bug_reaches_the_one_handler_too(
    jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, listened: bool
) -> None:
    listener = Listener()
    hooked = []
    monkeypatch.setattr(sys, "excepthook", lambda *args: hooked.append(args))
    handle = jobs.submit(lambda _context: 1 // 0, on_error=listener.on_error if listened else None)
    qtbot.waitUntil(lambda: handle.finished and bool(hooked))
    assert hooked[0][0] is ZeroDivisionError
    assert len(listener.errors) == int(listened)


def test_progress_is_thinned_and_its_end_is_not_lost(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()

    def work(context: JobContext) -> None:
        for done in range(1, 10_001):
            context.progress(done, 10_000, "rows")

    handle = jobs.submit(work, on_progress=listener.on_progress)
    qtbot.waitUntil(lambda: handle.finished)
    assert len(listener.progress) < 100
    assert listener.progress[-1] == (10_000, 10_000, "rows")


def test_results_for_an_object_that_is_gone_are_dropped(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()
    gate = threading.Event()
    handle = jobs.submit(lambda _context: gate.wait(10), on_done=listener.on_done)
    delete(listener)
    gate.set()
    qtbot.waitUntil(lambda: handle.finished)
    assert not listener.results


def test_many_results_all_arrive(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()
    for number in range(500):
        jobs.submit(lambda _context, n=number: n, on_done=listener.on_done)
    qtbot.waitUntil(lambda: len(listener.results) == 500)
    assert set(listener.results) == set(range(500))


def test_after_shutdown_nothing_runs_and_nobody_is_called(qtbot: QtBot) -> None:
    listener = Listener()
    runner = Jobs()
    waiting = runner.submit(lambda context: context.cancelled, on_done=listener.on_done)
    assert runner.shutdown()
    late = runner.submit(lambda _context: "late", on_done=listener.on_done)
    assert late.finished
    assert waiting.cancelled
    assert not listener.results


def test_shutdown_says_when_a_job_outlives_its_deadline(qtbot: QtBot) -> None:
    gate = threading.Event()
    running = threading.Event()
    runner = Jobs()
    runner.submit(lambda _context: (running.set(), gate.wait(10)))
    assert running.wait(10)
    assert not runner.shutdown(deadline_ms=1)
    gate.set()


def test_the_inline_runner_runs_at_once() -> None:
    results = []
    InlineJobs().submit(lambda _context: 7, on_done=results.append)
    assert results == [7]


def test_the_held_runner_runs_when_asked_and_honours_cancelling() -> None:
    results = []
    jobs = InlineJobs(hold=True)
    jobs.submit(lambda _context: 1, on_done=results.append)
    second = jobs.submit(lambda _context: 2, write=True, on_done=results.append)
    assert [writes for _, writes in jobs.pending] == [False, True]
    jobs.run_next()
    second.cancel()
    jobs.run_all()
    assert results == [1]
    assert second.finished


def test_the_inline_runner_hands_errors_on_or_lets_them_through() -> None:
    errors = []
    InlineJobs().submit(lambda _context: 1 // 0, on_error=errors.append)
    assert isinstance(errors[0], ZeroDivisionError)
    with pytest.raises(ZeroDivisionError):
        InlineJobs().submit(lambda _context: 1 // 0)


def test_what_the_writer_was_given_is_written_although_the_program_ends(qtbot: QtBot) -> None:
    runner = Jobs()
    busy, written = threading.Event(), []
    runner.submit(lambda _context: busy.wait(10), write=True)
    runner.submit(lambda _context: written.append("edit"), write=True)
    given_up = runner.submit(lambda _context: written.append("given up"), write=True)
    given_up.cancel()
    threading.Timer(0.05, busy.set).start()
    assert runner.shutdown()
    assert written == ["edit"]
