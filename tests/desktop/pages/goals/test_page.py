"""The goals of all accounts, driven with clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convergedesk.desktop.autosave import SaveState
from convergedesk.desktop.jobs import Jobs
from convergedesk.desktop.pages.goals.goal_dialog import GoalDialog
from convergedesk.desktop.pages.goals.goal_sheet import GoalSheet
from convergedesk.desktop.pages.goals.list_filter import Due, Standing
from convergedesk.desktop.pages.goals.page import GoalsPage
from convergedesk.desktop.pages.goals.progress_dialog import ProgressDialog
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.label import Label
from convergedesk.domain.errors import DiskFullError
from convergedesk.domain.goals import GoalDraft, GoalId
from convergedesk.workspace import edits
from convergedesk.workspace import goals as use_cases
from convergedesk.workspace.accounts import account_goals
from tests.desktop.pages.desk import KESTREL, MARLOWE, Desk, open_desk

D = TypeVar("D", bound=Dialog)
BY_HAND = "Manual re-sends a week"


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    Theme.install(qapp, Mode.LIGHT)
    desk = open_desk(tmp_path)
    use_cases.create_goal(
        desk.workspace, KESTREL, GoalDraft("Faster payouts", 10.0, 2.0, owner="Lena Fischer")
    )
    yield desk
    desk.workspace.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> GoalsPage:
    page = GoalsPage(desk.context)
    page.resize(1300, 800)
    qtbot.addWidget(page)
    page.show()
    page.open()
    return page


def titles(page: GoalsPage) -> list[str]:
    return [row.view.goal.title for row in page.table.rows_model.rows]


def id_of(page: GoalsPage, title: str) -> GoalId:
    return next(row.view.goal.id for row in page.table.rows_model.rows if row.view.goal.title == title)


def dialog(page: GoalsPage, kind: type[D]) -> D:
    return next(each for each in page.window().findChildren(kind) if each.isVisible())


def sheet_of(page: GoalsPage, title: str = BY_HAND) -> GoalSheet:
    page.table.select_id(id_of(page, title))
    page.table.activated_id.emit(id_of(page, title))
    return dialog(page, GoalSheet)


def kept(desk: Desk, title: str = BY_HAND) -> float:
    return next(v.goal.target for v in account_goals(desk.workspace, MARLOWE) if v.goal.title == title)


def test_goals_of_all_accounts_are_there_with_their_accounts(page: GoalsPage) -> None:
    assert {BY_HAND, "Faster payouts"} <= set(titles(page))
    row = next(row for row in page.table.rows_model.rows if row.view.goal.title == "Faster payouts")
    assert row.account_name == "Kestrel Payments"


def test_filters_narrow_and_are_lifted(page: GoalsPage) -> None:
    everything = titles(page)
    page.filters.searched.emit("kestrel")
    assert titles(page) == ["Faster payouts"]
    page.filters.cleared.emit()
    page.filters.owner_chosen.emit("Lena Fischer")
    page.filters.due_chosen.emit(Due.NONE)
    assert titles(page) == ["Faster payouts"]
    page.filters.standing_chosen.emit(Standing.DROPPED)
    assert titles(page) == []
    page.model.clear()
    assert titles(page) == everything


def test_a_target_is_moved_in_place_and_saved_by_itself(qtbot: QtBot, page: GoalsPage, desk: Desk) -> None:
    sheet = sheet_of(page)
    sheet.inputs.target.setFocus()
    sheet.inputs.target.clear()
    qtbot.keyClicks(sheet.inputs.target, "60")
    assert sheet.autosave.state is SaveState.WAITING
    assert kept(desk) == 80
    qtbot.waitUntil(lambda: sheet.autosave.state is SaveState.KEPT)
    assert kept(desk) == 60
    assert sheet.status.text() == "Saved on this laptop"
    assert desk.notices.shown == []
    qtbot.keyClick(sheet.inputs.target, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert desk.notices.shown == [f"Goal “{BY_HAND}” changed"]
    desk.notices.undo()
    assert kept(desk) == 80


def test_closing_at_once_saves_what_was_typed(qtbot: QtBot, page: GoalsPage, desk: Desk) -> None:
    sheet = sheet_of(page)
    sheet.inputs.target.setText("55")
    qtbot.keyClick(sheet.inputs.target, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert kept(desk) == 55


def test_half_a_number_is_not_saved_and_closing_asks(qtbot: QtBot, page: GoalsPage, desk: Desk) -> None:
    sheet = sheet_of(page)
    sheet.inputs.target.setText("5x")
    sheet.autosave.flush()
    assert kept(desk) == 80
    assert sheet.status.text() == "“5x” is not a number."
    qtbot.keyClick(sheet.inputs.target, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    leave = next(each for each in page.window().findChildren(Button) if each.text() == "Leave")
    leave.click()
    assert not sheet.isVisible()
    assert kept(desk) == 80


def test_a_full_disk_is_told_and_keeps_the_words(
    page: GoalsPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise DiskFullError("The disk is full.", fix="Make room.")

    sheet = sheet_of(page)
    sheet.inputs.target.setText("55")
    with monkeypatch.context() as patched:
        patched.setattr(use_cases, "update_goal", full)
        sheet.reject()
    assert sheet.isVisible()
    assert sheet.status.text() == "The disk is full. Make room."
    assert sheet.inputs.target.text() == "55"
    sheet.reject()
    assert not sheet.isVisible()
    assert kept(desk) == 55


def test_the_sheet_shows_how_the_target_moved(page: GoalsPage) -> None:
    sheet = sheet_of(page)
    sheet.inputs.target.setText("60")
    sheet.autosave.flush()
    said = [label.text() for label in sheet.findChildren(Label)]
    assert any(text.startswith("60 re-sends a week, due") for text in said)


def test_keys_record_and_delete(qtbot: QtBot, page: GoalsPage, desk: Desk) -> None:
    page.activateWindow()
    page.table.setFocus()
    page.table.select_id(id_of(page, BY_HAND))
    qtbot.keyClick(page.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    dialog(page, ProgressDialog).accept()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert BY_HAND not in titles(page)
    desk.notices.undo()
    assert BY_HAND in titles(page)


def test_a_goal_is_added_for_an_account_that_is_typed(qtbot: QtBot, page: GoalsPage, desk: Desk) -> None:
    page.editing.add(None, [(MARLOWE, "Marlowe Freight"), (KESTREL, "Kestrel Payments")])
    form = dialog(page, GoalDialog)
    form.save_button.click()
    assert form.isVisible()
    form.account.setText("kestrel")
    form.account.editingFinished.emit()
    form.inputs.title_field.setText("Fewer chargebacks")
    form.inputs.start.setText("9")
    form.inputs.target.setText("3")
    form.save_button.click()
    assert not form.isVisible()
    assert "Fewer chargebacks" in titles(page)
    assert edits.history(desk.workspace)[0].account_id == KESTREL


def test_a_goal_that_was_begun_is_there_again_after_a_fault(page: GoalsPage, desk: Desk) -> None:
    page.editing.add(MARLOWE)
    begun = dialog(page, GoalDialog)
    begun.inputs.title_field.setText("Half a thought")
    begun.inputs.edited.emit()
    begun._autosave.flush()
    begun.accept()
    page.editing.add(MARLOWE)
    again = dialog(page, GoalDialog)
    assert again.inputs.title_field.text() == "Half a thought"
    again.inputs.start.setText("1")
    again.inputs.target.setText("2")
    again.save_button.click()
    page.editing.add(MARLOWE)
    assert dialog(page, GoalDialog).inputs.title_field.text() == ""


def test_giving_up_forgets_what_was_begun(page: GoalsPage) -> None:
    page.editing.add(MARLOWE)
    begun = dialog(page, GoalDialog)
    begun.inputs.title_field.setText("Half a thought")
    begun._autosave.flush()
    begun.reject()
    next(each for each in page.window().findChildren(Button) if each.text() == "Discard").click()
    page.editing.add(MARLOWE)
    assert dialog(page, GoalDialog).inputs.title_field.text() == ""


def test_what_was_added_is_no_draft_any_more(page: GoalsPage, desk: Desk) -> None:
    page.editing.add(MARLOWE)
    form = dialog(page, GoalDialog)
    form.inputs.title_field.setText("Fewer chargebacks")
    form.inputs.start.setText("9")
    form.inputs.target.setText("3")
    form.save_button.click()
    page.window().close()
    page.window().show()
    page.editing.add(MARLOWE)
    assert dialog(page, GoalDialog).inputs.title_field.text() == ""


def test_what_was_typed_when_the_program_ended_is_kept(qtbot: QtBot, desk: Desk) -> None:
    jobs = Jobs()
    page = GoalsPage(desk.context._replace(jobs=jobs))
    qtbot.addWidget(page)
    page.show()
    page.open()
    qtbot.waitUntil(lambda: bool(page.table.rows_model.rows))
    page.table.activated_id.emit(id_of(page, BY_HAND))
    qtbot.waitUntil(lambda: bool(page.window().findChildren(GoalSheet)))
    dialog(page, GoalSheet).inputs.target.setText("55")
    page.window().close()
    assert jobs.shutdown()
    assert kept(desk) == 55


def test_a_narrow_page_leaves_out_what_the_goal_itself_says(qtbot: QtBot, page: GoalsPage) -> None:
    def hidden() -> set[str]:
        columns = enumerate(page.table.rows_model.columns)
        return {column.key for number, column in columns if page.table.isColumnHidden(number)}

    assert hidden() == set()
    page.resize(880, 700)
    assert hidden() == {"source", "agreed_on"}
    qtbot.waitUntil(lambda: page.table.horizontalScrollBar().maximum() == 0)
    page.resize(1300, 800)
    assert hidden() == set()
