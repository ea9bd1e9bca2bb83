"""What is typed is saved by itself, once, and never taken for kept before it is."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.autosave import Autosave, SaveState


class Form:
    """Counts how often it was saved; `ready` says whether it can be."""

    def __init__(self) -> None:
        self.saves = 0
        self.ready = True
        self.autosave = Autosave(self.save)

    def save(self) -> bool:
        self.saves += self.ready
        return self.ready


@pytest.fixture
def form(qapp: QApplication) -> Iterator[Form]:
    form = Form()
    yield form
    form.autosave.deleteLater()


def elapse(form: Form) -> None:
    """What the clock does a moment after the last key."""
    timer = form.autosave.findChild(QTimer)
    assert timer is not None
    assert timer.isActive()
    timer.timeout.emit()


def test_many_keys_are_saved_once(form: Form) -> None:
    for _ in range(5):
        form.autosave.touch()
    assert form.saves == 0
    elapse(form)
    assert (form.saves, form.autosave.state) == (1, SaveState.SAVING)
    form.autosave.saved()
    assert form.autosave.state is SaveState.KEPT


def test_what_is_typed_while_saving_is_saved_too(form: Form) -> None:
    form.autosave.touch()
    form.autosave.flush()
    form.autosave.touch()
    form.autosave.saved()
    assert form.autosave.state is SaveState.WAITING
    elapse(form)
    assert form.saves == 2


def test_closing_saves_at_once_and_only_what_is_new(qtbot: QtBot, form: Form) -> None:
    form.autosave.flush()
    assert form.saves == 0
    form.autosave.touch()
    form.autosave.flush()
    with qtbot.waitSignal(form.autosave.settled):
        form.autosave.saved()
    assert form.saves == 1


def test_a_failure_keeps_the_words_and_is_tried_again(form: Form) -> None:
    form.autosave.touch()
    form.autosave.flush()
    form.autosave.failed()
    assert form.autosave.state is SaveState.FAILED
    form.autosave.flush()
    assert form.saves == 2


def test_what_cannot_be_saved_yet_waits(form: Form) -> None:
    form.ready = False
    form.autosave.touch()
    form.autosave.flush()
    assert (form.saves, form.autosave.state) == (0, SaveState.WAITING)
    form.ready = True
    form.autosave.flush()
    assert form.saves == 1


def test_a_window_that_closes_takes_nothing_along(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = QWidget(window)
    saves: list[int] = []

    def save() -> bool:
        saves.append(1)
        return True

    autosave = Autosave(save, field)
    window.show()
    autosave.touch()
    window.close()
    assert saves == [1]
