"""What the month comes to so far, or what was billed last: in one currency only at rates that were stated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from convergedesk.domain.briefs import MonthSoFar
from convergedesk.domain.money import Money
from convergedesk.domain.month_names import MONTHS
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.home.figure import NOTHING, Book, HomeFigure
from convergedesk.figures.wording import count, number, short_money

if TYPE_CHECKING:
    from convergedesk.domain.rates import ExchangeRate


class Total(NamedTuple):
    """Amounts of several currencies as they are shown.

    Attributes:
        main: The sum: of all in the reporting currency, or of the currency that most accounts use.
        apart: Sums of the other currencies, which are not in `main`.
        rates: The stated rates that were used.
        missing: Currencies without a rate into the reporting currency.
    """

    main: Money
    apart: tuple[Money, ...]
    rates: tuple[ExchangeRate, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def apart_words(self) -> str:
        """'and $9,900, £420' or nothing."""
        return f"and {', '.join(short_money(one) for one in self.apart[:2])}" if self.apart else ""


def total_of(amounts: Iterable[Money], book: Book, on: date) -> Total:
    """Amounts added up, across currencies only at rates that somebody stated for that day or before."""
    amounts = tuple(amounts)
    sums = _by_currency(amounts)
    wanted = book.snapshot.currency
    if wanted is None or all(one.currency == wanted for one in sums):
        return Total(sums[0], sums[1:])
    from convergedesk.domain.rates import convert

    whole = convert(amounts, wanted, book.snapshot.rates, on)
    if whole.total is not None:
        return Total(whole.total, (), whole.rates)
    known = [one for one in sums if one.currency not in whole.missing]
    part = convert(known, wanted, book.snapshot.rates, on)
    others = tuple(one for one in sums if one.currency in whole.missing)
    if part.total is None or not known:
        return Total(sums[0], sums[1:], (), whole.missing)
    return Total(part.total, others, part.rates, whole.missing)


def money_figure(book: Book) -> HomeFigure:
    """The second figure of Home: accrued this month; without priced usage what was billed last."""
    spent = [(row, month) for row in book.rows if row.brief is not None for month in row.brief.spend]
    if spent:
        return _accrued(book, spent)
    return _billed(book) or _recurring(book)


def _accrued(book: Book, spent: Sequence[tuple[PortfolioRow, MonthSoFar]]) -> HomeFigure:
    month = max(one.month for _, one in spent)
    current = [(row, one) for row, one in spent if one.month == month]
    today = book.snapshot.today
    total = total_of((Money(one.accrued, one.currency) for _, one in current), book, today)
    whole = [Money(one.forecast, one.currency) for _, one in current if one.forecast is not None]
    forecast = total_of(whole, book, today) if whole else None
    note = "" if total.apart else "not yet invoiced"
    share = None
    if forecast is not None and forecast.main.currency == total.main.currency:
        note = f"{note}{' · ' if note else ''}forecast {short_money(forecast.main)}"
        known = total_of(
            [Money(one.accrued, one.currency) for _, one in current if one.forecast is not None], book, today
        )
        if forecast.main.minor_units > 0:
            share = known.main.minor_units / forecast.main.minor_units
    label = "Accrued, month to date"
    if (month.year, month.month) != (today.year, today.month):
        label = f"Accrued, {MONTHS[month.month - 1]}"
    status = total.apart_words
    if total.missing and book.snapshot.currency is not None:
        status = f"{status}, no rate stated"
    through = max(one.through for _, one in current)
    return HomeFigure(
        "accrued",
        label,
        short_money(total.main),
        status=status,
        tone="warning" if total.missing else "text_3",
        note=note,
        why=lambda: _words().why_accrued(book, current, total, forecast),
        share=share,
        elapsed=through.day / _days_in(month),
    )


def _billed(book: Book) -> HomeFigure | None:
    rows = [row for row in book.rows if row.billed is not None and row.billed_month is not None]
    if not rows:
        return None
    month = max(row.billed_month for row in rows if row.billed_month is not None)
    billed = [row for row in rows if row.billed_month == month]
    total = total_of([row.billed for row in billed if row.billed is not None], book, last_day_of(month))
    note = f"{number(len(billed))} of {count(len(book.rows), 'account')} invoiced"
    status = total.apart_words
    if total.missing:
        status = f"{status}, no rate stated"
    return HomeFigure(
        "billed",
        f"Billed, {MONTHS[month.month - 1]} {month.year}",
        short_money(total.main),
        status=status,
        tone="warning" if total.missing else "text_3",
        note=note,
        why=lambda: _words().why_billed(book, billed, total, month),
    )


def _recurring(book: Book) -> HomeFigure:
    rows = [row for row in book.rows if row.mrr is not None]
    if not rows:
        return HomeFigure("billed", "Billed last month", NOTHING, note="no invoices imported yet")
    total = total_of([row.mrr for row in rows if row.mrr is not None], book, book.snapshot.today)
    status = f"{total.apart_words}, no rate stated" if total.missing else total.apart_words
    return HomeFigure(
        "recurring",
        "Monthly recurring revenue",
        short_money(total.main),
        status=status,
        tone="warning" if total.missing else "text_3",
        note=f"{count(len(rows), 'account')} with running subscriptions",
        why=lambda: _words().why_recurring(book, rows, total),
    )


def _words() -> ModuleType:
    # Read when somebody asks, long after Home was painted.
    from convergedesk.figures.home import money_words

    return money_words


def _by_currency(amounts: Sequence[Money]) -> tuple[Money, ...]:
    """Sums by currency, the one that most accounts use first."""
    uses = Counter(money.currency for money in amounts)
    return tuple(
        Money(sum(m.minor_units for m in amounts if m.currency == currency), currency)
        for currency, _ in sorted(uses.items(), key=lambda item: (-item[1], item[0]))
    )


def last_day_of(month: date) -> date:
    """The last day of the month that begins on a day."""
    return month.replace(day=_days_in(month))


def _days_in(month: date) -> int:
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return (following - month.replace(day=1)).days
