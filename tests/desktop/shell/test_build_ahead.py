"""Pages are built while nobody does anything."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.shell import build_ahead
from convergedesk.desktop.shell.build_ahead import BuildAhead
from convergedesk.desktop.shell.page_host import PageHost, PageSpec


class Page(QWidget):
    """Knows whether it was asked to prepare itself."""

    prepared = False

    def prepare(self) -> None:
        self.prepared = True


@pytest.fixture
def built() -> list[str]:
    return []


@pytest.fixture
def host(qtbot: QtBot, built: list[str]) -> PageHost:
    def factory(key: str) -> QWidget:
        built.append(key)
        return Page()

    specs = [PageSpec(key, key, "house", lambda key=key: factory(key)) for key in ("one", "two", "three")]
    host = PageHost(specs)
    qtbot.addWidget(host)
    host.show()
    qtbot.waitExposed(host)
    return host


def test_pages_are_built_one_at_a_time_and_prepared(host: PageHost, built: list[str]) -> None:
    ahead = BuildAhead(host, host)
    ahead.start(["two", "three"])
    ahead.build_next()
    assert built == ["two"]
    page = host.page("two")
    assert isinstance(page, Page)
    assert page.prepared
    ahead.build_next()
    assert built == ["two", "three"]
    assert ahead.done
    ahead.stop()


def test_nothing_is_built_while_the_mouse_is_used(
    host: PageHost, built: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(build_ahead, "monotonic", lambda: now)
    ahead = BuildAhead(host, host)
    ahead.start(["one"])
    moved = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(1, 1),
        QPointF(1, 1),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(host.windowHandle(), moved)
    ahead.build_next()
    assert built == []
    now = 101.0
    ahead.build_next()
    assert built == ["one"]
    ahead.stop()


def test_it_can_be_stopped(host: PageHost, built: list[str]) -> None:
    ahead = BuildAhead(host, host)
    ahead.start(["one"])
    ahead.stop()
    ahead.build_next()
    assert built == []
