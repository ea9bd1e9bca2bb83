"""What was billed, month by month and meter by meter, as the money of a term is counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from convergedesk.domain.usage import MeterId
from convergedesk.store.billed_months import BilledMonth

_STEADY_OVER = 3


@dataclass(frozen=True, slots=True)
class BilledMonths:
    """The bills of one currency.

    Attributes:
        by_month: For each billed month, minor units by meter; under None what no meter states.
        with_lines: Months whose bills all have lines.
        through: Last day that a bill is for, or None without one.
    """

    by_month: Mapping[date, Mapping[MeterId | None, int]]
    with_lines: frozenset[date]
    through: date | None

    def total(self, month: date, meters: Sequence[MeterId] = ()) -> int | None:
        """What a month was billed for some meters, or for everything; None where it is not known."""
        parts = self.by_month.get(month)
        if parts is None or (meters and month not in self.with_lines):
            return None
        return sum(amount for meter, amount in parts.items() if not meters or meter in meters)

    @property
    def fees(self) -> int | None:
        """What the last three bills hold beside usage, the least of them; None where lines do not say."""
        months = sorted(self.by_month)[-_STEADY_OVER:]
        if not months or not self.with_lines.issuperset(months):
            return None
        least = min(self.by_month[month].get(None, 0) for month in months)
        return least if least > 0 else None


NOTHING_BILLED = BilledMonths({}, frozenset(), None)


def by_currency(billed: Iterable[BilledMonth]) -> dict[str, BilledMonths]:
    """The bills of an account and its sites, apart by currency."""
    parts: dict[str, dict[date, dict[MeterId | None, int]]] = {}
    bare: dict[str, set[date]] = {}
    through: dict[str, date] = {}
    for one in billed:
        month = parts.setdefault(one.currency, {}).setdefault(one.month, {})
        for meter, amount in one.by_meter.items():
            month[meter] = month.get(meter, 0) + amount
        rest = one.total - sum(one.by_meter.values())
        if rest:
            month[None] = month.get(None, 0) + rest
        if one.bare:
            bare.setdefault(one.currency, set()).add(one.month)
        through[one.currency] = max(through.get(one.currency, one.through), one.through)
    return {
        currency: BilledMonths(
            months, frozenset(months.keys() - bare.get(currency, set())), through[currency]
        )
        for currency, months in parts.items()
    }
