"""The goals of one account: reading them, and every change to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from convergedesk.desktop.pages.goals.form import ProgressForm, parse_number, with_state
from convergedesk.workspace import accounts
from convergedesk.workspace import goals as use_cases
from convergedesk.workspace.edits import undo_edit

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.edits import EditId
    from convergedesk.domain.goals import Goal, GoalDraft, GoalState
    from convergedesk.domain.usage import Meter
    from convergedesk.figures.account import GoalView
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.session import Workspace


@dataclass(frozen=True, slots=True)
class GoalsState:
    """What the Goals tab shows.

    Attributes:
        account_id: Whose goals.
        goals: Those that are open first, then by due day.
        meters: Meters of the account that a goal can be linked to.
    """

    account_id: AccountId
    goals: tuple[GoalView, ...]
    meters: tuple[Meter, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """A change that is kept.

    Attributes:
        changes: What it touched, for every page.
        sentence: What happened, for the notice.
        undo: Takes it back, or None where there is nothing to take back.
    """

    changes: Changes
    sentence: str
    undo: Callable[[], None] | None = None


class GoalsViewModel(QObject):
    """State and commands of the Goals tab; reads in the reader lane, writes in the writer's."""

    loading = Signal()
    loaded = Signal(object)
    load_failed = Signal(object)
    saved = Signal(object)
    save_failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        """Nothing is read before `show_account`."""
        super().__init__(parent)
        self._context = context
        self._account_id: AccountId | None = None
        self._reading: JobHandle | None = None
        self._state: GoalsState | None = None
        context.changes.published.connect(self.apply_changes)
        context.changes.written_elsewhere.connect(self.reload)

    @property
    def state(self) -> GoalsState | None:
        """What was read last, or None before the first answer."""
        return self._state

    def show_account(self, account_id: AccountId) -> None:
        """Read the goals of an account."""
        if self._account_id != account_id:
            self._state = None
        self._account_id = account_id
        self.reload()

    def reload(self) -> None:
        """Read the goals again; what is on screen stays until the answer is there."""
        if self._account_id is None:
            return
        if self._reading is not None:
            self._reading.cancel()
        if self._state is None:
            self.loading.emit()
        self._reading = self._context.jobs.submit(
            partial(_read, self._context, self._account_id),
            on_done=self._on_read,
            on_error=self._on_read_failed,
        )

    def apply_changes(self, changes: Changes) -> None:
        """Read again when somebody changed goals of this account, or the usage that measures them."""
        if self._account_id is None or not changes.kinds & {"goals", "usage"}:
            return
        if not changes.accounts or self._account_id in changes.accounts:
            self.reload()

    def create(self, draft: GoalDraft) -> None:
        """Add a goal to the account."""
        if self._account_id is None:
            return
        account_id = self._account_id
        self._write(
            lambda workspace: use_cases.create_goal(workspace, account_id, draft),
            f"Goal “{draft.title}” added",
        )

    def update(self, goal: Goal, draft: GoalDraft, sentence: str = "") -> None:
        """Change a goal; the notice offers the way back."""
        self._write(
            lambda workspace: use_cases.update_goal(workspace, goal.id, draft),
            sentence or f"Goal “{draft.title}” saved",
        )

    def set_state(self, goal: Goal, state: GoalState) -> None:
        """Mark a goal reached, dropped, or open again."""
        words = {"reached": "marked as reached", "dropped": "dropped", "open": "open again"}[state.value]
        self.update(goal, with_state(goal, state), f"Goal “{goal.title}” {words}")

    def record(self, view: GoalView, form: ProgressForm) -> None:
        """Record a value. Raises ValueError where the form's value is no number."""
        value = parse_number(form.value)
        if value is None:
            raise ValueError(form.value)
        goal = view.goal
        self._write(
            lambda workspace: use_cases.record_goal_value(
                workspace,
                goal.id,
                day=form.day,
                value=value,
                reported_by=form.reported_by.strip(),
                note=form.note.strip(),
            ),
            f"Progress of “{goal.title}” recorded",
        )

    def delete(self, goal: Goal) -> None:
        """Delete a goal; the notice brings it back with its history."""
        self._write(
            lambda workspace: use_cases.delete_goal(workspace, goal.id),
            f"Goal “{goal.title}” deleted",
        )

    def _undo(self, edit_id: EditId) -> None:
        def work(_job: JobContext) -> Saved:
            undone = undo_edit(self._context.workspace(), edit_id)
            return Saved(undone.changes, undone.sentence)

        self._context.jobs.submit(work, write=True, on_done=self._on_saved, on_error=self._on_save_failed)

    def _write(self, change: Callable[[Workspace], Changes], sentence: str) -> None:
        def work(_job: JobContext) -> Saved:
            changes = change(self._context.workspace())
            undo = None if changes.edit_id is None else partial(self._undo, changes.edit_id)
            return Saved(changes, sentence, undo)

        self._context.jobs.submit(work, write=True, on_done=self._on_saved, on_error=self._on_save_failed)

    def _on_saved(self, saved: Saved) -> None:
        self.saved.emit(saved)
        self._context.changes.publish(saved.changes)

    def _on_save_failed(self, error: Exception) -> None:
        self.save_failed.emit(error)

    def _on_read(self, state: GoalsState) -> None:
        if state.account_id == self._account_id:
            self._state = state
            self.loaded.emit(state)

    def _on_read_failed(self, error: Exception) -> None:
        self.load_failed.emit(error)


def _read(context: PageContext, account_id: AccountId, _job: JobContext) -> GoalsState:
    workspace = context.workspace()
    views = accounts.account_goals(workspace, account_id)
    return GoalsState(account_id, tuple(sorted(views, key=_order)), use_cases.meters(workspace, account_id))


_RANK = {"open": 0, "reached": 1, "dropped": 2}


def _order(view: GoalView) -> tuple[int, date, str]:
    return _RANK[view.goal.state.value], view.goal.due_on or date.max, view.goal.title
