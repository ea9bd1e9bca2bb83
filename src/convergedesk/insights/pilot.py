"""Did the pilot do better than accounts like it?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convergedesk.insights.explanation import Explanation, Term, Unit
from convergedesk.insights.series import Flags, Floats, as_days
from convergedesk.insights.student import t_quantile

NEIGHBOURS = 3
FEWEST_PILOTS = 3


@dataclass(frozen=True, slots=True)
class Match:
    """An account of the pilot and those outside it that it is compared with.

    Attributes:
        account: Position of the pilot's account.
        matches: Positions of the accounts it is compared with, nearest first; empty without any in its tier.
        distances: How far these are, in deviations of log revenue and usage trend.
    """

    account: int
    matches: tuple[int, ...]
    distances: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PilotMeasure:
    """One measure before and after, in the pilot and in the accounts it is compared with.

    Attributes:
        name: Which measure.
        pilot_before: Mean over the pilot before; NaN where unknown.
        pilot_after: After.
        matched_before: Mean over the matched accounts before.
        matched_after: After.
        difference: Change in the pilot less change in the matches (difference in differences).
        low: Lower limit of the difference; NaN with fewer than three pairs.
        high: Upper limit.
        pairs: Pilot accounts with a match for which all four values are known.
    """

    name: str
    pilot_before: float
    pilot_after: float
    matched_before: float
    matched_after: float
    difference: float
    low: float
    high: float
    pairs: int


@dataclass(frozen=True, slots=True)
class PilotScorecard:
    """The pilot's measures, and the matches behind them.

    Attributes:
        measures: In the given order.
        matches: One for each account of the pilot.
        unmatched: Pilot accounts without a counterpart in their tier.
        explanation: What stands behind it.
    """

    measures: tuple[PilotMeasure, ...]
    matches: tuple[Match, ...]
    unmatched: tuple[int, ...]
    explanation: Explanation


def pilot_scorecard(
    in_pilot: ArrayLike,
    tiers: ArrayLike,
    revenue: ArrayLike,
    trend: ArrayLike,
    measures: Mapping[str, tuple[ArrayLike, ArrayLike]],
    *,
    neighbours: int = NEIGHBOURS,
    level: float = 0.95,
) -> PilotScorecard:
    """Compares each pilot account's change with that of the nearest accounts outside the pilot.

    The rule: same tier, then the least distance in log billed revenue and usage trend before the pilot, both
    in standard deviations; up to `neighbours` matches, an account may serve several.

    Args:
        in_pilot: Which accounts take part, shape (accounts,).
        tiers: Tier of each account, any labels, shape (accounts,).
        revenue: Billed revenue before the pilot, minor units of one currency, shape (accounts,).
        trend: Usage trend before the pilot, such as the log growth of 90 days, shape (accounts,).
        measures: By name, values before and after, each shape (accounts,), NaN where unknown: usage a day,
            days to value restored, billed revenue, 1 for churned and 0 for not.
        neighbours: Largest number of matches of one account.
        level: Confidence level of the intervals.

    Raises:
        ValueError: When shapes differ or `neighbours` is below 1.
    """
    pilot = np.asarray(in_pilot, dtype=np.bool_).ravel()
    labels = np.asarray(tiers).ravel()
    size, slope = (as_days(values).ravel() for values in (revenue, trend))
    if not pilot.size == labels.size == size.size == slope.size or neighbours < 1:
        raise ValueError("one tier, revenue and trend for each account, and at least one neighbour")
    matches = _matches(pilot, labels, size, slope, neighbours)
    found: list[PilotMeasure] = []
    for name, (before, after) in measures.items():
        values = [as_days(part).ravel() for part in (before, after)]
        if any(part.size != pilot.size for part in values):
            raise ValueError(f"{name} has one value for each account")
        found.append(_measured(name, values[0], values[1], matches, level))
    unmatched = tuple(match.account for match in matches if not match.matches)
    return PilotScorecard(tuple(found), matches, unmatched, _explanation(matches, unmatched, level))


def _matches(
    pilot: Flags, labels: NDArray[np.generic], size: Floats, slope: Floats, neighbours: int
) -> tuple[Match, ...]:
    traits = np.stack([_standard(np.log(np.maximum(size, 1.0))), _standard(slope)])
    outside = np.flatnonzero(~pilot & np.isfinite(traits).all(axis=0))
    found: list[Match] = []
    for account in np.flatnonzero(pilot).tolist():
        alike = outside[labels[outside] == labels[account]]
        away = np.sqrt(((traits[:, alike] - traits[:, [account]]) ** 2).sum(axis=0))
        near = [int(i) for i in np.argsort(away, kind="stable")[:neighbours] if np.isfinite(away[i])]
        chosen = tuple(int(alike[i]) for i in near)
        found.append(Match(int(account), chosen, tuple(float(away[i]) for i in near)))
    return tuple(found)


def _standard(values: Floats) -> Floats:
    known = values[np.isfinite(values)]
    deviation = float(known.std()) if known.size else 0.0
    return values / deviation if deviation > 0.0 else np.where(np.isfinite(values), 0.0, np.nan)


def _measured(
    name: str, before: Floats, after: Floats, matches: tuple[Match, ...], level: float
) -> PilotMeasure:
    rows: list[tuple[float, float, float, float]] = []
    for match in matches:
        others = [i for i in match.matches if math.isfinite(before[i]) and math.isfinite(after[i])]
        own = (float(before[match.account]), float(after[match.account]))
        if others and all(math.isfinite(value) for value in own):
            rows.append((*own, float(before[others].mean()), float(after[others].mean())))
    nan = math.nan
    if not rows:
        return PilotMeasure(name, nan, nan, nan, nan, nan, nan, nan, 0)
    table = np.array(rows)
    changes = (table[:, 1] - table[:, 0]) - (table[:, 3] - table[:, 2])
    means = [float(value) for value in table.mean(axis=0)]
    difference = float(changes.mean())
    low = high = nan
    if len(rows) >= FEWEST_PILOTS:
        error = float(changes.std(ddof=1)) / math.sqrt(len(rows))
        reach = t_quantile(0.5 * (1.0 + level), len(rows) - 1.0) * error
        low, high = difference - reach, difference + reach
    return PilotMeasure(name, means[0], means[1], means[2], means[3], difference, low, high, len(rows))


def _explanation(matches: tuple[Match, ...], unmatched: tuple[int, ...], level: float) -> Explanation:
    return Explanation(
        title="Pilot against matched accounts",
        definition="Change in the pilot less the change in accounts outside it that were alike before.",
        formula="(pilot after − pilot before) − (matched after − matched before)",
        terms=(
            Term("accounts of the pilot", len(matches), Unit.COUNT),
            Term("of which without a match", len(unmatched), Unit.COUNT),
            Term("matched accounts", len({i for match in matches for i in match.matches}), Unit.COUNT),
        ),
        interval=f"Of 100 such intervals about {level * 100:.0f} hold the true difference.",
        caution=(
            "Alike means: same tier, nearest in billed revenue and usage trend before the pilot. Accounts "
            "that were chosen for the pilot may differ in other ways."
        ),
    )
