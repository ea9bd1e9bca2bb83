"""How fast a commitment is drawn down, and on which day it is used up."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.explanation import DayRange, Explanation, Term, Unit
from convergedesk.insights.forecast import Forecast, forecast
from convergedesk.insights.prices import Price
from convergedesk.insights.series import Floats, frozen, one_series

_HORIZONS = (7, 14, 28, 56, 91, 182)


@dataclass(frozen=True, slots=True)
class BurnDown:
    """A commitment against what has been and will be used.

    Attributes:
        used: Used so far in the term, in the commitment's unit: accrued, not yet invoiced.
        expected_by_now: What an even pace, or the contract's ramp, would have used by now.
        pace: `used` ÷ `expected_by_now`; NaN on the first day of a term.
        cumulative: Cumulative use at the end of each day of the term: actual, then forecast, shape
            (term days,); NaN where nothing can be said.
        low: Lower likely limit of it, same shape.
        high: Upper likely limit, same shape.
        exhausted: Index of the day on which the forecast reaches the commitment, counted as `usage` is;
            None when not within the term.
        exhausted_earliest: The same for the upper limit.
        exhausted_latest: The same for the lower limit.
        overage: Forecast use beyond the commitment at the end of the term; NaN where nothing can be said.
        overage_low: Lower likely limit of it.
        overage_high: Upper likely limit.
        shortfall: Forecast rest of the commitment at the end of the term.
        shortfall_low: Lower likely limit of it.
        shortfall_high: Upper likely limit.
        explanation: What stands behind it.
    """

    used: float
    expected_by_now: float
    pace: float
    cumulative: Floats
    low: Floats
    high: Floats
    exhausted: int | None
    exhausted_earliest: int | None
    exhausted_latest: int | None
    overage: float
    overage_low: float
    overage_high: float
    shortfall: float
    shortfall_low: float
    shortfall_high: float
    explanation: Explanation


def burn_down(
    usage: ArrayLike,
    first_weekday: int,
    term_start: int,
    term_days: int,
    commitment: float,
    *,
    price: Price | None = None,
    ramp: ArrayLike | None = None,
    change: float = 0.0,
    level: float = 0.8,
    masked: ArrayLike | None = None,
) -> BurnDown:
    """Forecasts the cumulative use of a commitment to the end of its term.

    Args:
        usage: Daily use up to the last complete day, shape (days,); NaN where missing. In the commitment's
            unit, or in units of a meter with `price`. Days before the term belong to it: the forecast
            learns from them.
        first_weekday: Weekday of the first day, Monday 0.
        term_start: Index of the term's first day; may lie before or after the data.
        term_days: Length of the term.
        commitment: The promise, in minor units or in units.
        price: Amount for a cumulative quantity of the term; None: `usage` is in the commitment's unit.
        ramp: Share of the commitment that the contract expects to be used by the end of each day of the
            term, shape (term days,); None: evenly.
        change: What-if: relative change of the use still to come.
        level: Share of outcomes that the likely interval holds.
        masked: Days to leave out of the forecast's baseline; they count as used all the same.

    Raises:
        ValueError: When shapes do not fit, the term has no days or the commitment is not positive.
    """
    if term_days < 1 or not commitment > 0.0:
        raise ValueError("a term has days and a commitment is positive")
    days = one_series(usage)
    share = _even(term_days) if ramp is None else np.asarray(ramp, dtype=np.float64)
    if share.shape != (term_days,):
        raise ValueError("a ramp has one share for each day of the term")
    first, end = max(term_start, 0), min(term_start + term_days, days.size)
    actual = np.cumsum(np.nan_to_num(days[first:end])) if end > first else np.zeros(0)
    used_units = float(actual[-1]) if actual.size else 0.0
    ahead = term_start + term_days - days.size
    wait = max(term_start - days.size, 0)
    path = _paths(one_series(usage, masked), first_weekday, ahead, wait, change, level)
    elapsed = min(max(days.size - term_start, 0), term_days)
    amount = price if price is not None else _as_it_is
    used = float(amount(used_units))
    before = np.zeros(min(first - term_start, term_days))
    curves = [
        _as_amounts(np.concatenate((before, actual, used_units + part))[:term_days], amount) for part in path
    ]
    middle, low, high = (frozen(curve) for curve in curves)
    due = float(commitment * share[elapsed - 1]) if elapsed else 0.0
    totals = [float(curve[-1]) for curve in (middle, low, high)]
    over = [max(total - commitment, 0.0) if math.isfinite(total) else math.nan for total in totals]
    short = [max(commitment - total, 0.0) if math.isfinite(total) else math.nan for total in totals]
    reached = [_first_reaching(curve, commitment, term_start) for curve in (middle, low, high)]
    pace = used / due if due > 0.0 else math.nan
    why = _explanation(
        used, due, commitment, totals[0], DayRange(term_start, term_start + term_days - 1), level
    )
    return BurnDown(
        used,
        due,
        pace,
        middle,
        low,
        high,
        exhausted=reached[0],
        exhausted_earliest=reached[2],
        exhausted_latest=reached[1],
        overage=over[0],
        overage_low=over[1],
        overage_high=over[2],
        shortfall=short[0],
        shortfall_low=short[2],
        shortfall_high=short[1],
        explanation=why,
    )


def _even(days: int) -> Floats:
    return np.arange(1, days + 1, dtype=np.float64) / days


def _as_it_is(quantity: ArrayLike) -> Floats:
    return np.asarray(quantity, dtype=np.float64)


def _as_amounts(units: Floats, amount: Price) -> Floats:
    """Amounts that never fall: what has been drawn down stays drawn down."""
    amounts = amount(units)
    return np.where(np.isfinite(units), np.maximum.accumulate(np.nan_to_num(amounts, nan=-np.inf)), np.nan)


def _paths(
    days: Floats, first_weekday: int, ahead: int, wait: int, change: float, level: float
) -> tuple[Floats, Floats, Floats]:
    """Cumulative forecast of the term's days after the data, and its limits, shape (ahead − wait,)."""
    length = max(ahead - wait, 0)
    if length == 0:
        return np.zeros(0), np.zeros(0), np.zeros(0)
    known = [part for part in (forecast(days, first_weekday, h) for h in _HORIZONS) if part is not None]
    if not known:
        blank = np.full(length, np.nan)
        return blank, blank, blank
    nearest = known[0]
    later = np.arange(1, ahead + 1, dtype=np.float64)
    daily = nearest.daily(days.size + ahead)[days.size :] * max(1.0 + change, 0.0)
    daily[:wait] = 0.0
    total = np.cumsum(daily)
    limits = [_limits(known, side, later, level) for side in (0, 1)]
    low, high = (np.maximum.accumulate(total * np.exp(part)) for part in limits)
    return total[wait:], low[wait:], high[wait:]


