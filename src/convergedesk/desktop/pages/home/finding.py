"""Home's title: what the accounts show today, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from convergedesk.desktop.pages.home.calm import anything_measured
from convergedesk.desktop.phrases import long_day, near_day
from convergedesk.desktop.portfolio.views import USAGE_FELL_BY, is_off_pace, usage_fell
from convergedesk.domain.portfolio import HomeSnapshot, PortfolioRow
from convergedesk.figures.wording import count, number, percent


def title(rows: Sequence[PortfolioRow], today: date) -> str:
    """The most urgent thing that is true of these accounts; calm where nothing is."""
    if not rows:
        return "No accounts yet"
    every = count(len(rows), "account")
    if high := sum(row.open_high for row in rows):
        where = _of(sum(1 for row in rows if row.open_high), every)
        verb = "is" if high == 1 else "are"
        return f"{count(high, 'high-priority ticket')} {verb} open at {where}"
    if fell := sum(1 for row in rows if usage_fell(row)):
        return f"Usage fell by {percent(USAGE_FELL_BY)} or more at {_of(fell, every)}"
    if overdue := sum(row.goals_overdue for row in rows):
        return f"{count(overdue, 'goal')} past due at {_of(sum(1 for r in rows if r.goals_overdue), every)}"
    if off_pace := sum(1 for row in rows if is_off_pace(row, today)):
        return f"Commitments are off pace at {_of(off_pace, every)}"
    return f"Nothing urgent at {every}" if anything_measured(rows) else f"{every}, nothing to compare yet"


def subtitle(snapshot: HomeSnapshot) -> str:
    """The day, and up to when usage is known."""
    last = max((row.spark.last_day for row in snapshot.rows if row.spark.last_day), default=None)
    known = f" · usage known up to {near_day(last, snapshot.today)}" if last else ""
    return f"{long_day(snapshot.today)}{known}"


def _of(some: int, every: str) -> str:
    return every if every.startswith(f"{number(some)} ") else f"{number(some)} of {every}"
