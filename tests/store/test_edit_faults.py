"""Edits on a full disk, and of two programs at once: all of an edit or nothing, and the words say so."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.errors import DiskFullError, EditConflictError
from convergedesk.domain.goals import GoalDraft, GoalId
from convergedesk.store import goals
from convergedesk.store.edit_replay import redo, undo
from convergedesk.store.edits import OpenEdit, history
from convergedesk.store.engine import Store, open_workspace
from convergedesk.store.keys import Key
from convergedesk.store.search_index import missing_rows
from tests.store.rows import add_account

NOW = datetime(2026, 12, 10, 9, tzinfo=UTC)
LONG = "evidence " * 40_000
CHILD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from convergedesk.domain.goals import GoalDraft, GoalId
from convergedesk.store import goals
from convergedesk.store.edits import OpenEdit
from convergedesk.store.engine import open_workspace
from convergedesk.store.keys import Key

NOW = datetime(2026, 12, 10, 9, tzinfo=UTC)
with open_workspace(Path(sys.argv[1]), Key.raw(bytes(range(32)))) as store:
    for line in sys.stdin:
        with store.edit(OpenEdit(f"Moved to {line.strip()}", NOW)):
            goals.edit(store, GoalId(1), GoalDraft("Shared", 0.0, float(line)), now=NOW)
        print("kept", flush=True)
"""


@contextmanager
def full(folder: Path, *, but: int) -> Iterator[None]:
    """The disk of the folder has no more than so many bytes left."""
    ballast = folder / "ballast"
    with ballast.open("wb") as file:
        free = shutil.disk_usage(folder).free - but
        while free > 0:
            free -= file.write(bytes(min(free, 1_000_000)))
    try:
        yield
    finally:
        ballast.unlink()


def add_goal(store: Store, account: AccountId, title: str, evidence: str = "") -> GoalId:
    with store.edit(OpenEdit(f"Added goal “{title}”", NOW)):
        return goals.create(store, account, GoalDraft(title, 0.0, 1.0, evidence=evidence), now=NOW).id


def titles(store: Store, account: AccountId) -> list[str]:
    return [goal.title for goal in goals.of_accounts(store, [account])]


@pytest.fixture
def account(store: Store) -> AccountId:
    return AccountId(add_account(store, "Acme"))


def test_a_full_disk_during_an_edit_keeps_nothing_of_it_and_all_before(
    disk: Callable[[int], Path], path: Path, key: Key
) -> None:
    there = disk(16_000_000) / path.name
    shutil.copyfile(path, there)
    with open_workspace(there, key) as store:
        account = AccountId(add_account(store, "Acme"))
        add_goal(store, account, "Kept")
        with full(there.parent, but=8_192), pytest.raises(DiskFullError, match="Nothing of the last step"):
            add_goal(store, account, "Lost", LONG)
        assert titles(store, account) == ["Kept"]
        assert [edit.label for edit in history(store)] == ["Added goal “Kept”"]
        add_goal(store, account, "Again", LONG)
        assert titles(store, account) == ["Kept", "Again"]
        with store.write() as connection:
            assert missing_rows(connection) == 0


def test_a_full_disk_during_undo_leaves_the_edit_to_be_undone_later(
    disk: Callable[[int], Path], path: Path, key: Key
) -> None:
    there = disk(16_000_000) / path.name
    shutil.copyfile(path, there)
    with open_workspace(there, key) as store:
        goal = add_goal(store, AccountId(add_account(store, "Acme")), "Long", LONG)
        with store.edit(OpenEdit("Shortened", NOW)):
            goals.edit(store, goal, GoalDraft("Long", 0.0, 1.0), now=NOW)
        with full(there.parent, but=8_192), pytest.raises(DiskFullError):
            undo(store, now=NOW)
        assert goals.get(store, goal).evidence == ""
        undo(store, now=NOW)
        assert goals.get(store, goal).evidence == LONG


@contextmanager
def other_program(path: Path) -> Iterator[Callable[[float], None]]:
    """Another program with the same file; calling it moves the target of the goal there."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    written, told = child.stdin, child.stdout

    def move(target: float) -> None:
        written.write(f"{target}\n")
        written.flush()
        assert told.readline() == "kept\n"

    try:
        yield move
    finally:
        child.communicate()


def test_two_programs_edit_one_file_and_undo_each_other_in_order(store: Store, account: AccountId) -> None:
    goal = add_goal(store, account, "Shared")
    with other_program(store.path) as move:
        move(20.0)
        with store.edit(OpenEdit("Moved here", NOW)):
            goals.edit(store, goal, GoalDraft("Shared", 0.0, 30.0), now=NOW)
        move(40.0)
        undone = undo(store, now=NOW)
        assert undone is not None
        assert undone.edit.label == "Moved to 40.0"
        assert goals.get(store, goal).target == 30.0
        undo(store, now=NOW)
        assert goals.get(store, goal).target == 20.0
        # What the other one edits now ends the way forward.
        move(50.0)
        assert redo(store, now=NOW) is None
        assert [edit.label for edit in history(store)] == [
            "Moved to 50.0",
            "Moved to 20.0",
            "Added goal “Shared”",
        ]


def test_what_the_other_program_did_past_the_edits_is_not_overwritten(
    store: Store, account: AccountId, key: Key
) -> None:
    goal = add_goal(store, account, "Shared")
    with store.edit(OpenEdit("Moved here", NOW)):
        goals.edit(store, goal, GoalDraft("Shared", 0.0, 30.0), now=NOW)
    with open_workspace(store.path, key) as other:
        goals.edit(other, goal, GoalDraft("Shared", 0.0, 31.0), now=NOW)
    with pytest.raises(EditConflictError):
        undo(store, now=NOW)
    assert goals.get(store, goal).target == 31.0
