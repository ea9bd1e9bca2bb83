"""How long until value is restored, over many tickets, counting those that still wait."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.explanation import Explanation, Term, Unit
from convergedesk.insights.series import Floats, as_days, frozen
from convergedesk.insights.student import normal_quantile

FEWEST_FOR_A_HEADLINE = 5


@dataclass(frozen=True, slots=True)
class RestorationCurve:
    """Kaplan-Meier estimate of the share of tickets whose value is not yet restored.

    Attributes:
        times: Days at which at least one ticket was restored, ascending, shape (steps,).
        waiting: Share not restored after each of these days, shape (steps,).
        waiting_low: Lower limit of that share, shape (steps,).
        waiting_high: Upper limit, shape (steps,).
        at_risk: Tickets still observed and waiting before each of these days, shape (steps,).
        restored: Tickets restored on each of these days, shape (steps,).
        median: Days after which half are restored; infinite where that was not reached, NaN without tickets.
        low: Lower limit of the median, likewise.
        high: Upper limit of the median, likewise.
        tickets: How many tickets entered.
        out_of: How many were looked at, those without a confirmed dip included.
        early_sign: True with fewer than five tickets: never a headline.
        explanation: What stands behind it.
    """

    times: Floats
    waiting: Floats
    waiting_low: Floats
    waiting_high: Floats
    at_risk: Floats
    restored: Floats
    median: float
    low: float
    high: float
    tickets: int
    out_of: int
    early_sign: bool
    explanation: Explanation


def restoration_curve(
    days: ArrayLike, restored: ArrayLike, *, level: float = 0.95, out_of: int | None = None
) -> RestorationCurve:
    """Kaplan-Meier curve with Greenwood's variance on the log-log scale.

    Sources: Kaplan and Meier 1958, doi 10.1080/01621459.1958.10501452; Brookmeyer and Crowley 1982,
    doi 10.2307/2530286, for the interval of the median.

    Args:
        days: Days to restoration, or to the end of observation, shape (tickets,); NaN is left out.
        restored: True where restored, False where still waiting at the end, shape (tickets,).
        level: Confidence level of the intervals.
        out_of: How many tickets were looked at; by default those that entered.

    Raises:
        ValueError: When the shapes differ or `level` is not between 0 and 1.
    """
    durations = as_days(days).ravel()
    events = np.asarray(restored, dtype=np.bool_).ravel()
    if durations.shape != events.shape or not 0.0 < level < 1.0:
        raise ValueError("one flag for each duration, and a level between 0 and 1")
    known = np.isfinite(durations)
    durations, events = durations[known], events[known]
    times, counts = np.unique(durations[events], return_counts=True)
    happened = counts.astype(np.float64)
    ordered = np.sort(durations)
    at_risk = (ordered.size - np.searchsorted(ordered, times, side="left")).astype(np.float64)
    waiting: Floats = np.cumprod(1.0 - happened / at_risk).astype(np.float64)
    low, high = _log_log_limits(waiting, happened, at_risk, level)
    tickets = int(durations.size)
    median, first, last = (_crossing(times, share, tickets) for share in (waiting, low, high))
    total = tickets if out_of is None else out_of
    return RestorationCurve(
        times=frozen(times),
        waiting=frozen(waiting),
        waiting_low=frozen(low),
        waiting_high=frozen(high),
        at_risk=frozen(at_risk),
        restored=frozen(happened),
        median=median,
        low=first,
        high=last,
        tickets=tickets,
        out_of=total,
        early_sign=tickets < FEWEST_FOR_A_HEADLINE,
        explanation=_explanation(tickets, total, int(events.sum()), (first, median, last), level),
    )


def _log_log_limits(
    waiting: Floats, happened: Floats, at_risk: Floats, level: float
) -> tuple[Floats, Floats]:
    inside = (waiting > 0.0) & (waiting < 1.0)
    left = at_risk - happened
    variance = np.cumsum(np.divide(happened, at_risk * left, out=np.zeros_like(happened), where=left > 0.0))
    log_waiting = np.log(waiting, out=np.full_like(waiting, -1.0), where=inside)
    reach = normal_quantile(0.5 * (1.0 + level)) * np.sqrt(variance) / np.abs(log_waiting)
    low = np.where(inside, waiting ** np.exp(np.minimum(reach, 700.0)), waiting)
    high = np.where(inside, waiting ** np.exp(-reach), waiting)
    if waiting.size and waiting[-1] == 0.0:
        high[-1] = high[-2] if waiting.size > 1 else 1.0
    return low, high


def _crossing(times: Floats, share: Floats, tickets: int) -> float:
    if tickets == 0:
        return math.nan
    below = np.flatnonzero(share <= 0.5 + 1e-12)
    return float(times[below[0]]) if below.size else math.inf


def _explanation(
    tickets: int, out_of: int, restored: int, median: tuple[float, float, float], level: float
) -> Explanation:
    caution = ""
    if tickets == 0:
        caution = "No ticket had a confirmed dip in usage."
    elif tickets < FEWEST_FOR_A_HEADLINE:
        caution = f"An early sign from {tickets} tickets, not a headline."
    elif math.isinf(median[1]):
        caution = "Half have not been restored yet, so the median is not reached."
    return Explanation(
        title="Median time to value restored",
        definition=(
            "Days from opening until usage is back to at least 90 % of expected, over tickets with a "
            "confirmed dip. Tickets that still wait count as waiting (Kaplan-Meier)."
        ),
        formula="the day on which the share still waiting falls to one half",
        terms=(
            Term("tickets with a confirmed dip", tickets, Unit.COUNT),
            Term("tickets looked at", out_of, Unit.COUNT),
            Term("restored so far", restored, Unit.COUNT),
            Term("median", median[1], Unit.DAYS),
            Term("lower limit", median[0], Unit.DAYS),
            Term("upper limit", median[2], Unit.DAYS),
        ),
        interval=f"Of 100 such intervals about {level * 100:.0f} hold the true median.",
        caution=caution,
    )
