"""Undo as pages use it: a sentence, what changed, and figures that follow."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.edits import EditId
from convergedesk.domain.errors import EditConflictError, NotFoundError
from convergedesk.domain.goals import GoalDraft, GoalId
from convergedesk.store.keys import Key
from convergedesk.workspace import edits, goals
from convergedesk.workspace.changes import Kind
from convergedesk.workspace.portfolio import home
from convergedesk.workspace.session import Workspace, create_workspace
from tests.store.rows import add_account


class StandingClock:
    """It is always the same moment."""

    def now(self) -> datetime:
        """10 December 2026, 09:00 UTC."""
        return datetime(2026, 12, 10, 9, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    key = Key.raw(bytes(range(32)))
    with create_workspace(tmp_path / "w.converge", key, name="W", clock=StandingClock()) as opened:
        opened.author = "Ana Horvat"
        yield opened


@pytest.fixture
def account(workspace: Workspace) -> AccountId:
    return AccountId(add_account(workspace.store, "Acme"))


def added(workspace: Workspace, account: AccountId, title: str = "Faster exports") -> GoalId:
    goal_id = goals.create_goal(workspace, account, GoalDraft(title, 0.0, 10.0)).goal_id
    assert goal_id is not None
    return goal_id


def test_an_edit_says_who_did_what_where(workspace: Workspace, account: AccountId) -> None:
    goal = added(workspace, account)
    goals.update_goal(workspace, goal, GoalDraft("Faster exports", 0.0, 20.0, unit="%"))
    moved, created = edits.history(workspace)
    assert moved.label == "Moved the target of “Faster exports” to 20 %"
    assert created.label == "Added goal “Faster exports”"
    assert (moved.author, moved.account_id, moved.account_name) == ("Ana Horvat", account, "Acme")


def test_undo_tells_what_it_did_and_whom_it_concerns(workspace: Workspace, account: AccountId) -> None:
    added(workspace, account)
    undone = edits.undo(workspace)
    assert undone is not None
    assert undone.sentence == "Undone: Added goal “Faster exports”"
    assert undone.changes.accounts == {account}
    assert undone.changes.kinds == {Kind.GOALS}
    (row,) = home(workspace).rows
    assert row.goals_open == 0
    edits.redo(workspace)
    (row,) = home(workspace).rows
    assert row.goals_open == 1


def test_a_deleted_goal_is_restored_past_later_edits(workspace: Workspace, account: AccountId) -> None:
    goal = added(workspace, account)
    deletion = goals.delete_goal(workspace, goal).edit_id
    assert deletion is not None
    other = added(workspace, account, "Other")
    (listed,) = edits.recently_deleted(workspace)
    assert listed.id == deletion
    undone = edits.restore(workspace, deletion)
    assert undone.sentence == "Restored goal “Faster exports”"
    assert edits.recently_deleted(workspace) == ()
    with pytest.raises(EditConflictError):
        edits.restore(workspace, deletion)
    assert goals.delete_goal(workspace, other).edit_id is not None


def test_the_notice_takes_back_its_own_edit(workspace: Workspace, account: AccountId) -> None:
    first = goals.create_goal(workspace, account, GoalDraft("One", 0.0, 1.0)).edit_id
    second = goals.create_goal(workspace, account, GoalDraft("Two", 0.0, 1.0)).edit_id
    assert first is not None
    assert second is not None
    edits.undo_edit(workspace, first)
    assert edits.history(workspace)[0].label == "Undone: Added goal “One”"
    edits.undo(workspace)
    edits.undo_edit(workspace, second)
    assert [one.undone for one in edits.history(workspace)] == [True, True, False]
    with pytest.raises(NotFoundError):
        edits.undo_edit(workspace, EditId(999))
