"""Fails a test that leaves a thread running, a timer ticking or a window open."""

import gc
import threading
import time
import traceback
import weakref
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

GRACE_S = 2.0
_failed = pytest.StashKey[bool]()
# Qt keeps these for itself once they have been shown.
_QTS_OWN_WINDOWS = {"QTipLabel", "QWhatsThat", "QShapedPixmapWidget"}


class _Started:
    """The Qt threads and timers that were started since the last call of `clear`, and where."""

    def __init__(self) -> None:
        self.threads: weakref.WeakKeyDictionary[QThread, str] = weakref.WeakKeyDictionary()
        self.timers: weakref.WeakKeyDictionary[QTimer, str] = weakref.WeakKeyDictionary()
        self.single_shots: list[tuple[float, QObject | None, str]] = []

    def clear(self) -> None:
        self.threads.clear()
        self.timers.clear()
        self.single_shots.clear()


_started = _Started()


def _caller() -> str:
    frame = traceback.extract_stack(limit=3)[0]
    return f"{frame.filename}:{frame.lineno}"


def pytest_configure() -> None:
    """Lets Qt's own classes say what they start."""
    start_thread, start_timer, single_shot = QThread.start, QTimer.start, QTimer.singleShot

    def record_thread(
        self: QThread, /, priority: QThread.Priority = QThread.Priority.InheritPriority
    ) -> None:
        _started.threads[self] = _caller()
        start_thread(self, priority)

    def record_timer(self: QTimer, *args: Any) -> None:
        _started.timers[self] = _caller()
        start_timer(self, *args)

    def record_single_shot(msec: int, *args: Any) -> None:
        receiver = next((a for a in args if isinstance(a, QObject)), getattr(args[-1], "__self__", None))
        due = time.monotonic() + msec / 1000
        _started.single_shots.append((due, receiver if isinstance(receiver, QObject) else None, _caller()))
        single_shot(msec, *args)

    QThread.start = record_thread
    QTimer.start = record_timer
    QTimer.singleShot = staticmethod(record_single_shot)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remembers failure: the traceback of a failed test keeps alive what its frames hold."""
    report = yield
    if report.failed:
        item.stash[_failed] = True
    return report


def _delete_what_is_due() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def _new_windows(before: list[QWidget]) -> list[QWidget]:
    return [
        w
        for w in QApplication.topLevelWidgets()
        if w not in before and w.metaObject().className() not in _QTS_OWN_WINDOWS
    ]


def _leaked_windows(before: list[QWidget]) -> list[str]:
    if not isinstance(QApplication.instance(), QApplication):
        return []
    _delete_what_is_due()
    windows = _new_windows(before)
    if windows:
        windows.clear()
        gc.collect()
        _delete_what_is_due()
        windows = _new_windows(before)
    said = [f"window {w.metaObject().className()} {w.objectName() or w.windowTitle()!r}" for w in windows]
    for window in windows:
        window.close()
        window.deleteLater()
    _delete_what_is_due()
    return said


def _leaked_qt_threads() -> list[str]:
    said = [
        f"QThread started at {where}"
        for thread, where in list(_started.threads.items())
        if isValid(thread) and thread.isRunning() and not thread.wait(int(GRACE_S * 1000))
    ]
    if not QThreadPool.globalInstance().waitForDone(int(GRACE_S * 1000)):
        said.append("a task on Qt's global thread pool")
    return said


def _leaked_timers() -> list[str]:
    said: list[str] = []
    for timer, where in list(_started.timers.items()):
        if isValid(timer) and timer.isActive():
            timer.stop()
            said.append(f"QTimer started at {where}")
    now = time.monotonic()
    said += [
        f"single shot started at {where}, due in {due - now:.1f} s"
        for due, receiver, where in _started.single_shots
        if due > now and (receiver is None or isValid(receiver))
    ]
    return said


def _leaked_threads(before: set[threading.Thread]) -> list[str]:
    # Qt's threads appear as dummies when Python runs in them; those are looked after above.
    new = [t for t in threading.enumerate() if t not in before and not isinstance(t, threading._DummyThread)]
    deadline = time.monotonic() + GRACE_S
    for thread in new:
        thread.join(max(0.0, deadline - time.monotonic()))
    return [f"thread {t.name!r}" for t in new if t.is_alive()]


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test when a thread, timer or window that began in it is still there after it."""
    threads = set(threading.enumerate())
    windows = QApplication.topLevelWidgets() if isinstance(QApplication.instance(), QApplication) else []
    _started.clear()
    yield
    leaks = [*_leaked_windows(windows), *_leaked_timers(), *_leaked_qt_threads(), *_leaked_threads(threads)]
    if leaks and not request.node.stash.get(_failed, False):
        pytest.fail("left behind: " + "; ".join(leaks), pytrace=False)
