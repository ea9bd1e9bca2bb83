"""Driving the Goals tab with clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convergedesk.desktop.pages.goals.goal_dialog import GoalDialog
from convergedesk.desktop.pages.goals.history import GoalHistory
from convergedesk.desktop.pages.goals.progress_dialog import ProgressDialog
from convergedesk.desktop.pages.goals.row import GoalRow
from convergedesk.desktop.pages.goals.view import GoalsView
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.domain.audience import Audience
from convergedesk.domain.errors import DiskFullError
from convergedesk.workspace import goals as use_cases
from tests.desktop.pages.desk import KESTREL, MARLOWE, Desk, open_desk

D = TypeVar("D", bound=Dialog)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    Theme.install(qapp, Mode.LIGHT)
    desk = open_desk(tmp_path)
    yield desk
    desk.workspace.close()


@pytest.fixture
def view(qtbot: QtBot, desk: Desk) -> GoalsView:
    view = GoalsView(desk.context)
    view.resize(1200, 700)
    qtbot.addWidget(view)
    view.show()
    view.show_account(MARLOWE)
    return view


def shown(view: GoalsView) -> list[str]:
    return [row.accessibleName() for row in view.findChildren(GoalRow) if row.isVisible()]


def button(view: GoalsView, text: str) -> Button:
    return next(
        each for each in view.window().findChildren(Button) if each.text() == text and each.isVisible()
    )


def open_dialog(view: GoalsView, kind: type[D]) -> D:
    return next(each for each in view.window().findChildren(kind) if each.isVisible())


def test_a_goal_is_created_with_the_keyboard_alone(qtbot: QtBot, view: GoalsView, desk: Desk) -> None:
    qtbot.keyClick(button(view, "Add goal"), Qt.Key.Key_Space)
    dialog = open_dialog(view, GoalDialog)
    assert dialog.inputs.audience.value() is Audience.INTERNAL
    qtbot.keyClicks(dialog.inputs.title_field, "Rooms booked by app")
    qtbot.keyClicks(dialog.inputs.start, "18")
    qtbot.keyClicks(dialog.inputs.target, "34")
    qtbot.keyClicks(dialog.inputs.unit, "%")
    qtbot.keyClicks(dialog.inputs.due_on, "12 Jan 2027")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "Rooms booked by app" in shown(view))
    assert desk.notices.shown == ["Goal “Rooms booked by app” added"]
    desk.notices.undo()
    qtbot.waitUntil(lambda: "Rooms booked by app" not in shown(view))


def test_a_wrong_form_stays_open_and_says_why(qtbot: QtBot, view: GoalsView) -> None:
    qtbot.mouseClick(button(view, "Add goal"), LEFT)
    dialog = open_dialog(view, GoalDialog)
    qtbot.keyClicks(dialog.inputs.start, "80")
    qtbot.keyClicks(dialog.inputs.target, "80")
    qtbot.keyClicks(dialog.inputs.due_on, "soon")
    qtbot.mouseClick(dialog.save_button, LEFT)
    said = [label.text() for label in dialog.findChildren(Label) if label.isVisible()]
    assert "Say what the customer wants to reach." in said
    assert "Start and target are both 80, so there is no way to go." in said
    assert "“soon” cannot be read as a day. Write it like 10 Dec 2026." in said
    assert dialog.isVisible()
    assert dialog.save_button.isEnabled()


def test_escape_over_unsaved_work_asks_first(qtbot: QtBot, view: GoalsView) -> None:
    qtbot.mouseClick(button(view, "Add goal"), LEFT)
    dialog = open_dialog(view, GoalDialog)
    qtbot.keyClicks(dialog.inputs.title_field, "Half a th")
    qtbot.keyClick(dialog.inputs.title_field, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    qtbot.mouseClick(button(view, "Cancel"), LEFT)
    assert dialog.inputs.title_field.text() == "Half a th"
    qtbot.keyClick(dialog.inputs.title_field, Qt.Key.Key_Escape)
    qtbot.mouseClick(button(view, "Discard"), LEFT)
    assert not dialog.isVisible()


def test_an_untouched_dialog_closes_without_a_question(qtbot: QtBot, view: GoalsView) -> None:
    qtbot.mouseClick(button(view, "Add goal"), LEFT)
    dialog = open_dialog(view, GoalDialog)
    qtbot.keyClick(dialog.inputs.title_field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_failed_save_keeps_what_was_typed(
    qtbot: QtBot, view: GoalsView, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise DiskFullError("The disk is full.", fix="Make room.")

    qtbot.mouseClick(button(view, "Add goal"), LEFT)
    dialog = open_dialog(view, GoalDialog)
    qtbot.keyClicks(dialog.inputs.title_field, "Alerts read")
    qtbot.keyClicks(dialog.inputs.start, "1")
    qtbot.keyClicks(dialog.inputs.target, "2")
    with monkeypatch.context() as patched:
        patched.setattr(use_cases, "create_goal", full)
        qtbot.mouseClick(dialog.save_button, LEFT)
    assert dialog.failure.text() == "The disk is full. Make room."
    assert dialog.inputs.title_field.text() == "Alerts read"
    qtbot.mouseClick(dialog.save_button, LEFT)
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: "Alerts read" in shown(view))


def test_linking_a_meter_hides_the_value_that_it_measures(qtbot: QtBot, view: GoalsView) -> None:
    qtbot.mouseClick(button(view, "Add goal"), LEFT)
    dialog = open_dialog(view, GoalDialog)
    assert dialog.inputs.current.isVisible()
    dialog.inputs.source.setCurrentIndex(1)
    assert not dialog.inputs.current.isVisible()
    assert dialog.inputs.measure.isVisible()
    dialog.accept()


def test_progress_is_recorded_from_the_row(qtbot: QtBot, view: GoalsView, desk: Desk) -> None:
    qtbot.mouseClick(button(view, "Record progress"), LEFT)
    dialog = open_dialog(view, ProgressDialog)
    qtbot.keyClicks(dialog.value, "190")
    qtbot.keyClicks(dialog.reported_by, "Dana Whitlock")
    qtbot.mouseClick(dialog.save_button, LEFT)
    assert not dialog.isVisible()
    assert desk.notices.shown == ["Progress of “Manual re-sends a week” recorded"]


def test_why_shows_the_rule_and_the_values_and_stays_open_over_a_refresh(
    qtbot: QtBot, view: GoalsView
) -> None:
    row = next(row for row in view.findChildren(GoalRow) if row.accessibleName().startswith("Manual"))
    why = next(each for each in row.findChildren(Button) if each.text() == "Why?")
    qtbot.mouseClick(why, LEFT)
    assert row.findChild(GoalHistory) is not None
    view.model.reload()
    assert not row.isVisible()
    qtbot.waitUntil(lambda: "Manual re-sends a week" in shown(view))
    unfolded = [row for row in view.findChildren(GoalRow) if row.unfolded and row.isVisible()]
    assert [row.accessibleName() for row in unfolded] == ["Manual re-sends a week"]


def test_an_account_without_goals_says_so_and_offers_one(qtbot: QtBot, view: GoalsView) -> None:
    view.show_account(KESTREL)
    empty = view.findChild(EmptyState)
    assert empty is not None
    empty.action_clicked.emit()
    assert open_dialog(view, GoalDialog).isVisible()
