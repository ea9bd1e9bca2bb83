"""In motion a slow chart is painted more simply, and in full as soon as it rests."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from convergedesk.desktop.charts import pace
from convergedesk.desktop.charts.pace import Pace


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds as the pace reads them, oldest first."""
    readings: list[float] = []
    monkeypatch.setattr(pace, "perf_counter", lambda: readings.pop(0))
    return readings


@pytest.fixture
def one(qapp: QCoreApplication) -> Iterator[Pace]:
    owner = QObject()
    yield Pace(owner)
    shiboken6.delete(owner)


def painted(one: Pace, clock: list[float], ms: float) -> bool:
    clock[:] = [0.0, ms / 1000]
    with one.painting() as hurried:
        return hurried


def test_at_rest_every_painting_is_in_full(one: Pace, clock: list[float]) -> None:
    assert [painted(one, clock, 40.0), painted(one, clock, 40.0)] == [False, False]


def test_a_quick_chart_looks_the_same_in_motion(one: Pace, clock: list[float]) -> None:
    painted(one, clock, 4.0)
    one.move()
    assert not painted(one, clock, 4.0)


def test_a_slow_chart_hurries_until_it_has_rested(one: Pace, clock: list[float], qtbot: QtBot) -> None:
    painted(one, clock, 40.0)
    one.move()
    assert painted(one, clock, 5.0)
    assert painted(one, clock, 5.0), "a hurried painting says nothing about a full one"
    with qtbot.waitSignal(one.settled):
        one.move()
    assert not painted(one, clock, 40.0)


def test_a_chart_that_turns_out_slow_hurries_from_the_next_frame(one: Pace, clock: list[float]) -> None:
    one.move()
    assert not painted(one, clock, 40.0)
    assert painted(one, clock, 5.0)
