"""Driving the pilot's scorecard over a real workspace."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from convergedesk.desktop.navigator import Place
from convergedesk.desktop.pages.pilot.page import PilotPage
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.desktop.widgets.why import WhyDialog
from convergedesk.store.pods import list_pods, update_pod
from tests.desktop.around import child, texts
from tests.desktop.pages.desk import KESTREL, MARLOWE, NOW, Desk, open_desk


@pytest.fixture
def desk(light: Theme, tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path)
    yield opened
    opened.workspace.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> PilotPage:
    made = PilotPage(desk.context)
    made.resize(1440, 860)
    qtbot.addWidget(made)
    made.open()
    made.show()
    return made


def begin(qtbot: QtBot, page: PilotPage, words: str) -> None:
    page.began.setFocus()
    page.began.selectAll()
    qtbot.keyClicks(page.began, words)
    qtbot.keyClick(page.began, Qt.Key.Key_Return)


def test_before_a_first_day_is_said_it_asks_for_it(page: PilotPage) -> None:
    assert "Nobody said when the pilot began." in texts(page, Label)
    assert "The pilot cannot be compared yet" in texts(page, ElidedLabel)


def test_the_first_day_is_kept_and_can_be_undone(qtbot: QtBot, page: PilotPage, desk: Desk) -> None:
    begin(qtbot, page, "1 Sep 2026")
    assert list_pods(desk.workspace.store)[0].started_on == date(2026, 9, 1)
    assert desk.notices.shown[-1].endswith("It began on 1 Sep 2026")
    desk.notices.undo()
    assert list_pods(desk.workspace.store)[0].started_on is None


def test_a_day_that_cannot_be_read_changes_nothing(qtbot: QtBot, page: PilotPage, desk: Desk) -> None:
    begin(qtbot, page, "some day")
    assert list_pods(desk.workspace.store)[0].started_on is None


def test_with_accounts_outside_measures_and_pairs_are_shown_and_explained(
    qtbot: QtBot, page: PilotPage, desk: Desk
) -> None:
    (pod,) = list_pods(desk.workspace.store)
    outside = MARLOWE if MARLOWE not in pod.account_ids else KESTREL
    inside = tuple(one for one in (MARLOWE, KESTREL) if one != outside)
    changed = type(pod)(pod.id, pod.name, pod.member_ids, inside)
    update_pod(desk.workspace.store, changed, now=NOW)
    begin(qtbot, page, "1 Sep 2026")
    assert page.measures.rows_model.rowCount() == 4
    assert page.pairs.rows_model.rowCount() == 1
    page.measures.setFocus()
    qtbot.keyClick(page.measures, Qt.Key.Key_Home)
    qtbot.keyClick(page.measures, Qt.Key.Key_Return)
    dialog = page.window().findChildren(WhyDialog)[-1]
    assert dialog.why.figure_id.startswith("pilot:usage-a-day:pod-")
    assert dialog.why.caution.startswith("Under three pairs nothing is concluded")


def test_the_way_to_the_pods_is_offered(qtbot: QtBot, page: PilotPage, desk: Desk) -> None:
    qtbot.mouseClick(child(page.findChildren(EmptyState)[-1], Button, "Edit pods"), Qt.MouseButton.LeftButton)
    assert desk.navigator.place == Place("pods")
