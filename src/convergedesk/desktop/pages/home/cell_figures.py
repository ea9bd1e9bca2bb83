"""The figures of an account's row that answer 'Why?', by the column that shows them."""

from __future__ import annotations

from datetime import date
from functools import partial

from convergedesk.desktop.askable_table import CellFigure
from convergedesk.desktop.portfolio.figure_columns import effect_text, health_text
from convergedesk.desktop.portfolio.money_columns import month_of, pacing_of
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.figure_ids import account_part, figure_id
from convergedesk.figures.need import week_of
from convergedesk.figures.wording import short_money


def row_figures(row: PortfolioRow, today: date) -> list[CellFigure]:
    """What a row can be asked about: each by its id, so that the words are those of the command line."""
    part = account_part(row.account_id, row.name)
    found: list[CellFigure] = []

    def add(column: str, name: str, value: str, *words: str) -> None:
        found.append(CellFigure(column, name, value, partial(figure_id, *words)))

    brief = row.brief
    if brief is not None and brief.health is not None:
        add("health", "Health", health_text(row), "health", part)
    if week_of(row, today) is not None:
        add("change", "Usage, last 7 days", effect_text(row, today), "home", "week", part)
    spend = month_of(row)
    if spend is not None:
        accrued = short_money(Money(spend.accrued, spend.currency))
        add("billed", "Accrued this month", accrued, "spend", part, spend.currency)
    pacing = pacing_of(row, today)
    if pacing is not None and brief is not None and brief.outlook is not None:
        add("pace", "Commitment used", pacing.figure, "commitment", part)
    return found
