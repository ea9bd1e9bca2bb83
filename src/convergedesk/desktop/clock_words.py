"""Instants in an account's own time zone, and durations, as the program writes them. No Qt, no numpy."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from math import ceil
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from convergedesk.desktop.phrases import near_day
from convergedesk.figures.wording import count, day

_DAY_MINUTES = 24 * 60


@lru_cache(maxsize=64)
def zone_of(name: str) -> tzinfo:
    """The time zone of an IANA name; UTC for a name that this computer does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def moment(instant: datetime, zone: tzinfo, today: date | None = None) -> str:
    """Day and time: '21 Oct 2026 08:12', or '21 Oct 08:12' in the year of `today`."""
    local = instant.astimezone(zone)
    told = day(local.date()) if today is None else near_day(local.date(), today)
    return f"{told} {local:%H:%M}"


def days_between(start: datetime, end: datetime, zone: tzinfo) -> int:
    """How many midnights of `zone` lie between two instants."""
    return (end.astimezone(zone).date() - start.astimezone(zone).date()).days


def minutes(total: int) -> str:
    """A duration known to the minute: '22 min', '3 h 5 min', '2 days 4 h'."""
    if total < 60:
        return f"{total} min"
    if total < _DAY_MINUTES:
        hours, rest = divmod(total, 60)
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    whole, rest = divmod(total, _DAY_MINUTES)
    days = count(whole, "day")
    return f"{days} {rest // 60} h" if rest >= 60 else days


def time_left(seconds: float) -> str:
    """What remains of a job: 'about 40 s left', '2 min left', '1 h 10 min left'."""
    if seconds < 55:
        return f"about {max(5, ceil(seconds / 5) * 5)} s left"
    return f"{minutes(ceil(seconds / 60))} left"
