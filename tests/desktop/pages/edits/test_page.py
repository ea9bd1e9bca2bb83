"""The list of edits: what was done, what was deleted, and the way back to each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convergedesk.desktop.navigator import DELETED
from convergedesk.desktop.pages.edits.page import EditsPage
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.domain.goals import GoalDraft, GoalId
from convergedesk.workspace import edits, goals
from convergedesk.workspace.accounts import account_goals
from tests.desktop.pages.desk import KESTREL, Desk, open_desk


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    Theme.install(qapp, Mode.LIGHT)
    desk = open_desk(tmp_path)
    yield desk
    desk.workspace.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> EditsPage:
    page = EditsPage(desk.context)
    page.resize(1200, 700)
    qtbot.addWidget(page)
    page.show()
    return page


def add(desk: Desk, title: str) -> GoalId:
    goal_id = goals.create_goal(desk.workspace, KESTREL, GoalDraft(title, 0.0, 1.0)).goal_id
    assert goal_id is not None
    return goal_id


def listed(page: EditsPage) -> list[str]:
    return [edit.label for edit in page.table.rows_model.rows]


def titles(desk: Desk) -> set[str]:
    return {view.goal.title for view in account_goals(desk.workspace, KESTREL)}


def test_every_edit_is_listed_newest_first_and_any_of_them_can_be_undone(page: EditsPage, desk: Desk) -> None:
    add(desk, "One")
    add(desk, "Two")
    page.open()
    assert listed(page) == ["Added goal “Two”", "Added goal “One”"]
    assert not page.button.isEnabled()
    page.table.select_id(page.table.rows_model.id_at(1))
    assert page.button.text() == "Undo this"
    page.button.click()
    assert "One" not in titles(desk)
    assert "Two" in titles(desk)


def test_what_was_deleted_is_restored_with_enter(qtbot: QtBot, page: EditsPage, desk: Desk) -> None:
    goals.delete_goal(desk.workspace, add(desk, "One"))
    add(desk, "Two")
    page.open(DELETED)
    assert listed(page) == ["Deleted goal “One”"]
    page.table.select_id(page.table.rows_model.id_at(0))
    assert page.button.text() == "Restore"
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert {"One", "Two"} <= titles(desk)
    assert listed(page) == []
    assert desk.notices.shown == ["Restored goal “One”"]
    desk.notices.undo()
    assert "One" not in titles(desk)


def test_only_the_edit_that_was_undone_last_can_be_done_again(page: EditsPage, desk: Desk) -> None:
    add(desk, "One")
    add(desk, "Two")
    edits.undo(desk.workspace)
    edits.undo(desk.workspace)
    page.open()
    page.table.select_id(page.table.rows_model.id_at(0))
    assert not page.button.isEnabled()
    page.table.select_id(page.table.rows_model.id_at(1))
    assert page.button.text() == "Redo"
    page.button.click()
    assert "One" in titles(desk)
    assert "Two" not in titles(desk)
