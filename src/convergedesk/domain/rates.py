"""Money of several currencies in one, at rates that somebody stated for a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from convergedesk.domain.money import Money
from convergedesk.domain.tiers import EXACT, Rounding


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """What one unit of a currency is worth in another from a day on.

    Attributes:
        currency: ISO 4217.
        into_currency: ISO 4217.
        day: First day on which it holds, until a later rate of the same pair.
        rate: Units of `into_currency` for one unit of `currency`, above 0.
        source: Who or what stated it, such as 'ECB' or a name.
    """

    currency: str
    into_currency: str
    day: date
    rate: Decimal
    source: str = ""


@dataclass(frozen=True, slots=True)
class Converted:
    """Amounts added up in one currency.

    Attributes:
        total: The sum, or None where a rate is missing.
        rates: The rates that were used, by currency.
        missing: Currencies without a rate on that day.
    """

    total: Money | None
    rates: tuple[ExchangeRate, ...]
    missing: tuple[str, ...]


def rate_on(
    rates: Iterable[ExchangeRate], currency: str, into_currency: str, day: date
) -> ExchangeRate | None:
    """The rate that holds on a day: the latest stated on or before it; None where there is none.

    Only the stated direction counts; the inverse of a rate is another rate.
    """
    begun = [
        one
        for one in rates
        if one.currency == currency and one.into_currency == into_currency and one.day <= day
    ]
    return max(begun, key=lambda one: one.day, default=None)


def convert(
    amounts: Iterable[Money], into_currency: str, rates: Sequence[ExchangeRate], day: date
) -> Converted:
    """Adds amounts up in one currency at the rates of a day; each currency's sum is rounded half to even.

    Without a rate for one of them there is no total: what is missing is named instead.
    """
    sums: dict[str, int] = {}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, 0) + amount.minor_units
    total = 0
    used: list[ExchangeRate] = []
    missing: list[str] = []
    for currency, units in sorted(sums.items()):
        if currency == into_currency:
            total += units
            continue
        rate = rate_on(rates, currency, into_currency, day)
        if rate is None:
            missing.append(currency)
            continue
        used.append(rate)
        with localcontext(EXACT):
            exact = Money(units, currency).amount * rate.rate
            total += Rounding.HALF_EVEN.money(exact, into_currency).minor_units
    whole = None if missing else Money(total, into_currency)
    return Converted(whole, tuple(used), tuple(missing))
