"""Usage around what an alert speaks of, as a chart's data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from convergedesk.desktop.charts.series import Band, DaySeries, Dip, TicketMark
from convergedesk.desktop.ticket_words import is_high, title_of
from convergedesk.domain.alerts import AlertKind, Finding
from convergedesk.figures.timeline import zone_of
from convergedesk.figures.wording import percent

if TYPE_CHECKING:
    from convergedesk.domain.usage import MeterId
    from convergedesk.workspace.alerts import AlertContext

_AVERAGE = 7
_YEAR = 364
_BEFORE, _AFTER = timedelta(days=63), timedelta(days=28)
_SHADED = frozenset({AlertKind.DIP_AFTER_TICKET, AlertKind.SILENT_DIP, AlertKind.NOT_RESTORED})
_WITH_USAGE = _SHADED | {
    AlertKind.OPEN_LONG,
    AlertKind.ESCALATION,
    AlertKind.SLA_RISK,
    AlertKind.BILL_SHOCK,
    AlertKind.GOAL_SLIPPING,
    AlertKind.CHAMPION_LEFT,
    AlertKind.NOT_SPOKEN,
}


@dataclass(frozen=True, slots=True)
class EventChart:
    """What the chart of an alert shows.

    Attributes:
        name: What is counted.
        series: Usage, 7-day average.
        band: What was expected, averaged likewise; None where nothing is.
        year_ago: The same weekdays a year earlier, or None.
        dips: The dip that the alert speaks of.
        tickets: Tickets in view.
        first: First day in view.
        last: Last day in view.
    """

    name: str
    series: DaySeries
    band: Band | None
    year_ago: DaySeries | None
    dips: tuple[Dip, ...]
    tickets: tuple[TicketMark, ...]
    first: date
    last: date


def event_chart(context: AlertContext) -> EventChart | None:
    """The usage around an alert; None where it says nothing of it."""
    finding = context.alert.finding
    usage = context.usage
    if usage is None or usage.first_day is None or finding.kind not in _WITH_USAGE:
        return None
    if finding.kind is AlertKind.GOAL_SLIPPING and finding.meter_id is None:
        return None
    picked = _picked(context, finding)
    if picked is None:
        return None
    meter_id, name, unit, daily = picked
    values = _average(daily)
    known = np.flatnonzero(np.isfinite(values))
    if not known.size:
        return None
    start = usage.first_day
    last_known = start + timedelta(days=int(known[-1]))
    event = _event(finding, last_known)
    last = min(last_known, event + _AFTER) if event + _AFTER < last_known else last_known
    first = max(start, min(event, last) - _BEFORE)
    return EventChart(
        name=name,
        series=DaySeries("usage", name, start, values, unit),
        band=_band(context, meter_id, start),
        year_ago=_year_ago(values, start),
        dips=_dips(finding, event),
        tickets=_tickets(context, first, last),
        first=first,
        last=max(last, event),
    )


def _picked(
    context: AlertContext, finding: Finding
) -> tuple[MeterId | None, str, str, NDArray[np.float64]] | None:
    usage = context.usage
    if usage is None:
        return None
    if finding.meter_id is None and usage.total is not None:
        return None, "Total usage", "", usage.total
    daily = [one for one in usage.meters if one.daily is not None]
    one = next((one for one in daily if one.meter.id == finding.meter_id), daily[0] if daily else None)
    if one is None or one.daily is None:
        return None
    return one.meter.id, one.meter.name, one.meter.unit, one.daily


def _event(finding: Finding, last_known: date) -> date:
    if finding.kind in (AlertKind.GOAL_SLIPPING, AlertKind.BILL_SHOCK, AlertKind.NOT_SPOKEN):
        return last_known
    onset = finding.figures.get("onset")
    return date.fromisoformat(onset) if isinstance(onset, str) else finding.day


def _band(context: AlertContext, meter_id: MeterId | None, start: date) -> Band | None:
    found = context.ranges.get(meter_id)
    if found is None or found.baseline is None:
        return None
    return Band(start, _average(found.low), _average(found.high), "Expected")


def _year_ago(values: NDArray[np.float64], start: date) -> DaySeries | None:
    if values.size <= _YEAR:
        return None
    return DaySeries("year_ago", "A year ago", start + timedelta(days=_YEAR), values[:-_YEAR])


def _dips(finding: Finding, event: date) -> tuple[Dip, ...]:
    estimate = finding.figures.get("estimate")
    if finding.kind not in _SHADED or not isinstance(estimate, float):
        return ()
    low, high = finding.figures.get("low"), finding.figures.get("high")
    limits = ""
    if isinstance(low, float) and isinstance(high, float):
        limits = f"95\u202f% interval {_plain(low)} to {_plain(high)}"
    return (Dip(event, None, percent(estimate, signed=True), limits),)


def _tickets(context: AlertContext, first: date, last: date) -> tuple[TicketMark, ...]:
    zone = zone_of(context.account.time_zone)
    marks: list[TicketMark] = []
    for ticket in context.tickets:
        opened = ticket.opened_at.astimezone(zone).date()
        if first <= opened <= last:
            marks.append(
                TicketMark(opened, f"#{ticket.number}", title_of(ticket), is_high(ticket), payload=ticket.id)
            )
    return tuple(marks)


def _average(daily: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean of each day and the six before; NaN where more than half of them are missing."""
    seen = np.isfinite(daily)
    totals = np.concatenate(([0.0], np.cumsum(np.where(seen, daily, 0.0))))
    counts = np.concatenate(([0.0], np.cumsum(seen)))
    ends = np.arange(1, daily.size + 1)
    starts = np.maximum(ends - _AVERAGE, 0)
    number = counts[ends] - counts[starts]
    enough = (number > _AVERAGE / 2) & seen
    return np.where(enough, (totals[ends] - totals[starts]) / np.maximum(number, 1.0), np.nan)


def _plain(share: float) -> str:
    return percent(share, signed=True).removesuffix("%").rstrip()
