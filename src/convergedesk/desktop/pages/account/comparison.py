"""The previous quarter beneath the present one, and what the two say beside each other."""

from __future__ import annotations

from datetime import date, timedelta

from convergedesk.desktop.charts.series import DaySeries
from convergedesk.domain.fiscal import CALENDAR_YEAR, quarter_name, quarter_start
from convergedesk.figures.wording import count, percent, short_number
from convergedesk.insights.quarters import QuarterComparison, compare_quarters, same_days_before


def quarter_before(day: date, fiscal_month: int = CALENDAR_YEAR) -> str:
    """The name of the quarter before the one that a day lies in: 'Q3 2026'."""
    return quarter_name(quarter_start(day, fiscal_month) - timedelta(days=1), fiscal_month)


def line_before(series: DaySeries, last_day: date, fiscal_month: int = CALENDAR_YEAR) -> DaySeries:
    """The previous quarter's usage laid on the same days of the quarter."""
    values = same_days_before(series.values, series.first_day, fiscal_month)
    return DaySeries(
        "previous",
        f"{quarter_before(last_day, fiscal_month)}, same days",
        series.first_day,
        values,
        series.unit,
    )


def comparison_words(series: DaySeries, last_day: date, fiscal_month: int = CALENDAR_YEAR) -> str:
    """Both mean days in a sentence that says how many days they rest on."""
    result = compare_quarters(series.values, series.first_day, last_day, fiscal_month)
    before = quarter_before(last_day, fiscal_month)
    return _words(result, quarter_name(last_day, fiscal_month), before, series.unit)


def _words(result: QuarterComparison, present: str, before: str, unit: str) -> str:
    if result.mean is None or result.previous_mean is None:
        return f"Not enough days to compare {present} with {before} yet"
    so_far = "" if result.finished else " so far"
    what = f" {unit}" if unit else ""
    change = ""
    if result.previous_mean:
        change = f" ({percent(result.mean / result.previous_mean - 1, signed=True)})"
    return (
        f"{present}{so_far}: {short_number(result.mean)}{what} a day{change} compared with "
        f"{short_number(result.previous_mean)} on the same {count(result.days, 'day')} of {before}"
    )
