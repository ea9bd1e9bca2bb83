"""What stands behind the figures of an account in lists: from the same row that the list shows.

Plain Python, so that a list can say why before anything heavy is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.figure_ids import account_part, figure_id
from convergedesk.figures.pacing import RULE, pace_of
from convergedesk.figures.why import Link, LinkKind, Step, Why, WhyRow, span_words
from convergedesk.figures.wording import (
    MINUS,
    count,
    day,
    money,
    month,
    number,
    percent,
    short_money,
    short_number,
)

_SITES = "Sites are rolled up into it."
_MONTH = timedelta(days=28)


def row_why(row: PortfolioRow, what: str, today: date) -> Why | None:
    """Behind a figure of `ROW_FIGURES`; None where the row does not have it."""
    made = ROW_FIGURES.get(what)
    return None if made is None else made(row, today)


def row_figure_id(row: PortfolioRow, what: str) -> str:
    """Such as 'account:12-marlowe-freight:usage-28'."""
    return figure_id("account", account_part(row.account_id, row.name), what)


def _usage(row: PortfolioRow, _today: date) -> Why | None:
    last, now = row.spark.last_day, row.usage_28
    if last is None or now is None:
        return None
    before = row.usage_previous_28
    change = row.usage_change
    window = f"{span_words(last - _MONTH + timedelta(days=1), last)}, the last 28 days that have data."
    if change is None or before is None:
        return Why(
            title="Usage of the last 28 days",
            definition=f"Everything that was counted in 28 days, {_over(row)}. {_SITES}",
            formula=f"{number(now)} in 28 days",
            window=window,
            caution="The 28 days before are not known whole, so there is nothing to compare with.",
            figure=short_number(now),
            figure_id=row_figure_id(row, "usage-28"),
            behind=_link(row, "overview"),
            uses=((SystemKind.USAGE, "for what was used"),),
        )
    return Why(
        title="Usage of 28 days, compared with the 28 before",
        definition=f"Everything that was counted, {_over(row)}. {_SITES}",
        formula=f"{number(now)} ÷ {number(before)} − 1 = {percent(change, signed=True)}",
        window=f"{window} Compared with the 28 days before these.",
        caution="The same weekdays, but no season is taken off; the Overview compares with expected.",
        figure=percent(change, signed=True),
        figure_id=row_figure_id(row, "usage-28"),
        steps=(
            Step(short_number(now), "in 28 days", "÷"),
            Step(short_number(before), "in the 28 before", f"{MINUS} 1 ="),
            Step(percent(change, signed=True), "change"),
        ),
        behind=_link(row, "overview"),
        uses=((SystemKind.USAGE, "for what was used"),),
    )


def _billed(row: PortfolioRow, _today: date) -> Why | None:
    if row.billed is not None and row.billed_month is not None:
        return Why(
            title="Billed a month",
            definition=f"What was invoiced for the last month with an invoice, credit notes apart. {_SITES}",
            formula=f"sum of the invoices for {month(row.billed_month)} = {money(row.billed)}",
            window=f"{month(row.billed_month)}, as the invoices state it.",
            caution="What was used since and is not invoiced yet is not in it.",
            figure=short_money(row.billed),
            figure_id=row_figure_id(row, "billed"),
            behind=_link(row, "billing"),
            uses=((SystemKind.BILLING, "for the invoices"),),
        )
    if row.mrr is None:
        return None
    return Why(
        title="Recurring revenue a month",
        definition="There are no invoices, so the running subscriptions stand here.",
        formula=f"sum of the running subscriptions = {money(row.mrr)} a month",
        figure=short_money(row.mrr),
        figure_id=row_figure_id(row, "billed"),
        behind=_link(row, "billing"),
        uses=((SystemKind.BILLING, "for the subscriptions"),),
    )


def _pace(row: PortfolioRow, today: date) -> Why | None:
    use = row.commitment
    if use is None:
        return None
    found = pace_of(use, today)
    ratio = "not judged on the first day" if found.ratio is None else percent(found.ratio)
    return Why(
        title="Commitment used",
        definition=f"{RULE}.",
        formula=f"{percent(found.used)} of the promise ÷ {percent(found.elapsed)} of the term = {ratio}",
        window=f"Term: {span_words(use.starts_on, use.ends_on)}; today is {day(today)}.",
        rows=(
            ("Promised", money(use.committed)),
            ("Billed against it", money(use.billed)),
            ("Off an even pace by", money(found.distance)),
        ),
        caution="Invoices come by the month, so what is billed lags behind what is used by up to a month.",
        figure=found.words,
        figure_id=row_figure_id(row, "pace"),
        steps=(
            Step(short_money(use.billed), "billed", "÷"),
            Step(short_money(use.committed), f"promised, {percent(found.elapsed)} of the term over", "→"),
            Step(ratio, "of an even pace"),
        ),
        behind=_link(row, "contract"),
        uses=((SystemKind.BILLING, "for the invoices"), (SystemKind.CRM, "for the promise")),
    )


def _tickets(row: PortfolioRow, today: date) -> Why:
    oldest = row.oldest_high_opened_at
    rows = [("Of high priority", f"{row.open_high:,}")]
    if oldest is not None:
        waited = max((today - oldest.date()).days, 0)
        rows.append(("Oldest of these", f"opened {day(oldest.date())}, {count(waited, 'day')} ago"))
    return Why(
        title="Open tickets",
        definition=f"Tickets that are neither closed nor deleted, pending ones too. {_SITES}",
        formula=f"{count(row.open_tickets, 'ticket')} open",
        rows=tuple(rows),
        figure=f"{row.open_tickets:,}",
        figure_id=row_figure_id(row, "open-tickets"),
        behind=_link(row, "tickets"),
        uses=((SystemKind.SUPPORT, "for the tickets"),),
    )


def _goals(row: PortfolioRow, _today: date) -> Why:
    return Why(
        title="Goals",
        definition="Goals that are being worked on; overdue are those past their due day.",
        formula=f"{count(row.goals_open, 'goal')} open, {row.goals_overdue:,} of them overdue",
        figure=f"{row.goals_open:,}",
        figure_id=row_figure_id(row, "goals"),
        behind=_link(row, "goals"),
        uses=((SystemKind.CRM, "for goals kept there"),),
    )


def _renews(row: PortfolioRow, today: date) -> Why | None:
    if row.renews_on is None:
        return None
    return Why(
        title="Renews",
        definition="The end of the running commitment or contract, else of the subscription.",
        formula=f"{day(row.renews_on)} − {day(today)} = {count((row.renews_on - today).days, 'day')}",
        figure=day(row.renews_on),
        figure_id=row_figure_id(row, "renews"),
        behind=_link(row, "contract"),
        uses=((SystemKind.CRM, "for the contract"), (SystemKind.BILLING, "for subscriptions")),
    )


def _over(row: PortfolioRow) -> str:
    unit = f" counted in {row.spark.unit}s" if row.spark.unit else ""
    return f"over {count(row.spark.meters, 'meter')}{unit}"


def _link(row: PortfolioRow, tab: str) -> tuple[WhyRow, ...]:
    return (WhyRow(row.name, "open", Link(LinkKind.ACCOUNT, row.account_id, tab), tab.capitalize()),)


ROW_FIGURES: Final[dict[str, Callable[[PortfolioRow, date], Why | None]]] = {
    "usage-28": _usage,
    "billed": _billed,
    "pace": _pace,
    "open-tickets": _tickets,
    "goals": _goals,
    "renews": _renews,
}
"""The figures of an account in lists, by the word that their ids end with."""
