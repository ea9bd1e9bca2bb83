"""Home's title: what the accounts show today, in one sentence; and how old what it shows is."""

from __future__ import annotations

from convergedesk.desktop.pages.home.calm import anything_measured
from convergedesk.desktop.phrases import long_day, near_day
from convergedesk.domain.portfolio import HomeSnapshot
from convergedesk.figures.home.figure import Book
from convergedesk.figures.wording import count, number


def title(book: Book, asking: int) -> str:
    """How many accounts need a check-in; calm where none does."""
    rows = book.rows
    if not rows:
        return "No accounts yet"
    every = count(len(rows), "account")
    if asking:
        if asking == len(rows):
            return f"{every} {'needs' if asking == 1 else 'need'} a check-in"
        return f"{number(asking)} of {every} {'needs' if asking == 1 else 'need'} a check-in"
    return f"Nothing urgent at {every}" if anything_measured(rows) else f"{every}, nothing to compare yet"


def subtitle(snapshot: HomeSnapshot, *, computing: bool) -> str:
    """The day, up to when usage is known, and whether figures are still to come."""
    last = max((row.spark.last_day for row in snapshot.rows if row.spark.last_day), default=None)
    parts = [long_day(snapshot.today)]
    if last is not None:
        parts.append(f"usage known up to {near_day(last, snapshot.today)}")
    if snapshot.not_computed and snapshot.rows:
        waiting = (
            "" if snapshot.not_computed == len(snapshot.rows) else f" for {number(snapshot.not_computed)}"
        )
        parts.append(f"expected usage and health not computed yet{waiting}")
    elif computing:
        parts.append(f"new figures are on their way; these are {_computed(snapshot)}")
    return " · ".join(parts)


def _computed(snapshot: HomeSnapshot) -> str:
    at = snapshot.computed_at
    if at is None:
        return "the last known ones"
    return f"of {near_day(at.date(), snapshot.today)}, {at:%H:%M} UTC"
