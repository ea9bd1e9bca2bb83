"""Time zones to choose from."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones


@cache
def time_zones() -> tuple[tuple[str, str], ...]:
    """Every zone that this computer knows, UTC first, as options of a `Select`."""
    return tuple((name, name.replace("_", " ")) for name in ("UTC", *sorted(available_timezones() - {"UTC"})))
