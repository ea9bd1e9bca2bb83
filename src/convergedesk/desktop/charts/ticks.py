"""Where ticks stand on an axis, and what is printed at them."""

from __future__ import annotations

import math
from datetime import date

from convergedesk.figures.wording import MINUS, NARROW_SPACE, short_day

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
_WEEK = 7
# Months look like 30 days when the step is chosen; where they start is exact.
_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6, 12)
_MONTH_DAYS = 30.4
_EXACT = 1e-6
_LEAST_SPAN = 1e-200


def value_step(span: float, wanted: int) -> float:
    """The step of round numbers that gives about `wanted` ticks over a span."""
    if span < _LEAST_SPAN or wanted < 1:
        return 1.0
    raw = span / wanted
    power = 10.0 ** math.floor(math.log10(raw))
    return next(nice * power for nice in _NICE if nice * power >= raw * 0.999)


def value_range(low: float, high: float, *, wanted: int = 4) -> tuple[float, float]:
    """A range of round numbers around values.

    It starts at zero unless the values lie so far up that zero would flatten them.
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        return 0.0, 1.0
    if low == high == 0:
        return 0.0, 1.0
    bottom = min(0.0, low) if low < 0.55 * high or high <= 0 else low
    step = value_step(max(high - bottom, abs(high) * 0.02), wanted)
    start = math.floor(bottom / step) * step
    if bottom > 0 and bottom - start < 0.2 * step:
        start -= step
    return max(0.0, start) if low >= 0 else start, math.ceil((high + 0.04 * (high - start)) / step) * step


def value_ticks(low: float, high: float, wanted: int = 4) -> tuple[float, ...]:
    """Round numbers within a range."""
    step = value_step(high - low, wanted)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return tuple(number * step for number in range(first, last + 1))


def value_text(value: float, step: float) -> str:
    """A tick's text with the decimals that tell it from its neighbours: '2.25 M', '50k'."""
    if value == 0:
        return "0"
    for limit, suffix in ((1e9, f"{NARROW_SPACE}B"), (1e6, f"{NARROW_SPACE}M"), (1e4, "k")):
        if max(abs(value), step) >= limit:
            divisor = 1e3 if suffix == "k" else limit
            break
    else:
        divisor, suffix = 1.0, ""
    fine = step / divisor
    digits = max(0, min(6, -math.floor(math.log10(fine) + 1e-9)))
    if round(fine, digits) != fine and abs(round(fine, digits) - fine) > 1e-9:
        digits += 1
    text = f"{abs(value) / divisor:,.{digits}f}{suffix}"
    return f"{MINUS}{text}" if value < 0 else text


def exact_text(value: float) -> str:
    """A round number without the zeros that tell nothing: '1.4 M', '150k'."""
    step = 10.0 ** math.floor(math.log10(abs(value))) if value else 1.0
    while abs(value / step - round(value / step)) > _EXACT and step > abs(value) * _EXACT:
        step /= 10
    return value_text(value, step)


def day_ticks(first: float, last: float, wanted: int) -> tuple[int, ...]:
    """Ordinals of the days to name between two places on the axis: days, Mondays, or firsts of months."""
    span = max(1.0, last - first)
    for step in _DAY_STEPS:
        if span / step <= wanted:
            return _by_days(first, last, step)
    return month_ticks(first, last, wanted)


def month_ticks(first: float, last: float, wanted: int) -> tuple[int, ...]:
    """Ordinals of firsts of months, at most about `wanted` of them."""
    span = max(1.0, last - first)
    months = next((step for step in _MONTH_STEPS if span / (step * _MONTH_DAYS) <= wanted), 12)
    while span / (months * _MONTH_DAYS) > wanted:
        months *= 2
    return _by_months(first, last, months)


def day_text(ordinal: int, ticks: tuple[int, ...]) -> str:
    """A tick's text: '14 Sep' between days, 'Sep' between months, 'Jan 2026' where a year begins."""
    day = date.fromordinal(ordinal)
    by_month = len(ticks) > 1 and all(date.fromordinal(tick).day == 1 for tick in ticks)
    if not by_month:
        return short_day(day)
    if day.month == 1 or [ordinal] == list(ticks[:1]):
        return f"{_MONTHS[day.month - 1]} {day.year}"
    return _MONTHS[day.month - 1]


def _by_days(first: float, last: float, step: int) -> tuple[int, ...]:
    start = math.ceil(first)
    if step >= _WEEK:
        # Ordinal 1 was a Monday.
        start += (1 - start) % _WEEK
    return tuple(range(start, math.floor(last) + 1, step))


def _by_months(first: float, last: float, step: int) -> tuple[int, ...]:
    day = date.fromordinal(max(1, math.ceil(first)))
    number = day.year * 12 + day.month - 1 + (day.day > 1)
    number += -number % step
    ticks = []
    while (ordinal := date(number // 12, number % 12 + 1, 1).toordinal()) <= last:
        ticks.append(ordinal)
        number += step
    return tuple(ticks)


def distance_ticks(first: float, last: float, wanted: int) -> tuple[int, ...]:
    """Distances in days to name on an axis that counts from a day: whole weeks where they have room."""
    span = max(1.0, last - first)
    step = next((step for step in _DAY_STEPS if span / step <= wanted), _DAY_STEPS[-1])
    while span / step > wanted:
        step *= 2
    return tuple(range(math.ceil(first / step) * step, math.floor(last) + 1, step))


def distance_text(distance: int, ticks: tuple[int, ...]) -> str:
    """A distance's text: '−14', '+14', with 'days' at both ends."""
    sign = MINUS if distance < 0 else "+" if distance > 0 else ""
    days = f" {'day' if abs(distance) == 1 else 'days'}" if distance in (ticks[0], ticks[-1]) else ""
    return f"{sign}{abs(distance)}{days}"
