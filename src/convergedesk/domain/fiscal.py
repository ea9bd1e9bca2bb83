"""Quarters of a fiscal year that may begin in any month."""

from __future__ import annotations

from datetime import date, timedelta

CALENDAR_YEAR = 1


def quarter_start(day: date, first_month: int = CALENDAR_YEAR) -> date:
    """The first day of the fiscal quarter that a day lies in.

    Args:
        day: Any day.
        first_month: First month of the fiscal year, 1 to 12.
    """
    back = (day.month - first_month) % 3
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def next_quarter(day: date, first_month: int = CALENDAR_YEAR) -> date:
    """The first day of the quarter after the one that a day lies in."""
    return quarter_start(quarter_start(day, first_month) + timedelta(days=95), first_month)


def previous_quarter(day: date, first_month: int = CALENDAR_YEAR) -> date:
    """The first day of the quarter before the one that a day lies in."""
    return quarter_start(quarter_start(day, first_month) - timedelta(days=1), first_month)


def quarter_name(day: date, first_month: int = CALENDAR_YEAR) -> str:
    """'Q4 2026' in calendar years; otherwise 'Q3 FY2027', named by the year in which the year ends."""
    number = (day.month - first_month) % 12 // 3 + 1
    if first_month == CALENDAR_YEAR:
        return f"Q{number} {day.year}"
    year = day.year + (day.month >= first_month)
    return f"Q{number} FY{year}"
