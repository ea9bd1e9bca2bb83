"""A page comes on screen whole, or after a while as it stands."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.widgets.paint_hold import PaintHold


class Page(QWidget):
    """Counts how often it is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.paints = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paints += 1


@pytest.fixture
def pages(qtbot: QtBot) -> Iterator[QStackedWidget]:
    window = QWidget()
    host = QStackedWidget(window)
    for _ in range(2):
        host.addWidget(Page())
    window.resize(200, 100)
    host.resize(200, 100)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: painted(host, 0) > 0)
    yield host
    window.close()


def page(pages: QStackedWidget, index: int) -> Page:
    found = pages.widget(index)
    assert isinstance(found, Page)
    return found


def painted(pages: QStackedWidget, index: int) -> int:
    return page(pages, index).paints


def test_a_held_page_is_painted_when_it_is_released(qtbot: QtBot, pages: QStackedWidget) -> None:
    hold = PaintHold(page(pages, 1))
    pages.setCurrentIndex(1)
    hold.hold()
    # A repaint that is asked for at once shows what the next turn of the event loop would.
    pages.window().repaint()
    assert hold.holding
    assert painted(pages, 1) == 0
    hold.release()
    qtbot.waitUntil(lambda: painted(pages, 1) > 0)


def test_a_page_that_fills_too_slowly_is_painted_as_it_stands(qtbot: QtBot, pages: QStackedWidget) -> None:
    hold = PaintHold(page(pages, 1))
    pages.setCurrentIndex(1)
    with qtbot.waitSignal(hold.late):
        hold.hold()
    qtbot.waitUntil(lambda: painted(pages, 1) > 0)
    assert not hold.holding


def test_another_page_is_painted_whatever_was_held(qtbot: QtBot, pages: QStackedWidget) -> None:
    hold = PaintHold(page(pages, 1))
    pages.setCurrentIndex(1)
    hold.hold()
    before = painted(pages, 0)
    pages.setCurrentIndex(0)
    qtbot.waitUntil(lambda: painted(pages, 0) > before)
    assert not hold.holding
