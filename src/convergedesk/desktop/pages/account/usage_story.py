"""What the usage chart draws for a choice of meter, with comparison, targets and tickets."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo

import numpy as np

from convergedesk.desktop.charts.series import DaySeries, MonthSeries, Series, Span, Target, TicketMark
from convergedesk.desktop.pages.account.comparison import comparison_words, line_before
from convergedesk.domain.calendar import CalendarEventKind
from convergedesk.domain.goals import GoalState, MeterMeasure
from convergedesk.domain.tickets import Ticket
from convergedesk.domain.usage import Meter
from convergedesk.figures.account import AccountUsage, GoalView, MeterUsage
from convergedesk.figures.usage_view import plural
from convergedesk.figures.wording import count, short_number
from convergedesk.insights.weekday import adjusted_for_weekday

TOTAL, EACH = "total", "each"
_MOST_LINES = 10


@dataclass(frozen=True, slots=True)
class UsageStory:
    """Everything in the chart for one choice.

    Attributes:
        series: The lines, in the order of their colours.
        previous: The quarter before on the same days, or None.
        targets: Targets of goals that follow the chosen meter.
        spans: Holidays, freezes, outages.
        tickets: One mark per ticket, on the day it was opened.
        scale: What a value is: 'events a day', 'GB a month'.
        comparison: The quarters beside each other in a sentence; empty where it was not asked for.
        reported: The lines as reported, for the export; `series` may be adjusted for the weekday.
        adjusted: True where `series` is.
        first: First day with usage.
        last: Last day with usage.
    """

    series: tuple[Series, ...]
    previous: DaySeries | None
    targets: tuple[Target, ...]
    spans: tuple[Span, ...]
    tickets: tuple[TicketMark, ...]
    scale: str
    comparison: str
    reported: tuple[Series, ...]
    adjusted: bool
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class PreparedUsage:
    """An account's usage with what does not depend on what is chosen of it.

    Attributes:
        usage: All usage.
        goals: The account's goals.
        zone: The account's time zone.
        choices: (key, words) of what the chart can show; the first is shown at first.
        tickets: One mark per ticket, on the day it was opened.
        story: What the chart shows at first: the first choice, adjusted where it can be, not compared;
            None without usage.
    """

    usage: AccountUsage
    goals: tuple[GoalView, ...]
    zone: tzinfo
    choices: tuple[tuple[str, str], ...]
    tickets: tuple[TicketMark, ...]
    story: UsageStory | None


def prepared(usage: AccountUsage, goals: Sequence[GoalView], zone: tzinfo) -> PreparedUsage:
    """Everything that the chart needs before it can be painted. For a job."""
    offered = choices(usage)
    marks = tuple(_mark(ticket, zone) for ticket in usage.tickets)
    first = offered[0][0] if offered else ""
    story = usage_story(usage, goals, first, zone, compare=False, adjust=True, tickets=marks)
    return PreparedUsage(usage, tuple(goals), zone, offered, marks, story)


def choices(usage: AccountUsage) -> tuple[tuple[str, str], ...]:
    """(key, words) of what the chart can show: total, each meter apart, then every meter."""
    found: list[tuple[str, str]] = []
    if usage.total is not None:
        added = count(len(_added(usage)), "meter")
        found.append((TOTAL, f"Total of {added}"))
        found.append((EACH, f"Each of {added}"))
    return (*found, *((key_of(one.meter), one.meter.name) for one in usage.meters))


def key_of(meter: Meter) -> str:
    """The key of a meter among the choices."""
    return f"meter {meter.id}"


def usage_story(
    usage: AccountUsage,
    goals: Sequence[GoalView],
    choice: str,
    zone: tzinfo,
    *,
    compare: bool,
    adjust: bool = False,
    tickets: tuple[TicketMark, ...] | None = None,
) -> UsageStory | None:
    """What to draw for a choice.

    Args:
        usage: All usage of the account.
        goals: Its goals; those that follow the chosen meter give target lines.
        choice: A key of `choices`.
        zone: The account's time zone, in whose days tickets are placed.
        compare: Whether the quarter before is laid beneath (by day only, and one line only).
        adjust: Whether lines by day are drawn without their weekly rhythm, where they have one.
        tickets: The marks of the tickets, where they were made before.

    Returns:
        None where the choice has no usage.
    """
    reported = _series(usage, choice)
    if not reported:
        return None
    series = _adjusted(reported) if adjust else None
    drawn = series or reported
    one = drawn[0]
    daily = one if len(drawn) == 1 and isinstance(one, DaySeries) else None
    last = _last_day(reported)
    words = ""
    if compare and daily is not None and isinstance(reported[0], DaySeries):
        words = comparison_words(reported[0], last, usage.fiscal_month)
    per = "a day" if isinstance(one, DaySeries) else "a month"
    return UsageStory(
        series=drawn,
        previous=line_before(daily, last, usage.fiscal_month) if words and daily is not None else None,
        targets=_targets(goals, choice) if daily is not None else (),
        spans=tuple(
            Span(
                e.first_day,
                e.last_day,
                e.title,
                incident=e.kind is CalendarEventKind.OUTAGE,
                kind=e.kind.value,
            )
            for e in usage.events
        ),
        tickets=tuple(_mark(ticket, zone) for ticket in usage.tickets) if tickets is None else tickets,
        scale=" ".join(part for part in (reported[0].unit, per) if part),
        comparison=words,
        reported=reported,
        adjusted=series is not None,
        first=min(s.first_day if isinstance(s, DaySeries) else s.first_month for s in reported),
        last=last,
    )


def _adjusted(series: Sequence[Series]) -> tuple[Series, ...] | None:
    """The lines without their weekly rhythm; None unless every one can be adjusted."""
    found: list[Series] = []
    for one in series:
        values = (
            adjusted_for_weekday(one.values, one.first_day.weekday()) if isinstance(one, DaySeries) else None
        )
        if values is None or not isinstance(one, DaySeries):
            return None
        unit = f"{one.unit}, adjusted" if one.unit else "adjusted"
        found.append(replace(one, values=values, unit=unit))
    return tuple(found)


def can_adjust(usage: AccountUsage, choice: str) -> bool:
    """True where the lines have a weekly rhythm that can be taken out."""
    return bool(reported := _series(usage, choice)) and _adjusted(reported) is not None


def can_compare(usage: AccountUsage, choice: str) -> bool:
    """True where the choice is one line by day."""
    series = _series(usage, choice)
    return len(series) == 1 and isinstance(series[0], DaySeries)


def _series(usage: AccountUsage, choice: str) -> tuple[Series, ...]:
    if choice == TOTAL and usage.total is not None and usage.first_day is not None:
        return (DaySeries(TOTAL, "Total", usage.first_day, usage.total, _unit(_added(usage)[0].meter)),)
    if choice == EACH and usage.first_day is not None:
        return tuple(_meter_series(one, usage.first_day) for one in _added(usage)[:_MOST_LINES])
    chosen = next((one for one in usage.meters if key_of(one.meter) == choice), None)
    if chosen is None or (chosen.daily is None and not chosen.months):
        return ()
    return (_meter_series(chosen, usage.first_day),)


def _meter_series(usage: MeterUsage, first_day: date | None) -> Series:
    meter = usage.meter
    unit = _unit(meter)
    if usage.daily is not None and first_day is not None:
        return DaySeries(key_of(meter), meter.name, first_day, usage.daily, unit)
    return MonthSeries(key_of(meter), meter.name, usage.months[0], _every_month(usage), unit)


def _unit(meter: Meter) -> str:
    return plural(meter.unit) if meter.unit else ""


def _every_month(usage: MeterUsage) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The monthly values with NaN for months between that nobody reported."""
    first = usage.months[0]
    places = [(m.year - first.year) * 12 + m.month - first.month for m in usage.months]
    values = np.full(places[-1] + 1, np.nan)
    values[places] = usage.monthly
    return values


