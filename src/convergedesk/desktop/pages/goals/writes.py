"""Every change to goals: made in the writer's lane, told with the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from convergedesk.desktop.pages.goals.form import ProgressForm, parse_number, with_state
from convergedesk.desktop.undoing import take_back
from convergedesk.workspace import goals as use_cases
from convergedesk.workspace.drafts import drop_draft

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.goals import Goal, GoalDraft, GoalId, GoalState
    from convergedesk.figures.account import GoalView
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.session import Workspace


@dataclass(frozen=True, slots=True)
class Saved:
    """A change that is kept.

    Attributes:
        changes: What it touched, for every page.
        sentence: What happened, for the notice.
        undo: Takes it back, or None where there is nothing to take back.
        quiet: True for what saved itself while somebody still types: no notice yet.
    """

    changes: Changes
    sentence: str
    undo: Callable[[], None] | None = None
    quiet: bool = False


class GoalWrites(QObject):
    """Commands on goals.

    Signals:
        saved: A `Saved`; the changes have been published.
        save_failed: Nothing was kept; the exception.
    """

    saved = Signal(object)
    save_failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        """Writes to the context's workspace."""
        super().__init__(parent)
        self._context = context

    def create(self, account_id: AccountId, draft: GoalDraft, draft_key: str = "") -> None:
        """Add a goal to an account; the draft it was written in goes with it."""

        def change(workspace: Workspace) -> Changes:
            # Together, so that a fault keeps either the goal or the draft.
            with workspace.store.together():
                if draft_key:
                    drop_draft(workspace, draft_key)
                return use_cases.create_goal(workspace, account_id, draft)

        self._write(change, f"Goal “{draft.title}” added")

    def update(self, goal: Goal, draft: GoalDraft, sentence: str = "", *, quiet: bool = False) -> None:
        """Change a goal."""

        def change(workspace: Workspace) -> Changes:
            return use_cases.update_goal(workspace, goal.id, draft)

        self._write(change, sentence or f"Goal “{draft.title}” changed", quiet=quiet)

    def set_state(self, goal: Goal, state: GoalState) -> None:
        """Mark a goal reached, dropped, or open again."""
        words = {"reached": "marked as reached", "dropped": "dropped", "open": "open again"}[state.value]
        self.update(goal, with_state(goal, state), f"Goal “{goal.title}” {words}")

    def record(self, view: GoalView, form: ProgressForm) -> None:
        """Record a value. Raises ValueError where the form's value is no number."""
        value = parse_number(form.value)
        if value is None:
            raise ValueError(form.value)

        def change(workspace: Workspace) -> Changes:
            return use_cases.record_goal_value(
                workspace,
                view.goal.id,
                day=form.day,
                value=value,
                reported_by=form.reported_by.strip(),
                note=form.note.strip(),
            )

        self._write(change, f"Progress of “{view.goal.title}” recorded")

    def delete(self, goal_id: GoalId, title: str) -> None:
        """Delete a goal; the notice brings it back with its history."""

        def change(workspace: Workspace) -> Changes:
            return use_cases.delete_goal(workspace, goal_id)

        self._write(change, f"Goal “{title}” deleted")

    def _write(self, change: Callable[[Workspace], Changes], sentence: str, *, quiet: bool = False) -> None:
        def work(_job: JobContext) -> Saved:
            changes = change(self._context.workspace())
            edit_id = changes.edit_id
            undo = None if edit_id is None else partial(take_back, self._context, edit_id)
            return Saved(changes, sentence, undo, quiet)

        self._context.jobs.submit(work, write=True, on_done=self._on_saved, on_error=self._on_save_failed)

    def _on_saved(self, saved: Saved) -> None:
        self.saved.emit(saved)
        self._context.changes.publish(saved.changes)

    def _on_save_failed(self, error: Exception) -> None:
        self.save_failed.emit(error)
