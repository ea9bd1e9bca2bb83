"""Good news that is worth sharing with a customer, and what one could say.

Plain Python, as `figures.need`. What is suggested holds nothing that the customer may not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from convergedesk.domain.kinds import AccountId
from convergedesk.domain.portfolio import PortfolioRow, ReachedGoal
from convergedesk.figures.need import week_of
from convergedesk.figures.need_words import interval_words
from convergedesk.figures.pacing import FAST_FROM
from convergedesk.figures.wording import count, percent, short_day

RESTORED_IS_NEWS = 21
# Who waited longer has other things to hear than that it is over.
_SOON_RESTORED = 60
_HEALTH_ROSE_BY = 10
_HEALTHY = "healthy"


class NewsKind(StrEnum):
    """What there is to be glad of."""

    RESTORED = "value restored"
    GOAL = "goal reached"
    USAGE = "usage above expected"
    HEALTH = "health is back"


class GoodNews(NamedTuple):
    """One thing that a customer would be glad to hear.

    Attributes:
        kind: What it is.
        account_id: Whose.
        name: As the customer writes it.
        sentence: What happened, for the team.
        say: What one could say to the customer; empty where it is for the team alone.
        on: The day that it is about, the newest first.
        tab: The account's tab that shows it.
        ticket_id: The ticket that it is about, or None.
    """

    kind: NewsKind
    account_id: AccountId
    name: str
    sentence: str
    say: str
    on: date
    tab: str
    ticket_id: int | None = None


def good_news(rows: Sequence[PortfolioRow], today: date) -> tuple[GoodNews, ...]:
    """The good news of these accounts, the newest first."""
    found = [news for row in rows for news in news_of(row, today)]
    found.sort(key=lambda news: (-news.on.toordinal(), news.name))
    return tuple(found)


def news_of(row: PortfolioRow, today: date) -> list[GoodNews]:
    """The good news of one account."""
    return [
        *_restored(row, today),
        *[_goal(row, goal) for goal in row.reached],
        *_usage(row, today),
        *_health(row),
    ]


def _restored(row: PortfolioRow, today: date) -> list[GoodNews]:
    back = None if row.brief is None else row.brief.restored
    if back is None or (today - back.restored_on).days > RESTORED_IS_NEWS or back.days > _SOON_RESTORED:
        return []
    after = _after(back.days)
    since = short_day(back.restored_on)
    say = (
        f"Since {since} your usage has been back where we would expect it, {after} #{back.number} was "
        "opened. Is everything working for you as it should?"
    )
    sentence = f"Value restored {after} #{back.number} was opened."
    return [
        GoodNews(
            NewsKind.RESTORED,
            row.account_id,
            row.name,
            sentence,
            say,
            back.restored_on,
            "tickets",
            back.ticket_id,
        )
    ]


def _after(days: int) -> str:
    return "on the day that" if days <= 0 else f"{count(days, 'day')} after"


def _goal(row: PortfolioRow, goal: ReachedGoal) -> GoodNews:
    early = 0 if goal.due_on is None else (goal.due_on - goal.reached_on).days
    when = f", {count(early, 'day')} early" if early > 0 else ""
    sentence = f"Goal reached on {short_day(goal.reached_on)}: “{goal.title}”{when}."
    say = (
        f"Congratulations: you reached “{goal.title}” on {short_day(goal.reached_on)}{when}. "
        "What would you like to reach next?"
    )
    return GoodNews(NewsKind.GOAL, row.account_id, row.name, sentence, say, goal.reached_on, "goals")


def _usage(row: PortfolioRow, today: date) -> list[GoodNews]:
    week = week_of(row, today)
    if week is None or week.verdict != "up" or week.unusual or row.brief is None or row.brief.as_of is None:
        return []
    # More usage that runs past the commitment is a bill to talk about first, and no good news.
    outlook = row.brief.outlook
    if outlook is not None and (
        outlook.exhausted is not None or (outlook.pace is not None and outlook.pace >= FAST_FROM)
    ):
        return []
    more = percent(week.estimate or 0.0)
    days = count(week.days, "day")
    sentence = f"Usage of the last {days} is {more} above expected {interval_words(week.low, week.high)}."
    say = (
        f"Your team used {more} more than we would have expected in the last {days}. What are you doing "
        "differently, and does it do for you what you hoped?"
    )
    return [GoodNews(NewsKind.USAGE, row.account_id, row.name, sentence, say, row.brief.as_of, "overview")]


def _health(row: PortfolioRow) -> list[GoodNews]:
    brief = row.brief
    if brief is None or brief.health is None or brief.health.change is None or brief.as_of is None:
        return []
    health, change = brief.health, brief.health.change
    if health.band != _HEALTHY or (health.before or 0.0) >= 75 or change < _HEALTH_ROSE_BY:
        return []
    sentence = f"Health is {round(health.score or 0.0)}, {round(change)} points more than 28 days ago."
    return [GoodNews(NewsKind.HEALTH, row.account_id, row.name, sentence, "", brief.as_of, "overview")]
