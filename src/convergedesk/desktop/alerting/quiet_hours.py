"""Hours in which no notification comes."""

from __future__ import annotations

from datetime import time


def hour_of(text: str) -> time | None:
    """'19:00' as a time of day; None for anything else."""
    try:
        return time.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        return None


def is_quiet(now: time, begin: time | None, end: time | None) -> bool:
    """Whether a time of day lies in the quiet hours, which may reach over midnight.

    Args:
        now: Local time of day.
        begin: When they begin; None for no quiet hours.
        end: When they end, that minute no more quiet; None likewise.
    """
    if begin is None or end is None or begin == end:
        return False
    if begin < end:
        return begin <= now < end
    return now >= begin or now < end
