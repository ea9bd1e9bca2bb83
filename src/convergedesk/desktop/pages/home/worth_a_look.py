"""Which accounts deserve a look today, and the plain reason for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from convergedesk.desktop.pages.home.kpis import days_open
from convergedesk.desktop.phrases import listing, near_day, until
from convergedesk.desktop.portfolio.views import renews_soon, usage_fell
from convergedesk.domain.kinds import AccountId
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.pacing import PaceState, explain, pace_of
from convergedesk.figures.wording import count, percent, short_day

_MOST_RENEWALS = 3


class Reason(NamedTuple):
    """One thing about an account that deserves a look.

    Attributes:
        weight: Orders reasons; the oldest open high-priority tickets come first.
        flag: In three words, beside the account's name.
        tone: Colour token of the flag.
        icon: Phosphor name before the flag.
        say: Writes the sentence; of the many reasons of a large book few are ever read.
        action: Words of the button.
        tab: The account's tab that shows it.
    """

    weight: float
    flag: str
    tone: str
    icon: str
    say: Callable[[], str]
    action: str
    tab: str

    @property
    def sentence(self) -> str:
        """The figures behind it."""
        return self.say()


class Attention(NamedTuple):
    """An account with its reasons, the weightiest first."""

    account_id: AccountId
    name: str
    reasons: tuple[Reason, ...]

    @property
    def text(self) -> str:
        """The figures behind the weightiest reason, and the others by their flags."""
        first, *others = self.reasons
        also = f" Also {listing([reason.flag for reason in others])}." if others else ""
        return f"{first.sentence}{also}"


class Renewal(NamedTuple):
    """A term that ends soon."""

    account_id: AccountId
    name: str
    when: str
    distance: str


def worth_a_look(rows: Sequence[PortfolioRow], today: date) -> tuple[Attention, ...]:
    """The accounts with a reason, the most pressing first."""
    found = [
        Attention(row.account_id, row.name, tuple(sorted(reasons, key=lambda r: -r.weight)))
        for row in rows
        if (reasons := reasons_of(row, today))
    ]
    return tuple(sorted(found, key=lambda a: (-a.reasons[0].weight, a.name)))


def next_renewals(rows: Sequence[PortfolioRow], today: date) -> tuple[Renewal, ...]:
    """The terms that end first within 120 days."""
    soon = sorted((r.renews_on, r.name, r.account_id) for r in rows if r.renews_on and renews_soon(r, today))
    return tuple(
        Renewal(account_id, name, near_day(day, today), until(day, today))
        for day, name, account_id in soon[:_MOST_RENEWALS]
    )


def reasons_of(row: PortfolioRow, today: date) -> tuple[Reason, ...]:
    """Every reason that holds for an account on a day."""
    found = (_high_tickets(row, today), _usage(row), _commitment(row, today), _goals(row))
    return tuple(reason for reason in found if reason is not None)


def _high_tickets(row: PortfolioRow, today: date) -> Reason | None:
    opened_at = row.oldest_high_opened_at
    if not row.open_high or opened_at is None:
        return None
    age = days_open(row, today)

    def say() -> str:
        since = short_day(opened_at.date())
        if row.open_high == 1:
            return f"A high-priority ticket has been open since {since}, {count(age, 'day')}."
        oldest = f"the oldest since {since}, {count(age, 'day')}"
        return f"{count(row.open_high, 'high-priority ticket')} are open, {oldest}."

    flag = count(row.open_high, "high ticket")
    weight = 100 + min(age, 90) + 5 * row.open_high
    return Reason(weight, flag, "critical", "flag-fill", say, "Open tickets", "tickets")


def _usage(row: PortfolioRow) -> Reason | None:
    change = row.usage_change
    if change is None or not usage_fell(row):
        return None

    def say() -> str:
        tickets = f"{count(row.open_tickets, 'ticket')} open" if row.open_tickets else "No ticket is open"
        return f"Usage of the last 28 days is {percent(-change)} below the 28 days before. {tickets}."

    flag = f"{percent(change)} in 28 days"
    return Reason(80 - change * 50, flag, "critical", "trend-down", say, "Look at usage", "overview")


def _commitment(row: PortfolioRow, today: date) -> Reason | None:
    use = row.commitment
    if use is None:
        return None
    pace = pace_of(use, today)
    if not pace.off_pace or pace.ratio is None:
        return None
    faster = pace.state is PaceState.AHEAD
    return Reason(
        60 + min(20.0, abs(pace.ratio - 1) * 40),
        f"{percent(pace.ratio)} of even pace",
        "warning",
        "trend-up" if faster else "hourglass-medium",
        lambda: explain(use, today),
        "Open billing",
        "billing",
    )


def _goals(row: PortfolioRow) -> Reason | None:
    overdue = row.goals_overdue
    if not overdue:
        return None

    def say() -> str:
        return f"{count(overdue, 'goal')} {'is' if overdue == 1 else 'are'} past the due day and not reached."

    flag = f"{count(overdue, 'goal')} overdue"
    return Reason(50 + overdue, flag, "warning", "target", say, "Open goals", "goals")
