"""The traditional figures of support, which stand beside those of value returned."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.explanation import Explanation, Term, Unit
from convergedesk.insights.series import Floats, as_days

SATISFIED_FROM = 4.0


@dataclass(frozen=True, slots=True)
class SupportMetrics:
    """Tickets of a period; NaN where nothing is known.

    Attributes:
        volume: Tickets opened.
        first_response: Median time to the first public answer, in the unit given.
        resolution: Median time to the final resolution of those resolved, in the unit given.
        resolved: How many are resolved.
        csat: Share of the ratings that are 4 or 5.
        answered: How many were rated.
        asked: How many were asked to rate.
        reopen_rate: Share of the resolved tickets that had been reopened.
        explanation: What stands behind it.
    """

    volume: int
    first_response: float
    resolution: float
    resolved: int
    csat: float
    answered: int
    asked: int
    reopen_rate: float
    explanation: Explanation


def support_metrics(
    first_response: ArrayLike,
    resolution: ArrayLike,
    ratings: ArrayLike,
    reopened: ArrayLike,
    *,
    asked: int | None = None,
) -> SupportMetrics:
    """Sums up the tickets of a period.

    Args:
        first_response: Time to the first answer, shape (tickets,); NaN where there is none yet.
        resolution: Time from opening to the final resolution, same shape; NaN while open.
        ratings: Satisfaction, 1 to 5, same shape; NaN where none was given.
        reopened: True where a ticket was opened again after a resolution, same shape.
        asked: How many were asked to rate; None: all resolved or rated.

    Raises:
        ValueError: When the shapes differ.
    """
    answers, ends, stars = (as_days(values).ravel() for values in (first_response, resolution, ratings))
    again = np.asarray(reopened, dtype=np.bool_).ravel()
    if not answers.shape == ends.shape == stars.shape == again.shape:
        raise ValueError("one value of each kind for each ticket")
    done, rated = np.isfinite(ends), np.isfinite(stars)
    resolved, answered = int(done.sum()), int(rated.sum())
    wanted = int((done | rated).sum()) if asked is None else asked
    csat = float(np.mean(stars[rated] >= SATISFIED_FROM)) if answered else math.nan
    rate = float(np.mean(again[done])) if resolved else math.nan
    why = Explanation(
        title="Support",
        definition="Tickets opened in the period, how fast they were answered and resolved, and how rated.",
        formula="medians of the times; satisfied = ratings of 4 and 5 ÷ ratings given",
        terms=(
            Term("tickets", answers.size, Unit.COUNT),
            Term("resolved", resolved, Unit.COUNT),
            Term("rated", answered, Unit.COUNT),
            Term("asked to rate", wanted, Unit.COUNT),
            Term("satisfied", csat, Unit.SHARE),
            Term("reopened", rate, Unit.SHARE),
        ),
        caution="" if answered else "Nobody has rated a ticket of this period.",
    )
    return SupportMetrics(
        int(answers.size), _median(answers), _median(ends), resolved, csat, answered, wanted, rate, why
    )


def _median(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else math.nan
