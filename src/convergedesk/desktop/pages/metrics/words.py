"""What the metrics say, in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from convergedesk.figures.wording import count, number, percent

if TYPE_CHECKING:
    from convergedesk.figures.metrics import Directions, Metrics
    from convergedesk.insights.correlation import TicketUsageCorrelation
    from convergedesk.insights.survival import RestorationCurve

NOT_MEASURED = "–"
_DAY_MINUTES = 24 * 60
_CHANCE = 0.05


def duration(minutes: float) -> tuple[str, str]:
    """Figure and unit of a time in minutes; a dash where it is not known."""
    if math.isnan(minutes):
        return NOT_MEASURED, ""
    if minutes < 120:
        return number(round(minutes)), "min"
    if minutes < 2 * _DAY_MINUTES:
        return number(round(minutes / 60, 1)), "hours"
    return number(round(minutes / _DAY_MINUTES, 1)), "days"


def median(curve: RestorationCurve) -> tuple[str, str, str]:
    """Figure, unit and note of a median time to value restored."""
    if not curve.tickets:
        return NOT_MEASURED, "", f"no confirmed dip in {curve.out_of:,}"
    if math.isinf(curve.median):
        return "not reached", "", "more than half still wait"
    days = round(curve.median)
    unit = "day" if days == 1 else "days"
    if curve.early_sign:
        return str(days), unit, f"an early sign: {count(curve.tickets, 'dip')}"
    high = "open" if math.isinf(curve.high) else number(round(curve.high))
    return str(days), unit, f"95 % interval {number(round(curve.low))} to {high}"


def rising(closing: Directions) -> tuple[str, str, str]:
    """Figure, unit and note of the seven-day trend."""
    if not closing.judged:
        return NOT_MEASURED, "", "no closed high-priority ticket could be judged"
    note = f"{closing.falling:,} falling, {closing.inconclusive:,} inconclusive"
    if closing.not_measured:
        note += f", {closing.not_measured:,} not measured"
    return f"{closing.rising:,} of {closing.judged:,}", "rising", note


def together(found: TicketUsageCorrelation) -> tuple[str, str]:
    """Figure and note of how tickets and usage move together."""
    if math.isnan(found.p_value) or found.lag is None:
        return NOT_MEASURED, f"{count(found.accounts, 'account')}, {count(found.weeks, 'week')}: too few"
    r = float(found.r_by_lag[found.lag])
    later = "same week" if found.lag == 0 else f"{count(found.lag, 'week')} later"
    sure = later if found.p_value < _CHANCE else f"inconclusive, {later}"
    return f"r {number(round(r, 2))}", sure


def story(found: Metrics) -> tuple[str, str, str]:
    """A sentence for each of the three comparisons, of computed figures alone."""
    slow = [one for one in found.effects if one.episode.restoration and one.episode.restoration.days > 10]
    fast = [one for one in slow if (one.ticket.first_response_minutes or math.inf) < 15]
    first = "Answering fast is not the same as being back to normal."
    if fast:
        was = "ticket was" if len(fast) == 1 else "tickets were"
        first += f" {len(fast):,} {was} answered in under 15 minutes and took over 10 days."
    glad = [
        one for one in found.effects if one.effect.verdict == "down" and (one.ticket.satisfaction or 0) >= 4
    ]
    second = "Surveys tell how it felt, usage tells whether it worked again."
    if glad:
        one = glad[0]
        change = percent(-(one.effect.estimate or 0.0))
        rating = f"#{one.ticket.number} was rated {one.ticket.satisfaction} of 5"
        second = f"{rating}, and usage in the 7 days after was {change} below expected. {second}"
    quiet = [one for one in found.points if one.change <= -0.15 and one.tickets <= 2]
    third = "Fewer tickets looks good until an account goes quiet."
    if quiet:
        fell = "account fell" if len(quiet) == 1 else "accounts fell"
        third += f" {len(quiet):,} {fell} by 15 % or more with hardly a ticket."
    return first, second, third
