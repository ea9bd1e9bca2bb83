"""The columns of the scorecard: measures, and who is compared with whom."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.paint import IntervalValue
from convergedesk.desktop.widgets.table.cells import (
    IntervalCell,
    TextCell,
    TextLine,
    TwoLine,
    TwoLineCell,
)
from convergedesk.figures.pilot_scorecard import Measure, MeasureFigure, PilotBook, PilotPair, revenue_words
from convergedesk.figures.pilot_words import TITLES, difference_words, trend_words, value_words
from convergedesk.figures.wording import count, number, percent, short_money

_VERDICTS = {
    "better": ("Better", "good", "check-circle"),
    "worse": ("Worse", "critical", "trend-down"),
    "inconclusive": ("Inconclusive", "text_3", "question"),
    "too few pairs": ("Too few pairs", "text_3", "hourglass-medium"),
    "nobody left": ("Nobody left", "text_3", "check-circle"),
}
# What either edge of an interval's mark stands for.
_SCALES = {Measure.RESTORED: 10.0, Measure.CHURNED: 0.4}
_SCALE = 0.3


class MeasureRow(NamedTuple):
    """A measure of a scorecard."""

    book: PilotBook
    figure: MeasureFigure


def measure_columns() -> tuple[Column[MeasureRow], ...]:
    """Before and after in the pilot and in matched accounts, and the difference."""
    return (
        Column(
            key="measure",
            title="Measure",
            text=lambda row: TITLES[row.figure.measure],
            cell=TwoLineCell(),
            value=lambda row: TwoLine(TITLES[row.figure.measure], count(row.figure.pairs, "pair")),
            width=170,
            min_width=130,
            stretch=1,
        ),
        _values("pilot", "The pilot", lambda figure: figure.pilot),
        _values("matched", "Matched accounts", lambda figure: figure.matched),
        Column(
            key="difference",
            title="Difference",
            text=lambda row: difference_words(row.figure),
            cell=TextCell(),
            value=_difference,
            align="right",
            header_tooltip="Change in the pilot less change in the matches; 95 % interval in brackets",
            width=156,
            min_width=120,
        ),
        Column(
            key="interval",
            title="95 % interval",
            text=lambda row: difference_words(row.figure),
            cell=IntervalCell(),
            value=_interval,
            width=120,
            min_width=60,
        ),
        Column(
            key="verdict",
            title="Finding",
            text=lambda row: _VERDICTS[row.figure.verdict][0],
            cell=TextCell(),
            value=_verdict,
            width=126,
            min_width=100,
        ),
    )


def _values(key: str, title: str, of: Callable[[MeasureFigure], tuple[float, float]]) -> Column[MeasureRow]:
    def value(row: MeasureRow) -> TwoLine:
        before, after = of(row.figure)
        if not math.isfinite(before):
            return TwoLine("–", "not known", "text_3")
        shown = f"{value_words(row.book, row.figure, before)} → {value_words(row.book, row.figure, after)}"
        if row.figure.relative and before > 0 and math.isfinite(after):
            return TwoLine(shown, f"{percent(after / before - 1.0, signed=True)} after")
        return TwoLine(shown, "before → after")

    return Column(
        key=key,
        title=title,
        text=lambda row: f"{value(row).title}, {value(row).sub}",
        cell=TwoLineCell(Role.BODY),
        value=value,
        align="right",
        header_tooltip="Before the pilot and since; geometric means where growth is compared",
        width=150,
        min_width=116,
    )


def _difference(row: MeasureRow) -> TextLine:
    _, tone, _ = _VERDICTS[row.figure.verdict]
    sure = row.figure.verdict in ("better", "worse")
    return TextLine(difference_words(row.figure), Role.STRONG if sure else Role.BODY, tone)


def _interval(row: MeasureRow) -> IntervalValue | None:
    figure = row.figure
    if not all(map(math.isfinite, (figure.low, figure.difference, figure.high))) or figure.low == figure.high:
        return None
    scale = _SCALES.get(figure.measure, _SCALE)
    unsure = figure.verdict == "inconclusive"
    return IntervalValue(figure.low, figure.difference, figure.high, scale, inconclusive=unsure)


def _verdict(row: MeasureRow) -> TextLine:
    word, tone, icon = _VERDICTS[row.figure.verdict]
    return TextLine(word, Role.LABEL_MEDIUM, tone, icon)


class PairRow(NamedTuple):
    """An account of the pilot with its counterparts."""

    pair: PilotPair
    currency: str | None


def pair_columns() -> tuple[Column[PairRow], ...]:
    """Who is compared with whom, and how alike they were."""
    return (
        Column(
            key="account",
            title="Account of the pilot",
            text=lambda row: row.pair.account.name,
            cell=TextCell(Role.STRONG),
            sort_key=lambda row: row.pair.account.name.casefold(),
            width=170,
            min_width=120,
            stretch=1,
        ),
        Column(
            key="tier",
            title="Tier",
            text=lambda row: row.pair.account.tier or "–",
            cell=TextCell(Role.BODY, "text_2"),
            sort_key=lambda row: row.pair.account.tier.casefold(),
            width=84,
            min_width=60,
        ),
        Column(
            key="revenue",
            title="Billed before",
            text=_revenue,
            align="right",
            sort_key=lambda row: row.pair.account.revenue,
            header_tooltip="Billed in the twelve months before the pilot",
            width=92,
            min_width=72,
        ),
        Column(
            key="trend",
            title="Trend before",
            text=lambda row: trend_words(row.pair.account),
            align="right",
            header_tooltip="Usage of the last 45 days before the pilot against the 45 before those",
            width=84,
            min_width=70,
        ),
        Column(
            key="matches",
            title="Compared with",
            text=_matches,
            cell=TextCell(),
            value=lambda row: TextLine(_matches(row), Role.BODY, "text" if row.pair.matches else "text_3"),
            tooltip=_distances,
            width=320,
            min_width=140,
            stretch=3,
        ),
    )


def _revenue(row: PairRow) -> str:
    amount = revenue_words(row.pair.account, row.currency)
    return "–" if amount is None else short_money(amount)


def _matches(row: PairRow) -> str:
    return ", ".join(one.name for one, _ in row.pair.matches) or "no counterpart"


def _distances(row: PairRow) -> str:
    if not row.pair.matches:
        return "No account outside the pilot shares its tier and has what is compared"
    return "\n".join(f"{one.name}: {number(round(far, 2))} deviations away" for one, far in row.pair.matches)
