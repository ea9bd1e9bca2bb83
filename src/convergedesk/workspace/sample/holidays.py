"""Public holidays of the countries in which the sample's customers work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

_FIXED: dict[str, tuple[tuple[int, int, str], ...]] = {
    "AT": ((1, 6, "Epiphany"), (5, 1, "Labour Day"), (8, 15, "Assumption Day"), (10, 26, "National Day"),
           (11, 1, "All Saints' Day"), (12, 8, "Immaculate Conception")),
    "BE": ((5, 1, "Labour Day"), (7, 21, "National Day"), (8, 15, "Assumption Day"),
           (11, 1, "All Saints' Day"), (11, 11, "Armistice Day")),
    "DE": ((5, 1, "Labour Day"), (10, 3, "German Unity Day")),
    "DK": ((6, 5, "Constitution Day"),),
    "ES": ((1, 6, "Epiphany"), (5, 1, "Labour Day"), (8, 15, "Assumption Day"), (10, 12, "National Day"),
           (11, 1, "All Saints' Day"), (12, 6, "Constitution Day"), (12, 8, "Immaculate Conception")),
    "FI": ((1, 6, "Epiphany"), (5, 1, "May Day"), (12, 6, "Independence Day")),
    "FR": ((5, 1, "Labour Day"), (5, 8, "Victory Day"), (7, 14, "National Day"), (8, 15, "Assumption Day"),
           (11, 1, "All Saints' Day"), (11, 11, "Armistice Day")),
    "GB": (),
    "IE": ((3, 17, "Saint Patrick's Day"),),
    "IT": ((1, 6, "Epiphany"), (4, 25, "Liberation Day"), (5, 1, "Labour Day"), (6, 2, "Republic Day"),
           (8, 15, "Assumption Day"), (11, 1, "All Saints' Day"), (12, 8, "Immaculate Conception")),
    "NL": ((4, 27, "King's Day"),),
    "PL": ((1, 6, "Epiphany"), (5, 1, "Labour Day"), (5, 3, "Constitution Day"), (8, 15, "Assumption Day"),
           (11, 1, "All Saints' Day"), (11, 11, "Independence Day")),
    "PT": ((4, 25, "Freedom Day"), (5, 1, "Labour Day"), (6, 10, "Portugal Day"), (8, 15, "Assumption Day"),
           (10, 5, "Republic Day"), (12, 1, "Restoration of Independence"), (12, 8, "Immaculate Conception")),
    "SE": ((1, 6, "Epiphany"), (5, 1, "May Day"), (6, 6, "National Day")),
    "US": ((7, 4, "Independence Day"), (11, 11, "Veterans Day")),
}  # fmt: skip

# Days after Easter Sunday.
_EASTER: dict[str, tuple[tuple[int, str], ...]] = {
    "AT": ((1, "Easter Monday"), (39, "Ascension Day"), (50, "Whit Monday"), (60, "Corpus Christi")),
    "BE": ((1, "Easter Monday"), (39, "Ascension Day"), (50, "Whit Monday")),
    "DE": ((-2, "Good Friday"), (1, "Easter Monday"), (39, "Ascension Day"), (50, "Whit Monday")),
    "DK": ((-3, "Maundy Thursday"), (-2, "Good Friday"), (1, "Easter Monday"), (39, "Ascension Day")),
    "ES": ((-2, "Good Friday"),),
    "FI": ((-2, "Good Friday"), (1, "Easter Monday"), (39, "Ascension Day")),
    "FR": ((1, "Easter Monday"), (39, "Ascension Day"), (50, "Whit Monday")),
    "GB": ((-2, "Good Friday"), (1, "Easter Monday")),
    "IE": ((1, "Easter Monday"),),
    "IT": ((1, "Easter Monday"),),
    "NL": ((1, "Easter Monday"), (39, "Ascension Day"), (50, "Whit Monday")),
    "PL": ((1, "Easter Monday"), (60, "Corpus Christi")),
    "PT": ((-2, "Good Friday"), (60, "Corpus Christi")),
    "SE": ((-2, "Good Friday"), (1, "Easter Monday"), (39, "Ascension Day")),
    "US": (),
}

# (month, weekday with Monday 0, which one; -1 is the last)
_NTH: dict[str, tuple[tuple[int, int, int, str], ...]] = {
    "GB": ((5, 0, 1, "Early May Bank Holiday"), (5, 0, -1, "Spring Bank Holiday"),
           (8, 0, -1, "Summer Bank Holiday")),
    "IE": ((5, 0, 1, "May Bank Holiday"), (6, 0, 1, "June Bank Holiday"), (8, 0, 1, "August Bank Holiday"),
           (10, 0, -1, "October Bank Holiday")),
    "US": ((1, 0, 3, "Martin Luther King Day"), (5, 0, -1, "Memorial Day"), (9, 0, 1, "Labor Day"),
           (11, 3, 4, "Thanksgiving")),
}  # fmt: skip

COUNTRIES = tuple(_FIXED)


@cache
def holidays(country: str, year: int) -> dict[date, str]:
    """The public holidays of a country in a year, by day; empty for a country not known here."""
    return dict(sorted(_of_year(country, year)))


def _of_year(country: str, year: int) -> Iterator[tuple[date, str]]:
    if country not in _FIXED:
        return
    yield date(year, 1, 1), "New Year's Day"
    yield date(year, 12, 25), "Christmas Day"
    if country not in {"ES", "FR", "PT", "BE", "US"}:
        yield date(year, 12, 26), "Second Day of Christmas" if country != "GB" else "Boxing Day"
    for month, day, name in _FIXED[country]:
        yield date(year, month, day), name
    easter = easter_sunday(year)
    for offset, name in _EASTER[country]:
        yield easter + timedelta(days=offset), name
    for month, weekday, which, name in _NTH.get(country, ()):
        yield _nth(year, month, weekday, which), name


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    if which > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)
