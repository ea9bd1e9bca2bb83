"""Health, adoption, under-use, the pilot, and tickets that go with usage."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.insights import (
    Band,
    Factor,
    adoption,
    feature_adoption_rate,
    health,
    pilot_scorecard,
    ticket_usage_correlation,
    under_use,
)
from convergedesk.insights.health import SCALES, points_of

WELL: dict[Factor, float | None] = {
    Factor.USAGE: 0.1,
    Factor.GOALS: 1.0,
    Factor.RESTORED: 1.0,
    Factor.BLOCKING: 0.0,
    Factor.COMMITMENT: 1.0,
    Factor.BREADTH: 0.9,
}


def test_health_is_the_mean_of_its_factors_and_names_the_fastest_way_up() -> None:
    found = health({**WELL, Factor.GOALS: 0.0, Factor.BLOCKING: 1.0})
    assert found.score == pytest.approx((400 + 0 + 55) / 6)
    assert found.band is Band.HEALTHY
    assert found.contributions[0].factor is Factor.GOALS
    assert found.contributions[0].room == pytest.approx(100 / 6)
    assert sum(part.contribution for part in found.contributions) == pytest.approx(found.score)


def test_what_is_missing_shrinks_the_base_and_is_named() -> None:
    found = health({**WELL, Factor.BLOCKING: None, Factor.GOALS: math.nan})
    assert found.score == pytest.approx(100.0)
    assert set(found.missing) == {Factor.BLOCKING, Factor.GOALS}
    assert health({}).band is None


@pytest.mark.parametrize(
    ("usage", "band"), [(0.0, Band.HEALTHY), (-0.1, Band.WATCH), (-0.2, Band.AT_RISK), (-0.9, Band.AT_RISK)]
)
def test_bands(usage: float, band: Band) -> None:
    assert health({Factor.USAGE: usage}).band is band


@given(st.sampled_from([Factor.USAGE, Factor.GOALS, Factor.RESTORED, Factor.BREADTH]), st.floats(-2, 2))
def test_more_of_a_good_thing_never_lowers_the_score(factor: Factor, value: float) -> None:
    assert points_of(factor, value + 0.01) >= points_of(factor, value)
    assert all(0.0 <= points <= 100.0 for _, points in SCALES[factor])


def test_weights_are_a_teams_own() -> None:
    found = health({Factor.USAGE: 0.1, Factor.GOALS: 0.0}, weights={Factor.USAGE: 3.0, Factor.GOALS: 1.0})
    assert found.score == pytest.approx(75.0)
    with pytest.raises(ValueError, match="not negative"):
        health(WELL, weights={Factor.USAGE: -1.0})


def test_adoption_of_the_last_four_weeks() -> None:
    usage = np.zeros((3, 60))
    usage[0, 32:] = 10.0
    usage[1, :30] = 10.0
    usage[2, 33] = 5.0
    found = adoption(usage, entitled=[True, True, False], included=[560.0, np.nan, 10.0])
    assert found.breadth == 0.5
    assert found.depth[0] == pytest.approx(0.5)
    assert found.stickiness == 1.0
    rate = feature_adoption_rate([[1, 0, 0], [0, 0, 0]], [[1, 0, 1], [1, 0, 1]])
    assert rate[:2] == pytest.approx([0.5, np.nan], nan_ok=True)


def test_a_forgotten_meter_is_found_and_a_small_account_is_not() -> None:
    rng = np.random.default_rng(0)
    size = rng.normal(8.0, 1.0, (40, 1))
    usage = np.exp(size + rng.normal(0.0, 0.3, (40, 4)))
    usage[3, 1] *= 0.02
    usage[5] *= 0.05
    usage[7, 2] = 0.0
    found = under_use(usage, ["growth"] * 40, prices=[None, _double, None, None])
    assert np.argwhere(found.flagged).tolist() == [[3, 1]]
    assert found.review[3, 1]
    assert np.argwhere(found.never_adopted).tolist() == [[7, 2]]
    assert found.gap_value[3, 1] == pytest.approx(2.0 * found.gap_units[3, 1])
    assert np.isnan(found.gap_value[:, 0]).all()


def _double(quantity: object) -> np.ndarray:
    return 2.0 * np.asarray(quantity, dtype=np.float64)


def test_few_alike_accounts_are_not_compared() -> None:
    found = under_use(np.exp(np.random.default_rng(0).normal(5, 1, (14, 2))), ["a"] * 7 + ["b"] * 7)
    assert np.isnan(found.z).all()


def test_chance_alone_is_rarely_flagged() -> None:
    rng = np.random.default_rng(1)
    flagged = [
        under_use(np.exp(rng.normal(8.0, 0.5, (60, 5))), np.zeros(60)).flagged.any() for _ in range(40)
    ]
    assert np.mean(flagged) < 0.35


def test_the_pilot_is_compared_with_its_like() -> None:
    rng = np.random.default_rng(2)
    n = 80
    pilot = np.arange(n) < 12
    tiers = np.where(np.arange(n) % 2, "growth", "scale")
    revenue, trend = np.exp(rng.normal(10, 1, n)), rng.normal(0, 0.1, n)
    before = rng.normal(100.0, 5.0, n)
    later = before + rng.normal(5.0, 3.0, n) + 10.0 * pilot
    found = pilot_scorecard(pilot, tiers, revenue, trend, {"usage": (before, later)})
    assert all(tiers[i] == tiers[m.account] and not pilot[i] for m in found.matches for i in m.matches)
    measure = found.measures[0]
    assert measure.low < 10.0 < measure.high
    assert measure.low > 0.0
    assert measure.pairs == 12


def test_a_pilot_account_without_its_like_is_named() -> None:
    found = pilot_scorecard([True, False], ["a", "b"], [10, 10], [0, 0], {"usage": ([1, 1], [2, 1])})
    assert found.unmatched == (0,)
    assert math.isnan(found.measures[0].difference)


def _portfolio(effect: float, seed: int, accounts: int = 20) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    tickets = rng.poisson(rng.gamma(2.0, 0.5, (accounts, 1)) * np.ones((1, 80)))
    logs = 6.0 + np.cumsum(rng.normal(0, 0.03, (accounts, 80)), axis=1) + rng.normal(0, 0.1, (1, 80))
    logs[:, 2:] -= effect * np.cumsum(np.log1p(tickets[:, :-2]), axis=1)
    return tickets.astype(np.float64), np.exp(logs)


def test_usage_that_falls_two_weeks_after_tickets_is_found_with_its_lag() -> None:
    found = ticket_usage_correlation(*_portfolio(0.08, 1), 4)
    assert found.p_value < 0.01
    assert found.lag == 2
    assert found.r_by_lag[2] < 0.0


def test_independent_tickets_are_seldom_significant() -> None:
    values = [ticket_usage_correlation(*_portfolio(0.0, seed), 4, seed=seed).p_value for seed in range(60)]
    assert np.mean(np.array(values) <= 0.05) <= 0.15


def test_one_account_needs_a_year() -> None:
    tickets, usage = _portfolio(0.1, 3, accounts=1)
    assert math.isnan(ticket_usage_correlation(tickets[:, :51], usage[:, :51], 4).p_value)
    assert math.isfinite(ticket_usage_correlation(tickets[:, :52], usage[:, :52], 4).p_value)


def test_the_same_seed_gives_the_same_answer() -> None:
    data = _portfolio(0.02, 4)
    assert (
        ticket_usage_correlation(*data, 4, seed=9).p_value
        == ticket_usage_correlation(*data, 4, seed=9).p_value
    )
