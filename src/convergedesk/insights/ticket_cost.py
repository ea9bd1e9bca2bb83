"""What a ticket cost in units and money: below expected, less what was caught up."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.explanation import DayRange, Explanation, Term, Unit
from convergedesk.insights.forecast import Forecast, forecast
from convergedesk.insights.prices import Price, price_range
from convergedesk.insights.series import Floats, one_series

CATCH_UP_DAYS = 14


@dataclass(frozen=True, slots=True)
class TicketCost:
    """The billing side of an episode. Always estimated; NaN where nothing can be said.

    Attributes:
        lost_units: Units below expected from onset to restoration; 0 where usage was above.
        caught_up_units: Units above expected in the 14 days after restoration, at most those lost.
        net_units: Lost less caught up.
        net_low: Lower likely limit of the net units.
        net_high: Upper likely limit.
        value: Price of the net units in minor units; NaN without a price.
        value_low: Lower likely limit of the value.
        value_high: Upper likely limit.
        burn_down_delay_days: Days of expected usage that the net units are: under a prepaid commitment the
            value is not lost, burn-down is delayed by so many days.
        prepaid: Whether that is how the value is to be read.
        excess_units: Units above expected during the episode (retries, latency that burns compute): the
            customer's cost, never netted with what we lost.
        excess_cost: Price of these in minor units; NaN without a price.
        sla_credit: Credit owed in minor units, counted apart.
        explanation: What stands behind it.
    """

    lost_units: float
    caught_up_units: float
    net_units: float
    net_low: float
    net_high: float
    value: float
    value_low: float
    value_high: float
    burn_down_delay_days: float
    prepaid: bool
    excess_units: float
    excess_cost: float
    sla_credit: int
    explanation: Explanation


def sla_credit(fee: int, credit_share: float, cap_share: float) -> int:
    """Credit owed on a monthly fee: min(fee × share of the tier, fee × cap), whole minor units."""
    return max(round(min(fee * credit_share, fee * cap_share)), 0)


def ticket_cost(
    usage: ArrayLike,
    first_weekday: int,
    onset_index: int,
    restored_index: int | None,
    *,
    price: Price | None = None,
    billed_units: float = 0.0,
    prepaid: bool = False,
    credit: int = 0,
    level: float = 0.8,
    masked: ArrayLike | None = None,
    expected: Forecast | None = None,
) -> TicketCost:
    """Prices what an episode took from usage.

    Args:
        usage: Daily totals, shape (days,); NaN where missing.
        first_weekday: Weekday of the first day, Monday 0.
        onset_index: Index of the first day of the dip.
        restored_index: Index of the first restored day, or None while it is not restored.
        price: Amount in minor units for a quantity of the billing period, such as `TierPrice`.
        billed_units: Units that the period has come to, on top of which the net units are priced.
        prepaid: True under a prepaid commitment.
        credit: Credit owed, from `sla_credit`.
        level: Share of outcomes that the likely interval holds.
        masked: Days of earlier episodes, shape (days,); no part of what is expected.
        expected: The forecast at the onset for the days to restoration, where it is known already.

    Raises:
        ValueError: When shapes do not fit.
    """
    days = one_series(usage)
    end = days.size if restored_index is None else min(restored_index, days.size)
    length = end - onset_index
    known = expected
    if known is None and 0 < onset_index < end:
        known = forecast(one_series(usage, masked)[:onset_index], first_weekday, length)
    if known is None:
        return _nothing(prepaid, credit)
    caught_until = min(end + CATCH_UP_DAYS, days.size) if restored_index is not None else end
    daily = known.daily(days.size)
    during = _balance(days, daily, onset_index, end)
    after = _balance(days, daily, end, caught_until)
    below, above = known.spread.limits(level)
    lost, caught = _net(during, after, 1.0)
    least, most = (left - back for left, back in (_net(during, after, math.exp(d)) for d in (below, above)))
    net = lost - caught
    excess = max(during[0] - during[1], 0.0)
    value, low, high = _priced(price, billed_units, net, least, most)
    extra = float(price(billed_units)) - float(price(max(billed_units - excess, 0.0))) if price else math.nan
    delay = net / (known.total / length)
    return TicketCost(
        lost_units=lost,
        caught_up_units=caught,
        net_units=net,
        net_low=least,
        net_high=most,
        value=value,
        value_low=low,
        value_high=high,
        burn_down_delay_days=delay,
        prepaid=prepaid,
        excess_units=excess,
        excess_cost=extra,
        sla_credit=credit,
        explanation=_explanation(
            known,
            (onset_index, end),
            (
                Term("below expected", lost, Unit.UNITS),
                Term("caught up in the 14 days after", caught, Unit.UNITS),
                Term("net lost", net, Unit.UNITS),
                Term("estimated value", value, Unit.MONEY),
                Term("days by which burn-down is delayed", delay, Unit.DAYS),
                Term("units above expected, at the customer's cost", excess, Unit.UNITS),
            ),
            level,
            "Prepaid: this delays burn-down, no revenue is lost." if prepaid else "Estimated, not invoiced.",
        ),
    )


def _balance(days: Floats, expected: Floats, first: int, end: int) -> tuple[float, float]:
    """Observed and expected total of the observed days of [first, end)."""
    seen = np.isfinite(days[first:end])
    return float(days[first:end][seen].sum()), float(expected[first:end][seen].sum())


def _net(during: tuple[float, float], after: tuple[float, float], factor: float) -> tuple[float, float]:
    """Units lost and caught up, were the expectation off by `factor`."""
    lost = max(during[1] * factor - during[0], 0.0)
    return lost, min(max(after[0] - after[1] * factor, 0.0), lost)


def _priced(
    price: Price | None, billed: float, net: float, least: float, most: float
) -> tuple[float, float, float]:
    if price is None:
        return math.nan, math.nan, math.nan
    base = float(price(billed))
    low, high = price_range(price, billed + least, billed + most)
    return float(price(billed + net)) - base, low - base, high - base


def _nothing(prepaid: bool, credit: int) -> TicketCost:
    nan = math.nan
    why = _explanation(None, None, (), 0.8, "Nothing can be said: too little history, usage or days.")
    return TicketCost(nan, nan, nan, nan, nan, nan, nan, nan, nan, prepaid, nan, nan, credit, why)


def _explanation(
    known: Forecast | None,
    span: tuple[int, int] | None,
    terms: tuple[Term, ...],
    level: float,
    caution: str,
) -> Explanation:
    return Explanation(
        title="Estimated value of a ticket",
        definition=(
            "Units below expected from the onset of the dip to restored value, less those caught up in the "
            "14 days after, at the contract's price."
        ),
        formula="price(billed + below expected − caught up) − price(billed)",
        terms=terms,
        window=None if span is None else DayRange(span[0], span[1] - 1),
        baseline=None if known is None else DayRange(known.origin - known.baseline, known.origin - 1),
        interval=f"'Likely' holds {level * 100:.0f} of 100 outcomes, by how wrong earlier forecasts were.",
        caution=caution,
    )
