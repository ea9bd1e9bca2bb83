"""Columns of what is open: tickets, goals, the renewal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.phrases import near_day, until
from convergedesk.desktop.portfolio.views import renews_soon
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.table.cells import (
    FlagCount,
    FlagCountCell,
    TextCell,
    TextLine,
    TwoLine,
    TwoLineCell,
)
from convergedesk.domain.portfolio import PortfolioRow

RowColumn = Column[PortfolioRow]
_NOTHING = "–"


def tickets_with_flag() -> RowColumn:
    """Open tickets, with a flag for those of high priority."""
    return _ticket_column("Open tickets", FlagCountCell(), 96)


def tickets() -> RowColumn:
    """Open tickets as a bare figure, red where one is of high priority."""
    return _ticket_column("Tickets", TextCell(), 66)


def _ticket_column(title: str, cell: FlagCountCell | TextCell, width: int) -> RowColumn:
    def flagged(row: PortfolioRow) -> FlagCount | TextLine:
        if isinstance(cell, FlagCountCell):
            return FlagCount(row.open_tickets, row.open_high)
        tone = "critical" if row.open_high else "text" if row.open_tickets else "text_3"
        return TextLine(str(row.open_tickets), Role.BODY, tone, "flag-fill" if row.open_high else "")

    return Column(
        key="tickets",
        title=title,
        text=_ticket_words,
        cell=cell,
        value=flagged,
        align="left" if isinstance(cell, FlagCountCell) else "right",
        tooltip=_ticket_words,
        sort_key=lambda row: (row.open_high, row.open_tickets),
        descending_first=True,
        width=width,
        min_width=60,
    )


def _ticket_words(row: PortfolioRow) -> str:
    high = f", {row.open_high} of high priority" if row.open_high else ""
    return f"{row.open_tickets} open{high}"


def goals() -> RowColumn:
    """Open goals as a bare figure, amber where one is overdue."""

    def value(row: PortfolioRow) -> TextLine:
        if row.goals_overdue:
            return TextLine(str(row.goals_open), Role.BODY, "warning", "clock")
        return TextLine(str(row.goals_open), Role.BODY, "text" if row.goals_open else "text_3")

    return Column(
        key="goals",
        title="Goals",
        text=_goal_words,
        cell=TextCell(),
        value=value,
        align="right",
        tooltip=_goal_words,
        sort_key=lambda row: (row.goals_overdue, row.goals_open),
        descending_first=True,
        width=58,
        min_width=52,
    )


def _goal_words(row: PortfolioRow) -> str:
    overdue = f", {row.goals_overdue} overdue" if row.goals_overdue else ""
    return f"{row.goals_open} open{overdue}" if row.goals_open or row.goals_overdue else "None agreed"


def renews_with_distance(today: Callable[[], date]) -> RowColumn:
    """The end of the term over the days until then."""

    def value(row: PortfolioRow) -> TwoLine:
        if row.renews_on is None:
            return TwoLine(_NOTHING, title_tone="text_3")
        return TwoLine(near_day(row.renews_on, today()), until(row.renews_on, today()))

    return Column(
        key="renews",
        title="Renews",
        text=lambda row: f"{value(row).title} {value(row).sub}".strip(),
        cell=TwoLineCell(Role.BODY),
        value=value,
        sort_key=lambda row: row.renews_on,
        width=108,
        min_width=100,
    )


def renews(today: Callable[[], date]) -> RowColumn:
    """The end of the term."""

    def value(row: PortfolioRow) -> TextLine:
        if row.renews_on is None:
            return TextLine(_NOTHING, Role.BODY, "text_3")
        soon = renews_soon(row, today())
        return TextLine(near_day(row.renews_on, today()), Role.BODY, "text" if soon else "text_2")

    return Column(
        key="renews",
        title="Renews",
        text=lambda row: value(row).text,
        cell=TextCell(),
        value=value,
        align="right",
        tooltip=lambda row: (
            "No renewal day known" if row.renews_on is None else until(row.renews_on, today())
        ),
        sort_key=lambda row: row.renews_on,
        width=104,
        min_width=98,
    )
