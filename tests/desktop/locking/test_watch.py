"""When the program locks: idle, asleep by the clocks, asleep by logind's word."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from pytestqt.qtbot import QtBot

from convergedesk.desktop.locking.watch import LockWatch


@dataclass
class Clocks:
    """What passes while awake, and the time of day."""

    ticks: float = 1000.0
    wall: float = 1_700_000_000.0

    def live(self, seconds: float) -> None:
        self.ticks += seconds
        self.wall += seconds


@dataclass
class Watched:
    watch: LockWatch
    clocks: Clocks
    window: QWindow
    idle: int = 0
    slept: int = 0

    def pass_time(self, seconds: int) -> None:
        """Let time pass with the looks that the timer would have taken."""
        for _ in range(seconds // 5):
            self.clocks.live(5)
            self.watch.look()


@pytest.fixture
def watched(qapp: object) -> Iterator[Watched]:
    clocks = Clocks()
    watch = LockWatch(wall=lambda: clocks.wall, ticks=lambda: clocks.ticks)
    window = QWindow()
    watched = Watched(watch, clocks, window)

    def count_idle() -> None:
        watched.idle += 1

    def count_slept() -> None:
        watched.slept += 1

    watch.idle.connect(count_idle)
    watch.slept.connect(count_slept)
    watch.start(window)
    yield watched
    watch.stop()
    window.deleteLater()
    watch.deleteLater()


def test_untouched_for_as_long_as_agreed_it_is_idle(watched: Watched) -> None:
    watched.watch.set_idle_minutes(5)
    watched.pass_time(295)
    assert watched.idle == 0
    watched.pass_time(5)
    assert (watched.idle, watched.slept) == (1, 0)


@pytest.mark.parametrize(
    "event",
    [
        QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier),
        QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(),
            QPointF(),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        ),
    ],
    ids=["key", "mouse"],
)
def test_a_key_or_the_mouse_begins_the_count_anew(watched: Watched, event: QEvent) -> None:
    watched.watch.set_idle_minutes(5)
    watched.pass_time(290)
    watched.watch.eventFilter(watched.window, event)
    watched.pass_time(290)
    assert watched.idle == 0


def test_painting_is_no_touch(watched: Watched) -> None:
    watched.watch.set_idle_minutes(1)
    watched.pass_time(55)
    watched.watch.eventFilter(watched.window, QEvent(QEvent.Type.UpdateRequest))
    watched.pass_time(5)
    assert watched.idle == 1


def test_never_means_never(watched: Watched) -> None:
    watched.pass_time(7200)
    assert watched.idle == 0


def test_a_clock_that_went_on_while_nothing_ticked_means_sleep(watched: Watched) -> None:
    watched.clocks.live(5)
    watched.clocks.wall += 600
    watched.watch.look()
    assert watched.slept == 1


def test_a_gap_between_two_looks_means_sleep_where_ticks_go_on(watched: Watched) -> None:
    watched.clocks.live(600)
    watched.watch.look()
    assert watched.slept == 1


def test_a_clock_that_was_set_back_is_no_sleep(watched: Watched) -> None:
    watched.clocks.live(5)
    watched.clocks.wall -= 86_400
    watched.watch.look()
    watched.pass_time(60)
    assert watched.slept == 0


def test_a_window_that_is_gone_is_let_go(watched: Watched, qtbot: QtBot) -> None:
    other = QWindow()
    watched.watch.start(other)
    with qtbot.waitSignal(other.destroyed):
        other.deleteLater()
    watched.watch.stop()


LOGIND = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
app = QCoreApplication([])
bus = QDBusConnection.systemBus()
assert bus.registerService("org.freedesktop.login1")
from convergedesk.desktop.locking.watch import LockWatch
watch = LockWatch()
said = []
watch.slept.connect(lambda: said.append("slept"))
watch.start(None)
def send(begins):
    signal = QDBusMessage.createSignal(
        "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep"
    )
    signal.setArguments([begins])
    assert bus.send(signal)
def wake():
    send(False)
    QTimer.singleShot(300, app.quit)
QTimer.singleShot(0, lambda: send(True))
QTimer.singleShot(300, wake)
QTimer.singleShot(20000, app.quit)
app.exec()
print(said)
"""


@pytest.mark.system
@pytest.mark.skipif(sys.platform != "linux", reason="logind is Linux's")
def test_logind_says_that_the_computer_goes_to_sleep() -> None:
    if shutil.which("dbus-run-session") is None:
        pytest.skip("needs dbus-run-session (Debian package dbus-daemon)")
    # A session bus plays the system's: who may own that name on the real one is not ours to say.
    script = 'DBUS_SYSTEM_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS" exec "$@"'
    command = ["dbus-run-session", "--", "sh", "-c", script, "sh", sys.executable, "-c", LOGIND]
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['slept']"
