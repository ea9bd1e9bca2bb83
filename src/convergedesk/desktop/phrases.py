"""Small turns of phrase that several pages share, built on the figures' wording."""

from __future__ import annotations

from datetime import date

from convergedesk.domain.month_names import MONTHS
from convergedesk.figures.wording import count, day, listing, short_day

__all__ = ["MONTHS", "listing", "long_day", "long_month", "near_day", "until"]

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_day(value: date) -> str:
    """A day with its weekday: 'Thursday 10 December'."""
    return f"{_WEEKDAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]}"


def long_month(value: date) -> str:
    """A month in full: 'December 2026'."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def near_day(value: date, today: date) -> str:
    """A day, without its year where that is the current one: '31 Mar 2027', '18 Dec'."""
    return short_day(value) if value.year == today.year else day(value)


def until(value: date, today: date) -> str:
    """How far a day is away: 'today', 'in 111 days', '3 days ago'."""
    distance = (value - today).days
    if distance == 0:
        return "today"
    return f"in {count(distance, 'day')}" if distance > 0 else f"{count(-distance, 'day')} ago"