def _limits(known: list[Forecast], side: int, later: Floats, level: float) -> Floats:
    """Log limits of cumulative totals by days ahead.

    Between the horizons that history can judge they are interpolated; beyond the last they widen with the
    square root of time, as an error that keeps wandering does.
    """
    horizons = np.array([part.horizon for part in known], dtype=np.float64)
    limits = np.array([part.spread.limits(level)[side] for part in known])
    inside = np.interp(later, horizons, limits)
    return inside * np.sqrt(np.maximum(later / horizons[-1], 1.0))


def _first_reaching(curve: Floats, commitment: float, term_start: int) -> int | None:
    reached = np.flatnonzero(curve >= commitment)
    return term_start + int(reached[0]) if reached.size else None


def _explanation(
    used: float, due: float, commitment: float, total: float, term: DayRange, level: float
) -> Explanation:
    return Explanation(
        title="Commitment burn-down",
        definition="What has been used of the commitment against what the contract's pace expects by now.",
        formula="used ÷ expected by now",
        terms=(
            Term("used, accrued and not yet invoiced", used),
            Term("expected by now", due),
            Term("commitment", commitment),
            Term("forecast at the end of the term", total),
            Term("days of the term", len(term), Unit.DAYS),
        ),
        window=term,
        interval=f"'Likely' holds {level * 100:.0f} of 100 outcomes, by how wrong earlier forecasts were.",
        caution="" if math.isfinite(total) else "No forecast: too little history or usage.",
    )
