"""What a usage chart says in words and rows: the read-out, the export, the description."""

from __future__ import annotations

import math
from datetime import date

from PySide6.QtGui import QColor

from convergedesk.desktop.charts.read_out import ReadOutRow
from convergedesk.desktop.charts.series import (
    Band,
    ChartData,
    Forecast,
    MonthSeries,
    TicketMark,
    days_between,
    ordinal_day,
)
from convergedesk.desktop.theme import DARK, LIGHT, theme
from convergedesk.figures.wording import NARROW_SPACE, count, day, month, number, short_day

_KINDS = {"opened": "opened", "closed": "closed", "restored": "value restored"}


def day_rows(data: ChartData, ordinal: int) -> tuple[str, list[ReadOutRow]]:
    """The title and rows of the read-out on a day: the greatest value first, what is unknown last."""
    when = ordinal_day(ordinal)
    palette = LIGHT if theme().dark else DARK
    rows = []
    rank = 0
    for series in data.series:
        value = series.at(ordinal)
        ink = palette.text if series.total else palette.series[rank % len(palette.series)]
        rank += not series.total
        name = series.name
        if isinstance(series, MonthSeries) and not data.by_month:
            name = f"{name}, {month(when)}"
        unit = f"{NARROW_SPACE}{series.unit}" if series.unit else ""
        figure = "not reported" if math.isnan(value) else number(value) + unit
        rows.append((math.inf if math.isnan(value) else -value, ReadOutRow(name, figure, QColor(ink))))
    ordered = [row for _, row in sorted(rows, key=lambda pair: pair[0])]
    if data.band is not None and len(data.series) == 1:
        ordered += _range_rows(data.band, ordinal, QColor(palette.previous))
    if data.previous is not None:
        before = data.previous.at(ordinal)
        if not math.isnan(before):
            ordered.append(ReadOutRow(data.previous.name, number(before), QColor(palette.previous)))
    if data.forecast is not None:
        ordered += _forecast_rows(data.forecast, ordinal, QColor(palette.forecast))
    ordered += [ReadOutRow(dip.title) for dip in data.dips if dip.title and dip.covers(ordinal)]
    ordered += [ReadOutRow(span.label) for span in data.spans if span.label and span.covers(ordinal)]
    return (month(when) if data.by_month else day(when)), ordered


def _range_rows(band: Band, ordinal: int, ink: QColor) -> list[ReadOutRow]:
    low, high = band.at(ordinal)
    if math.isnan(low) or math.isnan(high):
        return []
    return [ReadOutRow("expected", f"{number(low)} to {number(high)}", ink)]


def _forecast_rows(forecast: Forecast, ordinal: int, ink: QColor) -> list[ReadOutRow]:
    index = ordinal - forecast.start
    if not 0 <= index < len(forecast.middle) or math.isnan(forecast.middle[index]):
        return []
    rows = [ReadOutRow(forecast.name, number(float(forecast.middle[index])), ink)]
    low, high = float(forecast.low[index]), float(forecast.high[index])
    if not math.isnan(low) and not math.isnan(high):
        rows.append(ReadOutRow("likely", f"{number(low)} to {number(high)}"))
    return rows


def mark_rows(mark: TicketMark) -> tuple[str, list[ReadOutRow]]:
    """The title and rows of the read-out on a ticket."""
    rows = [ReadOutRow(mark.title)] if mark.title else []
    high = "high priority, " if mark.high else ""
    rows.append(ReadOutRow(f"{high}{_KINDS[mark.kind]} {short_day(mark.day)}"))
    return mark.label, rows


def export_rows(data: ChartData, first: date, last: date) -> list[tuple[str, ...]]:
    """Rows of text for CSV, the header first.

    A period is a day ('2026-12-10') or, for usage that is known by month only, a month
    ('2026-12'). Values are written in full, unknown ones are empty.
    """
    columns = [*data.series, *([data.previous] if data.previous is not None else [])]
    names = [f"{one.name} ({one.unit})" if one.unit else one.name for one in columns]
    band = data.band
    edges = (f"{band.name}, low", f"{band.name}, high") if band is not None else ()
    rows: list[tuple[str, ...]] = [("period", *names, *edges)]
    for when in days_between(first, last):
        texts = tuple(
            "" if isinstance(one, MonthSeries) else _plain(one.at(when.toordinal())) for one in columns
        )
        if band is not None:
            texts = (*texts, *(_plain(edge) for edge in band.at(when.toordinal())))
        if any(texts):
            rows.append((when.isoformat(), *texts))
    for start in _months_between(first, last):
        texts = tuple(
            _plain(one.at(start.toordinal())) if isinstance(one, MonthSeries) else "" for one in columns
        )
        if any(texts):
            rows.append((start.strftime("%Y-%m"), *texts))
    return rows


def spoken(data: ChartData) -> str:
    """The chart in a sentence, for screen readers."""
    if not data.series:
        return "No usage"
    names = ", ".join(series.name for series in data.series)
    tickets = f"; {count(len(data.tickets), 'ticket')}" if data.tickets else ""
    dips = f"; {count(len(data.dips), 'confirmed dip')}" if data.dips else ""
    return f"{names}, {day(ordinal_day(data.first))} to {day(ordinal_day(data.last))}{tickets}{dips}"


def _months_between(first: date, last: date) -> list[date]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _plain(value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if value == int(value) else repr(value)
