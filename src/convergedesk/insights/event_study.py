"""An event study with in-time placebos: was what came after unlike what usually comes after?

The error of the forecast at the event is held against its errors at earlier days on which nothing is known to
have happened ('in-time placebos'). Sources: Brodersen et al. 2015, doi 10.1214/14-AOAS788; Chernozhukov,
Wüthrich and Zhu 2021, doi 10.1080/01621459.2021.1920957; MacKinlay 1997, J. Econ. Literature 35(1);
Bertrand, Duflo and Mullainathan 2004, doi 10.1162/003355304772839588.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from convergedesk.insights.error_matrix import ErrorMatrix
from convergedesk.insights.levels import BASELINES
from convergedesk.insights.peers import PeerErrors
from convergedesk.insights.series import Floats
from convergedesk.insights.spread import MOST_PLACEBOS, Spread, narrowest, spread_of

LEAST_EXPECTED = 5.0
_LEAST_SHARE = 1.0 / 3.0
_LARGEST_PEER_WEIGHT = 1.5
_SHORTEST_CAP = 14
_SETTLED = 1e-9


class Abstention(StrEnum):
    """Why nothing can be said."""

    NO_WINDOW = "the days to be judged lie outside the data"
    SHORT_HISTORY = "too little history before the event"
    MISSING_DAYS = "too many of the days to be judged are missing"
    LITTLE_USAGE = "usage is too low to tell a change from chance"
    NO_BASELINE = "too few days are left to compare with"


def least_history(horizon: int) -> int:
    """Days of history below which a window of `horizon` days is not judged: 28 (7), 42 (14), 56 (28)."""
    if horizon <= 7:
        return 28
    return 28 + 2 * (horizon - 7) if horizon <= 14 else max(28 + horizon, 2 * horizon)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The window after an event held against its placebos.

    Attributes:
        baseline: Days of the baseline that was used.
        observed: Total of the window's observed days.
        expected: What was expected of these days, usual bias and peers allowed for.
        effect: ln(observed / expected).
        spread: The placebos.
        thinning: By how much missing days widen the interval, at least 1.
        placebos: How many placebo windows.
        first_placebo: First day of the first placebo window.
        peer_weight: How strongly the peers' errors were taken off; 0 without peers.
    """

    baseline: int
    observed: float
    expected: float
    effect: float
    spread: Spread
    thinning: float
    placebos: int
    first_placebo: int
    peer_weight: float

    def moved(self, days: int) -> Comparison:
        """The same on an axis that begins `days` earlier."""
        return replace(self, first_placebo=self.first_placebo + days)

    def effect_limits(self, level: float) -> tuple[float, float]:
        """Limits of ln(1 + relative effect) at a confidence level.

        Where an effect of that size would leave fewer (or more) counts, the noise of counting is that of
        those counts. At no effect this changes nothing, so the verdict is the placebos' alone.
        """
        below, above = self.spread.limits(level)
        low, high = self.effect - above * self.thinning, self.effect - below * self.thinning
        return self._with_counting_noise(low), self._with_counting_noise(high)

    def _with_counting_noise(self, limit: float) -> float:
        distance = limit - self.effect
        variance = (self.spread.deviation * self.thinning) ** 2
        found = limit
        for _ in range(6):
            capped = min(max(found, -4.0), 4.0)
            factor = max(1.0 + math.expm1(-capped) / ((self.expected + 0.5) * variance), 0.25)
            nearer = 0.5 * (found + self.effect + distance * math.sqrt(factor))
            if abs(nearer - found) < _SETTLED:
                break
            found = nearer
        return max(found, 0.0) if limit > 0.0 else min(found, 0.0)

    def p_of_a_dip(self) -> float:
        """How often a window in which nothing happened falls at least as far below expected."""
        return self.spread.share_below(self.effect / self.thinning)

    def smallest_dip(self, level: float) -> float:
        """The smallest relative dip whose interval would have lain below zero, such as −0.18."""
        below, _ = self.spread.limits(level)
        return math.expm1(below * self.thinning)


