"""Daily units as money: month to date through the tiers that hold, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.billing import Contract, Entitlement, MeterPrice
from convergedesk.domain.terms import AmbiguousTermsError, included_on, price_on
from convergedesk.domain.tier_faults import tier_faults
from convergedesk.domain.usage import Aggregation, MeterId
from convergedesk.insights.prices import TierPrice

Floats = NDArray[np.float64]
_LONGEST_MONTH = 31
_NO_PRICE = "No contract states a price for it."


@dataclass(frozen=True, slots=True)
class TermSpan:
    """What a meter costs from one day to another.

    Attributes:
        first: First day.
        last: Last day, inclusive.
        price: Model and tiers, or None where it has no price.
        included: Units a month without charge.
        currency: Of the price; None without one.
        why: Why it has no price; empty where it has.
    """

    first: date
    last: date
    price: MeterPrice | None
    included: float
    currency: str | None
    why: str = ""

    def amount(self, share: float = 1.0) -> TierPrice | None:
        """The amount for a quantity of such a share of a month, in minor units."""
        if self.price is None or self.currency is None:
            return None
        return TierPrice(self.price, self.currency, included=self.included * share)


def spans_of(
    contracts: Sequence[Contract], meter_id: MeterId, first: date, last: date
) -> tuple[TermSpan, ...]:
    """What a meter costs over some days, in order, without a gap."""
    return stated_spans(by_meter(contracts, meter_id).get(meter_id, ()), meter_id, first, last)


def stated_spans(
    mine: Sequence[Contract], meter_id: MeterId, first: date, last: date
) -> tuple[TermSpan, ...]:
    """The same from what `by_meter` found for that meter."""
    days = {first}
    for contract in mine:
        if not contract.prices and not contract.entitlements:
            continue
        days.add(contract.starts_on)
        if contract.ends_on is not None:
            days.add(contract.ends_on + timedelta(days=1))
        days.update(one.effective_from for one in (*contract.prices, *contract.entitlements))
    starts = sorted(day for day in days if first <= day <= last)
    ends = [day - timedelta(days=1) for day in starts[1:]] + [last]
    found: list[TermSpan] = []
    for start, end in zip(starts, ends, strict=True):
        span = _span(mine, meter_id, start, end)
        if found and _same(found[-1], span):
            found[-1] = replace(found[-1], last=end)
        else:
            found.append(span)
    return tuple(found)


def by_meter(
    contracts: Sequence[Contract], only: MeterId | None = None
) -> dict[MeterId, tuple[Contract, ...]]:
    """Each contract with nothing but one meter's prices and included quantities, by meter.

    Args:
        contracts: Of one account.
        only: One meter, or None for all.
    """
    bare = [replace(one, prices=(), entitlements=(), commitments=(), sla_terms=()) for one in contracts]
    found: dict[MeterId, list[Contract]] = {}
    for place, contract in enumerate(contracts):
        prices: dict[MeterId, list[MeterPrice]] = {}
        for price in contract.prices:
            prices.setdefault(price.meter_id, []).append(price)
        included: dict[MeterId, list[Entitlement]] = {}
        for one in contract.entitlements:
            included.setdefault(one.meter_id, []).append(one)
        for meter in prices.keys() | included.keys():
            if only is None or meter == only:
                # All contracts stay in the list: what amends what is asked of all of them.
                found.setdefault(meter, list(bare))[place] = replace(
                    bare[place],
                    prices=tuple(prices.get(meter, ())),
                    entitlements=tuple(included.get(meter, ())),
                )
    return {meter: tuple(mine) for meter, mine in found.items()}


def _span(contracts: Sequence[Contract], meter_id: MeterId, first: date, last: date) -> TermSpan:
    try:
        price = price_on(contracts, meter_id, first)
        included = included_on(contracts, meter_id, first)
    except AmbiguousTermsError as error:
        names = " and ".join(f"“{one.name}”" for one in error.contracts)
        return TermSpan(
            first, last, None, 0.0, None, f"{names} both state its price and neither amends the other."
        )
    if price is None:
        return TermSpan(first, last, None, 0.0, None, _NO_PRICE)
    faults = [one for one in tier_faults(price.term.model, price.term.tiers) if one.blocking]
    if faults:
        return TermSpan(first, last, None, 0.0, None, faults[0].sentence)
    free = 0.0 if included is None else float(included.term.quantity)
    return TermSpan(first, last, price.term, free, price.contract.currency)


def _same(one: TermSpan, other: TermSpan) -> bool:
    alike = (one.included, one.currency, one.why) == (other.included, other.currency, other.why)
    if one.price is None or other.price is None:
        return alike and one.price is other.price
    return alike and (one.price.model, one.price.tiers) == (other.price.model, other.price.tiers)


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """Days laid out by month: one row a month, 31 columns.

    Attributes:
        first_month: First day of the first month.
        starts: Index of each month's first day, counted from `first_month`, shape (months + 1,).
        lengths: Days of each month, shape (months,).
        inside: Which cells are days, shape (months, 31).
    """

    first_month: date
    starts: NDArray[np.intp]
    lengths: NDArray[np.intp]
    inside: NDArray[np.bool_]

    @classmethod
    def over(cls, first: date, last: date) -> MonthGrid:
        """The months that some days touch."""
        month = first.replace(day=1)
        count = (last.year - month.year) * 12 + last.month - month.month + 1
        labels = np.datetime64(month, "M") + np.arange(max(count, 0) + 1)
        days = labels.astype("datetime64[D]").astype(np.int64)
        starts = (days - days[0]).astype(np.intp)
        lengths = np.diff(starts)
        return cls(month, starts, lengths, np.arange(_LONGEST_MONTH) < lengths[:, np.newaxis])

    @property
    def months(self) -> int:
        """How many months."""
        return self.lengths.size

    @property
    def days(self) -> int:
        """How many days."""
        return int(self.starts[-1])

    def index(self, day: date) -> int:
        """Index of a day; may lie outside."""
        return (day - self.first_month).days

    def month_of(self, day: date) -> int:
        """Row of a day's month; may lie outside."""
        return (day.year - self.first_month.year) * 12 + day.month - self.first_month.month

    def first_of(self, month: int) -> date:
        """First day of a row."""
        return self.first_month + timedelta(days=int(self.starts[month]))

    def rows(self, daily: Floats) -> Floats:
        """Days, shape (…, days), as rows, shape (…, months, 31); cells that are no days are 0."""
        laid = np.zeros((*daily.shape[:-1], self.months, _LONGEST_MONTH))
        laid[..., self.inside] = daily
        return laid

    def flat(self, rows: Floats) -> Floats:
        """Rows as days, shape (…, days)."""
        return rows[..., self.inside]

    def from_axis(self, daily: Floats, first_day: date) -> Floats:
        """Days of another axis on this one, shape (days,); NaN outside it."""
        laid = np.full(self.days, np.nan)
        shift = self.index(first_day)
        start, end = max(shift, 0), min(shift + daily.size, self.days)
        if end > start:
            laid[start:end] = daily[start - shift : end - shift]
        return laid


