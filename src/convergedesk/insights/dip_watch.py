"""Watches one account's meters for dips, day after day: the looks that a daily queue is made of."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.dip_alert import FALSE_ALARMS, LEAST_DROP, LOOKS
from convergedesk.insights.effects import Effect, one_effect
from convergedesk.insights.error_matrix import ErrorMatrix
from convergedesk.insights.event_study import Comparison
from convergedesk.insights.levels import Levels
from convergedesk.insights.restoration import time_to_value_restored
from convergedesk.insights.screening import window_scores
from convergedesk.insights.series import Floats, as_days
from convergedesk.insights.student import t_upper_tail
from convergedesk.insights.study import Study

WATCHED_DAYS = LOOKS[-1]
LONGEST_DIP = 56
_LEVEL = 0.95
# Wide, since days of earlier trouble widen what the screen compares with but not the exact look.
_WORTH_A_LOOK = -1.2
_LATE_DAYS = 4
# Of the baselines the one with the least spread is taken, so the deep tail, which a queue over many accounts
# asks about, is too thin: on quiet simulated accounts p-values under 0.002 came two to four times too often,
# and the same drift is looked at day after day. Deviations count smaller by this factor.
_TAIL = 1.2
_FLOOR = 2e-6
_LEAST_P = 1e-12
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class WatchLook:
    """One exact look.

    Attributes:
        row: The meter looked at, as a row of the usage.
        first: Index of the window's first day.
        days: Its length.
        estimate: Relative difference from expected.
        low: Lower limit of the 95 % interval.
        high: Upper limit of it.
        p_value: How often chance alone falls as far.
    """

    row: int
    first: int
    days: int
    estimate: float
    low: float
    high: float
    p_value: float


@dataclass(frozen=True, slots=True)
class Watched:
    """What the looks of one day say of one question.

    Attributes:
        fired: Whether a look found a drop of at least 10 % beyond chance.
        p_value: Smallest p-value, multiplied by how many looks and meters were asked, at most 1; NaN where
            nothing could be asked.
        best: The look that stands out most; None where none was worth taking exactly.
        looks: The looks at the same meter, by length: those that fired, else all that were taken.
        also: The other meters that fell, as (row, deepest estimate).
    """

    fired: bool
    p_value: float
    best: WatchLook | None
    looks: tuple[WatchLook, ...]
    also: tuple[tuple[int, float], ...] = ()


_NOTHING = Watched(False, math.nan, None, ())


class DipWatch:
    """The meters of one account, ready to be looked at as of any day.

    The first row may be the total of the others: it then gets half of the risk of chance, and the meters
    share the other half.
    """

    def __init__(
        self,
        usage: ArrayLike,
        first_weekday: int,
        *,
        total_first: bool = False,
        masked: ArrayLike | None = None,
        unusual: ArrayLike | None = None,
    ) -> None:
        """Screen every day of every meter.

        Args:
            usage: Daily totals, shape (meters, days); NaN where missing or not yet complete.
            first_weekday: Weekday of the first day, Monday 0.
            total_first: Whether the first row is the total of the others.
            masked: Days of episodes, shape (days,): no part of what a later window is compared with.
            unusual: Days of holidays, freezes and outages, shape (days,): no window that holds one is judged.
        """
        self._raw = np.atleast_2d(as_days(usage))
        days = self._raw.shape[1]
        self._masked = as_days(self._raw, masked)
        self._unusual = np.zeros(days, np.bool_) if unusual is None else np.asarray(unusual, np.bool_)
        self._weekday = first_weekday
        rows = self._raw.shape[0]
        self._weights = np.full(rows, 1.0 / max(rows, 1))
        if total_first and rows > 1:
            self._weights[:] = 0.5 / (rows - 1)
            self._weights[0] = 0.5
        levels = Levels(self._raw, first_weekday)
        self._scores = {look: window_scores(ErrorMatrix(levels, first_weekday, look)) for look in LOOKS}

    def last_looks(self, end: int) -> Watched:
        """The last 3, 5, 7, 10 and 14 days before `end`, of each meter up to its last observed day.

        Meters whose data is more than a few days behind the account's are not judged.
        """
        seen = np.isfinite(self._raw[:, :end])
        latest = np.where(seen.any(axis=1), end - np.argmax(seen[:, ::-1], axis=1), 0)
        until = int(latest.max(initial=0))
        asked = [
            (row, int(latest[row]) - look, look)
            for row in range(self._raw.shape[0])
            if latest[row] and latest[row] >= until - _LATE_DAYS
            for look in LOOKS
        ]
        return self._watched(asked)

    def looks_since(self, event: int, end: int) -> Watched:
        """The first 3, 5, 7, 10 and 14 days from `event`, as far as they are over by `end` and observed."""
        asked = [
            (row, event, look)
            for row in range(self._raw.shape[0])
            for look in LOOKS
            if event + look <= end and math.isfinite(self._raw[row, event + look - 1])
        ]
        return self._watched(asked)

    def effect(self, row: int, first: int, end: int) -> Effect:
        """Usage from `first` to `end` against expected, at most 56 days of it."""
        days = max(min(end - first, LONGEST_DIP), 1)
        return one_effect(self._known(row, first, first + days), self._weekday, first, days)

    def onset_of(self, row: int, first: int, end: int) -> int:
        """The first day of the dip that a look from `first` on found, as known by `end`."""
        found = time_to_value_restored(self._known(row, first, end), self._weekday, first)
        return first if found.onset_index is None else found.onset_index

    def restored(self, row: int, onset: int, end: int) -> int | None:
        """The first day from which value is restored, as known by `end`; None while it is not."""
        found = time_to_value_restored(self._known(row, onset, end), self._weekday, onset)
        return found.restored_index

    def _watched(self, asked: Sequence[tuple[int, int, int]]) -> Watched:
        taken = list(self._taken(asked))
        if not taken:
            judged = any(self._judged(*one) for one in asked)
            return Watched(False, 1.0, None, ()) if judged else _NOTHING

        def weighed(look: WatchLook) -> float:
            return look.p_value / float(self._weights[look.row])

        sure = [
            look
            for look in taken
            if weighed(look) < FALSE_ALARMS / len(LOOKS) and look.estimate <= -LEAST_DROP
        ]
        # Of the meters that fell beyond chance the total speaks, or the busiest: rows come in that order.
        if sure:
            best = min(sure, key=lambda look: (look.row, look.p_value, -look.days))
        else:
            best = min(taken, key=lambda look: (weighed(look), look.row))
        smallest = min(weighed(look) for look in taken)
        same = (look for look in sure or taken if look.row == best.row)
        mine = tuple(sorted(same, key=lambda look: look.days))
        deepest: dict[int, float] = {}
        for look in sure:
            if look.row != best.row:
                deepest[look.row] = min(look.estimate, deepest.get(look.row, 0.0))
        return Watched(bool(sure), min(smallest * len(LOOKS), 1.0), best, mine, tuple(deepest.items()))

    def _taken(self, asked: Sequence[tuple[int, int, int]]) -> Iterator[WatchLook]:
        for row, first, days in asked:
            if first < 1 or not self._scores[days][row, first] < _WORTH_A_LOOK:
                continue
            if self._unusual[first : first + days].any():
                continue
            found = Study.at(self._known(row, first, first + days), self._weekday, first, days).found
            if isinstance(found, Comparison):
                low, high = (math.expm1(limit) for limit in found.effect_limits(_LEVEL))
                estimate = math.expm1(found.effect)
                yield WatchLook(row, first, days, estimate, low, high, _careful(found))

    def _judged(self, row: int, first: int, days: int) -> bool:
        return first >= 1 and math.isfinite(self._scores[days][row, first])

    def _known(self, row: int, first: int, end: int) -> Floats:
        """The days before `end`: before `first` without those of episodes, from it on whole."""
        days = self._masked[row, :end].copy()
        days[first:] = self._raw[row, first:end]
        return days


def _careful(found: Comparison) -> float:
    """How often chance alone falls as far, had it fallen `_TAIL` times less."""
    p_value = found.p_of_a_dip()
    if p_value >= 0.5:
        return p_value
    mapped = _NORMAL.cdf(_NORMAL.inv_cdf(p_value) / _TAIL)
    if p_value > _FLOOR:
        return mapped
    # The comparison tells no smaller p-values apart; a queue over many accounts has to.
    spread = found.spread
    wide = spread.deviation * math.sqrt(1.0 + 1.0 / spread.effective) * found.thinning
    tail = t_upper_tail(-found.effect / wide / _TAIL, max(spread.effective - 1.0, 1.0))
    return max(min(tail, mapped), _LEAST_P)
