"""Health of an account: six factors on published scales, their weighted mean, and what would raise it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from convergedesk.insights.explanation import Explanation, Term

METHOD = "1"
HEALTHY_FROM = 75.0
WATCH_FROM = 50.0


class Factor(StrEnum):
    """What health is made of."""

    USAGE = "usage against expected"
    GOALS = "goals on track"
    RESTORED = "value restored"
    BLOCKING = "blocking tickets open"
    COMMITMENT = "commitment pace"
    BREADTH = "adoption breadth"


class Band(StrEnum):
    """How an account stands."""

    HEALTHY = "healthy"
    WATCH = "watch"
    AT_RISK = "at risk"


# The points of each piecewise-linear scale: (raw value, score). Beyond its ends a scale stays level.
SCALES: Mapping[Factor, tuple[tuple[float, float], ...]] = {
    Factor.USAGE: ((-0.40, 0.0), (-0.20, 40.0), (0.0, 85.0), (0.10, 100.0)),
    Factor.GOALS: ((0.0, 0.0), (0.5, 50.0), (1.0, 100.0)),
    Factor.RESTORED: ((0.0, 0.0), (1.0, 100.0)),
    Factor.BLOCKING: ((0.0, 100.0), (1.0, 55.0), (2.0, 25.0), (4.0, 0.0)),
    Factor.COMMITMENT: ((0.4, 0.0), (0.8, 70.0), (1.0, 100.0), (1.2, 90.0), (1.6, 40.0)),
    Factor.BREADTH: ((0.0, 0.0), (0.5, 60.0), (0.8, 100.0)),
}


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one factor does to the score.

    Attributes:
        factor: Which.
        value: Its raw value: a relative difference, a share, a count or a pace.
        points: Its score, 0 to 100.
        weight: Its share of the weights present, 0 to 1.
        contribution: Points that it adds to the score.
        room: Points by which the score would rise if the factor reached 100.
    """

    factor: Factor
    value: float
    points: float
    weight: float
    contribution: float
    room: float


@dataclass(frozen=True, slots=True)
class Health:
    """An account's health: a score, never a probability.

    Attributes:
        score: 0 to 100; NaN where every factor is missing.
        band: Healthy from 75, watch from 50, at risk below; None without a score.
        contributions: By descending room, so that the first is the fastest way up.
        missing: Factors that nothing is known of; the base shrinks by them.
        method: Version of the scales. Scores of two methods are two series.
        explanation: What stands behind it.
    """

    score: float
    band: Band | None
    contributions: tuple[Contribution, ...]
    missing: tuple[Factor, ...]
    method: str
    explanation: Explanation


def health(
    factors: Mapping[Factor, float | None],
    *,
    weights: Mapping[Factor, float] | None = None,
    method: str = METHOD,
) -> Health:
    """Weighted mean of the factors that are known.

    Silence earns nothing: pass None for blocking tickets where nobody has been in touch, and for value
    restored where no dip was confirmed.

    Args:
        factors: Raw values: usage as a relative difference from expected; goals on track, value restored and
            adoption breadth as shares; open blocking tickets as a count; commitment as used ÷ expected.
        weights: Weight of each factor, at least 0; None: equal.
        method: Version under which the score is kept.

    Raises:
        ValueError: When a weight is negative or not finite.
    """
    given = dict.fromkeys(Factor, 1.0) if weights is None else dict(weights)
    if any(not math.isfinite(weight) or weight < 0.0 for weight in given.values()):
        raise ValueError("weights are finite and not negative")
    known: dict[Factor, float] = {}
    for factor in Factor:
        value = factors.get(factor)
        if value is not None and math.isfinite(value) and given.get(factor, 0.0) > 0.0:
            known[factor] = float(value)
    missing = tuple(f for f in Factor if f not in known and given.get(f, 0.0) > 0.0)
    base = sum(given[factor] for factor in known)
    parts = [_contribution(factor, value, given[factor] / base) for factor, value in known.items()]
    parts.sort(key=lambda part: -part.room)
    score = sum(part.contribution for part in parts) if parts else math.nan
    return Health(score, _band(score), tuple(parts), missing, method, _explanation(score, parts, missing))


def points_of(factor: Factor, value: float) -> float:
    """The score of a factor's raw value on its published scale, 0 to 100."""
    raw, scores = zip(*SCALES[factor], strict=True)
    return float(np.interp(value, raw, scores))


def _contribution(factor: Factor, value: float, weight: float) -> Contribution:
    points = points_of(factor, value)
    return Contribution(factor, value, points, weight, points * weight, (100.0 - points) * weight)


def _band(score: float) -> Band | None:
    if not math.isfinite(score):
        return None
    if score >= HEALTHY_FROM:
        return Band.HEALTHY
    return Band.WATCH if score >= WATCH_FROM else Band.AT_RISK


def _explanation(score: float, parts: list[Contribution], missing: tuple[Factor, ...]) -> Explanation:
    caution = "A score, not a probability."
    if missing:
        caution += f" Not known, and left out: {', '.join(factor.value for factor in missing)}."
    return Explanation(
        title="Health",
        definition="Weighted mean of up to six factors, each put on a scale from 0 to 100.",
        formula="sum of weight × points",
        terms=(
            *(Term(f"points for {part.factor.value}", part.points) for part in parts),
            Term("score", score),
        ),
        caution=caution,
    )
