"""Columns of usage: the small line, and how it changed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from convergedesk.desktop.charts.spark import Spark, SparkTick
from convergedesk.desktop.models.column import Column
from convergedesk.desktop.widgets.table.cells import SparkCell
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.wording import count, short_number

RowColumn = Column[PortfolioRow]
_SPARK_DAYS = 90
_WEEK = 7


def usage(title: str, width: int) -> RowColumn:
    """Ninety days of usage as a line, with the tickets opened in them."""
    return Column(
        key="usage",
        title=title,
        text=_usage_words,
        cell=SparkCell(),
        value=_spark,
        tooltip=_usage_words,
        sort_key=lambda row: row.usage_28,
        descending_first=True,
        header_tooltip="Means of seven days. Sorts by usage of the last 28 days.",
        width=width,
        min_width=88,
        stretch=1,
    )


def _spark(row: PortfolioRow) -> Spark | None:
    if row.spark.last_day is None or not row.spark.values:
        return None
    reported = [None if math.isnan(value) else value for value in row.spark.values]
    # A young account's line starts where its usage starts, further right.
    begin = next((at for at, value in enumerate(reported) if value is not None), 0)
    smooth = weekly_mean(reported[begin:])
    # Where days are reported so seldom that no week has a mean, they are shown as they are: dots.
    values = smooth if any(value is not None for value in smooth) else tuple(reported[begin:])
    ticks = tuple(
        SparkTick(tick.offset - begin, tick.high)
        for tick in row.spark.ticks
        if begin <= tick.offset < len(reported)
    )
    return Spark(values, ticks, slots=_SPARK_DAYS, below=_dip(row, len(values)))


def _dip(row: PortfolioRow, days: int) -> int | None:
    """The position from which on the line stands in the colour of a dip; None without one that lasts."""
    brief, last = row.brief, row.spark.last_day
    if brief is None or last is None:
        return None
    starts = [dip.onset_on for dip in brief.dips if (dip.high or 0.0) < 0]
    if brief.fall is not None:
        starts.append(brief.fall.first_day)
    return max(0, days - 1 - (last - min(starts)).days) if starts else None


def weekly_mean(values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Each day as the mean of the week that ends with it, so that weekends do not saw the line.

    The first week is drawn level at its own mean. None where under four days were reported.
    """
    if len(values) > _WEEK and None not in values:
        # Nearly every account; Home paints a screenful of them before anybody can use it.
        upto = list(accumulate((value or 0.0 for value in values), initial=0.0))
        means = [(after - before) / _WEEK for before, after in zip(upto, upto[_WEEK:], strict=False)]
        return (*means[:1] * (_WEEK - 1), *means)
    smooth: list[float | None] = []
    for at in range(len(values)):
        week = [v for v in values[max(0, at - 6) : max(7, at + 1)] if v is not None]
        reported = values[at] is not None and len(week) >= min(4, len(values))
        smooth.append(sum(week) / len(week) if reported else None)
    return tuple(smooth)


def _usage_words(row: PortfolioRow) -> str:
    if row.usage_28 is None or row.spark.last_day is None:
        return "No daily usage"
    unit = row.spark.unit
    what = f" {unit if unit.isupper() or unit.endswith('s') else unit + 's'}" if unit else ""
    meters = f" over {count(row.spark.meters, 'meter')}" if row.spark.meters > 1 else ""
    tickets = f"; {count(len(row.spark.ticks), 'ticket')} opened in 90 days"
    return f"{short_number(row.usage_28)}{what} in 28 days{meters}{tickets}"
