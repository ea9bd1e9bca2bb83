"""Has usage fallen since a support interaction? Looked at on five days, with the risk of chance shared."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.error_matrix import ErrorMatrix
from convergedesk.insights.event_study import Comparison, compare
from convergedesk.insights.explanation import DayRange, Explanation, Term, Unit
from convergedesk.insights.levels import Levels
from convergedesk.insights.series import Floats, one_series
from convergedesk.insights.study import REACH, Study, gap_before

LOOKS = (3, 5, 7, 10, 14)
FALSE_ALARMS = 0.05
LEAST_DROP = 0.10
_PER_LOOK = FALSE_ALARMS / len(LOOKS)


@dataclass(frozen=True, slots=True)
class Look:
    """Usage since the interaction, as it stood on one of the days on which it is looked at.

    Attributes:
        day: Days since the interaction.
        estimate: Relative difference from expected; NaN where nothing can be said.
        p_value: How often chance alone falls as far; NaN likewise.
    """

    day: int
    estimate: float
    p_value: float


@dataclass(frozen=True, slots=True)
class DipAlert:
    """Whether usage fell after a support interaction.

    Attributes:
        fired: True when one of the looks found a drop of at least 10 % beyond chance.
        day: Days after the interaction at which it was found, or None.
        estimate: Relative difference at that look, or at the last one that could be judged; NaN without any.
        p_value: Smallest p-value of the looks, multiplied by their number, at most 1: what a portfolio's
            queue is ordered and cut by (`benjamini_hochberg` at 0.10). NaN without any.
        looks: Every look whose days have passed.
        explanation: What stands behind it.
    """

    fired: bool
    day: int | None
    estimate: float
    p_value: float
    looks: tuple[Look, ...]
    explanation: Explanation


def dip_alert(
    usage: ArrayLike,
    first_weekday: int,
    event_index: int,
    max_days: int,
    *,
    peers: ArrayLike | None = None,
    masked: ArrayLike | None = None,
    looks: Sequence[int] = LOOKS,
) -> DipAlert:
    """Looks 3, 5, 7, 10 and 14 days after an interaction for a drop beyond chance.

    A look is taken once its last day is observed, so that data still on its way never reads as a drop.

    Args:
        usage: Daily totals, shape (days,); NaN where missing or not yet complete, 0 where truly zero.
        first_weekday: Weekday of the first day, Monday 0.
        event_index: Index of the first day after the interaction.
        max_days: Only looks at so many days or fewer.
        peers: Other accounts' usage of the same meter on the same days, shape (accounts, days).
        masked: Days to leave out, shape (days,).
        looks: Which of the looks to take; the risk of chance is shared among all five all the same.

    Raises:
        ValueError: When shapes do not fit.
    """
    days = one_series(usage, masked)
    judge = _judge(days, first_weekday, event_index, peers)
    taken: list[Look] = []
    found_on: Look | None = None
    for day in looks:
        last = event_index + day - 1
        if day > max_days or not 0 <= last < days.size or not math.isfinite(days[last]):
            continue
        look = judge(day)
        taken.append(look)
        if look.p_value < _PER_LOOK and look.estimate <= -LEAST_DROP:
            found_on = look
            break
    judged = [look for look in taken if math.isfinite(look.p_value)]
    shown = found_on or (judged[-1] if judged else None)
    smallest = min((look.p_value for look in judged), default=math.nan)
    return DipAlert(
        fired=found_on is not None,
        day=None if found_on is None else found_on.day,
        estimate=math.nan if shown is None else shown.estimate,
        p_value=min(smallest * len(LOOKS), 1.0) if judged else math.nan,
        looks=tuple(taken),
        explanation=_explanation(event_index, taken, shown),
    )


def dips_at(matrix: ErrorMatrix, event: int, row: int) -> bool:
    """Whether the look whose errors these are finds a drop of at least 10 % beyond chance.

    The same as `dip_alert` finds at that look, where usage is known up to the day before the event.

    Args:
        matrix: Errors of accounts for windows of the look's length, without a lead.
        event: Index of the first day after the interaction.
        row: The account.
    """
    last = event + matrix.horizon - 1
    if not 0 <= last < matrix.days or not math.isfinite(matrix.usage[row, last]):
        return False
    found = compare(matrix, event, row=row)
    return (
        isinstance(found, Comparison)
        and math.expm1(found.effect) <= -LEAST_DROP
        and found.p_of_a_dip() < _PER_LOOK
    )


def _judge(days: Floats, first_weekday: int, event: int, peers: ArrayLike | None) -> Callable[[int], Look]:
    """Takes one look; what the days before the event let expect is worked out once for all looks."""
    lead = gap_before(days, event)
    first = max(event - REACH - lead, 0)
    before = Levels(days[first : max(event + LOOKS[-1], 0)], first_weekday + first) if peers is None else None

    def look(day: int) -> Look:
        if before is None:
            known = days[: event + day]
            found = Study.at(known, first_weekday, event, day, peers=peers, lead=lead).found
        else:
            found = compare(ErrorMatrix(before, first_weekday + first, day, lead=lead), event - first)
        if not isinstance(found, Comparison):
            return Look(day, math.nan, math.nan)
        return Look(day, math.expm1(found.effect), found.p_of_a_dip())

    return look


def _explanation(event: int, looks: list[Look], shown: Look | None) -> Explanation:
    last = shown or (looks[-1] if looks else None)
    terms = [Term("days looked at", look.day, Unit.DAYS) for look in looks]
    if shown is not None:
        terms += [
            Term("difference from expected", shown.estimate, Unit.SHARE),
            Term("chance alone falls as far", shown.p_value, Unit.SHARE),
            Term("limit for one look", _PER_LOOK, Unit.SHARE),
        ]
    known = np.isfinite([look.p_value for look in looks])
    return Explanation(
        title="Dip alert",
        definition=(
            f"Usage since the interaction is at least {LEAST_DROP:.0%} below expected, and further than "
            f"chance takes it in one of {1 / _PER_LOOK:.0f} looks."
        ),
        formula="a drop of at least 10 % whose chance lies below the limit for one look",
        terms=tuple(terms),
        window=None if last is None else DayRange(event, event + last.day - 1),
        caution=""
        if known.any()
        else "Nothing can be said: too little history, too little usage or too few days.",
    )
