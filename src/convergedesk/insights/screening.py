"""A cheap first look at every day of every account, so that the exact look is taken only where it matters."""

from __future__ import annotations

import numpy as np

from convergedesk.insights.error_matrix import ErrorMatrix
from convergedesk.insights.levels import BASELINES
from convergedesk.insights.series import Floats, Places
from convergedesk.insights.spread import FEWEST_PLACEBOS, MOST_PLACEBOS

_TINY = 1e-12


def window_scores(matrix: ErrorMatrix) -> Floats:
    """How many standard deviations each window lay from the windows that ended before it.

    The placebos are those of the exact comparison, their mean stands in for the median, and the baseline is
    the one with the least spread. A score is a screen, never a finding.

    Args:
        matrix: Errors of accounts at one horizon.

    Returns:
        Shape (accounts, days + 1), NaN where nothing can be said.
    """
    n = matrix.days
    origins = np.arange(n + 1)
    ends = np.maximum(origins - matrix.horizon + 1, 0)
    starts = np.maximum(ends - MOST_PLACEBOS, 0)
    history = origins - matrix.lead - matrix.first_observed[:, np.newaxis]
    cap = np.maximum(14.0, (history - matrix.horizon) / 3.0)
    least = np.full(matrix.observed.shape, np.inf)
    score = np.full(matrix.observed.shape, np.nan)
    for b in BASELINES:
        errors = matrix.errors[b]
        known = np.isfinite(errors)
        values = np.where(known, errors, 0.0)
        count = _between(known.astype(np.float64), starts, ends)
        mean = _between(values, starts, ends) / np.maximum(count, 1.0)
        square = _between(values * values, starts, ends) / np.maximum(count, 1.0)
        deviation = np.sqrt(np.maximum(square - mean * mean, _TINY))
        better = known & (count >= FEWEST_PLACEBOS) & (b <= cap) & (deviation < least)
        least[better] = deviation[better]
        score[better] = ((errors - mean) / deviation)[better]
    return score


def _between(values: Floats, starts: Places, ends: Places) -> Floats:
    sums = np.zeros((values.shape[0], values.shape[1] + 1))
    np.cumsum(values, axis=1, out=sums[:, 1:])
    return sums[:, ends] - sums[:, starts]
