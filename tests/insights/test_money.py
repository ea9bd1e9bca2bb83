"""Forecasts, commitments, cost of a ticket and retention."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergedesk.domain.billing import MeterPrice, PriceModel, PriceTier
from convergedesk.domain.usage import MeterId
from convergedesk.insights import (
    RevenueBasis,
    TierPrice,
    burn_down,
    joint_spend_forecast,
    retention,
    sla_credit,
    spend_forecast,
    ticket_cost,
)
from convergedesk.insights.prices import price_range
from tests.insights.worlds import WEEK, after, steady


def price(model: PriceModel, *tiers: PriceTier, currency: str = "EUR", included: float = 0.0) -> TierPrice:
    return TierPrice(MeterPrice(MeterId(1), date(2026, 1, 1), model, tiers), currency, included=included)


FLAT = price(PriceModel.FLAT, PriceTier(None, Decimal("0.01")))
STEPS = (PriceTier(Decimal(100), Decimal("1.00")), PriceTier(None, Decimal("0.50"), flat=1000))


@pytest.mark.parametrize(
    ("model", "units", "minor"),
    [
        (PriceModel.FLAT, 150, 8500),
        (PriceModel.GRADUATED, 100, 10_000),
        (PriceModel.GRADUATED, 150, 10_000 + 2500 + 1000),
        (PriceModel.VOLUME, 100, 10_000),
        (PriceModel.VOLUME, 150, 7500 + 1000),
        (PriceModel.GRADUATED, -5, 0),
    ],
)
def test_tiers(model: PriceModel, units: float, minor: float) -> None:
    assert float(price(model, *STEPS)(units)) == pytest.approx(minor)


def test_packages_included_units_and_currencies_without_cents() -> None:
    packs = price(PriceModel.PACKAGE, PriceTier(None, Decimal("0.005"), package_size=Decimal(1000)))
    assert packs([1, 1000, 1001]).tolist() == [500, 500, 1000]
    yen = price(PriceModel.FLAT, PriceTier(None, Decimal(3)), currency="JPY", included=10.0)
    assert yen([5, 12]).tolist() == [0, 6]


def test_a_cheaper_tier_inside_the_range_is_not_overlooked() -> None:
    low, high = price_range(price(PriceModel.VOLUME, *STEPS), 90, 130)
    assert (low, high) == (pytest.approx(6000, abs=1), 10_000)


@settings(max_examples=20)
@given(st.integers(0, 999), st.integers(1, 25))
def test_the_forecast_is_near_the_truth(seed: int, left: int) -> None:
    usage = steady(240, seed=seed, noise=0.05)
    found = spend_forecast(usage, 0, left)
    truth = 400.0 * WEEK[np.arange(240, 240 + left) % 7].sum()
    assert found.estimate == pytest.approx(truth, rel=0.12)
    assert found.low < found.estimate < found.high


def test_the_period_so_far_is_accrued_and_the_what_if_moves_the_rest_alone() -> None:
    usage = steady(240, seed=1)
    plain = spend_forecast(usage, 0, 10, used_so_far=8000.0, price=FLAT)
    more = spend_forecast(usage, 0, 10, used_so_far=8000.0, price=FLAT, change=0.5)
    assert plain.accrued == more.accrued == 8000
    assert more.estimate - 8000 == pytest.approx(1.5 * (plain.estimate - 8000))


def test_a_finished_period_is_certain() -> None:
    found = spend_forecast(steady(90, seed=1), 0, 0, used_so_far=500.0)
    assert (found.low, found.estimate, found.high) == (500, 500, 500)


def test_meters_that_move_together_make_the_bill_less_certain() -> None:
    common = np.exp(np.random.default_rng(0).normal(0.0, 0.3, 35)).repeat(7)[:240]
    apart = np.stack([steady(240, seed=i) * np.roll(common, 50 * i) for i in range(3)])
    together = np.stack([steady(240, seed=i) * common for i in range(3)])
    widths = [
        (found.high - found.low) / found.estimate
        for found in (joint_spend_forecast(part, 0, 7, [FLAT] * 3) for part in (apart, together))
    ]
    assert widths[1] > 1.2 * widths[0]


def test_an_even_term_ends_at_its_commitment() -> None:
    usage = np.full(200, 100.0)
    found = burn_down(usage, 0, 50, 300, 30_000.0)
    assert found.used == 15_000
    assert found.pace == pytest.approx(1.0)
    assert found.cumulative[-1] == pytest.approx(30_000, rel=1e-3)
    assert found.shortfall + found.overage == pytest.approx(0.0, abs=60)


def test_twice_the_pace_is_used_up_half_way_with_an_early_and_a_late_day() -> None:
    usage = steady(200, seed=1, rate=200.0)
    found = burn_down(usage, 0, 50, 365, 36_500.0)
    assert found.pace == pytest.approx(2.0, rel=0.1)
    days = (found.exhausted_earliest, found.exhausted, found.exhausted_latest)
    assert found.exhausted == pytest.approx(50 + 182, abs=10)
    assert list(days) == sorted(day for day in days if day is not None)
    assert found.overage_low <= found.overage <= found.overage_high


def test_a_ramp_and_a_what_if() -> None:
    usage = np.full(200, 100.0)
    ramp = np.linspace(0.0, 1.0, 301)[1:] ** 2
    assert burn_down(usage, 0, 50, 300, 30_000.0, ramp=ramp).pace == pytest.approx(2.0)
    more = burn_down(usage, 0, 50, 300, 30_000.0, change=0.2)
    assert more.cumulative[-1] == pytest.approx(33_000, rel=1e-3)


@pytest.mark.parametrize("start", [-400, -50, 0, 199, 200, 260])
def test_a_term_may_lie_anywhere(start: int) -> None:
    found = burn_down(np.full(200, 10.0), 0, start, 100, 1000.0)
    inside = max(min(200, start + 100) - max(start, 0), 0)
    assert found.used == 10.0 * inside
    assert np.isfinite(found.cumulative).all()


def test_the_cost_is_net_of_what_was_caught_up() -> None:
    usage = after(steady(260, seed=1, noise=0.03), 200, 0.5, 210)
    lost = ticket_cost(usage, 0, 200, 210, price=FLAT)
    assert lost.lost_units == pytest.approx(2000, rel=0.15)
    assert lost.value == pytest.approx(lost.net_units)
    assert lost.value_low < lost.value < lost.value_high
    assert lost.burn_down_delay_days == pytest.approx(5, rel=0.15)
    usage[211] += 1000.0
    back = ticket_cost(usage, 0, 200, 210, price=FLAT)
    assert back.net_units == pytest.approx(lost.net_units - 1000.0, abs=250)


def test_excess_units_are_the_customers_cost_and_never_our_gain() -> None:
    found = ticket_cost(after(steady(260, seed=1), 200, 1.8, 210), 0, 200, 210, price=FLAT, billed_units=1e5)
    assert found.net_units == 0.0
    assert found.excess_units == pytest.approx(3200, rel=0.2)
    assert found.excess_cost == pytest.approx(found.excess_units)


def test_sla_credit_is_capped() -> None:
    assert sla_credit(100_000, 0.10, 0.25) == 10_000
    assert sla_credit(100_000, 0.50, 0.25) == 25_000
    assert sla_credit(-100, 0.5, 0.25) == 0


def test_retention_by_hand() -> None:
    found = retention([100, 100, 100, 0, 100], [150, 60, 0, 500, np.nan], basis=RevenueBasis.COMMITTED)
    assert found.nrr == pytest.approx(210 / 400)
    assert found.grr == pytest.approx(160 / 400)
    assert (found.expansion, found.contraction, found.churned, found.left) == (50, 40, 200, 2)
    assert "committed" in found.explanation.title
    assert math.isnan(retention([], []).nrr)
