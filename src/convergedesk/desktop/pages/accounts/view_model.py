"""The list of accounts: which ones stand in it, what its title says, and its export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.desktop.navigator import Navigator
from convergedesk.desktop.pages.accounts.export import table
from convergedesk.desktop.pages.accounts.filters import LABELS, AccountsFilter, matching, options
from convergedesk.desktop.portfolio.feed import Portfolio
from convergedesk.desktop.portfolio.views import (
    ALL,
    GONE_VIEW,
    HIGH_OPEN,
    NO_USAGE,
    OFF_PACE,
    OVERDUE,
    RENEWS,
    USAGE_DOWN,
    VIEWS,
    PortfolioView,
    view_of,
)
from convergedesk.desktop.saving import save_csv
from convergedesk.domain.accounts import AccountId, Lifecycle
from convergedesk.domain.portfolio import PortfolioRow, own_rows
from convergedesk.figures.wording import count, number

if TYPE_CHECKING:
    from convergedesk.desktop.jobs import JobContext, JobRunner

_KNOWN: dict[str, Callable[[PortfolioRow], object]] = {
    "health": lambda row: row.brief is not None and row.brief.health is not None,
    "tier": lambda row: row.tier,
    "owner": lambda row: row.owner,
    "country": lambda row: row.country,
    "usage": lambda row: row.usage_28 is not None,
    "change": lambda row: row.usage_change is not None,
    "billed": lambda row: row.billed or row.mrr,
    "pace": lambda row: row.commitment,
    "goals": lambda row: row.goals_open or row.goals_overdue,
    "renews": lambda row: row.renews_on,
}
_LIFECYCLES = {Lifecycle.ACTIVE: "active", Lifecycle.TRIAL: "on trial", Lifecycle.CHURNED: "churned"}
# What a view found: at one account, at several, at none.
_SAYS = {
    HIGH_OPEN: (
        "has high-priority tickets open",
        "have high-priority tickets open",
        "No high-priority ticket is open",
    ),
    USAGE_DOWN: (
        "uses less than expected",
        "use less than expected",
        "No account uses less than expected",
    ),
    OFF_PACE: (
        "is off the pace of its commitment",
        "are off the pace of their commitment",
        "No commitment is off pace",
    ),
    RENEWS: ("renews within 120 days", "renew within 120 days", "No account renews within 120 days"),
    OVERDUE: ("has overdue goals", "have overdue goals", "No goal is overdue"),
    NO_USAGE: ("has no usage on record", "have no usage on record", "Every account has usage on record"),
}


@dataclass(frozen=True, slots=True)
class AccountsState:
    """Everything on the page.

    Attributes:
        title: The finding of the chosen view.
        subtitle: The view's rule, or how the list came about.
        views: The computed views with how many accounts each holds.
        chosen: The filter in force.
        choices: Per filter field, (value, accounts) to choose from.
        rows: The accounts that match.
        total: How many accounts there are in the chosen pod, those that are gone among them.
        unknown: Columns in which no account of the pod has anything to show.
        has_sites: True where any account of the pod has sites.
    """

    title: str
    subtitle: str
    views: tuple[tuple[PortfolioView, int], ...]
    chosen: AccountsFilter
    choices: dict[str, tuple[tuple[str, int], ...]]
    rows: tuple[PortfolioRow, ...]
    total: int
    unknown: frozenset[str]
    has_sites: bool = False


class AccountsViewModel(QObject):
    """Follows the portfolio, the chosen view and the filters.

    Signals:
        changed: `state` is another one.
        failed: The accounts could not be read; the exception.
        exported: The list was saved: path and number of accounts.
        export_failed: It could not be saved; the exception.
    """

    changed = Signal()
    failed = Signal(object)
    exported = Signal(object, int)
    export_failed = Signal(object)

    def __init__(
        self, portfolio: Portfolio, navigator: Navigator, jobs: JobRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._portfolio = portfolio
        self._navigator = navigator
        self._jobs = jobs
        self._chosen = AccountsFilter()
        self._state: AccountsState | None = None
        self._outdated = True
        portfolio.changed.connect(self._on_portfolio_changed)
        portfolio.failed.connect(self.failed)

    @property
    def state(self) -> AccountsState | None:
        """What to show, or None before the first reading; worked out when somebody looks."""
        if self._outdated:
            self._outdated = False
            self._state = self._compute()
        return self._state

    @Slot(str)
    def choose_view(self, key: str) -> None:
        """Show a computed view; other filters stay."""
        self._choose(replace(self._chosen, view=view_of(key).key))

    @Slot(str)
    def search(self, text: str) -> None:
        """Keep the accounts that hold all of these words."""
        self._choose(replace(self._chosen, text=text.strip()))

    def narrow(self, field: str, value: str | None) -> None:
        """Keep the accounts with that tier, owner, country or lifecycle; None lifts the filter."""
        self._choose(self._chosen.with_value(field, value))

    @Slot(bool)
    def show_sites(self, on: bool) -> None:
        """List sites by themselves too, or in their parents' rows alone."""
        self._choose(replace(self._chosen, sites=on))

    @Slot()
    def clear(self) -> None:
        """Lift every filter and show all accounts."""
        self._choose(AccountsFilter())

    @Slot(object)
    def open_account(self, account_id: AccountId) -> None:
        """Open an account."""
        self._navigator.open_account(account_id)

    @Slot()
    def open_import(self) -> None:
        """Go to the import."""
        self._navigator.open_import()

    @Slot()
    def retry(self) -> None:
        """Read the accounts again."""
        self._portfolio.refresh()

    def export(self, path: Path) -> None:
        """Save the accounts that match, as CSV."""
        state, snapshot = self.state, self._portfolio.snapshot
        if state is None or snapshot is None:
            return
        rows, today = state.rows, snapshot.today

        def write(_context: JobContext) -> tuple[Path, int]:
            save_csv(path, table(rows, today))
            return path, len(rows)

        self._jobs.submit(write, on_done=self._on_exported, on_error=self._on_export_failed)

    def _on_exported(self, saved: tuple[Path, int]) -> None:
        self.exported.emit(*saved)

    def _on_export_failed(self, error: Exception) -> None:
        self.export_failed.emit(error)

    def _choose(self, chosen: AccountsFilter) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self._on_portfolio_changed()

    @Slot()
    def _on_portfolio_changed(self) -> None:
        self._outdated = True
        self.changed.emit()

    def _compute(self) -> AccountsState | None:
        snapshot = self._portfolio.snapshot
        if snapshot is None:
            return None
        everyone, gone, today = self._portfolio.rows, self._portfolio.gone, snapshot.today
        rows = own_rows(everyone)
        view = view_of(self._chosen.view)
        counts = {one: sum(1 for row in rows if one.holds(row, today)) for one in VIEWS}
        if gone or view is GONE_VIEW:
            counts[GONE_VIEW] = len(gone)
        held = counts[view]
        matches = matching(gone if view is GONE_VIEW else everyone, self._chosen, today)
        return AccountsState(
            title=_title(view, held, len(rows)),
            subtitle=_subtitle(view, matches, held, len(gone)),
            views=tuple(counts.items()),
            chosen=self._chosen,
            choices={field: options(rows, field) for field in LABELS},
            rows=matches,
            total=len(rows) + len(gone),
            unknown=frozenset(key for key, known in _KNOWN.items() if not any(known(row) for row in rows)),
            has_sites=len(rows) < len(everyone),
        )


def _title(view: PortfolioView, held: int, total: int) -> str:
    if view.key == ALL:
        return count(total, "account") if total else "No accounts yet"
    if view is GONE_VIEW:
        return f"{count(held, 'account') if held else 'No account'} missing from the latest list"
    one, many, none = _SAYS[view.key]
    if held == 0:
        return none
    if total == 1:
        return f"1 account {one}"
    return f"{number(held)} of {count(total, 'account')} {one if held == 1 else many}"


def _subtitle(view: PortfolioView, matches: Sequence[PortfolioRow], held: int, gone: int) -> str:
    shown = f"{count(len(matches), 'account')} shown"
    if len(matches) < held:
        return f"{shown}, {number(held - len(matches))} hidden by filters"
    if len(matches) > held:
        return f"{shown}, sites among them"
    if view.key != ALL:
        return view.rule
    kinds = Counter(row.lifecycle for row in matches)
    said = ", ".join(f"{number(kinds[kind])} {words}" for kind, words in _LIFECYCLES.items() if kinds[kind])
    missing = f"{number(gone)} missing from the latest list under “{GONE_VIEW.title}”" if gone else ""
    return " · ".join(part for part in (said, missing) if part)
