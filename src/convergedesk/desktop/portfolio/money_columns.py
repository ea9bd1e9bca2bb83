"""Columns of money: what was billed, and how a commitment keeps pace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.paint import PacingValue
from convergedesk.desktop.widgets.table.cells import PacingCell, TextCell, TextLine, TwoLine, TwoLineCell
from convergedesk.domain.briefs import MonthSoFar
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.need_words import commitment_words
from convergedesk.figures.pacing import EARLY_DAYS, FAST_FROM, RULE, SLOW_UNDER, PaceState, explain, pace_of
from convergedesk.figures.wording import month, percent, short_day, short_money

RowColumn = Column[PortfolioRow]
_NOTHING = "–"


def month_so_far() -> RowColumn:
    """What the month comes to so far, over its forecast; without priced usage what was billed last."""

    def value(row: PortfolioRow) -> TwoLine:
        spend = month_of(row)
        if spend is None:
            known = _billed_text(row) != _NOTHING
            return TwoLine(_billed_text(row), _billed_for(row), "text" if known else "text_3")
        accrued = short_money(Money(spend.accrued, spend.currency))
        if spend.forecast is None:
            return TwoLine(accrued, "no forecast yet")
        return TwoLine(accrued, f"of {short_money(Money(spend.forecast, spend.currency))}")

    def tooltip(row: PortfolioRow) -> str:
        spend = month_of(row)
        if spend is None:
            return f"{_billed_text(row)} {_billed_for(row)}".strip()
        accrued = short_money(Money(spend.accrued, spend.currency))
        said = f"{accrued} accrued in {month(spend.month)} up to {short_day(spend.through)}, not yet invoiced"
        if spend.forecast is None or spend.low is None or spend.high is None:
            return said
        whole, low, high = (
            short_money(Money(units, spend.currency)) for units in (spend.forecast, spend.low, spend.high)
        )
        return f"{said}; the whole month is forecast at {whole}, likely {low} to {high}"

    return Column(
        key="billed",
        title="Accrued, month",
        text=lambda row: f"{value(row).title} {value(row).sub}".strip(),
        cell=TwoLineCell(Role.BODY),
        value=value,
        align="right",
        tooltip=tooltip,
        sort_key=lambda row: _spend_key(row) or _billed_key(row),
        descending_first=True,
        header_tooltip="What the month's usage comes to so far, accrued and not yet invoiced, of the whole "
        "month's forecast. Without prices: the last month with an invoice, or recurring revenue",
        width=96,
        min_width=80,
    )


def month_of(row: PortfolioRow) -> MonthSoFar | None:
    """The running month in the currency that most of it is in, or None where no usage is priced."""
    spend = () if row.brief is None else row.brief.spend
    return max(spend, key=lambda one: one.accrued, default=None)


def _spend_key(row: PortfolioRow) -> tuple[str, int] | None:
    spend = month_of(row)
    return None if spend is None else (spend.currency, spend.accrued)


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
        return f"billed {month(row.billed_month)}"
    return "recurring" if row.mrr is not None else ""


def _billed_key(row: PortfolioRow) -> tuple[str, int] | None:
    amount = row.billed or row.mrr
    return None if amount is None else (amount.currency, amount.minor_units)


def commitment(today: Callable[[], date]) -> RowColumn:
    """Bar of the share used with a tick for the share of the term elapsed, and where it is heading."""

    def value(row: PortfolioRow) -> PacingValue | None:
        return pacing_of(row, today())

    def tooltip(row: PortfolioRow) -> str:
        if row.brief is not None and row.brief.outlook is not None:
            return commitment_words(row.commitment, row.brief.outlook, today())
        return "No running commitment" if row.commitment is None else explain(row.commitment, today())

    def text(row: PortfolioRow) -> str:
        shown = value(row)
        return _NOTHING if shown is None else f"{shown.figure} · {shown.text}" if shown.text else shown.figure

    return Column(
        key="pace",
        title="Commitment used",
        text=text,
        cell=PacingCell(),
        value=value,
        tooltip=tooltip,
        sort_key=lambda row: _pace_ratio(row, today()),
        header_tooltip=f"Bar: share used. Tick: share of the term elapsed. {RULE}.",
        width=144,
        min_width=112,
        stretch=1,
    )


def pacing_of(row: PortfolioRow, today: date) -> PacingValue | None:
    """A commitment as its bar shows it: with its forecast where there is one, else with what was billed."""
    outlook = None if row.brief is None else row.brief.outlook
    if outlook is None or outlook.pace is None or not outlook.promise:
        if row.commitment is None:
            return None
        pace = pace_of(row.commitment, today)
        figure, _, rest = pace.words.partition(" · ")
        icon = "warning" if pace.off_pace else ""
        return PacingValue(pace.used, pace.elapsed, pace.off_pace, rest, icon, figure)
    days = (outlook.ends_on - outlook.starts_on).days + 1
    elapsed = min(1.0, max(0.0, ((today - outlook.starts_on).days + 1) / days))
    used = outlook.used / outlook.promise
    if (today - outlook.starts_on).days < EARLY_DAYS:
        return PacingValue(
            used, elapsed, warn=False, text="too early", icon="", figure=f"{percent(used)} used"
        )
    off = not SLOW_UNDER <= outlook.pace < FAST_FROM
    words = "on plan"
    if outlook.exhausted is not None and outlook.exhausted < outlook.ends_on:
        words = f"ends {short_day(outlook.exhausted)}"
    elif outlook.unused and off:
        words = f"{short_money(Money(outlook.unused, outlook.currency))} unspent"
    return PacingValue(used, elapsed, off, words, "warning" if off else "", percent(outlook.pace))


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
    outlook = None if row.brief is None else row.brief.outlook
    if outlook is not None and outlook.pace is not None:
        return outlook.pace
    return None if row.commitment is None else pace_of(row.commitment, today).ratio
