"""Dates and times as people and programs write them.

A numeric date such as 03/04/2026 has no meaning until somebody says which comes first, so
nothing here guesses: without an order it stays unread. With dots the day comes first, which
holds in every locale of the CLDR; with the year first there is only one order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_TIME = (
    r"(?:(?:T|t|,?\s+(?:at\s+|um\s+)?)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?(?:\s*\(?UTC\)?)?)?"
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})" + _TIME)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:T(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?P<fraction>)(?P<half>)(?P<zone>Z|[+-]\d{4})?)?"
)
_YEAR_LAST = re.compile(
    r"(?P<one>\d{1,2})(?P<sign>[-/.])\s?(?P<two>\d{1,2})(?P=sign)\s?(?P<year>\d{4}|\d{2})" + _TIME
)
_DAY_NAME = re.compile(
    r"(?i)^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)"
    r"(?:day)?[.,]*\s+"
)
_DAY_NAMED = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?[-/\s]*(?P<name>[^\W\d]{3,10})\.?,?[-/\s]*(?P<year>\d{4}|\d{2})"
    + _TIME
)
_NAMED_DAY = re.compile(
    r"(?P<name>[^\W\d]{3,10})\.?[-\s]*(?P<day>\d{1,2})(?:st|nd|rd|th)?,?[-\s]+(?P<year>\d{4})" + _TIME
)
_NAMED_MONTH = re.compile(r"(?P<name>[^\W\d]{3,10})\.?[-/\s,]*'?(?P<year>\d{4}|\d{2})")
_YEAR_MONTH = re.compile(r"(?P<year>\d{4})(?:[-/.]|\s?[Mm]-?)?(?P<month>\d{1,2})")
_YEAR_NAMED = re.compile(r"(?P<year>\d{4})[-/\s](?P<name>[^\W\d]{3,10})\.?")
_MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})")
_PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_EXCEL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_MONTH_NAMES = (
    ("january", "januar", "jänner", "janvier", "enero", "jan", "ene"),
    ("february", "februar", "février", "fevrier", "febrero", "feb", "fév", "fev"),
    ("march", "märz", "maerz", "mars", "marzo", "mar", "mär", "mrz"),
    ("april", "avril", "abril", "apr", "avr", "abr"),
    ("may", "mai", "mayo"),
    ("june", "juni", "juin", "junio", "jun"),
    ("july", "juli", "juillet", "julio", "jul"),
    ("august", "août", "aout", "agosto", "aug", "ago"),
    ("september", "septembre", "septiembre", "sep", "sept"),
    ("october", "oktober", "octobre", "octubre", "oct", "okt"),
    ("november", "novembre", "noviembre", "nov"),
    ("december", "dezember", "décembre", "decembre", "diciembre", "dec", "dez", "déc", "dic"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}


class DateOrder(StrEnum):
    """Which comes first in a numeric date that ends with the year."""

    DMY = "dmy"
    MDY = "mdy"


class OrderFit(StrEnum):
    """Which orders a text can be read in."""

    DMY_ONLY = "dmy_only"
    MDY_ONLY = "mdy_only"
    EITHER = "either"
    ANY = "any"
    """It needs no order, because it has none to choose."""
    NONE = "none"
    """It is no date."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or time as written.

    Attributes:
        at: Aware where the text states its zone, else the naive local time.
        has_time: False for a bare day.
        month_only: True where the text names a month without a day; `at` is its first.
    """

    at: datetime
    has_time: bool
    month_only: bool = False


def _year(text: str) -> int:
    # POSIX: two-digit years from 69 on are of the twentieth century.
    year = int(text)
    return year if len(text) > 2 else year + (1900 if year >= 69 else 2000)


def _zone(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:] if len(text) > 3 else 0)
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _moment(year: int, month: int, day: int, found: re.Match[str]) -> Moment | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    parts = found.groupdict()
    try:
        if not parts.get("hour"):
            return Moment(datetime(year, month, day), has_time=False)  # noqa: DTZ001 - as written
        hour, half = int(parts["hour"]), (parts["half"] or "").lower()
        if half:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if half.startswith("p") else 0)
        micro = int((parts["fraction"] or "0")[:6].ljust(6, "0"))
        zone = _zone(parts["zone"]) if parts["zone"] else None
        at = datetime(
            year, month, day, hour, int(parts["minute"]), int(parts["second"] or 0), micro, tzinfo=zone
        )
        at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Moment(at, has_time=True)


def _from_number(text: str) -> Moment | None:
    """Excel's serial days and Unix seconds, milliseconds and microseconds, told apart by size."""
    whole, _, fraction = text.partition(".")
    digits = len(whole)
    if digits == 5 and _FIRST_SERIAL <= int(whole) <= _LAST_SERIAL:
        at = _EXCEL_ZERO + timedelta(days=float(text))
        rounded = (at + timedelta(milliseconds=500)).replace(microsecond=0)
        return Moment(rounded, has_time=bool(fraction.strip("0")))
    divisor = {9: 1, 10: 1, 12: 1_000, 13: 1_000, 15: 1_000_000, 16: 1_000_000}.get(digits)
    if divisor is None:
        return None
    micros = int(whole) * (1_000_000 // divisor)
    if divisor == 1 and fraction:
        micros += int(fraction[:6].ljust(6, "0"))
    return Moment(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros), has_time=True)


