"""What a ticket's page says of its account right now, and what happened to its goals meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from convergedesk.domain.episodes import Episode, KeptEffect
from convergedesk.domain.goals import GoalMeasurement
from convergedesk.figures.account import GoalView
from convergedesk.figures.effect_words import why
from convergedesk.figures.figure_ids import account_part, figure_id
from convergedesk.figures.goal_why import goal_why
from convergedesk.figures.why import Link, LinkKind, Why, WhyRow, span_words
from convergedesk.figures.wording import count, number

AFTERWARDS = timedelta(days=14)
"""How long after a ticket's end a goal's values still count as 'during'."""


def why_now(effect: KeptEffect, account_id: int, name: str, as_of: date | None) -> Why:
    """Behind an account's usage of the last days against expected."""
    found = why(
        effect, as_of=as_of, figure_id=figure_id("usage", account_part(account_id, name), effect.horizon)
    )
    row = WhyRow(name, "Overview", Link(LinkKind.ACCOUNT, account_id, "overview"))
    return replace(
        found, title=f"Usage of the last {count(effect.horizon, 'day')}, against expected", behind=(row,)
    )


def goal_meanwhile(view: GoalView, episode: Episode | None, opened: date, closed: date | None) -> str:
    """What a goal's value did around a ticket: '250 before, 410 meanwhile, 210 now'; empty if not known."""
    first, last = trouble_days(episode, opened, closed)
    before = [one for one in view.history if one.day < first]
    during = [one for one in view.history if first <= one.day <= last]
    if not before or not during:
        return ""
    start = before[-1].value
    worst = _furthest(during, start, rising_is_good=view.goal.target >= view.goal.start)
    told = f"{number(start)} before, {number(worst)} meanwhile"
    return told if view.goal.current is None else f"{told}, {number(view.goal.current)} now"


def trouble_days(episode: Episode | None, opened: date, closed: date | None) -> tuple[date, date]:
    """First and last day that count as 'during' a ticket: from the dip's onset to two weeks after the end."""
    back = None if episode is None else episode.restoration
    first = opened if back is None or back.onset_on is None else min(back.onset_on, opened)
    ends = [day for day in (closed, None if back is None else back.restored_on) if day is not None]
    return first, max(ends, default=opened + AFTERWARDS) + AFTERWARDS


def why_goal(view: GoalView, meanwhile: str, days: tuple[date, date], today: date) -> Why:
    """Behind a goal's standing and what it did around a ticket."""
    found = goal_why(view, today)
    if not meanwhile:
        return found
    span = f"Around the ticket: {span_words(*days)}, to two weeks after the end of the trouble."
    caution = "What it did meanwhile stands beside the ticket; it does not show what caused it."
    return replace(
        found,
        window=f"{found.window} {span}",
        rows=(*found.rows, ("Around the ticket", meanwhile)),
        caution=f"{found.caution} {caution}",
    )


def _furthest(during: Sequence[GoalMeasurement], start: float, *, rising_is_good: bool) -> float:
    """The value furthest on the bad side; where none is there, the furthest on the good one."""
    values = [one.value for one in during]
    worst = min(values) if rising_is_good else max(values)
    bad = worst < start if rising_is_good else worst > start
    return worst if bad else (max(values) if rising_is_good else min(values))
