"""The months to date of many accounts together: by currency, and in one at stated rates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from convergedesk.domain.account_figures import AccountFigures, SpendFigure
from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.money import Money
from convergedesk.domain.rates import ExchangeRate, convert
from convergedesk.figures.figure_ids import figure_id
from convergedesk.figures.why import LeftOut, Why
from convergedesk.figures.wording import count, day, month, short_money


@dataclass(frozen=True, slots=True)
class SpendSum:
    """The month of several accounts in one currency.

    Attributes:
        currency: ISO 4217.
        accrued: Accrued, not yet invoiced.
        forecast: The whole month, of the accounts whose forecast is known, and what is accrued of the others.
        low: Sum of the lower likely limits, as if all moved together.
        high: Sum of the upper ones.
        accounts: How many accounts.
        without: How many of them have no forecast.
    """

    currency: str
    accrued: Money
    forecast: Money
    low: Money
    high: Money
    accounts: int
    without: int


@dataclass(frozen=True, slots=True)
class SpendTotal:
    """The month of several accounts.

    Attributes:
        month: First day of the month, or None without any.
        by_currency: One sum for each currency.
        converted: All of it in the reporting currency, where every rate is stated; None otherwise.
        rates: The stated rates that were used.
        missing: Currencies without a rate.
        older: Accounts whose last usage lies in an earlier month, and are not in it.
    """

    month: date | None
    by_currency: tuple[SpendSum, ...]
    converted: SpendSum | None
    rates: tuple[ExchangeRate, ...]
    missing: tuple[str, ...]
    older: int


def spend_total_of(
    figures: Iterable[AccountFigures], reporting: str | None, rates: Sequence[ExchangeRate], today: date
) -> SpendTotal:
    """Adds the latest month up; currencies are never mixed without a stated rate."""
    spends = [one for each in figures for one in each.spend]
    latest = max((one.month for one in spends), default=None)
    mine = [one for one in spends if one.month == latest]
    sums = tuple(_sum(currency, mine) for currency in sorted({one.currency for one in mine}))
    into = reporting or (sums[0].currency if len(sums) == 1 else None)
    converted: SpendSum | None = None
    used: tuple[ExchangeRate, ...] = ()
    missing: tuple[str, ...] = ()
    if into is not None and sums:
        parts = [
            convert([getattr(one, name) for one in sums], into, rates, today)
            for name in ("accrued", "forecast", "low", "high")
        ]
        used, missing = parts[0].rates, parts[0].missing
        totals = [part.total for part in parts if part.total is not None]
        if len(totals) == len(parts):
            accounts, without = (sum(getattr(one, name) for one in sums) for name in ("accounts", "without"))
            converted = SpendSum(into, totals[0], totals[1], totals[2], totals[3], accounts, without)
    return SpendTotal(latest, sums, converted, used, missing, len(spends) - len(mine))


def _sum(currency: str, spends: Sequence[SpendFigure]) -> SpendSum:
    mine = [one for one in spends if one.currency == currency]

    def total(amounts: Iterable[Money | None]) -> Money:
        pairs = zip(amounts, mine, strict=True)
        return Money(sum((amount or one.accrued).minor_units for amount, one in pairs), currency)

    return SpendSum(
        currency=currency,
        accrued=total(one.accrued for one in mine),
        forecast=total(one.forecast for one in mine),
        low=total(one.low for one in mine),
        high=total(one.high for one in mine),
        accounts=len(mine),
        without=sum(one.forecast is None for one in mine),
    )


def _words(one: SpendSum) -> str:
    limits = f"likely {short_money(one.low)} to {short_money(one.high)}"
    return f"{short_money(one.accrued)} accrued, {short_money(one.forecast)} forecast, {limits}"


def why_spend_total(total: SpendTotal, scope: str = "all") -> Why:
    """What stands behind the month of many accounts."""
    shown = total.converted or (total.by_currency[0] if len(total.by_currency) == 1 else None)
    value = "not known" if shown is None else short_money(shown.accrued)
    rows = [(f"{one.currency}, {count(one.accounts, 'account')}", _words(one)) for one in total.by_currency]
    rows += [
        (f"1 {one.currency} from {day(one.day)} on", f"{one.rate} {one.into_currency} {one.source}".strip())
        for one in total.rates
    ]
    without = sum(one.without for one in total.by_currency)
    excluded = [LeftOut(currency, "no rate is stated") for currency in total.missing]
    if without:
        excluded.append(
            LeftOut(f"The days ahead of {count(without, 'account')}", "too little usage is known")
        )
    if total.older:
        excluded.append(LeftOut(count(total.older, "account"), "no usage of this month is known"))
    return Why(
        title="Accrued, month to date",
        definition=(
            "What the accounts used in the month so far at their contracts' prices, with the share of the "
            "fees: accrued, not yet invoiced."
        ),
        formula=" + ".join(f"{short_money(one.accrued)}" for one in total.by_currency) + f" = {value}",
        window=""
        if total.month is None
        else f"{month(total.month)}, each account up to its last day with usage.",
        rows=tuple(rows),
        interval="The limits are those of the accounts (80 %) added up, as if all moved together.",
        caution="Converted at stated rates." if total.rates else "",
        figure=value,
        figure_id=figure_id("spend-total", scope),
        excluded=tuple(excluded),
        uses=((SystemKind.USAGE, "for units"), (SystemKind.BILLING, "for prices and fees")),
    )
