"""Edits as the pages make them: given to the writer's thread, and timed until they are saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import count
from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import QEventLoop

from convergedesk.desktop.desk import Desk
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import CheckIn, ContactChannel, Note
from convergedesk.domain.goals import GoalDraft, GoalId
from convergedesk.workspace.changes import Changes
from convergedesk.workspace.check_ins import log_check_in
from convergedesk.workspace.edits import undo
from convergedesk.workspace.goals import create_goal, record_goal_value, update_goal
from convergedesk.workspace.notes import write_note
from convergedesk.workspace.session import Workspace

_numbers = count()


class Subject(NamedTuple):
    """What is edited."""

    account_id: AccountId
    goal_id: GoalId


Edit = Callable[[Workspace, Subject], Changes]


def _draft(target: float = 80.0) -> GoalDraft:
    return GoalDraft("Fewer manual re-sends", 340.0, target, unit="a week", evidence="Weekly export")


def _add_goal(workspace: Workspace, subject: Subject) -> Changes:
    return create_goal(workspace, subject.account_id, _draft())


def _move_target(workspace: Workspace, subject: Subject) -> Changes:
    return update_goal(workspace, subject.goal_id, _draft(target=float(next(_numbers))))


def _record_value(workspace: Workspace, subject: Subject) -> Changes:
    value = float(next(_numbers))
    return record_goal_value(
        workspace, subject.goal_id, day=workspace.today, value=value, reported_by="Amira"
    )


def _log_check_in(workspace: Workspace, subject: Subject) -> Changes:
    held_at = datetime.now(UTC)
    said = CheckIn(subject.account_id, held_at, ContactChannel.CALL, "Amira", ("Ada Byron",), "All is well.")
    return log_check_in(workspace, said)


def _write_note(workspace: Workspace, subject: Subject) -> Changes:
    body = "They asked for a second region, and when it can be had. " * 8
    note = Note(subject.account_id, datetime.now(UTC), "Amira", body, Audience.INTERNAL)
    return write_note(workspace, note).changes


def _undo(workspace: Workspace, _subject: Subject) -> Changes:
    undone = undo(workspace)
    assert undone is not None
    return undone.changes


EDITS: dict[str, Edit] = {
    "a goal added": _add_goal,
    "a goal's target moved": _move_target,
    "a goal's value recorded": _record_value,
    "a check-in logged": _log_check_in,
    "a note written": _write_note,
    "an edit undone": _undo,
}


def until_saved(desk: Desk, edit: Edit, subject: Subject) -> tuple[float, Changes]:
    """Milliseconds from handing the edit to the writer until the window knows that it is on the disk."""
    loop, done = QEventLoop(), list[tuple[float, Changes]]()

    def on_done(changes: Changes) -> None:
        done.append((perf_counter(), changes))
        loop.quit()

    def work(_job: object) -> Changes:
        return edit(desk.session.workspace(), subject)

    began = perf_counter()
    desk.context.jobs.submit(work, write=True, on_done=on_done)
    loop.exec()
    ended, changes = done[0]
    return 1000 * (ended - began), changes


def with_goals(desk: Desk, account_ids: Sequence[AccountId]) -> list[Subject]:
    """Gives each account a goal to edit."""
    subjects: list[Subject] = []
    for account_id in account_ids:
        _, changes = until_saved(desk, _add_goal, Subject(account_id, GoalId(0)))
        assert changes.goal_id is not None
        subjects.append(Subject(account_id, changes.goal_id))
    return subjects
