"""Instants, months and days in the form in which the file keeps them. No imports beyond the library."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_microseconds(instant: datetime) -> int:
    """Whole microseconds since 1970-01-01 UTC. Raises ValueError without a time zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone")
    return (instant - _EPOCH) // _MICROSECOND


def from_microseconds(microseconds: int) -> datetime:
    """The instant, aware, in UTC."""
    return _EPOCH + timedelta(microseconds=microseconds)


def month_number(day: date) -> int:
    """Months since year 0: 2026-03 is 2026 x 12 + 2."""
    return day.year * 12 + day.month - 1


def first_of_month(number: int) -> date:
    """The first day of the month with that number."""
    return date(number // 12, number % 12 + 1, 1)
