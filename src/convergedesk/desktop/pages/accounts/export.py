"""The list of accounts as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.pacing import pace_of

HEADER = (
    "Account",
    "Tier",
    "Industry",
    "Country",
    "Owner",
    "Success manager",
    "Lifecycle",
    "Usage, last 28 days",
    "Usage, 28 days before",
    "Usage unit",
    "Billed month",
    "Billed",
    "Billed currency",
    "Monthly recurring revenue",
    "Recurring currency",
    "Commitment",
    "Commitment billed",
    "Commitment currency",
    "Pace (share billed / share of term)",
    "Open tickets",
    "Open high-priority tickets",
    "Open goals",
    "Overdue goals",
    "Renews on",
)


def table(rows: Iterable[PortfolioRow], today: date) -> Iterator[tuple[str, ...]]:
    """Header and rows as text; numbers with a decimal point, days as ISO 8601, unknown as empty."""
    yield HEADER
    for row in rows:
        use = row.commitment
        yield (
            row.name,
            row.tier or "",
            row.industry or "",
            row.country or "",
            row.owner or "",
            row.success_manager or "",
            row.lifecycle.value,
            _figure(row.usage_28),
            _figure(row.usage_previous_28),
            row.spark.unit,
            row.billed_month.strftime("%Y-%m") if row.billed_month else "",
            *_money(row.billed),
            *_money(row.mrr),
            str(use.committed.amount) if use else "",
            str(use.billed.amount) if use else "",
            use.committed.currency if use else "",
            _figure(pace_of(use, today).ratio, 4) if use else "",
            str(row.open_tickets),
            str(row.open_high),
            str(row.goals_open),
            str(row.goals_overdue),
            row.renews_on.isoformat() if row.renews_on else "",
        )


def _figure(value: float | None, digits: int = 6) -> str:
    return "" if value is None else f"{round(value, digits):.15g}"


def _money(amount: Money | None) -> tuple[str, str]:
    return ("", "") if amount is None else (str(amount.amount), amount.currency)
