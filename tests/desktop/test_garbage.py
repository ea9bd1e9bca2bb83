"""Garbage is looked for on the GUI thread alone."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from convergedesk.desktop.garbage import GarbageCollection


class Loop:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collection(qapp: QApplication) -> Iterator[GarbageCollection]:
    parent = QObject(qapp)
    yield GarbageCollection(parent)
    gc.enable()
    gc.unfreeze()
    parent.deleteLater()


def test_python_does_not_look_by_itself_and_a_turn_of_the_event_loop_does(collection: GarbageCollection):
    assert not gc.isenabled()
    collection.start()
    loop = weakref.ref(Loop())
    kept = [[] for _ in range(2 * gc.get_threshold()[0])]
    assert loop() is not None
    collection.collect()
    assert loop() is None
    assert kept


def test_nothing_due_is_left_for_later(collection: GarbageCollection):
    gc.collect()
    loop = weakref.ref(Loop())
    collection.collect()
    assert loop() is not None
