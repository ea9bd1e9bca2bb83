"""What stands behind the money of Home."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from convergedesk.domain.briefs import MonthSoFar
from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.figure_ids import figure_id
from convergedesk.figures.home.figure import Book
from convergedesk.figures.home.money import Total, last_day_of
from convergedesk.figures.why import LeftOut, Link, LinkKind, Why, WhyRow, span_words
from convergedesk.figures.wording import count, day, short_money

_MOST_ROWS = 12


def why_accrued(
    book: Book,
    current: Sequence[tuple[PortfolioRow, MonthSoFar]],
    total: Total,
    forecast: Total | None,
) -> Why:
    """What the month comes to so far."""
    shares = len({row.account_id for row, _ in current})
    ordered = sorted(current, key=lambda one: (one[1].currency != total.main.currency, -one[1].accrued))
    behind = tuple(
        WhyRow(
            row.name,
            short_money(Money(one.accrued, one.currency)),
            Link(LinkKind.ACCOUNT, row.account_id, "billing"),
            _forecast_words(one),
        )
        for row, one in ordered[:_MOST_ROWS]
    )
    first, last = current[0][1].month, max(one.through for _, one in current)
    priced = {row.account_id for row, _ in current}
    without = [row for row in book.rows if row.account_id not in priced and row.spark.last_day is not None]
    terms = [("Accounts with priced usage", str(shares))]
    if forecast is not None:
        terms.append(("Forecast of the whole month", short_money(forecast.main)))
    return Why(
        title="Accrued, month to date",
        definition=(
            "What the month's usage comes to under each account's contract, with the share of its fees: "
            "accrued and not yet invoiced."
        ),
        formula=f"sum over {count(shares, 'account')} = {_sum_words(total)}",
        window=f"Counted: {span_words(first, last)}.",
        rows=(*terms, *_rate_rows(total, book)),
        caution=_missing_words(total, book),
        figure=short_money(total.main),
        figure_id=figure_id("home", "accrued", *book.id_parts),
        excluded=tuple(LeftOut(row.name, "no contract prices its usage") for row in without),
        behind=behind,
        behind_of=len(current),
        uses=((SystemKind.USAGE, "for what was used"), (SystemKind.BILLING, "for contracts and fees")),
    )


def _forecast_words(one: MonthSoFar) -> str:
    if one.forecast is None:
        return "no forecast yet"
    words = f"forecast {short_money(Money(one.forecast, one.currency))}"
    if one.low is None or one.high is None:
        return words
    low, high = (short_money(Money(limit, one.currency)) for limit in (one.low, one.high))
    return f"{words}, likely {low} to {high}"


def why_billed(book: Book, billed: Sequence[PortfolioRow], total: Total, month: date) -> Why:
    """What was billed in a month."""
    ordered = sorted(billed, key=lambda row: -(row.billed.minor_units if row.billed else 0))
    behind = tuple(
        WhyRow(row.name, short_money(row.billed), Link(LinkKind.INVOICE, row.account_id))
        for row in ordered[:_MOST_ROWS]
        if row.billed is not None
    )
    return Why(
        title="Billed in the last month with invoices",
        definition="The sum of the month's invoices without drafts, void ones and credit notes.",
        formula=f"sum over {count(len(billed), 'account')} = {_sum_words(total)}",
        window=f"Invoices for {span_words(month, last_day_of(month))}.",
        rows=_rate_rows(total, book),
        caution=_missing_words(total, book),
        figure=short_money(total.main),
        figure_id=figure_id("home", "billed", *book.id_parts),
        behind=behind,
        behind_of=len(billed),
        uses=((SystemKind.BILLING, ""),),
    )


def why_recurring(book: Book, rows: Sequence[PortfolioRow], total: Total) -> Why:
    """What subscriptions state."""
    ordered = sorted(rows, key=lambda row: -(row.mrr.minor_units if row.mrr else 0))
    return Why(
        title="Monthly recurring revenue",
        definition="What the running subscriptions state for a month, trials left out.",
        formula=f"sum over {count(len(rows), 'account')} = {_sum_words(total)}",
        window=f"Running on {day(book.snapshot.today)}.",
        rows=_rate_rows(total, book),
        caution=_missing_words(total, book),
        figure=short_money(total.main),
        figure_id=figure_id("home", "recurring", *book.id_parts),
        behind=tuple(
            WhyRow(row.name, short_money(row.mrr), Link(LinkKind.ACCOUNT, row.account_id, "billing"))
            for row in ordered[:_MOST_ROWS]
            if row.mrr is not None
        ),
        behind_of=len(rows),
        uses=((SystemKind.BILLING, ""),),
    )


def _sum_words(total: Total) -> str:
    parts = [short_money(total.main), *(short_money(one) for one in total.apart)]
    return " and ".join(parts)


def _rate_rows(total: Total, book: Book) -> tuple[tuple[str, str], ...]:
    rows = [
        (
            f"1 {rate.currency} in {rate.into_currency}",
            f"{rate.rate}, stated for {day(rate.day)}{f' by {rate.source}' if rate.source else ''}",
        )
        for rate in total.rates
    ]
    if book.snapshot.currency is not None:
        rows.insert(0, ("Reporting currency", book.snapshot.currency))
    return tuple(rows)


def _missing_words(total: Total, book: Book) -> str:
    if not total.apart:
        return ""
    apart = ", ".join(short_money(one) for one in total.apart)
    if book.snapshot.currency is None:
        return f"{apart} stand apart: no reporting currency is chosen, so nothing is added across currencies."
    missing = ", ".join(total.missing)
    return f"{apart} stand apart: no rate from {missing} to {book.snapshot.currency} is stated."
