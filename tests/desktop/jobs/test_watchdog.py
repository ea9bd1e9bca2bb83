"""The watchdog logs a stall once, with the stack of the thread that stands still."""

import logging
from time import monotonic

import pytest
from pytestqt.qtbot import QtBot

from convergedesk.desktop.jobs.watchdog import STALL_S, Watchdog


def test_a_stall_is_logged_once_with_its_stack(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    watchdog = Watchdog()
    watchdog.beat()
    with caplog.at_level(logging.WARNING):
        watchdog.look(monotonic() + 10 * STALL_S)
        watchdog.look(monotonic() + 20 * STALL_S)
    assert len(caplog.records) == 1
    assert "test_a_stall_is_logged_once_with_its_stack" in caplog.text


def test_a_beat_ends_the_stall(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    watchdog = Watchdog()
    watchdog.look(monotonic() + 10 * STALL_S)
    watchdog.beat()
    watchdog.look(monotonic() + 10 * STALL_S)
    assert len(caplog.records) == 2


def test_a_short_silence_is_no_stall(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    watchdog = Watchdog()
    watchdog.beat()
    watchdog.look(monotonic())
    assert not caplog.records


def test_it_starts_and_stops(qtbot: QtBot) -> None:
    watchdog = Watchdog()
    watchdog.start()
    watchdog.stop()
