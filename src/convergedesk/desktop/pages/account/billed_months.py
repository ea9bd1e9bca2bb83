"""Billed months as bars: the busiest meters apart, the rest together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from convergedesk.desktop.charts.bar_chart import Bar, BarNote
from convergedesk.domain.fiscal import next_quarter, quarter_name, quarter_start
from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.money import Money, minor_digits
from convergedesk.figures.account import BilledMonth, BillingView
from convergedesk.figures.billing_view import OTHER
from convergedesk.figures.why import Why
from convergedesk.figures.wording import day as day_words
from convergedesk.figures.wording import money, month, short_money, short_number

if TYPE_CHECKING:
    from convergedesk.domain.account_figures import SpendFigure

MONTHS_SHOWN = 13
QUARTERS_SHOWN = 8
_MOST_PARTS = 4
_REST = "Other meters"


@dataclass(frozen=True, slots=True)
class BilledBars:
    """What the bar chart is given.

    Attributes:
        bars: One a month, gaps included, oldest first.
        names: Of the parts, from the bottom up.
        value_text: Prints an amount on the axis.
    """

    bars: tuple[Bar, ...]
    names: tuple[str, ...]
    value_text: Callable[[float], str]


def billed_quarters(billing: BillingView, today: date) -> BilledBars | None:
    """The last fiscal quarters as bars; None without invoices."""
    if not billing.months or billing.currency is None:
        return None
    currency, first_month = billing.currency, billing.fiscal_month
    quarters: dict[date, list[BilledMonth]] = {}
    start = quarter_start(billing.months[0].month, first_month)
    while start <= billing.months[-1].month:
        quarters[start] = []
        start = next_quarter(start, first_month)
    for one in billing.months:
        quarters[quarter_start(one.month, first_month)].append(one)
    shown = list(quarters)[-QUARTERS_SHOWN:]
    names = _names([one for quarter in shown for one in quarters[quarter]])
    bars: list[Bar] = []
    for quarter in shown:
        name = quarter_name(quarter, first_month)
        total = sum(one.total.minor_units for one in quarters[quarter])
        parts = _parts(quarters[quarter], names)
        so_far = ", so far" if next_quarter(quarter, first_month) > today else ""
        text = short_number(total / 10 ** minor_digits(currency)) if quarters[quarter] else ""
        bars.append(Bar(name, parts, text, title=f"{name}{so_far}"))

    def value_text(value: float) -> str:
        return short_money(Money(round(value), currency))

    return BilledBars(tuple(bars), names, value_text)


def billed_bars(
    billing: BillingView, months: int = MONTHS_SHOWN, spend: Sequence[SpendFigure] = ()
) -> BilledBars | None:
    """The last months as bars, and the month to date with its forecast; None without either.

    Args:
        billing: What was billed.
        months: How many months to show.
        spend: What is accrued and not yet invoiced, by currency.
    """
    running = _running(billing, spend)
    currency = billing.currency or (running.currency if running is not None else None)
    if currency is None or not (billing.months or running is not None):
        return None
    by_month = {one.month: one for one in billing.months}
    last = running.month if running is not None else billing.months[-1].month
    begin = min(by_month, default=last)
    first = max(begin, _months_before(last, months - 1))
    shown = [_months_before(last, back) for back in range(_distance(first, last), -1, -1)]
    known = [by_month[m] for m in shown if m in by_month]
    names = _names([*known, *([_accrued(running)] if running is not None else [])])
    bars = tuple(
        _running_bar(running, names)
        if running is not None and m == running.month
        else _bar(by_month.get(m), m, names, currency, first=m == shown[0])
        for m in shown
    )

    def value_text(value: float) -> str:
        return short_money(Money(round(value), currency))

    return BilledBars(bars, names, value_text)


def _running(billing: BillingView, spend: Sequence[SpendFigure]) -> SpendFigure | None:
    """The month that nothing was billed for yet."""
    if billing.currency is None:
        return max(spend, key=lambda one: one.accrued.minor_units, default=None)
    last = billing.months[-1].month if billing.months else None
    fitting = (one for one in spend if one.currency == billing.currency)
    return next((one for one in fitting if last is None or one.month > last), None)


def _accrued(spend: SpendFigure) -> BilledMonth:
    """What has accrued, in the parts that bills have."""
    parts = [(one.name, one.accrued) for one in spend.meters if one.accrued.minor_units]
    rest = spend.accrued.minor_units - sum(amount.minor_units for _, amount in parts)
    if rest:
        parts.append((OTHER, Money(rest, spend.currency)))
    return BilledMonth(spend.month, tuple(parts), spend.accrued, None)


def _running_bar(spend: SpendFigure, names: tuple[str, ...]) -> Bar:
    name = month(spend.month)
    notes = [
        BarNote(
            spend.accrued.minor_units / 2,
            f"Accrued {short_money(spend.accrued)}",
            "not yet invoiced",
            "accent_text",
        )
    ]
    likely = None
    if spend.forecast is not None and spend.low is not None and spend.high is not None:
        likely = float(spend.low.minor_units), float(spend.high.minor_units)
        words = f"likely {short_money(spend.low)} to {short_money(spend.high)}"
        notes.append(
            BarNote(spend.forecast.minor_units, f"Forecast {short_money(spend.forecast)}", words, "warning")
        )
    return Bar(
        name.split()[0],
        _parts([_accrued(spend)], names),
        hollow=None if spend.forecast is None else float(spend.forecast.minor_units),
        pending=True,
        title=f"{name}, {spend.days_over} of {spend.days_in_month} days, not yet invoiced",
        likely=likely,
        notes=tuple(notes),
    )


def why_month(one: BilledMonth) -> Why:
    """What stands behind a billed month."""
    parts = " + ".join(money(amount) for _, amount in one.by_meter) or "nothing"
    credit = () if one.credits is None else (("Credit notes, counted apart", money(one.credits)),)
    return Why(
        title=f"Billed for {month(one.month)}",
        definition=(
            "The lines of all invoices for the month, net of credits on the same invoice; no drafts and none "
            "that are void."
        ),
        formula=f"{parts} = {money(one.total)}",
        window=f"{month(one.month)}, by the period that each line is for.",
        rows=(*((name, money(amount)) for name, amount in one.by_meter), *credit),
        figure=money(one.total),
        uses=((SystemKind.BILLING, "invoices and their lines"),),
    )


def currency_words(billing: BillingView) -> str:
    """What the bars are counted in, at which stated rates, and what they leave out and why."""
    parts = [billing.currency or "", "by meter, net of credits"]
    for rate in billing.rates:
        said = f", stated by {rate.source}" if rate.source else ""
        parts.append(f"{rate.currency} at {rate.rate:f} of {day_words(rate.day)}{said}")
    if billing.other_currencies:
        others = ", ".join(billing.other_currencies)
        if billing.missing:
            why = f"no rate to {billing.reporting} is stated"
        else:
            why = "no reporting currency is chosen"
        parts.append(f"{others} listed below only: {why}")
    return ", ".join(part for part in parts if part)


def _names(months: list[BilledMonth]) -> tuple[str, ...]:
    totals: dict[str, int] = {}
    for one in months:
        for name, amount in one.by_meter:
            totals[name] = totals.get(name, 0) + amount.minor_units
    ordered = sorted(totals, key=lambda name: -totals[name])
    if len(ordered) <= _MOST_PARTS:
        return tuple(ordered)
    return (*ordered[: _MOST_PARTS - 1], _REST)


def _bar(billed: BilledMonth | None, day: date, names: tuple[str, ...], currency: str, *, first: bool) -> Bar:
    name = month(day)
    label = name if first or day.month == 1 else name.split()[0]
    if billed is None:
        return Bar(label, tuple(0.0 for _ in names), "", title=f"{name}: nothing billed", payload=day)
    major = billed.total.minor_units / 10 ** minor_digits(currency)
    return Bar(label, _parts([billed], names), short_number(major), title=name, payload=day)


def _parts(months: list[BilledMonth], names: tuple[str, ...]) -> tuple[float, ...]:
    parts = dict.fromkeys(names, 0)
    for one in months:
        for meter, amount in one.by_meter:
            place = meter if meter in parts else _REST
            parts[place] = parts.get(place, 0) + amount.minor_units
    return tuple(float(parts[name]) for name in names)


def _months_before(day: date, back: int) -> date:
    number = day.year * 12 + day.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)


def _distance(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month
