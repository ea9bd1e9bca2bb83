"""The goals of one account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from convergedesk.workspace import accounts
from convergedesk.workspace import goals as use_cases

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.usage import Meter
    from convergedesk.figures.account import GoalView
    from convergedesk.workspace.changes import Changes


@dataclass(frozen=True, slots=True)
class GoalsState:
    """What the Goals tab shows.

    Attributes:
        account_id: Whose goals.
        goals: Those that are open first, then by due day.
        meters: Meters of the account that a goal can be linked to.
        accounts: Whose goals are among them: the account, and its sites where they count.
    """

    account_id: AccountId
    goals: tuple[GoalView, ...]
    meters: tuple[Meter, ...]
    accounts: frozenset[AccountId]


class GoalsViewModel(QObject):
    """State of the Goals tab, read again whenever something of it changed."""

    loading = Signal()
    loaded = Signal(object)
    load_failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        """Nothing is read before `show_account`."""
        super().__init__(parent)
        self._context = context
        self._account_id: AccountId | None = None
        self._with_sites = True
        self._reading: JobHandle | None = None
        self._state: GoalsState | None = None
        context.changes.published.connect(self.apply_changes)
        context.changes.written_elsewhere.connect(self.reload)

    @property
    def state(self) -> GoalsState | None:
        """What was read last, or None before the first answer."""
        return self._state

    def show_account(self, account_id: AccountId, *, with_sites: bool = True) -> None:
        """Read the goals of an account, with its sites' or alone."""
        if self._account_id != account_id:
            self._state = None
        self._account_id, self._with_sites = account_id, with_sites
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
            partial(_read, self._context, self._account_id, self._with_sites),
            on_done=self._on_read,
            on_error=self._on_read_failed,
        )

    def apply_changes(self, changes: Changes) -> None:
        """Read again when somebody changed goals of this account or its sites, or the usage behind them."""
        if self._account_id is None or not changes.kinds & {"goals", "usage"}:
            return
        concerned = {self._account_id} | (self._state.accounts if self._state is not None else set())
        if not changes.accounts or changes.accounts & concerned:
            self.reload()

    def _on_read(self, state: GoalsState) -> None:
        if state.account_id == self._account_id:
            self._state = state
            self.loaded.emit(state)

    def _on_read_failed(self, error: Exception) -> None:
        self.load_failed.emit(error)


def _read(context: PageContext, account_id: AccountId, with_sites: bool, _job: JobContext) -> GoalsState:
    workspace = context.workspace()
    views = accounts.account_goals(workspace, account_id, with_sites=with_sites)
    reached = accounts.reached(workspace, account_id, with_sites=with_sites)
    meters = use_cases.meters(workspace, account_id)
    return GoalsState(account_id, tuple(sorted(views, key=_order)), meters, frozenset(reached))


_RANK = {"open": 0, "reached": 1, "dropped": 2}


def _order(view: GoalView) -> tuple[int, date, str]:
    return _RANK[view.goal.state.value], view.goal.due_on or date.max, view.goal.title
