"""The goals of all accounts: reading and filtering them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.desktop.pages.goals.list_filter import RANK, Due, GoalFilter, Standing
from convergedesk.domain.goals import GoalState
from convergedesk.figures.account import PRESSING, GoalStanding
from convergedesk.figures.wording import count, number
from convergedesk.workspace.goal_list import AccountGoal, all_goals

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.workspace.changes import Changes

_CONCERNING = frozenset({"goals", "usage", "accounts", "pods", "links"})


@dataclass(frozen=True, slots=True)
class GoalListState:
    """Everything on the page.

    Attributes:
        title: What the goals add up to.
        subtitle: How many stand how.
        chosen: The filter in force.
        rows: The goals that match, those first that need a decision, then by due day.
        total: How many goals the chosen pod has.
        owners: Who answers for some goal; '' where nobody does.
        standings: How many goals stand how.
    """

    title: str
    subtitle: str
    chosen: GoalFilter
    rows: tuple[AccountGoal, ...]
    total: int
    owners: tuple[str, ...]
    standings: Counter[GoalStanding]


class GoalListModel(QObject):
    """Follows the workspace, the chosen pod and the filters.

    Signals:
        loading: A reading began.
        changed: `state` is another one.
        failed: The goals could not be read; the exception.
    """

    loading = Signal()
    changed = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        """Nothing is read before `open`."""
        super().__init__(parent)
        self._context = context
        self._chosen = GoalFilter()
        self._all: tuple[AccountGoal, ...] | None = None
        self._reading: JobHandle | None = None
        self._opened = False
        self._state: GoalListState | None = None
        context.changes.published.connect(self._on_changes)
        context.changes.written_elsewhere.connect(self.reload)
        context.portfolio.changed.connect(self._compute)

    @property
    def state(self) -> GoalListState | None:
        """What to show, or None before the first reading."""
        return self._state

    @Slot()
    def open(self) -> None:
        """Read the goals, unless they are known."""
        if not self._opened:
            self._opened = True
            self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the goals again; what is on screen stays until the answer is there."""
        if not self._opened:
            return
        if self._reading is not None:
            self._reading.cancel()
        self.loading.emit()

        def read(_job: JobContext) -> tuple[AccountGoal, ...]:
            return all_goals(self._context.workspace())

        self._reading = self._context.jobs.submit(read, on_done=self._on_read, on_error=self._on_failed)

    @Slot(str)
    def search(self, text: str) -> None:
        """Keep the goals that hold all of these words."""
        self._choose(replace(self._chosen, text=text.strip()))

    def choose_standing(self, standing: Standing) -> None:
        """Keep the goals that stand there."""
        self._choose(replace(self._chosen, standing=standing))

    def choose_owner(self, owner: str | None) -> None:
        """Keep the goals of one owner; None for anybody's, empty for nobody's."""
        self._choose(replace(self._chosen, owner=owner))

    def choose_due(self, due: Due) -> None:
        """Keep the goals due by then."""
        self._choose(replace(self._chosen, due=due))

    @Slot()
    def clear(self) -> None:
        """Lift every filter."""
        self._choose(GoalFilter())

    def find(self, goal_id: object) -> AccountGoal | None:
        """One of the goals that were read, or None."""
        return next((row for row in self._all or () if row.view.goal.id == goal_id), None)

    def _choose(self, chosen: GoalFilter) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self._compute()

    @Slot()
    def _compute(self) -> None:
        if self._all is None:
            return
        among = {row.account_id for row in self._context.portfolio.rows}
        mine = [row for row in self._all if row.view.goal.account_id in among]
        today = self._context.today()
        rows = [row for row in mine if self._chosen.passes(row, today)]
        # They come by due day, and sorting keeps that order among equals.
        rows.sort(key=lambda row: RANK[row.view.standing])
        standings = Counter(row.view.standing for row in mine)
        self._state = GoalListState(
            title=_title(mine, standings),
            subtitle=_subtitle(standings),
            chosen=self._chosen,
            rows=tuple(rows),
            total=len(mine),
            owners=tuple(sorted({row.view.goal.owner or "" for row in mine}, key=str.casefold)),
            standings=standings,
        )
        self.changed.emit()

    @Slot(object)
    def _on_changes(self, changes: Changes) -> None:
        if changes.kinds & _CONCERNING:
            self.reload()

    def _on_read(self, found: tuple[AccountGoal, ...]) -> None:
        self._all = found
        self._compute()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)


def _title(rows: list[AccountGoal], standings: Counter[GoalStanding]) -> str:
    worked_on = sum(row.view.goal.state is GoalState.OPEN for row in rows)
    if not rows:
        return "No goals yet"
    if not worked_on:
        return "No goal is being worked on"
    pressing = sum(standings[one] for one in PRESSING)
    if not pressing:
        return f"None of {count(worked_on, 'open goal')} is behind"
    return (
        f"{number(pressing)} of {count(worked_on, 'open goal')} {'needs' if pressing == 1 else 'need'} a look"
    )


def _subtitle(standings: Counter[GoalStanding]) -> str:
    told = (
        (standings[GoalStanding.STUCK], "stuck"),
        (standings[GoalStanding.OVERDUE], "overdue"),
        (standings[GoalStanding.BEHIND], "behind"),
        (standings[GoalStanding.ON_TRACK], "on track"),
        (standings[GoalStanding.NOT_MEASURED], "not measured yet"),
        (standings[GoalStanding.REACHED], "reached"),
    )
    said = [f"{number(many)} {words}" for many, words in told if many]
    return f"{', '.join(said)} · black tick: where the goal should be today" if said else ""
