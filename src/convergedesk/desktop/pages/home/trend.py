"""The small line beside Home's first figure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import isnan
from operator import add

from convergedesk.desktop.portfolio.usage_columns import weekly_mean
from convergedesk.domain.portfolio import PortfolioRow

_SPARK_DAYS = 90


def usage_trend(rows: Iterable[PortfolioRow]) -> tuple[float | None, ...]:
    """Weekly means of the usage of all accounts; empty where they do not all count one unit."""
    known = [row for row in rows if row.spark.last_day is not None]
    units = {row.spark.unit for row in known}
    return weekly_mean(added_up(known)) if len(units) == 1 and "" not in units else ()


def added_up(rows: Iterable[PortfolioRow]) -> tuple[float | None, ...]:
    """Daily usage of all accounts together, up to the last day that all current ones reported.

    Days on which fewer than half of the accounts reported are left out (None).
    """
    sparks = [row.spark for row in rows if row.spark.last_day is not None and row.spark.values]
    if not sparks:
        return ()
    newest = max(spark.last_day or date.min for spark in sparks)
    # An account that stopped reporting weeks ago must not hold back the end of the line.
    end = min(s.last_day for s in sparks if s.last_day is not None and (newest - s.last_day).days <= 7)
    totals, reporting = [0.0] * _SPARK_DAYS, [0] * _SPARK_DAYS
    whole = 0
    for spark in sparks:
        later = (end - spark.last_day).days if spark.last_day is not None else 0
        if not later and len(spark.values) == _SPARK_DAYS and not isnan(sum(spark.values)):
            # Nearly every account; this is read before the first paint, and there may be thousands.
            totals = list(map(add, totals, spark.values))
            whole += 1
            continue
        # The last value of the line stands on `end`; what an account reported later is not shown.
        for at, value in enumerate(spark.values, _SPARK_DAYS - len(spark.values) - later):
            if 0 <= at < _SPARK_DAYS and not isnan(value):
                totals[at] += value
                reporting[at] += 1
    return tuple(
        total if (known + whole) * 2 >= len(sparks) else None
        for total, known in zip(totals, reporting, strict=True)
    )
