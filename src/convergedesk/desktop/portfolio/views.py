"""The computed views of all accounts, the same on Home, in the list and in its counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from convergedesk.domain.kinds import Lifecycle
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.need import usage_fell, week_of
from convergedesk.figures.pacing import EARLY_DAYS, FAST_FROM, RULE, SLOW_UNDER, pace_of

RENEWS_WITHIN_DAYS = 120
ALL, HIGH_OPEN, USAGE_DOWN, OFF_PACE = "all", "high_open", "usage_down", "off_pace"
RENEWS, OVERDUE, NO_USAGE, GONE = "renews", "overdue", "no_usage", "gone"


class PortfolioView(NamedTuple):
    """A way to look at all accounts.

    Attributes:
        key: Name in code and in places.
        title: On the button.
        icon: Phosphor name.
        rule: What puts an account into the view, in plain words.
        holds: True for the accounts that belong to it on a day.
    """

    key: str
    title: str
    icon: str
    rule: str
    holds: Callable[[PortfolioRow, date], bool]


def renews_soon(row: PortfolioRow, today: date) -> bool:
    """True where the term of a customer ends within the next 120 days."""
    if row.renews_on is None or row.lifecycle is Lifecycle.CHURNED:
        return False
    return 0 <= (row.renews_on - today).days <= RENEWS_WITHIN_DAYS


def is_off_pace(row: PortfolioRow, today: date) -> bool:
    """True where the commitment is behind or ahead of its pace by more than the rule allows."""
    outlook = None if row.brief is None else row.brief.outlook
    if outlook is not None and outlook.pace is not None:
        early = (today - outlook.starts_on).days < EARLY_DAYS
        return not early and not SLOW_UNDER <= outlook.pace < FAST_FROM
    return row.commitment is not None and pace_of(row.commitment, today).off_pace


def is_below(row: PortfolioRow, today: date) -> bool:
    """True where the last week lies below expected; where that is not measured, where 28 days fell."""
    week = week_of(row, today)
    if week is not None and week.abstained is None:
        return week.verdict == "down" and not week.unusual
    return usage_fell(row)


def has_no_usage(row: PortfolioRow) -> bool:
    """True where no usage is known for a customer who has not left."""
    return row.usage_28 is None and row.lifecycle is not Lifecycle.CHURNED


VIEWS = (
    PortfolioView(ALL, "All accounts", "buildings", "Every account", lambda _row, _today: True),
    PortfolioView(
        HIGH_OPEN,
        "High-priority open",
        "flag",
        "At least one ticket of high priority is open",
        lambda row, _today: row.open_high > 0,
    ),
    PortfolioView(
        USAGE_DOWN,
        "Below expected",
        "trend-down",
        "The whole 95 % interval of the last 7 days lies below expected; where nothing is expected yet, "
        "usage of 28 days is at least 15 % under the 28 days before",
        is_below,
    ),
    PortfolioView(OFF_PACE, "Commitment off pace", "gauge", RULE, is_off_pace),
    PortfolioView(
        RENEWS,
        f"Renews in {RENEWS_WITHIN_DAYS} days",
        "clock",
        f"The current term ends within {RENEWS_WITHIN_DAYS} days",
        renews_soon,
    ),
    PortfolioView(
        OVERDUE,
        "Overdue goals",
        "target",
        "At least one goal is past its due day and not reached",
        lambda row, _today: row.goals_overdue > 0,
    ),
    PortfolioView(
        NO_USAGE,
        "No usage",
        "chart-line-up",
        "No usage is known, and the customer has not left",
        lambda row, _today: has_no_usage(row),
    ),
)
# Apart, since these accounts stand in no other view.
GONE_VIEW = PortfolioView(
    GONE,
    "Gone",
    "minus-circle",
    "Missing from the latest whole list of accounts; kept with all that is known of them",
    lambda row, _today: row.gone_since is not None,
)


def view_of(key: str | None) -> PortfolioView:
    """The view of that name; all accounts for None or a name that is not known."""
    return next((view for view in (*VIEWS, GONE_VIEW) if view.key == key), VIEWS[0])
