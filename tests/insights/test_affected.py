"""Which meters fell: what was planted is named, holidays and calm meters are not."""

import numpy as np
import pytest

from convergedesk.insights.affected import WINDOW, affected_meters

METERS, DAYS, START = 6, 420, 400


def usage(seed: int, *, falling: tuple[int, ...] = (), depth: float = 0.4) -> np.ndarray:
    """Counts with a weekday pattern, shape (meters, days); some meters fall from START on."""
    chance = np.random.default_rng(seed)
    week = np.where(np.arange(DAYS) % 7 < 5, 1.0, 0.6)
    expected = np.outer(np.geomspace(200, 20_000, METERS), week)
    expected[list(falling), START : START + WINDOW] *= 1.0 - depth
    return chance.poisson(chance.gamma(100.0, expected / 100.0)).astype(float)


def test_the_meters_that_fell_are_named_and_the_others_are_not():
    found = affected_meters(usage(1, falling=(1, 4)), 0, [START])
    assert {meter for meter, _ in found[START]} == {1, 4}
    assert all(effect.high < 0 for _, effect in found[START])


@pytest.mark.parametrize("seed", range(5))
def test_days_with_a_holiday_say_nothing_about_a_ticket(seed: int):
    unusual = np.zeros(DAYS, dtype=bool)
    unusual[START + WINDOW - 1] = True
    assert affected_meters(usage(seed, falling=(0, 1, 2, 3, 4, 5)), 0, [START], unusual=unusual) == {}


def test_at_most_one_calm_account_in_ten_has_a_meter_named():
    named = sum(bool(affected_meters(usage(seed), 0, [300, 350, START])) for seed in range(60))
    # One in ten is what the method allows; 12 of 60 is what chance adds to it once in a hundred.
    assert named <= 12


def test_a_holiday_elsewhere_hides_nothing():
    unusual = np.zeros(DAYS, dtype=bool)
    unusual[[START - 1, START + WINDOW]] = True
    assert set(affected_meters(usage(2, falling=(3,)), 0, [START], unusual=unusual)) == {START}
