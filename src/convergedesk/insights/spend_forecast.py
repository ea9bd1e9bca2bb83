"""What usage, and the bill, will come to by the end of the period."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.explanation import DayRange, Explanation, Term, Unit
from convergedesk.insights.forecast import Forecast, forecast
from convergedesk.insights.prices import Price, price_range
from convergedesk.insights.series import Floats, as_days, one_series
from convergedesk.insights.spread import Spread

_ALIGNED_LEAST = 8


@dataclass(frozen=True, slots=True)
class SpendForecast:
    """What the period will come to.

    Attributes:
        estimate: With a price: amount of the whole period in minor units. Without: units of the days left
            and those used so far in the period. NaN where nothing can be said.
        low: Lower limit, NaN likewise.
        high: Upper limit, NaN likewise.
        accrued: What the period has come to so far, in the same unit: accrued, not yet invoiced.
        units: Expected units of the whole period.
        units_low: Lower limit of these.
        units_high: Upper limit of these.
        explanation: What stands behind it.
    """

    estimate: float
    low: float
    high: float
    accrued: float
    units: float
    units_low: float
    units_high: float
    explanation: Explanation


def spend_forecast(
    usage: ArrayLike,
    first_weekday: int,
    days_left: int,
    *,
    level: float = 0.8,
    used_so_far: float = 0.0,
    price: Price | None = None,
    change: float = 0.0,
    masked: ArrayLike | None = None,
) -> SpendForecast:
    """Period to date and the forecast of the days left, pushed through the price.

    Args:
        usage: Daily totals up to the last complete day, shape (days,); NaN where missing.
        first_weekday: Weekday of the first day, Monday 0.
        days_left: Days of the period after the last day of `usage`.
        level: Share of outcomes that the interval holds ('likely' means 0.8).
        used_so_far: Units used in the period up to the last day.
        price: Amount in minor units for a quantity of the period, such as `TierPrice`; None: units.
        change: What-if: relative change of the usage still to come, such as 0.1.
        masked: Days to leave out of the baseline, shape (days,).

    Raises:
        ValueError: When shapes do not fit, `days_left` is negative or `level` is not between 0 and 1.
    """
    days = one_series(usage, masked)
    if days_left < 0 or not 0.0 < level < 1.0:
        raise ValueError("days cannot be negative, and the level lies between 0 and 1")
    known = forecast(days, first_weekday, days_left) if days_left else None
    if days_left and known is None:
        return _result(math.nan, math.nan, math.nan, used_so_far, price, None, days.size, days_left, level)
    low = middle = high = used_so_far
    if known is not None:
        rest = known.total * max(1.0 + change, 0.0)
        below, above = known.spread.limits(level)
        middle, low, high = (used_so_far + rest * math.exp(d) for d in (0.0, below, above))
    return _result(middle, low, high, used_so_far, price, known, days.size, days_left, level)


def joint_spend_forecast(
    usage: ArrayLike,
    first_weekday: int,
    days_left: int,
    prices: Sequence[Price],
    *,
    level: float = 0.8,
    used_so_far: Sequence[float] | None = None,
    change: float = 0.0,
) -> SpendForecast:
    """The bill of several meters: their errors at the same earlier days are drawn together.

    Meters that rise and fall together make the bill less certain than the meters taken one by one.

    Args:
        usage: Daily totals, shape (meters, days).
        first_weekday: Weekday of the first day, Monday 0.
        days_left: Days of the period after the last day, at least 1.
        prices: Price of each meter.
        level: Share of outcomes that the interval holds.
        used_so_far: Units used in the period, by meter; by default none.
        change: What-if: relative change of the usage still to come.

    Raises:
        ValueError: When the numbers of meters, prices and amounts used differ.
    """
    meters = np.atleast_2d(as_days(usage))
    used = [0.0] * len(prices) if used_so_far is None else list(used_so_far)
    if not len(prices) == len(used) == meters.shape[0] or days_left < 1:
        raise ValueError("one price and one amount used for each meter, and at least one day left")
    known = [forecast(one_series(row), first_weekday, days_left) for row in meters]
    found = [part for part in known if part is not None]
    accrued = float(sum(float(price(amount)) for price, amount in zip(prices, used, strict=True)))
    nan = math.nan
    if len(found) < len(known) or not found:
        why = _explanation(None, meters.shape[1], days_left, level, accrued, (nan, nan, nan))
        return SpendForecast(nan, nan, nan, accrued, nan, nan, nan, why)
    rest = np.array([part.total for part in found]) * max(1.0 + change, 0.0)
    errors = _aligned(found)
    totals = np.array(used)[:, np.newaxis] + rest[:, np.newaxis] * np.exp(errors)
    bills = sum((price(row) for price, row in zip(prices, totals, strict=True)), np.zeros(totals.shape[1]))
    middle = float(sum(float(p(u + r)) for p, u, r in zip(prices, used, rest, strict=True)))
    tail = 0.5 * (1.0 - level)
    low, high = (float(limit) for limit in np.quantile(bills, (tail, 1.0 - tail)))
    low, high = min(low, middle), max(high, middle)
    why = _explanation(found[0], meters.shape[1], days_left, level, accrued, (middle, low, high))
    units = float(sum(used)) + float(rest.sum())
    return SpendForecast(middle, low, high, accrued, units, nan, nan, why)


def _aligned(found: list[Forecast]) -> Floats:
    """Deviations of all meters at the origins that all share, shape (meters, origins).

    With too few shared origins the meters' own quantiles are taken together, as if they moved as one.
    """
    shortest = min(part.errors.size for part in found)
    errors = np.stack([part.errors[-shortest:] for part in found])
    shared = errors[:, np.isfinite(errors).all(axis=0)]
    if shared.shape[1] < _ALIGNED_LEAST:
        shares = np.linspace(0.02, 0.98, 49)
        return np.stack([np.quantile(part.spread.ordered, shares) for part in found])
    centred = shared - np.median(shared, axis=1, keepdims=True)
    own = centred.std(axis=1, keepdims=True)
    wide = np.array([[_widened(part.spread)] for part in found])
    return centred * np.divide(wide, own, out=np.ones_like(own), where=own > 0.0)


def _widened(spread: Spread) -> float:
    return spread.deviation * math.sqrt(1.0 + 1.0 / spread.effective)


def _result(
    middle: float,
    low: float,
    high: float,
    used: float,
    price: Price | None,
    known: Forecast | None,
    days: int,
    days_left: int,
    level: float,
) -> SpendForecast:
    amounts, accrued = (middle, low, high), used
    if price is not None:
        accrued = float(price(used))
        if math.isfinite(middle):
            amounts = (float(price(middle)), *price_range(price, low, high))
    why = _explanation(known, days, days_left, level, accrued, amounts)
    return SpendForecast(*amounts, accrued, middle, low, high, why)


def _explanation(
    known: Forecast | None,
    days: int,
    days_left: int,
    level: float,
    accrued: float,
    amounts: tuple[float, float, float],
) -> Explanation:
    terms = (
        Term("accrued, not yet invoiced", accrued),
        Term("days left", days_left, Unit.DAYS),
        Term("forecast", amounts[0]),
        Term("likely at least", amounts[1]),
        Term("likely at most", amounts[2]),
    )
    if known is not None:
        terms += (Term("expected units a day", known.level, Unit.UNITS),)
    return Explanation(
        title="Spend forecast",
        definition="What has been used in the period and what the days left are expected to bring, priced.",
        formula="price of (used so far + expected of the days left)",
        terms=terms,
        window=DayRange(days, days + days_left - 1) if days_left else None,
        baseline=None if known is None else DayRange(known.origin - known.baseline, known.origin - 1),
        interval=f"'Likely' holds {level * 100:.0f} of 100 outcomes, by how wrong earlier forecasts were.",
        caution="" if math.isfinite(amounts[0]) else "Nothing can be said: too little history or usage.",
    )
