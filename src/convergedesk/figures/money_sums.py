"""Sums of money that never mix currencies, and sums of estimates with their limits."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from convergedesk.domain.money import Money, MoneyRange


def sums(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """The amounts added up by currency, largest first; nothing for what comes to zero."""
    by_currency: defaultdict[str, int] = defaultdict(int)
    for amount in amounts:
        by_currency[amount.currency] += amount.minor_units
    found = [Money(units, currency) for currency, units in by_currency.items() if units]
    return tuple(sorted(found, key=lambda one: -one.amount))


def range_sums(values: Iterable[MoneyRange]) -> tuple[MoneyRange, ...]:
    """Estimates added up by currency as independent ones, largest first."""
    by_currency: defaultdict[str, list[MoneyRange]] = defaultdict(list)
    for one in values:
        by_currency[one.middle.currency].append(one)
    return tuple(
        sorted((range_sum(each) for each in by_currency.values()), key=lambda one: -one.middle.amount)
    )


def range_sum(values: Sequence[MoneyRange]) -> MoneyRange:
    """Estimates of one currency added up; their limits as those of independent ones."""
    middle = sum(one.middle.minor_units for one in values)
    below = math.sqrt(sum((one.middle.minor_units - one.low.minor_units) ** 2 for one in values))
    above = math.sqrt(sum((one.high.minor_units - one.middle.minor_units) ** 2 for one in values))
    currency = values[0].middle.currency
    return MoneyRange(
        Money(middle, currency),
        Money(round(middle - below), currency),
        Money(round(middle + above), currency),
    )
