"""When a dip began, which may be before anybody wrote a ticket."""

from __future__ import annotations

import math

import numpy as np

from convergedesk.insights.event_study import Comparison
from convergedesk.insights.series import Floats
from convergedesk.insights.study import Study

LOOK_BACK = 14
LOOK_AHEAD = 14
_TURNING = 0.85
_CHANCE = 0.01


def dip_onset(days: Floats, expected: Floats, opened: int) -> int | None:
    """The first day of the deepest stretch below expected within 14 days around the opening.

    The stretch is the one with the largest sum of shortfalls below 85 % of expected; None without any.

    Args:
        days: Daily totals, shape (days,), NaN where missing.
        expected: What was expected of each of these days, same shape.
        opened: Index of the day of opening.
    """
    first, end = max(opened - LOOK_BACK, 0), min(opened + LOOK_AHEAD, days.size)
    shortfall = _TURNING * expected[first:end] - days[first:end]
    shortfall = np.where(np.isfinite(shortfall), shortfall, 0.0)
    if not (shortfall > 0.0).any():
        return None
    gained = np.concatenate(([0.0], np.cumsum(shortfall)))
    lowest = np.minimum.accumulate(gained)
    best_end = int(np.argmax(gained - lowest))
    return first + int(np.flatnonzero(gained[: best_end + 1] == lowest[best_end])[-1])


def began_before_opening(days: Floats, first_weekday: int, onset: int, opened: int) -> bool:
    """Whether usage was already below expected, beyond chance, between the onset and the opening."""
    length = opened - onset
    if length < 1 or length > LOOK_BACK:
        return False
    found = Study.at(days[:opened], first_weekday, onset, length).found
    if not isinstance(found, Comparison):
        return False
    return found.p_of_a_dip() < _CHANCE and math.expm1(found.effect) < _TURNING - 1.0
