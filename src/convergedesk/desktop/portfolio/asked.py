"""The figures of an account's row that answer 'Why?', by the column that shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from convergedesk.desktop.askable_table import CellFigure
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.row_why import row_why

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
    today: Callable[[], date], columns: Sequence[str]
) -> Callable[[PortfolioRow], list[CellFigure]]:
    """For `askable_table`: what a row can be asked about, of the columns that the table has."""

    def figures(row: PortfolioRow) -> list[CellFigure]:
        found: list[CellFigure] = []
        for column in columns:
            what = _COLUMNS.get(column)
            why = None if what is None else row_why(row, what, today())
            if why is not None and what is not None:
                ask = partial(row_why, row, what, today())
                found.append(CellFigure(column, why.title, why.figure, ask))
        return found

    return figures
