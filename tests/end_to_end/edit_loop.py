"""A person who never stops: edits, undoes, redoes, deletes and restores, saying each time what is kept.

Every step follows from the seed, its number and what the file holds, so a run that is broken
off can be gone on with, and two runs pass through the same states. Whatever else must survive
a kill (another key, a backup) is added to `OPERATIONS`.

    python -m tests.end_to_end.edit_loop FILE KEY SEED FIRST LAST
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.goals import GoalDraft, GoalId
from convergedesk.store.engine import Store
from convergedesk.store.keys import Key
from convergedesk.store.tables import metadata
from convergedesk.store.tables.edits import UNDOABLE
from convergedesk.workspace import edits, goals
from convergedesk.workspace.session import Workspace, open_workspace

ACCOUNT = AccountId(1)
_BEGAN = datetime(2026, 12, 10, 9, tzinfo=UTC)
# Instants are those of the step in which a run broke off or not; identities are drawn by lot.
_LEFT_OUT = {"uid", "updated_at", "created_at"}


class StepClock:
    """Time goes on by a minute with every step, so that no two edits become one."""

    def __init__(self) -> None:
        self.step = 0

    def now(self) -> datetime:
        """The instant of the step."""
        return _BEGAN + timedelta(minutes=self.step)


def digest(store: Store) -> str:
    """What a person would see: every row they can edit, and the edits with what is undone of them."""
    told = hashlib.sha256()
    with store.read() as connection:
        for name in UNDOABLE:
            columns = [
                f'"{column.name}"' for column in metadata.tables[name].c if column.name not in _LEFT_OUT
            ]
            listed = ", ".join(columns)
            for row in connection.exec_driver_sql(f"SELECT {listed} FROM {name} ORDER BY {listed}"):
                told.update(f"{name} {tuple(row)}\n".encode())
        listing = "SELECT id, label, deletes, undone_at IS NOT NULL, restores_id FROM edits ORDER BY id"
        for row in connection.exec_driver_sql(listing):
            told.update(f"{tuple(row)}\n".encode())
    return told.hexdigest()[:16]


def _goals(workspace: Workspace) -> list[GoalId]:
    with workspace.store.read() as connection:
        known = connection.exec_driver_sql("SELECT id FROM goals WHERE deleted_at IS NULL ORDER BY id")
        return [GoalId(row[0]) for row in known]


def add(workspace: Workspace, chance: random.Random) -> None:
    """A new goal."""
    title = f"Goal {chance.randrange(10**6)}"
    goals.create_goal(workspace, ACCOUNT, GoalDraft(title, 0.0, chance.random(), evidence="x" * 500))


def change(workspace: Workspace, chance: random.Random) -> None:
    """Another target."""
    if known := _goals(workspace):
        title = f"Goal {chance.randrange(10**6)}"
        goals.update_goal(workspace, chance.choice(known), GoalDraft(title, 0.0, chance.random()))


def record(workspace: Workspace, chance: random.Random) -> None:
    """A value of a day."""
    if known := _goals(workspace):
        day = date(2026, 1, 1) + timedelta(days=chance.randrange(300))
        goal = chance.choice(known)
        goals.record_goal_value(workspace, goal, day=day, value=chance.random(), reported_by="Ana")


def delete(workspace: Workspace, chance: random.Random) -> None:
    """One goal less."""
    if known := _goals(workspace):
        goals.delete_goal(workspace, chance.choice(known))


def restore(workspace: Workspace, chance: random.Random) -> None:
    """A deleted goal back again."""
    if deleted := edits.recently_deleted(workspace):
        edits.restore(workspace, chance.choice(deleted).id)


def undo(workspace: Workspace, _chance: random.Random) -> None:
    """The last edit taken back."""
    edits.undo(workspace)


def redo(workspace: Workspace, _chance: random.Random) -> None:
    """What was taken back, done again."""
    edits.redo(workspace)


Operation = Callable[[Workspace, random.Random], None]
OPERATIONS: tuple[Operation, ...] = (add, add, change, change, record, delete, restore, undo, undo, redo)


def steps(workspace: Workspace, seed: int, first: int, last: int) -> Iterator[str]:
    """Do the steps one by one; gives the digest after each."""
    clock = workspace.clock
    assert isinstance(clock, StepClock)
    for step in range(first, last):
        clock.step = step
        chance = random.Random(f"{seed} {step}")
        chance.choice(OPERATIONS)(workspace, chance)
        yield digest(workspace.store)


def main(path: str, key: str, seed: str, first: str, last: str) -> None:
    """Print a line for each step that is kept."""
    with open_workspace(Path(path), Key.raw(bytes.fromhex(key)), clock=StepClock()) as workspace:
        for step, state in enumerate(steps(workspace, int(seed), int(first), int(last)), start=int(first)):
            sys.stdout.write(json.dumps({"step": step, "state": state}) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
