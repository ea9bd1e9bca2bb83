"""Columns of money: what was billed, and how a commitment keeps pace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.paint import PacingValue
from convergedesk.desktop.widgets.table.cells import PacingCell, TextCell, TextLine, TwoLine, TwoLineCell
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.pacing import RULE, PaceState, explain, pace_of
from convergedesk.figures.wording import month, percent, short_money

RowColumn = Column[PortfolioRow]
_NOTHING = "–"


def billed_with_month() -> RowColumn:
    """What was billed over the month that it was for."""
    return Column(
        key="billed",
        title="Billed a month",
        text=lambda row: f"{_billed_text(row)} {_billed_for(row)}".strip(),
        cell=TwoLineCell(Role.BODY),
        value=lambda row: TwoLine(_billed_text(row), _billed_for(row)),
        align="right",
        sort_key=_billed_key,
        descending_first=True,
        header_tooltip="The last month with an invoice; recurring revenue where there are no invoices",
        width=88,
        min_width=72,
    )


def billed() -> RowColumn:
    """What was billed in the last month with an invoice."""
    return Column(
        key="billed",
        title="Billed a month",
        text=_billed_text,
        align="right",
        tooltip=lambda row: f"{_billed_text(row)} {_billed_for(row)}".strip(),
        sort_key=_billed_key,
        descending_first=True,
        header_tooltip="The last month with an invoice; recurring revenue where there are no invoices",
        width=84,
        min_width=66,
    )


def _billed_text(row: PortfolioRow) -> str:
    if row.billed is not None:
        return short_money(row.billed)
    return short_money(row.mrr) if row.mrr is not None else _NOTHING


def _billed_for(row: PortfolioRow) -> str:
    if row.billed is not None and row.billed_month is not None:
        return month(row.billed_month)
    return "recurring" if row.mrr is not None else ""


def _billed_key(row: PortfolioRow) -> tuple[str, int] | None:
    amount = row.billed or row.mrr
    return None if amount is None else (amount.currency, amount.minor_units)


def commitment(today: Callable[[], date]) -> RowColumn:
    """Bar of the share billed with a tick for the share of the term elapsed."""

    def value(row: PortfolioRow) -> PacingValue | None:
        if row.commitment is None:
            return None
        pace = pace_of(row.commitment, today())
        figure, _, rest = pace.words.partition(" · ")
        return PacingValue(
            used=pace.used,
            elapsed=pace.elapsed,
            warn=pace.off_pace,
            text=rest,
            icon="warning" if pace.off_pace else "",
            figure=figure,
        )

    def tooltip(row: PortfolioRow) -> str:
        return "No running commitment" if row.commitment is None else explain(row.commitment, today())

    return Column(
        key="pace",
        title="Commitment used",
        text=lambda row: _NOTHING if row.commitment is None else pace_of(row.commitment, today()).words,
        cell=PacingCell(),
        value=value,
        tooltip=tooltip,
        sort_key=lambda row: _pace_ratio(row, today()),
        header_tooltip=f"Bar: share billed. Tick: share of the term elapsed. {RULE}.",
        width=144,
        min_width=112,
        stretch=1,
    )


def pace(today: Callable[[], date]) -> RowColumn:
    """Share billed over share of the term elapsed."""

    def value(row: PortfolioRow) -> TextLine:
        if row.commitment is None:
            return TextLine(_NOTHING, Role.BODY, "text_3")
        pace = pace_of(row.commitment, today())
        if pace.state is PaceState.EARLY or pace.ratio is None:
            return TextLine("early", Role.BODY, "text_3")
        return TextLine(percent(pace.ratio), Role.BODY, "warning" if pace.off_pace else "text_2")

    return Column(
        key="pace",
        title="Pace",
        text=lambda row: value(row).text,
        cell=TextCell(),
        value=value,
        align="right",
        tooltip=lambda row: (
            "No running commitment" if row.commitment is None else explain(row.commitment, today())
        ),
        sort_key=lambda row: _pace_ratio(row, today()),
        header_tooltip=f"{RULE}.",
        width=66,
        min_width=54,
    )


def _pace_ratio(row: PortfolioRow, today: date) -> float | None:
    return None if row.commitment is None else pace_of(row.commitment, today).ratio
