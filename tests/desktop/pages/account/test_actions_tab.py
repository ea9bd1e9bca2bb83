"""Driving the Actions tab."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from convergedesk.desktop.engagement.action_dialog import ActionDialog
from convergedesk.desktop.pages.account.actions_tab import ActionsTab
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import Action
from convergedesk.workspace import actions
from tests.desktop.engagement.writing_desk import fill_people
from tests.desktop.pages.desk import MARLOWE, SITE, TODAY, Desk, open_desk


@pytest.fixture
def desk(light: Theme, tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path)
    fill_people(desk)
    for title, days, account in (("Next", 3, MARLOWE), ("Late", -2, SITE), ("Later", 30, MARLOWE)):
        due = TODAY + timedelta(days)
        actions.add_action(desk.workspace, Action(account, title, "Priya Nair", due))
    yield desk
    desk.workspace.close()


@pytest.fixture
def tab(qtbot: QtBot, desk: Desk) -> ActionsTab:
    tab = ActionsTab(desk.context)
    tab.resize(1200, 800)
    qtbot.addWidget(tab)
    tab.show()
    tab.show_account(MARLOWE)
    return tab


def names(tab: ActionsTab) -> list[str]:
    return [row.accessibleName() for row in tab.list.rows()]


def dialog(tab: ActionsTab) -> ActionDialog:
    return next(each for each in tab.window().findChildren(ActionDialog) if each.isVisible())


def test_overdue_ones_come_first(tab: ActionsTab) -> None:
    assert names(tab) == [
        "Late, Priya Nair, 2 days late",
        "Next, Priya Nair, due Sun 13 Dec",
        "Later, Priya Nair, due Sat 9 Jan 2027",
    ]


def test_the_box_marks_an_action_done_by_key_and_undo_opens_it(
    qtbot: QtBot, tab: ActionsTab, desk: Desk
) -> None:
    qtbot.keyClick(tab.list.rows()[0].box, Qt.Key.Key_Space)
    assert names(tab)[-1] == "Late, Priya Nair, done 10 Dec"
    assert desk.notices.shown == ["“Late” is done"]
    desk.notices.undo()
    assert names(tab)[0] == "Late, Priya Nair, 2 days late"


def test_an_action_is_added_and_edited(qtbot: QtBot, tab: ActionsTab, desk: Desk) -> None:
    next(one for one in tab.findChildren(Button) if one.text() == "Add action").click()
    form = dialog(tab)
    form.save_button.click()
    assert form.isVisible()
    qtbot.keyClicks(form.title_field, "Call Dana")
    form.owner.set_value("Jonas Weber")
    form.due_on.setText("10 Dec")
    form.save_button.click()
    assert "Call Dana, Jonas Weber, due today" in names(tab)
    row = next(row for row in tab.list.rows() if row.action_shown.title == "Call Dana")
    next(one for one in row.findChildren(QAction) if one.text() == "Edit…").trigger()
    form = dialog(tab)
    form.audience.set_value(Audience.SHARED)
    form.save_button.click()
    kept = actions.account_actions(desk.workspace, MARLOWE)
    assert next(one for one in kept if one.title == "Call Dana").audience is Audience.SHARED


def test_an_action_is_deleted_and_undone(tab: ActionsTab, desk: Desk) -> None:
    row = tab.list.rows()[1]
    next(one for one in row.findChildren(QAction) if one.text() == "Delete").trigger()
    assert len(names(tab)) == 2
    desk.notices.undo()
    assert len(names(tab)) == 3
