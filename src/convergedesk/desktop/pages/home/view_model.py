"""What Home shows: title, figures, the accounts by need, who needs a check-in, and good news."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.desktop.pages.home.calm import Calm, calm
from convergedesk.desktop.pages.home.check_ins import CheckIn
from convergedesk.desktop.pages.home.finding import subtitle, title
from convergedesk.desktop.pages.home.renewals import Renewal, next_renewals
from convergedesk.desktop.pages.home.trend import usage_trend
from convergedesk.desktop.portfolio.views import ALL, OFF_PACE, USAGE_DOWN, view_of
from convergedesk.domain.portfolio import PortfolioRow, own_rows
from convergedesk.figures.good_news import GoodNews, good_news
from convergedesk.figures.home.care import (
    check_ins_figure,
    restored_figure,
    tickets_figure,
    why_account_needs,
    why_need,
)
from convergedesk.figures.home.figure import Book, HomeFigure
from convergedesk.figures.home.money import money_figure
from convergedesk.figures.home.usage import usage_figure
from convergedesk.figures.need import Need, is_put_off, needs

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.kinds import AccountId
    from convergedesk.figures.why import Why

_CHIPS = (ALL, USAGE_DOWN, OFF_PACE)


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
        subtitle: The day, up to when usage is known, and whether figures are still to come.
        figures: The strip.
        chips: Filters of the table, with counts.
        rows: The accounts of the chosen view, those with the greatest need first.
        total: How many accounts there are in the chosen pod.
        needs: The need of every account, the greatest first.
        asking: Accounts that need a check-in and were not put off.
        asking_total: How many there are.
        put_off: How many were put off.
        news: Good news to share, the newest first.
        renewals: Terms that end next.
        waiting: Rows and names that wait because an import could not place them.
        calm: What is said where no account needs a check-in.
    """

    title: str
    subtitle: str
    figures: tuple[HomeFigure, ...]
    chips: tuple[ViewChip, ...]
    rows: tuple[PortfolioRow, ...]
    total: int
    needs: dict[AccountId, Need]
    asking: tuple[CheckIn, ...]
    asking_total: int
    put_off: int
    news: tuple[GoodNews, ...]
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

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._portfolio = context.portfolio
        self._navigator = context.navigator
        self._view = ALL
        self._state: HomeState | None = None
        self._outdated = True
        self._portfolio.changed.connect(self._on_portfolio_changed)
        self._portfolio.failed.connect(self.failed)
        context.changes.computing_changed.connect(self._on_portfolio_changed)

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
    def open_account(self, account_id: AccountId, tab: str | None = None) -> None:
        """Open an account, at a tab where one is meant."""
        self._navigator.open_account(account_id, tab)

    def put_off(self, check_in: CheckIn) -> None:
        """Ask no more for this check-in for a week; can be undone."""
        from convergedesk.desktop.engagement.writing import make_edit
        from convergedesk.workspace.home_figures import put_off_check_in

        account_id, points = check_in.row.account_id, check_in.need.points
        make_edit(
            self._context,
            lambda workspace: put_off_check_in(workspace, account_id, need=points),
            f"The check-in with {check_in.row.name} is put off for a week",
        )

    def why_order(self) -> Why | None:
        """What the table is ordered by."""
        book = self._book()
        return None if book is None else why_need(book, self._needs(book))

    def why_needs(self, row: PortfolioRow) -> Why | None:
        """Why an account stands where it does."""
        book, state = self._book(), self.state
        if book is None or state is None or row.account_id not in state.needs:
            return None
        return why_account_needs(book, row, state.needs[row.account_id])

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

    def _book(self) -> Book | None:
        snapshot = self._portfolio.snapshot
        if snapshot is None:
            return None
        return Book(snapshot, self._portfolio.pod, own_rows(self._portfolio.rows))

    def _needs(self, book: Book) -> list[tuple[PortfolioRow, Need]]:
        return needs(book.rows, book.snapshot.today, falls_up_to=book.falls_up_to)

    def _compute(self) -> HomeState | None:
        book = self._book()
        if book is None:
            return None
        snapshot, rows, today = book.snapshot, book.rows, book.snapshot.today
        found = self._needs(book)
        asking = [
            CheckIn(row, need, today) for row, need in found if need.asks and not is_put_off(row, need, today)
        ]
        chosen = view_of(self._view)
        usage = usage_figure(book)
        return HomeState(
            title=title(book, len(asking)),
            subtitle=subtitle(snapshot, computing=self._context.changes.computing),
            figures=(
                usage._replace(trend=usage_trend(rows)) if usage.why is not None else usage,
                money_figure(book),
                restored_figure(book),
                tickets_figure(book),
                check_ins_figure(book, found),
            ),
            chips=tuple(
                ViewChip(
                    view.key,
                    "All" if view.key == ALL else view.title,
                    view.rule,
                    sum(1 for row in rows if view.holds(row, today)),
                )
                for view in map(view_of, _CHIPS)
            ),
            rows=tuple(row for row, _ in found if chosen.holds(row, today)),
            total=len(rows),
            needs={row.account_id: need for row, need in found},
            asking=tuple(asking),
            asking_total=len(asking),
            put_off=sum(1 for _, need in found if need.asks) - len(asking),
            news=good_news(rows, today),
            renewals=next_renewals(rows, today),
            waiting=snapshot.rejects + snapshot.unlinked,
            calm=calm(snapshot, rows),
        )
