"""No input makes a figure up, and none makes a function fail."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from convergedesk import insights
from convergedesk.domain.billing import MeterPrice, PriceModel, PriceTier
from convergedesk.domain.usage import MeterId
from tests.insights.worlds import odd_series, odd_values

Days = NDArray[np.float64]
indices = st.integers(-5, 160)
weekdays = st.integers(0, 6)
TIERS = (PriceTier(Decimal(1000), Decimal("0.10")), PriceTier(None, Decimal("0.05"), flat=500))
PRICE = insights.TierPrice(MeterPrice(MeterId(1), date(2026, 1, 1), PriceModel.GRADUATED, TIERS), "EUR")


def holds_or_abstains(estimate: float, low: float, high: float) -> None:
    if math.isnan(estimate):
        assert math.isnan(low)
        assert math.isnan(high)
    else:
        assert low <= estimate + 1e-9 * abs(estimate)
        assert estimate <= high + 1e-9 * abs(estimate)


@given(odd_series(), weekdays, indices, st.sampled_from([1, 3, 7, 14, 28]))
def test_impact(usage: Days, weekday: int, event: int, horizon: int) -> None:
    found = insights.usage_impact(usage, weekday, event, horizon)
    holds_or_abstains(found.estimate, found.low, found.high)
    assert (found.abstained is None) == math.isfinite(found.estimate)
    assert insights.in_words(found.explanation)


@given(odd_series(), weekdays, indices, st.integers(0, 12))
def test_impact_with_peers(usage: Days, weekday: int, event: int, accounts: int) -> None:
    peers = np.tile(usage, (accounts, 1)) if usage.size else np.zeros((accounts, 0))
    holds_or_abstains(*_limits(insights.usage_impact(usage, weekday, event, 7, peers=peers)))


def _limits(found: insights.UsageImpact) -> tuple[float, float, float]:
    return found.estimate, found.low, found.high


@given(odd_series(), weekdays, indices, st.integers(-1, 30))
def test_alert(usage: Days, weekday: int, event: int, most: int) -> None:
    found = insights.dip_alert(usage, weekday, event, most)
    assert found.fired == (found.day is not None)
    assert math.isnan(found.p_value) or 0.0 < found.p_value <= 1.0
    assert insights.in_words(found.explanation)


@settings(max_examples=60)
@given(odd_series(), weekdays, indices, st.integers(1, 14))
def test_restoration(usage: Days, weekday: int, opened: int, k: int) -> None:
    found = insights.time_to_value_restored(usage, weekday, opened, k=k)
    assert math.isnan(found.days) or found.days >= 0.0
    assert found.restored == (found.restored_index is not None)
    assert insights.in_words(found.explanation)


@given(arrays.arrays(np.float64, st.integers(0, 30), elements=odd_values), st.data())
def test_curve(days: Days, data: st.DataObject) -> None:
    flags = data.draw(arrays.arrays(np.bool_, days.size))
    found = insights.restoration_curve(days, flags)
    assert (np.diff(found.waiting) < 0.0).all()
    assert (found.waiting_low <= found.waiting + 1e-12).all()
    assert (found.waiting <= found.waiting_high + 1e-12).all()
    assert insights.in_words(found.explanation)


@settings(max_examples=60)
@given(st.integers(0, 4), st.integers(0, 70), st.integers(0, 6), st.data())
def test_correlation(accounts: int, weeks: int, lag: int, data: st.DataObject) -> None:
    tickets = data.draw(arrays.arrays(np.float64, (accounts, weeks), elements=odd_values))
    usage = data.draw(arrays.arrays(np.float64, (accounts, weeks), elements=odd_values))
    found = insights.ticket_usage_correlation(tickets, usage, lag, shifts=499)
    assert found.r_by_lag.shape == (lag + 1,)
    assert math.isnan(found.p_value) or (np.abs(found.r_by_lag) <= 1.0 + 1e-9).all()
    assert insights.in_words(found.explanation)


@given(odd_series(), weekdays, st.integers(0, 60), st.sampled_from([None, PRICE]))
def test_spend(usage: Days, weekday: int, left: int, price: insights.TierPrice | None) -> None:
    found = insights.spend_forecast(usage, weekday, left, price=price)
    holds_or_abstains(found.estimate, found.low, found.high)
    assert insights.in_words(found.explanation)


@settings(max_examples=60)
@given(st.integers(1, 3), odd_series(), weekdays, st.integers(1, 30))
def test_joint_spend(meters: int, usage: Days, weekday: int, left: int) -> None:
    found = insights.joint_spend_forecast(np.tile(usage, (meters, 1)), weekday, left, [PRICE] * meters)
    holds_or_abstains(found.estimate, found.low, found.high)


@given(odd_series(), weekdays, st.data())
def test_range(usage: Days, weekday: int, data: st.DataObject) -> None:
    masked = data.draw(arrays.arrays(np.bool_, usage.size))
    found = insights.expected_range(usage, weekday, masked=masked)
    known = np.isfinite(found.expected)
    assert found.expected.shape == usage.shape
    assert (found.low[known] <= found.expected[known]).all()
    assert (found.expected[known] <= found.high[known]).all()
    assert insights.in_words(found.explanation)


@given(odd_series(), weekdays, indices)
def test_closing(usage: Days, weekday: int, event: int) -> None:
    found = insights.closing_trend(usage, weekday, event)
    holds_or_abstains(found.estimate, found.low, found.high)
    assert insights.in_words(found.explanation)


@settings(max_examples=60)
@given(odd_series(), weekdays, st.integers(-40, 160), st.integers(1, 400), st.floats(0.1, 1e9))
def test_burn_down(usage: Days, weekday: int, start: int, length: int, commitment: float) -> None:
    found = insights.burn_down(usage, weekday, start, length, commitment)
    assert found.cumulative.shape == (length,)
    if math.isfinite(found.overage):
        assert min(found.overage, found.shortfall) == 0.0
        assert found.overage_low <= found.overage <= found.overage_high
    assert insights.in_words(found.explanation)


@given(st.integers(0, 12), st.integers(0, 4), st.data())
def test_under_use(accounts: int, meters: int, data: st.DataObject) -> None:
    usage = data.draw(arrays.arrays(np.float64, (accounts, meters), elements=odd_values))
    tiers = data.draw(arrays.arrays(np.int64, accounts, elements=st.integers(0, 1)))
    found = insights.under_use(usage, tiers, prices=[PRICE] * meters)
    assert found.z.shape == (accounts, meters)
    assert insights.in_words(found.explanation)


@given(st.dictionaries(st.sampled_from(insights.Factor), st.one_of(st.none(), st.floats())))
def test_health(factors: dict[insights.Factor, float | None]) -> None:
    found = insights.health(factors)
    assert math.isnan(found.score) or 0.0 <= found.score <= 100.0 + 1e-9
    assert insights.in_words(found.explanation)


@settings(max_examples=60)
@given(odd_series(), weekdays, indices, st.one_of(st.none(), indices))
def test_cost(usage: Days, weekday: int, onset: int, restored: int | None) -> None:
    found = insights.ticket_cost(usage, weekday, onset, restored, price=PRICE)
    assert math.isnan(found.net_units) or 0.0 <= found.net_low <= found.net_units <= found.net_high
    assert insights.in_words(found.explanation)


@given(st.integers(0, 20), st.data())
def test_retention(accounts: int, data: st.DataObject) -> None:
    before, now = (data.draw(arrays.arrays(np.float64, accounts, elements=odd_values)) for _ in range(2))
    found = insights.retention(before, now)
    assert math.isnan(found.grr) or -1e-9 <= found.grr <= min(found.nrr, 1.0) + 1e-9
    assert insights.in_words(found.explanation)


@given(st.integers(0, 15), st.data())
def test_pilot(accounts: int, data: st.DataObject) -> None:
    values = [data.draw(arrays.arrays(np.float64, accounts, elements=odd_values)) for _ in range(4)]
    pilot = data.draw(arrays.arrays(np.bool_, accounts))
    tiers = data.draw(arrays.arrays(np.int64, accounts, elements=st.integers(0, 1)))
    found = insights.pilot_scorecard(pilot, tiers, values[0], values[1], {"usage": (values[2], values[3])})
    assert len(found.matches) == int(pilot.sum())
    assert all(not pilot[i] and tiers[i] == tiers[m.account] for m in found.matches for i in m.matches)
    assert insights.in_words(found.explanation)


@given(st.integers(0, 3), st.integers(0, 40), st.data())
def test_adoption(meters: int, days: int, data: st.DataObject) -> None:
    usage = data.draw(arrays.arrays(np.float64, (meters, days), elements=odd_values))
    found = insights.adoption(usage)
    assert math.isnan(found.breadth) or 0.0 <= found.breadth <= 1.0
    assert insights.in_words(found.explanation)


@pytest.mark.parametrize("shape", [(2, 30), ()])
def test_one_account_has_one_axis(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="one axis"):
        insights.usage_impact(np.zeros(shape), 0, 20, 7)
