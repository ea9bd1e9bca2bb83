"""Public holidays by country and region, from the `holidays` library, which needs no network."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from convergedesk.domain.calendar import CalendarEvent, CalendarEventKind

_LANGUAGE = "en_US"


def public_holidays(country: str, region: str | None, years: Iterable[int]) -> tuple[CalendarEvent, ...]:
    """The public holidays of a country, and of a part of it, in some years, by day.

    Args:
        country: ISO 3166-1 alpha-2.
        region: ISO 3166-2 without the country, or None. One that the library does not know counts as None.
        years: Calendar years.

    Returns:
        Nothing for a country that the library does not know.
    """
    known = region if region in regions(country) else None
    return tuple(event for year in sorted(set(years)) for event in _of_year(country, known, year))


@lru_cache(maxsize=1024)
def _of_year(country: str, region: str | None, year: int) -> tuple[CalendarEvent, ...]:
    import holidays

    if country not in holidays.list_supported_countries():
        return ()
    found: dict[date, str] = holidays.country_holidays(country, subdiv=region, years=year, language=_LANGUAGE)
    return tuple(
        CalendarEvent(CalendarEventKind.HOLIDAY, name, day, day, None, country)
        for day, name in sorted(found.items())
    )


@lru_cache(maxsize=300)
def regions(country: str) -> tuple[str, ...]:
    """The parts of a country that have holidays of their own, after ISO 3166-2."""
    import holidays

    return tuple(sorted(holidays.list_supported_countries().get(country, [])))


def countries() -> tuple[str, ...]:
    """The countries whose holidays are known, ISO 3166-1 alpha-2."""
    import holidays

    return tuple(sorted(code for code in holidays.list_supported_countries() if len(code) == 2))
