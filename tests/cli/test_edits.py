"""`convergedesk goals`, `edits`, `undo` and `redo`, as a person types them."""

from pathlib import Path

import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.goals import GoalDraft
from convergedesk.store.keys import Key
from convergedesk.workspace import goals
from convergedesk.workspace.session import open_workspace
from tests.cli.program import PASSPHRASE, good, run


@pytest.fixture
def edited(sample: Path) -> Path:
    """The sample with a goal that was added and deleted."""
    with open_workspace(sample, Key.passphrase(PASSPHRASE)) as workspace:
        goal = goals.create_goal(workspace, AccountId(1), GoalDraft("Fewer calls", 10.0, 5.0)).goal_id
        assert goal is not None
        goals.delete_goal(workspace, goal)
    return sample


def titles(edited: Path) -> set[str]:
    return {
        one["view"]["goal"]["title"] for one in good("goals", "--workspace", edited, "--json").json["goals"]
    }


def test_goals_are_listed_with_where_they_stand(sample: Path) -> None:
    told = good("goals", "--workspace", sample).out
    assert "on track" in told
    assert "ahead by" in told


def test_edits_are_listed_walked_back_and_forth_and_restored(edited: Path) -> None:
    listed = good("edits", "--workspace", edited, "--json").json["edits"]
    assert [one["label"] for one in listed] == ["Deleted goal “Fewer calls”", "Added goal “Fewer calls”"]
    assert good("undo", "--workspace", edited).out == "Undone: Deleted goal “Fewer calls”.\n"
    assert "Fewer calls" in titles(edited)
    assert good("redo", "--workspace", edited).out == "Done again: Deleted goal “Fewer calls”.\n"
    assert "Deleted goal" in good("edits", "--deleted", "--workspace", edited).out
    number = str(listed[0]["id"])
    assert good("edits", "--restore", number, "--workspace", edited).out == "Restored goal “Fewer calls”.\n"
    assert good("edits", "--deleted", "--workspace", edited).out == "Nothing was deleted.\n"


def test_with_nothing_to_undo_it_says_so(sample: Path) -> None:
    assert good("undo", "--workspace", sample).out == "There is nothing to undo.\n"
    assert good("redo", "--workspace", sample, "--json").json == {
        "done": False,
        "sentence": "There is nothing to do again.",
    }


def test_an_edit_that_is_not_there_is_told(edited: Path) -> None:
    outcome = run("edits", "--restore", "999", "--workspace", edited)
    assert outcome.code == 4
    assert "30 days" in outcome.err
