"""Numbers, money, days and durations as the screens write them.

One spelling everywhere: 1,234.5 · −31 % · €4,860 · €168k · €1.26 M · 10 Dec 2026 · 08:12.
"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from convergedesk.domain.money import Money, minor_digits

MINUS = "\N{MINUS SIGN}"
THIN = "\N{NARROW NO-BREAK SPACE}"
DASH = "\N{EN DASH}"
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MINUTES_A_DAY = 24 * 60
_STEPS = ((1e9, f"{THIN}bn"), (1e6, f"{THIN}M"), (1e3, "k"))


def number(value: float, decimals: int | None = None) -> str:
    """1,234.5 with a true minus; without `decimals` as many as the value needs, at most two."""
    if math.isnan(value):
        return DASH
    text = f"{abs(value):,.{2 if decimals is None else decimals}f}"
    if decimals is None:
        text = text.rstrip("0").rstrip(".")
    return MINUS + text if value < 0 and text.strip("0.,") else text


def compact(value: float) -> str:
    """Three significant digits with k, M or bn: 2.36 M, 168k, 941."""
    if math.isnan(value):
        return DASH
    size = abs(value)
    for step, suffix in _STEPS:
        if size >= step * 0.9995:
            scaled = size / step
            digits = max(0, 2 - int(math.log10(max(scaled, 1.0))))
            text = f"{scaled:,.{digits}f}" + suffix
            return MINUS + text if value < 0 else text
    return number(value, 0 if size >= 100 or value == int(value) else 1)


def percent(share: float, *, decimals: int = 0, signed: bool = False) -> str:
    """−31 % of a share of −0.31; `signed` writes a plus as well."""
    text = number(share * 100, decimals)
    if signed and share > 0 and text.strip("0.,"):
        text = f"+{text}"
    return f"{text}{THIN}%"


def money(amount: Money) -> str:
    """Exact: €4,860, €4,860.50, CHF 12."""
    major = amount.amount
    digits = 0 if major == major.to_integral_value() else minor_digits(amount.currency)
    return _signed_money(amount, f"{abs(major):,.{digits}f}")


def money_rounded(amount: Money) -> str:
    """For tiles and tables: €168k, €1.26 M, €940."""
    return _signed_money(amount, compact(abs(float(amount.amount))))


def _signed_money(amount: Money, text: str) -> str:
    sign = _SIGNS.get(amount.currency, f"{amount.currency}{THIN}")
    return f"{MINUS if amount.minor_units < 0 else ''}{sign}{text}"


def count(n: int, one: str, many: str = "") -> str:
    """'1 ticket', '4,218 tickets'."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def day(value: date, today: date | None = None) -> str:
    """10 Dec 2026; without the year where it is that of `today`."""
    text = f"{value.day} {_MONTHS[value.month - 1]}"
    return text if today is not None and today.year == value.year else f"{text} {value.year}"


def weekday(value: date) -> str:
    """Thursday 10 Dec 2026."""
    return f"{_WEEKDAYS[value.weekday()]} {day(value)}"


def month(value: date) -> str:
    """Dec 2026."""
    return f"{_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime, zone: tzinfo = UTC, today: date | None = None) -> str:
    """21 Oct 2026 08:12 in `zone`; without the year where it is that of `today`."""
    local = value.astimezone(zone)
    return f"{day(local.date(), today)} {local:%H:%M}"


@lru_cache(maxsize=64)
def zone(name: str) -> tzinfo:
    """The time zone of an IANA name; UTC for a name that this computer does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def days(n: int) -> str:
    """'1 day', '6 days'."""
    return count(n, "day")


def days_between(start: datetime, end: datetime, tz: tzinfo = UTC) -> int:
    """Whole calendar days from one instant to another, in the account's days."""
    return (end.astimezone(tz).date() - start.astimezone(tz).date()).days


def minutes(n: int) -> str:
    """22 min, 3 h 05 min, 2 days 4 h."""
    if n < 60:
        return f"{n} min"
    if n < _MINUTES_A_DAY:
        hours, rest = divmod(n, 60)
        return f"{hours} h {rest:02d} min" if rest else f"{hours} h"
    whole, rest = divmod(n, _MINUTES_A_DAY)
    hours = rest // 60
    return f"{days(whole)} {hours} h" if hours else days(whole)


def time_left(seconds: float) -> str:
    """'about 40 s left', '2 min left', '1 h 10 min left'."""
    if seconds < 55:
        return f"about {max(5, math.ceil(seconds / 5) * 5)} s left"
    left = timedelta(minutes=math.ceil(seconds / 60))
    return f"{minutes(left // timedelta(minutes=1))} left"


def file_size(octets: int) -> str:
    """2 KB, 14.2 MB."""
    if octets < 1000:
        return f"{octets} bytes"
    for step, suffix in ((1e9, "GB"), (1e6, "MB"), (1e3, "KB")):
        if octets >= step:
            return f"{number(octets / step, 0 if octets / step >= 10 or suffix == 'KB' else 1)} {suffix}"
    return f"{octets} bytes"


def quoted(text: str) -> str:
    """In curly quotes, as sentences name a file or a value."""
    return f"“{text}”"
