"""How far a forecast may be off, learned from the times when nothing had happened."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from convergedesk.insights.series import Floats
from convergedesk.insights.student import t_quantile, t_upper_tail

MOST_PLACEBOS = 365
FEWEST_PLACEBOS = 3
_EMPIRICAL_FROM, _EMPIRICAL_FULL = 8.0, 39.0
_LARGEST_EMPIRICAL_SHARE = 0.5
_LEAST_DEVIATION = 1e-6
_LEAST_P = 1e-6


@dataclass(frozen=True, slots=True)
class Spread:
    """Forecast errors at placebo origins, summed up.

    Attributes:
        median: Median error, the forecast's usual bias on the log scale.
        deviation: Standard deviation of the errors, inflated for the shortness of the span.
        ordered: The inflated deviations from the median, ascending.
        effective: Number of windows that do not overlap, n_eff = span / horizon.
        fitted: How many values were fitted to these errors beside their mean.
    """

    median: float
    deviation: float
    ordered: Floats
    effective: float
    fitted: int = 0

    @property
    def _degrees(self) -> float:
        return max(self.effective - 1.0 - self.fitted, 1.0)

    @property
    def _empirical_share(self) -> float:
        rising = (self.effective - _EMPIRICAL_FROM) / (_EMPIRICAL_FULL - _EMPIRICAL_FROM)
        return _LARGEST_EMPIRICAL_SHARE * min(max(rising, 0.0), 1.0)

    def share_below(self, deviation: float) -> float:
        """The share of new errors below a deviation from the median, at least 1e-6: a p-value of a dip.

        The inverse of `limits`: the share whose limit is the deviation.
        """
        wide = self.deviation * math.sqrt(1.0 + 1.0 / self.effective)
        t = deviation / wide
        share = self._empirical_share
        if share > 0.0:
            t = self._student_equivalent(deviation, wide, share)
        return max(t_upper_tail(-t, self._degrees), _LEAST_P)

    def _student_equivalent(self, deviation: float, wide: float, share: float) -> float:
        """The Student value whose share has its limit at the deviation."""

        def excess(t: float) -> float:
            p = t_upper_tail(-t, self._degrees)
            return share * _quantile(self.ordered, p) + (1.0 - share) * t * wide - deviation

        return _root(excess, deviation / wide, wide)

    def limits(self, level: float) -> tuple[float, float]:
        """Lower and upper deviation from the median that a share `level` of new errors lies between.

        Student limits for one new window, averaged with the empirical quantiles; the weight of the
        latter rises from 0 at 8 effective windows to ½ at 39.
        """
        tail = 0.5 * (1.0 - level)
        return self._limit(tail), self._limit(1.0 - tail)

    def _limit(self, p: float) -> float:
        reach = t_quantile(p, self._degrees) * self.deviation * math.sqrt(1.0 + 1.0 / self.effective)
        share = self._empirical_share
        if share == 0.0:
            return reach
        return share * _quantile(self.ordered, p) + (1.0 - share) * reach


def _quantile(ordered: Floats, p: float) -> float:
    place = p * (ordered.size - 1)
    below = int(place)
    above = min(below + 1, ordered.size - 1)
    return float(ordered[below] + (place - below) * (ordered[above] - ordered[below]))


def spread_of(errors: Floats, horizon: int, baseline: int, *, fitted: int = 0) -> Spread | None:
    """Sums up the errors at the last 365 origins of a stretch; None with fewer than three.

    Args:
        errors: Errors by origin, in order of days; NaN where an origin was not judged.
        horizon: Length of the judged window in days.
        baseline: Length of the baseline in days.
        fitted: How many values were fitted to these errors beside their mean.
    """
    found = _Scatter.of(errors, horizon, baseline)
    return None if found is None else found.summed_up(horizon, fitted)


def narrowest(candidates: Iterable[tuple[int, Floats]], horizon: int) -> tuple[int, Spread] | None:
    """The baseline whose errors spread least, with their sum; None where none has three.

    Args:
        candidates: (length of the baseline, its errors as `spread_of` takes them); of equals the first.
        horizon: Length of the judged window in days.
    """
    best: tuple[int, _Scatter] | None = None
    for baseline, errors in candidates:
        found = _Scatter.of(errors, horizon, baseline)
        if found is not None and (best is None or found.deviation < best[1].deviation):
            best = (baseline, found)
    return None if best is None else (best[0], best[1].summed_up(horizon, 0))


class _Scatter(NamedTuple):
    """Errors and how far they scatter, before they are put in order."""

    values: Floats
    span: float
    inflation: float
    deviation: float

    @classmethod
    def of(cls, errors: Floats, horizon: int, baseline: int) -> _Scatter | None:
        """None with fewer than three errors."""
        known = np.isfinite(errors).nonzero()[0]
        if known.size < FEWEST_PLACEBOS:
            return None
        values = errors[known]
        span = float(known[-1] - known[0] + horizon)
        inflation = math.sqrt(1.0 + 0.25 * (horizon + baseline) / span)
        centred = values - float(values.sum()) / values.size
        deviation = inflation * math.sqrt(float(centred @ centred) / (values.size - 1))
        return cls(values, span, inflation, max(deviation, _LEAST_DEVIATION))

    def summed_up(self, horizon: int, fitted: int) -> Spread:
        """The errors in order, about their median."""
        ordered = self.values.copy()
        ordered.sort()
        half = ordered.size // 2
        median = float(ordered[half] if ordered.size % 2 else 0.5 * (ordered[half - 1] + ordered[half]))
        ordered = (ordered - median) * self.inflation
        return Spread(median, self.deviation, ordered, max(self.span / horizon, 1.0), fitted)


def _root(rising: Callable[[float], float], guess: float, scale: float) -> float:
    """Where a rising function of slope near `scale` is zero: secants, kept inside a bracket."""
    value = rising(guess)
    low, high = -math.inf, math.inf
    slope, step = scale, 1.0
    for _ in range(60):
        if abs(value) < 1e-6 * scale:
            break
        low, high = (guess, high) if value < 0.0 else (low, guess)
        wanted = guess - value / slope
        if not low < wanted < high:
            both = math.isfinite(low) and math.isfinite(high)
            wanted = 0.5 * (low + high) if both else guess - math.copysign(step, value)
            step *= 2.0
        found = rising(wanted)
        slope = max((found - value) / (wanted - guess), 0.05 * scale)
        guess, value = wanted, found
    return guess