def _added(usage: AccountUsage) -> tuple[MeterUsage, ...]:
    """The meters that the total adds: daily ones of the unit that most of them share."""
    by_unit: dict[str, list[MeterUsage]] = {}
    for one in usage.meters:
        if one.daily is not None and one.meter.aggregation.value == "sum":
            by_unit.setdefault(one.meter.unit, []).append(one)
    return tuple(max(by_unit.values(), key=len)) if by_unit else ()


def _last_day(series: Sequence[Series]) -> date:
    last = date.min
    for one in series:
        if isinstance(one, MonthSeries):
            last = max(last, date.fromordinal(one.end - 1))
            continue
        known = np.flatnonzero(~np.isnan(one.values))
        if known.size:
            last = max(last, one.first_day + timedelta(days=int(known[-1])))
    return last if last > date.min else date.fromordinal(series[0].end - 1)


def _targets(goals: Sequence[GoalView], choice: str) -> tuple[Target, ...]:
    found: list[Target] = []
    for view in goals:
        goal = view.goal
        if view.meter is None or key_of(view.meter) != choice or goal.state is not GoalState.OPEN:
            continue
        if goal.measure is MeterMeasure.DAILY_MEAN_28:
            value, words = goal.target, f"target {short_number(goal.target)} a day"
        elif goal.measure is MeterMeasure.WEEKLY_TOTAL:
            value = goal.target / 7
            words = f"target {short_number(goal.target)} a week, {short_number(value)} a day"
        else:
            due = goal.due_on or date(2000, 1, 1)
            value = goal.target / monthrange(due.year, due.month)[1]
            words = f"target {short_number(goal.target)} a month, {short_number(value)} a day"
        found.append(Target(value, f"{goal.title}: {words}", goal.agreed_on, goal.due_on))
    return tuple(found)


def _mark(ticket: Ticket, zone: tzinfo) -> TicketMark:
    return TicketMark(
        day=ticket.opened_at.astimezone(zone).date(),
        label=f"#{ticket.number}",
        title=ticket.title,
        high=ticket.priority is not None and ticket.priority.is_high,
        payload=ticket.id,
    )