def compare(
    matrix: ErrorMatrix,
    event: int,
    *,
    row: int = 0,
    peers: PeerErrors | None = None,
    member: int | None = None,
) -> Comparison | Abstention:
    """Holds the window that starts at `event` against those before it.

    Args:
        matrix: Errors for the window's length.
        event: Index of the window's first day.
        row: Which account of the matrix.
        peers: The other accounts' errors for the same length and lead, or None.
        member: Row of this account among the peers, or None when it is not one of them.
    """
    h = matrix.horizon
    if not 0 <= event < matrix.days:
        return Abstention.NO_WINDOW
    history = event - matrix.lead - int(matrix.first_observed[row])
    if history < least_history(h):
        return Abstention.SHORT_HISTORY
    seen = float(matrix.seen[row, event])
    if seen < h * _LEAST_SHARE or seen == 0.0:
        return Abstention.MISSING_DAYS
    origins = slice(max(event - h + 1 - MOST_PLACEBOS, 0), max(event - h + 1, 0))
    best = _best(matrix, row, event, origins, history, peers, member)
    if best is None:
        return Abstention.NO_BASELINE
    baseline, spread, weight, error, drift = best
    expected = float(matrix.expected[baseline][row, event])
    if expected < LEAST_EXPECTED:
        return Abstention.LITTLE_USAGE
    known = np.isfinite(matrix.errors[baseline][row, origins]).nonzero()[0]
    usual = seen
    if seen < h:
        ordered = np.sort(matrix.seen[row, origins][known])
        usual = 0.5 * float(ordered[(known.size - 1) // 2] + ordered[known.size // 2])
    return Comparison(
        baseline=baseline,
        observed=float(matrix.observed[row, event]),
        expected=expected * math.exp(min(spread.median + weight * drift, 50.0)),
        effect=error - spread.median,
        spread=spread,
        thinning=math.sqrt(max(usual / seen, 1.0)),
        placebos=int(spread.ordered.size),
        first_placebo=origins.start + int(known[0]),
        peer_weight=weight,
    )


def _best(
    matrix: ErrorMatrix,
    row: int,
    event: int,
    origins: slice,
    history: int,
    peers: PeerErrors | None,
    member: int | None,
) -> tuple[int, Spread, float, float, float] | None:
    """Baseline, placebos, peer weight, error and peers' error of the baseline with the least spread."""
    cap = max(float(_SHORTEST_CAP), (history - matrix.horizon) / 3.0)
    if peers is None:
        lengths = [b for b in BASELINES if b <= cap and math.isfinite(matrix.errors[b][row, event])]
        found = narrowest(((b, matrix.errors[b][row, origins]) for b in lengths), matrix.horizon)
        if found is None:
            return None
        return *found, 0.0, float(matrix.errors[found[0]][row, event]), 0.0
    best: tuple[int, Spread, float, float, float] | None = None
    for b in BASELINES:
        if b > cap:
            break
        errors = matrix.errors[b][row]
        error = float(errors[event])
        spread = spread_of(errors[origins], matrix.horizon, b) if math.isfinite(error) else None
        if spread is None:
            continue
        choice = (b, spread, 0.0, error, 0.0)
        choice = _less_peers(errors, event, origins, choice, matrix, peers.median(b, leaving_out=member))
        if best is None or choice[1].deviation < best[1].deviation:
            best = choice
    return best


def _less_peers(
    errors: Floats,
    event: int,
    origins: slice,
    alone: tuple[int, Spread, float, float, float],
    matrix: ErrorMatrix,
    median: Floats,
) -> tuple[int, Spread, float, float, float]:
    """The same with the peers' errors taken off, where that narrows the placebos; otherwise `alone`."""
    b, spread, _, error, _ = alone
    if not event < median.size or not math.isfinite(float(median[event])):
        return alone
    own, others = errors[origins], median[origins]
    both = np.isfinite(own) & np.isfinite(others)
    if both.sum() < 0.5 * np.isfinite(own).sum():
        return alone
    away = others[both] - others[both].mean()
    power = float(away @ away)
    if power <= 0.0:
        return alone
    weight = min(max(float(away @ (own[both] - own[both].mean())) / power, 0.0), _LARGEST_PEER_WEIGHT)
    narrowed = spread_of(own - weight * others, matrix.horizon, b, fitted=1)
    if weight == 0.0 or narrowed is None or narrowed.deviation >= spread.deviation:
        return alone
    drift = float(median[event])
    return b, narrowed, weight, error - weight * drift, drift