def to_date(rows: Floats, aggregation: Aggregation) -> Floats:
    """Quantity of each month up to each day, shape as `rows`: the sum, or the greatest day so far."""
    if aggregation is Aggregation.SUM:
        return np.cumsum(rows, axis=-1)
    return np.maximum.accumulate(rows, axis=-1)


def priced_to_date(
    grid: MonthGrid, rows: Floats, spans: Sequence[TermSpan], aggregation: Aggregation, first_month: int = 0
) -> Floats:
    """What each month has come to up to each day, minor units, shape as `rows`; 0 where there is no price.

    Args:
        grid: The months.
        rows: Units by day, shape (…, months from `first_month`, 31), without NaN.
        spans: What the meter costs; a month in which the terms change is priced in parts.
        aggregation: How the meter's days combine.
        first_month: Row of the grid that the first row of `rows` is.
    """
    months = rows.shape[-2]
    first, end = grid.first_of(first_month), grid.first_of(first_month + months)
    if len(spans) == 1 and spans[0].first <= first and spans[0].last >= end - timedelta(days=1):
        price = spans[0].amount()
        return np.zeros(rows.shape) if price is None else price(to_date(rows, aggregation))
    amounts = np.zeros(rows.shape)
    whole: dict[int, list[int]] = {}
    for at in range(months):
        start = grid.first_of(first_month + at)
        last = grid.first_of(first_month + at + 1) - timedelta(days=1)
        over = [n for n, span in enumerate(spans) if span.first <= last and span.last >= start]
        if len(over) == 1 and spans[over[0]].first <= start and spans[over[0]].last >= last:
            whole.setdefault(over[0], []).append(at)
            continue
        for n in over:
            _add_part(amounts, rows, at, (start, last), spans[n], aggregation)
    for n, places in whole.items():
        price = spans[n].amount()
        if price is not None:
            amounts[..., places, :] = price(to_date(rows[..., places, :], aggregation))
    return amounts


def _add_part(
    amounts: Floats,
    rows: Floats,
    at: int,
    month: tuple[date, date],
    span: TermSpan,
    aggregation: Aggregation,
) -> None:
    """Adds the part of a month in which some terms hold; what is included is shared out by days."""
    first, last = max(span.first, month[0]), min(span.last, month[1])
    price = span.amount(((last - first).days + 1) / ((month[1] - month[0]).days + 1))
    if price is None:
        return
    start, end = (first - month[0]).days, (last - month[0]).days + 1
    part = rows[..., at, start:end]
    priced = price(to_date(part, aggregation))
    amounts[..., at, start:end] += priced
    amounts[..., at, end:] += priced[..., -1:]
