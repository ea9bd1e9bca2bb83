"""The figures of an account's row that answer 'Why?', by the column that shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from convergedesk.desktop.askable_table import CellFigure
from convergedesk.desktop.portfolio.figure_columns import effect_text, health_text
from convergedesk.desktop.portfolio.money_columns import month_of, pacing_of
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.figure_ids import account_part, figure_id
from convergedesk.figures.need import week_of
from convergedesk.figures.row_why import row_why
from convergedesk.figures.wording import short_money

_COLUMNS = {
    "usage": "usage-28",
    "change": "usage-28",
    "billed": "billed",
    "pace": "pace",
    "tickets": "open-tickets",
    "goals": "goals",
    "renews": "renews",
}


def row_figures(
    today: Callable[[], date], columns: Sequence[str], *, month_so_far: bool = False
) -> Callable[[PortfolioRow], list[CellFigure]]:
    """For `askable_table`: what a row can be asked about.

    Args:
        today: The workspace's today.
        columns: Those that the table has.
        month_so_far: True where the column of money shows the running month, not what was billed.
    """

    def figures(row: PortfolioRow) -> list[CellFigure]:
        measured = _measured(row, today(), month_so_far=month_so_far)
        found: list[CellFigure] = []
        for column in columns:
            if column in measured:
                found.append(measured[column])
                continue
            what = _COLUMNS.get(column)
            why = None if what is None else row_why(row, what, today())
            if why is not None and what is not None:
                ask = partial(row_why, row, what, today())
                found.append(CellFigure(column, why.title, why.figure, ask))
        return found

    return figures


def _measured(row: PortfolioRow, today: date, *, month_so_far: bool) -> dict[str, CellFigure]:
    """What the statistics keep: each by its id, so that the words are those of the command line."""
    part = account_part(row.account_id, row.name)
    found: dict[str, CellFigure] = {}

    def add(column: str, name: str, value: str, *words: str) -> None:
        found[column] = CellFigure(column, name, value, partial(figure_id, *words))

    brief = row.brief
    if brief is None:
        return found
    if brief.health is not None:
        add("health", "Health", health_text(row), "health", part)
    week = week_of(row, today)
    if week is not None and week.estimate is not None:
        add("change", "Usage, last 7 days", effect_text(row, today), "home", "week", part)
    spend = month_of(row) if month_so_far else None
    if spend is not None:
        accrued = short_money(Money(spend.accrued, spend.currency))
        add("billed", "Accrued this month", accrued, "spend", part, spend.currency)
    pacing = pacing_of(row, today)
    if pacing is not None and brief.outlook is not None:
        add("pace", "Commitment used", pacing.figure, "commitment", part)
    return found
