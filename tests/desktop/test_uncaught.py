import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.theme import Theme
from convergedesk.desktop.uncaught import SENTENCE, FaultTeller, Uncaught
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.label import Label
from tests.desktop.around import child, texts

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def logged() -> list[BaseException]:
    return []


@pytest.fixture
def uncaught(qtbot: QtBot, logged: list[BaseException]) -> Iterator[Uncaught]:
    hooks = Uncaught(logged.append)
    yield hooks
    hooks.restore()


def raise_in_hook(error: Exception) -> None:
    try:
        raise error
    except Exception:  # noqa: BLE001 (the hook is what is tested)
        sys.excepthook(*sys.exc_info())  # pyright: ignore[reportArgumentType]


def test_a_bug_is_written_down_and_told_with_its_trace(
    uncaught: Uncaught, logged: list[BaseException]
) -> None:
    told: list[str] = []
    uncaught.caught.connect(told.append)
    raise_in_hook(ZeroDivisionError("usage over nothing"))
    assert [str(error) for error in logged] == ["usage over nothing"]
    assert "raise_in_hook" in told[0]


def test_a_bug_in_a_thread_is_told_on_the_gui_thread(
    qtbot: QtBot, uncaught: Uncaught, logged: list[BaseException]
) -> None:
    def fail() -> None:
        raise RuntimeError("in the background")

    threads: list[int] = []
    uncaught.caught.connect(
        lambda _details: threads.append(threading.get_ident()), Qt.ConnectionType.QueuedConnection
    )
    thread = threading.Thread(target=fail)
    with qtbot.waitSignal(uncaught.caught):
        thread.start()
    thread.join()
    assert [str(error) for error in logged] == ["in the background"]


def test_the_hooks_are_given_back(logged: list[BaseException]) -> None:
    before = (sys.excepthook, threading.excepthook)
    Uncaught(logged.append).restore()
    assert (sys.excepthook, threading.excepthook) == before


def test_many_bugs_are_one_dialog_whose_details_hold_them_all(qtbot: QtBot, light: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    teller = FaultTeller(window)
    teller.tell("first trace")
    teller.tell("second trace")
    assert texts(window, Label).count(SENTENCE) == 1
    assert not any("trace" in words for words in texts(window, Label))
    qtbot.mouseClick(child(window, Button, "Copy details"), LEFT)
    assert QGuiApplication.clipboard().text() == "first trace\nsecond trace"
    qtbot.mouseClick(child(window, Button, "Go on"), LEFT)
    assert SENTENCE not in texts(window, Label)
    teller.tell("third trace")
    assert SENTENCE in texts(window, Label)
