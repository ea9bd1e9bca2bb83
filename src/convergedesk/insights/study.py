"""One series and one event, from raw days to a comparison and its explanation."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.error_matrix import ErrorMatrix
from convergedesk.insights.event_study import Abstention, Comparison, compare
from convergedesk.insights.explanation import DayRange, Exclusion, Explanation, Left, Term, Unit, exclusions
from convergedesk.insights.peers import PeerErrors, peer_errors
from convergedesk.insights.series import WEIGHT_DAYS, Flags, Floats, WeekdaySums
from convergedesk.insights.spread import MOST_PLACEBOS

_LONGEST_GAP = 112
REACH = MOST_PLACEBOS + WEIGHT_DAYS + 28
"""Days before an event that its comparison looks at, the longest window's included."""
_YEAR = 364


def gap_before(days: Floats, event: int) -> int:
    """Unbroken missing or masked days right before an event, at most 112."""
    end = min(max(event, 0), days.size)
    first = max(end - _LONGEST_GAP, 0)
    seen = np.flatnonzero(np.isfinite(days[first:end]))
    return end - first - (int(seen[-1]) + 1 if seen.size else 0)


@dataclass(frozen=True, slots=True)
class Study:
    """What was compared.

    Attributes:
        event: First day of the window.
        horizon: Length of the window in days.
        lead: Masked days before it that the comparison bridges.
        found: The comparison, or why there is none.
    """

    event: int
    horizon: int
    lead: int
    found: Comparison | Abstention

    @classmethod
    def at(
        cls,
        days: Floats,
        first_weekday: int,
        event: int,
        horizon: int,
        *,
        peers: ArrayLike | PeerErrors | None = None,
        lead: int | None = None,
    ) -> Study:
        """Judges the window that starts at `event`.

        Args:
            days: Shape (days,), NaN where missing or masked.
            first_weekday: Weekday of day 0.
            event: Index of the window's first day.
            horizon: Its length in days.
            peers: Usage of peers, shape (accounts, days), or their errors for this horizon and lead.
            lead: Days between baseline and window; by default the gap right before the event.
        """
        lead = gap_before(days, event) if lead is None else lead
        others: PeerErrors | None = None
        if not isinstance(peers, PeerErrors):
            others = None if peers is None else peer_errors(peers, first_weekday, horizon, lead)
        elif (peers.matrix.horizon, peers.matrix.lead) == (horizon, lead):
            others = peers
        first = 0 if others is not None else max(event - REACH - horizon - lead, 0)
        known = days[first : max(event + horizon, 0)]
        matrix = ErrorMatrix(known, first_weekday + first, horizon, lead=lead)
        found = compare(matrix, event - first, peers=others)
        if isinstance(found, Comparison) and first:
            found = found.moved(first)
        return cls(event, horizon, lead, found)


def level_ratio(days: Floats, first_weekday: int, event: int, horizon: int, before: int) -> float:
    """Weekday-adjusted daily usage of the days from `event` over that of the days before; NaN if unknown.

    Args:
        days: Shape (days,), NaN where missing.
        first_weekday: Weekday of day 0.
        event: Index of the first day after.
        horizon: Days after.
        before: Days before.
    """
    # Nothing earlier enters the weights or the level before.
    first = max(event - max(before, WEIGHT_DAYS), 0)
    days, event = days[first : max(event + horizon, 0)], event - first
    sums = WeekdaySums(days[np.newaxis], first_weekday + first)
    edges = np.clip([event - before, event, event + horizon], 0, days.size).astype(np.intp)
    weights = sums.weights(edges[1:2])[0, 0]
    weight = (sums.counts(edges[:2], edges[1:])[0] * weights).sum(axis=1)
    totals = sums.totals(edges[:2], edges[1:])[0]
    if not (weight > 0.0).all() or totals[0] <= 0.0:
        return math.nan
    return float(totals[1] / weight[1] / (totals[0] / weight[0]))


def year_earlier(days: Floats, event: int, horizon: int) -> float:
    """Change of a window's daily mean against the same weekdays 364 days before; NaN if unknown."""
    now, then = (
        days[max(start, 0) : start + horizon] if start >= 0 else days[:0] for start in (event, event - _YEAR)
    )
    known = [part[np.isfinite(part)] for part in (now, then)]
    if any(part.size < horizon / 3.0 or part.size == 0 for part in known):
        return math.nan
    before = float(known[1].mean())
    return float(known[0].mean()) / before - 1.0 if before > 0.0 else math.nan


def explanation_of(study: Study, days: Floats, holidays: Flags, level: float, *, caution: str) -> Explanation:
    """What stands behind a comparison of usage with what was expected."""
    event, found = study.event, study.found
    window = DayRange(event, event + study.horizon - 1)
    terms: tuple[Term, ...] = ()
    baseline = None
    first = max(event - study.lead, 0)
    if isinstance(found, Comparison):
        baseline = DayRange(event - study.lead - found.baseline, event - study.lead - 1)
        first = baseline.first
        terms = (
            Term("observed", found.observed, Unit.UNITS),
            Term("expected", found.expected, Unit.UNITS),
            Term("days of the baseline", found.baseline, Unit.DAYS),
            Term("earlier windows compared", found.placebos, Unit.COUNT),
            Term("of which do not overlap", found.spread.effective, Unit.COUNT),
            Term("usual error of the forecast", found.spread.deviation, Unit.SHARE),
            Term("weight of peers", found.peer_weight),
        )
    return Explanation(
        title="Usage against expected",
        definition=f"Usage of {study.horizon} days compared with what the days before let expect.",
        formula="observed ÷ expected − 1",
        terms=terms,
        window=window,
        baseline=baseline,
        excluded=_left_out(days, holidays, max(first, 0), min(event + study.horizon, days.size)),
        interval=(
            f"Of 100 such intervals about {level * 100:.0f} hold the true difference. They are as wide as "
            "the forecast was wrong in earlier windows in which nothing is known to have happened."
        ),
        caution=caution,
    )


def _left_out(days: Floats, holidays: Flags, first: int, end: int) -> tuple[Exclusion, ...]:
    special = holidays[first:end]
    missing = ~np.isfinite(days[first:end]) & ~special
    found: tuple[Exclusion, ...] = ()
    if missing.any():
        found += exclusions(missing, Left.MISSING, first)
    if special.any():
        found += exclusions(special, Left.HOLIDAY, first)
    return found
