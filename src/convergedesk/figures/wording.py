"""Numbers and days as the program writes them, everywhere the same.

Plain Python, because the first page needs it before anything heavy is loaded.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from convergedesk.domain.money import Money, minor_digits

NARROW_SPACE = "\u202f"
MINUS = "\u2212"
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number(value: float) -> str:
    """A plain figure: '1,234.5', '97.4', '0.05', with a true minus."""
    if math.isnan(value):
        return "–"
    size = abs(value)
    digits = 0 if value == int(value) or size >= 100_000 else 1 if size >= 10 else 2
    text = f"{size:,.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if value < 0 and text != "0" else text


def short_number(value: float) -> str:
    """A figure for tight places: '2.36 M', '168k', '940'."""
    if math.isnan(value):
        return "–"
    size, sign = abs(value), MINUS if value < 0 else ""
    for limit, divisor, suffix in ((999_500_000, 1e9, " B"), (999_500, 1e6, " M"), (9_995, 1e3, "k")):
        if size >= limit:
            scaled = size / divisor
            digits = 2 if scaled < 10 else 1 if scaled < 100 else 0
            text = f"{scaled:.{digits}f}"
            if suffix == "k" and "." in text:
                text = text.rstrip("0").rstrip(".")
            return f"{sign}{text}{suffix.replace(' ', NARROW_SPACE)}"
    return number(value)


def percent(share: float, *, signed: bool = False) -> str:
    """A share as per cent: '31 %', '+4 %' or '−31 %', with a narrow no-break space."""
    if math.isnan(share):
        return "–"
    value = round(share * 100)
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    return f"{sign}{abs(value):,}{NARROW_SPACE}%"


def money(amount: Money) -> str:
    """An exact amount: '€4,860', '€4,860.50', 'CHF 12,000'; whole amounts lose the cents."""
    value = amount.amount
    digits = 0 if value == value.to_integral_value() else minor_digits(amount.currency)
    return _with_sign(f"{abs(value):,.{digits}f}", amount)


def short_money(amount: Money) -> str:
    """A rounded amount: '€168k', '€1.26 M', '€940'; from 100 on without cents."""
    size = abs(amount.amount)
    if size == 0:
        return _zero(amount)
    whole = size.to_integral_value() if size >= 100 else size
    return _with_sign(short_number(float(whole)), amount)


def day(value: date) -> str:
    """'10 Dec 2026'."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """'10 Dec'."""
    return f"{value.day} {_MONTHS[value.month - 1]}"


def month(value: date) -> str:
    """'Dec 2026'."""
    return f"{_MONTHS[value.month - 1]} {value.year}"


def count(quantity: int, one: str, many: str | None = None) -> str:
    """A count with its noun: '1 ticket', '4,218 tickets'."""
    return f"{quantity:,} {one if quantity == 1 else many or one + 's'}"


def listing(names: Sequence[str], limit: int = 3) -> str:
    """Names in a row: 'A', 'A and B', 'A, B and 3 more'."""
    if len(names) > limit:
        return f"{', '.join(names[:limit])} and {len(names) - limit} more"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def age(seconds: float) -> str:
    """How long ago: '4 min', '2 h', '3 days'."""
    if seconds < 3600:
        return f"{max(1, round(seconds / 60))} min"
    if seconds < 48 * 3600:
        return f"{round(seconds / 3600)} h"
    return f"{round(seconds / 86400):,} days"


def _with_sign(text: str, amount: Money) -> str:
    sign = _SIGNS.get(amount.currency, amount.currency + "\u00a0")
    return f"{MINUS if amount.minor_units < 0 else ''}{sign}{text}"


def _zero(amount: Money) -> str:
    return _with_sign("0", Money.of(Decimal(0), amount.currency))
