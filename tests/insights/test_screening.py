"""The cheap look lets pass whatever the exact one confirms."""

from __future__ import annotations

import numpy as np

from convergedesk.insights.dip_alert import LOOKS, dip_alert
from convergedesk.insights.error_matrix import ErrorMatrix
from convergedesk.insights.levels import Levels
from convergedesk.insights.screening import window_scores

ACCOUNTS, DAYS, EVENTS = 12, 420, 300
PASSED_BELOW = -2.1


def test_every_confirmed_dip_passes_the_screen() -> None:
    rng = np.random.default_rng(20261122)
    drift = np.cumsum(rng.normal(0, 0.02, (ACCOUNTS, DAYS)), axis=1)
    level = np.exp(rng.normal(4.5, 1, (ACCOUNTS, 1)) + drift) * np.array([1, 1, 1, 1, 1, 0.4, 0.3] * 60)
    rows, opened = rng.integers(ACCOUNTS, size=EVENTS), rng.integers(90, DAYS - 20, size=EVENTS)
    for row, day in zip(rows[::3], opened[::3], strict=True):
        level[row, day : day + 10] *= rng.uniform(0.4, 0.9)
    usage = rng.poisson(level).astype(np.float64)
    levels = Levels(usage, 0)
    scores = np.array([window_scores(ErrorMatrix(levels, 0, look)) for look in LOOKS])
    confirmed = [
        float(np.nanmin(scores[:, row, day]))
        for row, day in zip(rows.tolist(), opened.tolist(), strict=True)
        if dip_alert(usage[row], 0, day, LOOKS[-1]).fired
    ]
    assert len(confirmed) > 20
    assert max(confirmed) < PASSED_BELOW
