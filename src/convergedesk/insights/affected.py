"""Which meters fell when an episode began."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.dip_alert import LEAST_DROP
from convergedesk.insights.effects import Effect, one_effect
from convergedesk.insights.error_matrix import ErrorMatrix
from convergedesk.insights.event_study import Comparison, compare
from convergedesk.insights.false_discovery import benjamini_hochberg
from convergedesk.insights.levels import Levels
from convergedesk.insights.screening import window_scores
from convergedesk.insights.series import as_days

WINDOW = 7
FALSE_SHARE = 0.10
_WORTH_A_LOOK = -2.1


def affected_meters(
    usage: ArrayLike,
    first_weekday: int,
    starts: Sequence[int],
    *,
    masked: ArrayLike | None = None,
    unusual: ArrayLike | None = None,
) -> dict[int, tuple[tuple[int, Effect], ...]]:
    """Finds, for each beginning of trouble, the meters whose first seven days were below expected.

    All meters and beginnings are tested together; of those named, about one in ten may be chance.

    Args:
        usage: Daily totals of one account's meters, shape (meters, days); NaN where missing.
        first_weekday: Weekday of the first day, Monday 0.
        starts: Index of the first day of each stretch of trouble.
        masked: Days of stretches of trouble, shape (days,); none is part of what another one is judged by.
        unusual: Days of holidays, freezes and outages, shape (days,). Seven days with one of them say
            nothing about a ticket, so they are not tested.

    Returns:
        By start, (meter, effect) with the deepest first; starts at which none fell are left out.
    """
    days = np.atleast_2d(as_days(usage))
    mask = np.zeros(days.shape[1], dtype=np.bool_) if masked is None else np.asarray(masked, dtype=np.bool_)
    special = np.zeros_like(mask) if unusual is None else np.asarray(unusual, dtype=np.bool_)
    levels = Levels(days, first_weekday)
    matrix = ErrorMatrix(levels, first_weekday, WINDOW)
    scores = window_scores(matrix)
    judged = [start for start in starts if start < days.shape[1] and not special[start:][:WINDOW].any()]
    tests = [(start, meter) for start in judged for meter in range(days.shape[0])]
    p_values = np.ones(len(tests))
    for place, (start, meter) in enumerate(tests):
        if scores[meter, start] < _WORTH_A_LOOK:
            found = compare(matrix, start, row=meter)
            if isinstance(found, Comparison) and math.expm1(found.effect) <= -LEAST_DROP:
                p_values[place] = found.p_of_a_dip()
    kept = benjamini_hochberg(p_values, FALSE_SHARE) if tests else np.zeros(0, dtype=np.bool_)
    named: dict[int, list[tuple[int, Effect]]] = {}
    for (start, meter), holds in zip(tests, kept, strict=True):
        if holds:
            others = mask.copy()
            others[start : start + WINDOW] = False
            effect = one_effect(as_days(days[meter], others), first_weekday, start, WINDOW)
            named.setdefault(start, []).append((meter, effect))
    return {
        start: tuple(sorted(effects, key=lambda pair: (math.isnan(pair[1].estimate), pair[1].estimate)))
        for start, effects in named.items()
    }
