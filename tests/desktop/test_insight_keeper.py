"""What is computed from usage and tickets follows what changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convergedesk.desktop.insight_keeper import InsightKeeper
from convergedesk.store.insights import insights_of
from convergedesk.workspace.changes import Changes, Kind
from tests.desktop.pages.desk import MARLOWE, Desk, open_desk


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path)
    yield desk
    desk.workspace.close()


def told_of_insights(changes: Changes) -> bool:
    return changes.kinds == frozenset({Kind.INSIGHTS})


def test_soon_after_the_start_everything_is_computed_and_told(qtbot: QtBot, desk: Desk) -> None:
    keeper = InsightKeeper()
    keeper.begin(desk.context)
    with qtbot.waitSignal(desk.context.changes.published, check_params_cb=told_of_insights):
        pass
    assert MARLOWE in {one.account_id for one in insights_of(desk.workspace.store)}
    keeper.stop()


def test_a_workspace_that_is_about_to_close_is_left_alone(desk: Desk) -> None:
    keeper = InsightKeeper()
    keeper.begin(desk.context)
    keeper.stop()
    desk.context.changes.publish(Changes(frozenset({MARLOWE}), frozenset({Kind.TICKETS})))
    assert not insights_of(desk.workspace.store)
