"""Every change to a goal is kept, said, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from convergedesk.desktop.pages.goals.form import GoalForm, ProgressForm
from convergedesk.desktop.pages.goals.view_model import GoalsViewModel
from convergedesk.desktop.pages.goals.writes import GoalWrites, Saved
from convergedesk.domain.errors import DiskFullError
from convergedesk.domain.goals import GoalState
from convergedesk.figures.account import GoalStanding, GoalView
from convergedesk.workspace import goals as use_cases
from convergedesk.workspace.changes import Changes, Kind
from tests.desktop.pages.desk import KESTREL, MARLOWE, Desk, open_desk

DRAFT = GoalForm(title="Alerts read within 5 min", start="71", target="90", unit="%").draft()
BY_HAND = "Manual re-sends a week"


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path)
    yield desk
    desk.workspace.close()


@pytest.fixture
def model(desk: Desk) -> GoalsViewModel:
    model = GoalsViewModel(desk.context)
    model.show_account(MARLOWE)
    return model


@pytest.fixture
def writes(desk: Desk) -> GoalWrites:
    return GoalWrites(desk.context)


@pytest.fixture
def saved(writes: GoalWrites) -> list[Saved]:
    heard: list[Saved] = []
    writes.saved.connect(heard.append)
    return heard


def titles(model: GoalsViewModel) -> list[str]:
    assert model.state is not None
    return [view.goal.title for view in model.state.goals]


def goal(model: GoalsViewModel, title: str = BY_HAND) -> GoalView:
    assert model.state is not None
    return next(view for view in model.state.goals if view.goal.title == title)


def take_back(saved: list[Saved]) -> None:
    undo: Callable[[], None] | None = saved[-1].undo
    assert undo is not None
    undo()


def test_open_goals_come_first(model: GoalsViewModel) -> None:
    assert titles(model)[-1] == "Carriers live"


def test_a_linked_goal_measures_itself(model: GoalsViewModel) -> None:
    view = goal(model, "Events delivered a day")
    assert view.goal.current is not None
    assert view.standing in (GoalStanding.ON_TRACK, GoalStanding.BEHIND)
    assert model.state is not None
    assert {meter.name for meter in model.state.meters} == {"Events delivered", "API calls"}


def test_a_new_goal_appears_and_undo_removes_it(
    model: GoalsViewModel, writes: GoalWrites, saved: list[Saved]
) -> None:
    writes.create(MARLOWE, DRAFT)
    assert DRAFT.title in titles(model)
    assert saved[0].sentence == "Goal “Alerts read within 5 min” added"
    take_back(saved)
    assert DRAFT.title not in titles(model)


def test_an_edit_can_be_taken_back(model: GoalsViewModel, writes: GoalWrites, saved: list[Saved]) -> None:
    before = goal(model).goal
    writes.update(before, DRAFT)
    assert DRAFT.title in titles(model)
    take_back(saved)
    after = goal(model).goal
    assert (after.title, after.start, after.target, after.current) == (BY_HAND, 340, 80, 210)
    assert after.audience is before.audience


def test_a_deleted_goal_comes_back_with_its_history(
    model: GoalsViewModel, writes: GoalWrites, saved: list[Saved]
) -> None:
    history = goal(model).history
    writes.delete(goal(model).goal.id, BY_HAND)
    assert BY_HAND not in titles(model)
    take_back(saved)
    assert goal(model).history == history


@pytest.mark.parametrize("state", [GoalState.REACHED, GoalState.DROPPED])
def test_a_goal_can_be_closed_and_opened_again(
    model: GoalsViewModel, writes: GoalWrites, saved: list[Saved], state: GoalState
) -> None:
    writes.set_state(goal(model).goal, state)
    assert goal(model).goal.state is state
    take_back(saved)
    assert goal(model).goal.state is GoalState.OPEN


def test_recorded_progress_becomes_the_current_value_and_can_be_taken_back(
    model: GoalsViewModel, writes: GoalWrites, saved: list[Saved]
) -> None:
    writes.record(goal(model), ProgressForm(date(2026, 12, 9), "190", "Dana Whitlock", "call"))
    assert goal(model).goal.current == 190
    take_back(saved)
    assert goal(model).goal.current == 210
    assert len(goal(model).history) == 2


def test_taking_back_restores_the_value_that_the_same_day_had(
    model: GoalsViewModel, writes: GoalWrites, saved: list[Saved]
) -> None:
    writes.record(goal(model), ProgressForm(date(2026, 12, 7), "150", "Lena Fischer"))
    assert goal(model).goal.current == 150
    take_back(saved)
    last = goal(model).history[-1]
    assert (last.value, last.reported_by, last.note) == (210, "Dana Whitlock", "weekly report")


def test_taking_back_the_first_value_restores_what_the_goal_was_created_with(
    model: GoalsViewModel, writes: GoalWrites, saved: list[Saved]
) -> None:
    writes.set_state(goal(model, "Carriers live").goal, GoalState.OPEN)
    writes.record(goal(model, "Carriers live"), ProgressForm(date(2026, 12, 9), "20", "Dana Whitlock"))
    take_back(saved)
    view = goal(model, "Carriers live")
    assert view.goal.current == 24
    assert view.history == ()


def test_writes_go_through_the_writer(tmp_path: Path, qapp: QApplication) -> None:
    held = open_desk(tmp_path, hold=True)
    model = GoalsViewModel(held.context)
    model.show_account(MARLOWE)
    held.jobs.run_all()
    writes = GoalWrites(held.context)
    writes.create(MARLOWE, DRAFT)
    assert [write for _, write in held.jobs.pending] == [True]
    held.jobs.run_all()
    assert DRAFT.title in titles(model)
    held.workspace.close()


def test_a_failed_save_is_told_and_changes_nothing(
    writes: GoalWrites, saved: list[Saved], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> Changes:
        raise DiskFullError("The disk is full.", fix="Make room.")

    monkeypatch.setattr(use_cases, "create_goal", full)
    failures: list[Exception] = []
    writes.save_failed.connect(failures.append)
    writes.create(MARLOWE, DRAFT)
    assert [str(error) for error in failures] == ["The disk is full. Make room."]
    assert saved == []


def test_changes_elsewhere_are_read_again_only_where_they_concern_the_account(
    desk: Desk, model: GoalsViewModel
) -> None:
    reads: list[object] = []
    model.loaded.connect(reads.append)
    desk.changes.publish(Changes(frozenset({KESTREL}), frozenset({Kind.GOALS})))
    desk.changes.publish(Changes(frozenset({MARLOWE}), frozenset({Kind.LINKS})))
    assert reads == []
    desk.changes.publish(Changes(frozenset({MARLOWE}), frozenset({Kind.USAGE})))
    desk.changes.written_elsewhere.emit()
    assert len(reads) == 2


def test_a_late_answer_for_another_account_is_dropped(tmp_path: Path, qapp: QApplication) -> None:
    held = open_desk(tmp_path, hold=True)
    model = GoalsViewModel(held.context)
    model.show_account(MARLOWE)
    model.show_account(KESTREL)
    held.jobs.run_all()
    assert model.state is not None
    assert model.state.account_id == KESTREL
    assert model.state.goals == ()
    held.workspace.close()