def _named(text: str) -> Moment | None:
    bare = _DAY_NAME.sub("", text)
    for pattern in (_DAY_NAMED, _NAMED_DAY):
        found = pattern.fullmatch(bare)
        if found and (month := _MONTHS.get(found["name"].lower())):
            return _moment(_year(found["year"]), month, int(found["day"]), found)
    for pattern in (_NAMED_MONTH, _YEAR_NAMED):
        found = pattern.fullmatch(bare)
        if found and (month := _MONTHS.get(found["name"].lower())):
            return _month(_year(found["year"]), month)
    return None


def _month(year: int, month: int) -> Moment | None:
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12):
        return None
    return Moment(datetime(year, month, 1), has_time=False, month_only=True)  # noqa: DTZ001 - as written


@lru_cache(maxsize=65_536)
def parse_moment(text: str, order: DateOrder | None = None) -> Moment | None:
    """The moment that a text names, or None where it names none or needs an order.

    Args:
        text: Such as '2026-04-03T08:12:00Z', '3.4.2026', 'Apr 3, 2026 8:12 PM', '46115' or 'Mar 2026'.
        order: How to read numeric dates that end with the year.
    """
    text = text.strip()
    if found := _YEAR_FIRST.fullmatch(text):
        return _moment(int(found["year"]), int(found["month"]), int(found["day"]), found)
    if found := _YEAR_LAST.fullmatch(text):
        if found["sign"] != "." and order is None:
            return None
        one, two = int(found["one"]), int(found["two"])
        day_first = found["sign"] == "." or order is DateOrder.DMY
        return _moment(_year(found["year"]), two if day_first else one, one if day_first else two, found)
    if (found := _COMPACT.fullmatch(text)) and (
        compact := _moment(int(found["year"]), int(found["month"]), int(found["day"]), found)
    ):
        return compact
    if (found := _YEAR_MONTH.fullmatch(text) or _MONTH_YEAR.fullmatch(text)) and (
        month := _month(int(found["year"]), int(found["month"]))
    ):
        return month
    if _PLAIN_NUMBER.fullmatch(text):
        return _from_number(text)
    return _named(text)


def order_fit(text: str) -> OrderFit:
    """Which orders a text can be read in."""
    bare = text.strip()
    found = _YEAR_LAST.fullmatch(bare)
    if found is None or found["sign"] == ".":
        return OrderFit.ANY if parse_moment(bare) is not None else OrderFit.NONE
    day_first = parse_moment(bare, DateOrder.DMY) is not None
    month_first = parse_moment(bare, DateOrder.MDY) is not None
    if day_first and month_first:
        # 05/05/2026 is the same day in both.
        return OrderFit.ANY if int(found["one"]) == int(found["two"]) else OrderFit.EITHER
    if day_first or month_first:
        return OrderFit.DMY_ONLY if day_first else OrderFit.MDY_ONLY
    return OrderFit.NONE


def to_instant(moment: Moment, zone: ZoneInfo) -> datetime:
    """The instant in UTC; a time without a zone is one of `zone`."""
    at = moment.at if moment.at.tzinfo is not None else moment.at.replace(tzinfo=zone)
    return at.astimezone(UTC)


def to_day(moment: Moment, zone: ZoneInfo) -> date:
    """The day in `zone`; a day or time without a zone is of that zone already."""
    return moment.at.date() if moment.at.tzinfo is None else moment.at.astimezone(zone).date()
