"""What a test leaves behind fails it, and what it cleans up does not."""

from pathlib import Path

import pytest

LEAKY = """
import threading
from PySide6.QtCore import QObject, QThread, QTimer
from PySide6.QtWidgets import QLabel, QWidget

kept = []

def test_thread(request):
    stop = threading.Event()
    request.config.add_cleanup(stop.set)
    threading.Thread(target=stop.wait, name="forgotten").start()

def test_qt_thread(request, qapp):
    thread = QThread()
    kept.append(thread)
    request.config.add_cleanup(lambda: (thread.quit(), thread.wait()))
    thread.start()

def test_timer(qapp):
    timer = QTimer()
    kept.append(timer)
    timer.start(60_000)

def test_single_shot(qapp):
    receiver = QTimer()
    kept.append(receiver)
    QTimer.singleShot(60_000, receiver.stop)

def test_window(qapp):
    window = QWidget(objectName="stray")
    kept.append(window)
    window.show()
"""

CLEAN = """
import gc
import threading
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QWidget

def test_thread():
    thread = threading.Thread(target=str)
    thread.start()

def test_qt_thread(qapp):
    thread = QThread()
    thread.start()
    thread.quit()
    thread.wait()

def test_timer(qapp):
    timer = QTimer()
    timer.start(60_000)
    timer.stop()

def test_timer_of_a_window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    QTimer(window).start(60_000)
    QTimer.singleShot(60_000, window.close)

def test_window_in_a_cycle(qapp):
    window = QWidget()
    window.itself = window
    gc.collect()
"""


@pytest.fixture
def house(pytester: pytest.Pytester, pytestconfig: pytest.Config) -> pytest.Pytester:
    pytester.makeconftest('pytest_plugins = ["tests.house.leaks"]')
    pytester.makeini(f"[pytest]\npythonpath = {pytestconfig.rootpath.as_posix()}\nqt_api = pyside6\n")
    return pytester


def test_each_kind_of_leak_fails_its_own_test_and_says_what_it_was(house: pytest.Pytester) -> None:
    house.makepyfile(LEAKY)
    result = house.runpytest_subprocess("-p", "no:xdist", "-p", "no:randomly")
    result.assert_outcomes(passed=5, errors=5)
    result.stdout.fnmatch_lines(
        [
            "left behind: thread 'forgotten'",
            "left behind: QThread started at *test_each_kind*.py:*",
            "left behind: QTimer started at *test_each_kind*.py:*",
            "left behind: single shot started at *test_each_kind*.py:*, due in *",
            "left behind: window QWidget 'stray'",
        ],
        consecutive=False,
    )


def test_what_is_cleaned_up_passes(house: pytest.Pytester) -> None:
    house.makepyfile(CLEAN)
    house.runpytest_subprocess("-p", "no:xdist").assert_outcomes(passed=5)


def test_a_failed_test_is_not_blamed_for_what_its_traceback_holds(house: pytest.Pytester) -> None:
    house.makepyfile(
        """
        from PySide6.QtWidgets import QWidget

        def test_fails(qapp):
            window = QWidget()
            assert not window
        """
    )
    house.runpytest_subprocess("-p", "no:xdist").assert_outcomes(failed=1)


def test_the_home_is_this_tests_own_and_empty(home: Path) -> None:
    assert Path.home() == home
    assert [p.name for p in home.iterdir()] == ["run"]
