"""What Home shows: title, figures, the accounts of the chosen view, and who deserves a look."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.desktop.navigator import REJECTS, UNLINKED, Navigator
from convergedesk.desktop.pages.home.calm import Calm, calm
from convergedesk.desktop.pages.home.finding import subtitle, title
from convergedesk.desktop.pages.home.kpis import Kpi, kpis
from convergedesk.desktop.pages.home.worth_a_look import (
    Attention,
    Renewal,
    next_renewals,
    worth_a_look,
)
from convergedesk.desktop.portfolio.feed import Portfolio
from convergedesk.desktop.portfolio.views import ALL, HIGH_OPEN, OFF_PACE, USAGE_DOWN, view_of
from convergedesk.domain.kinds import AccountId
from convergedesk.domain.portfolio import PortfolioRow, own_rows

_MOST_SHOWN = 3
_CHIPS = (ALL, HIGH_OPEN, USAGE_DOWN, OFF_PACE)


class ViewChip(NamedTuple):
    """A filter of the table with how many accounts it leaves."""

    key: str
    text: str
    rule: str
    accounts: int


class HomeState(NamedTuple):
    """Everything on the page, computed from one snapshot.

    Attributes:
        title: The finding.
        subtitle: The day, and up to when usage is known.
        kpis: The strip.
        chips: Filters of the table, with counts.
        rows: The accounts of the chosen view.
        total: How many accounts there are in the chosen pod.
        attention: Accounts that deserve a look.
        attention_total: How many there are, shown or not.
        renewals: Terms that end next.
        waiting: Rows and names that wait because an import could not place them.
        calm: What is said where no account deserves a look.
    """

    title: str
    subtitle: str
    kpis: tuple[Kpi, ...]
    chips: tuple[ViewChip, ...]
    rows: tuple[PortfolioRow, ...]
    total: int
    attention: tuple[Attention, ...]
    attention_total: int
    renewals: tuple[Renewal, ...]
    waiting: int
    calm: Calm


class HomeViewModel(QObject):
    """Follows the portfolio and answers the page's clicks.

    Signals:
        changed: `state` is another one.
        failed: The accounts could not be read; the exception.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, portfolio: Portfolio, navigator: Navigator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._portfolio = portfolio
        self._navigator = navigator
        self._view = ALL
        self._state: HomeState | None = None
        self._outdated = True
        portfolio.changed.connect(self._on_portfolio_changed)
        portfolio.failed.connect(self.failed)

    @property
    def state(self) -> HomeState | None:
        """What to show, or None before the first reading; worked out when somebody looks."""
        if self._outdated:
            self._outdated = False
            self._state = self._compute()
        return self._state

    @property
    def view(self) -> str:
        """Key of the chosen view."""
        return self._view

    @Slot(str)
    def choose_view(self, key: str) -> None:
        """Narrow the table to a computed view."""
        if key != self._view:
            self._view = view_of(key).key
            self._on_portfolio_changed()

    @Slot(object)
    def open_account(self, account_id: AccountId) -> None:
        """Open an account."""
        self._navigator.open_account(account_id)

    def open_reason(self, attention: Attention) -> None:
        """Open the tab of an account that shows its weightiest reason."""
        self._navigator.open_account(attention.account_id, attention.reasons[0].tab)

    def open_kpi(self, kpi: Kpi) -> None:
        """Show what is behind a figure."""
        if kpi.goes_to in (REJECTS, UNLINKED):
            self.open_waiting()
        elif kpi.goes_to:
            self._navigator.open_accounts(kpi.goes_to)

    @Slot()
    def open_import(self) -> None:
        """Go to the import."""
        self._navigator.open_import()

    @Slot()
    def open_waiting(self) -> None:
        """Go to the rejected rows, or to the unlinked names where there are none."""
        snapshot = self._portfolio.snapshot
        if snapshot is not None and snapshot.rejects:
            self._navigator.open_rejects()
        else:
            self._navigator.open_unlinked()

    @Slot()
    def retry(self) -> None:
        """Read the accounts again."""
        self._portfolio.refresh()

    @Slot()
    def _on_portfolio_changed(self) -> None:
        self._outdated = True
        self.changed.emit()

    def _compute(self) -> HomeState | None:
        snapshot = self._portfolio.snapshot
        if snapshot is None:
            return None
        rows, today = own_rows(self._portfolio.rows), snapshot.today
        views = [view_of(key) for key in _CHIPS]
        chosen = view_of(self._view)
        attention = worth_a_look(rows, today)
        return HomeState(
            title=title(rows, today),
            subtitle=subtitle(snapshot),
            kpis=kpis(snapshot, rows),
            chips=tuple(
                ViewChip(
                    view.key,
                    "All" if view.key == ALL else view.title,
                    view.rule,
                    sum(1 for row in rows if view.holds(row, today)),
                )
                for view in views
            ),
            rows=tuple(row for row in rows if chosen.holds(row, today)),
            total=len(rows),
            attention=attention[:_MOST_SHOWN],
            attention_total=len(attention),
            renewals=next_renewals(rows, today),
            waiting=snapshot.rejects + snapshot.unlinked,
            calm=calm(snapshot, rows),
        )
