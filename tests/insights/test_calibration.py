"""Intervals hold the truth and alarms are false as often as they say, within what chance allows."""

from __future__ import annotations

import math

import numpy as np
import pytest

from benchmarks.insights_scenarios import measures
from benchmarks.insights_scenarios.series import KINDS

SEED = 20260101
SIGMAS = 3.0


def slack(share: float, draws: int) -> float:
    return SIGMAS * math.sqrt(share * (1.0 - share) / draws)


@pytest.fixture(scope="module")
def by_kind() -> dict[str, measures.Impact]:
    return {kind: measures.impact(kind, 7, SEED, 60) for kind in KINDS}


def test_intervals_hold_the_truth(by_kind: dict[str, measures.Impact]) -> None:
    coverage = np.mean([row.coverage[effect] for row in by_kind.values() for effect in measures.EFFECTS])
    assert 0.925 - slack(0.95, 1800) <= coverage <= 0.98 + slack(0.95, 1800)
    for kind, row in by_kind.items():
        assert np.mean(list(row.coverage.values())) >= 0.90 - slack(0.9, 180), kind


def test_false_alarms_are_rare_and_dips_are_seen(by_kind: dict[str, measures.Impact]) -> None:
    found = {effect: np.mean([row.found[effect] for row in by_kind.values()]) for effect in measures.EFFECTS}
    assert found[0.0] <= 0.07 + slack(0.07, 600)
    assert found[-0.3] >= 0.65 - slack(0.65, 600)
    assert found[-0.6] >= 0.93 - slack(0.93, 600)
    assert np.mean([row.answered for row in by_kind.values()]) >= 0.97 - slack(0.97, 1800)


def test_alerts_keep_to_their_rate() -> None:
    rows = [measures.alerts(kind, SEED, 12)[0] for kind in KINDS]
    assert np.mean([row[0.0] for row in rows]) <= 0.06 + slack(0.06, 120)
    assert np.mean([row[-0.6] for row in rows]) >= 0.94 - slack(0.94, 120)


def test_correlations_keep_to_their_rate() -> None:
    assert measures.correlations(SEED, 100) <= 0.085 + slack(0.085, 100)


def test_forecasts_hold_their_share() -> None:
    rows = [measures.spends(kind, SEED, 25) for kind in KINDS]
    coverage = np.mean([row["coverage"] for row in rows])
    assert 0.71 - slack(0.71, 250) <= coverage <= 0.90 + slack(0.9, 250)


def test_the_median_of_the_curve_is_held() -> None:
    assert measures.median_coverage(SEED, 150) >= 0.88 - slack(0.88, 150)
