"""How broadly, deeply and steadily an account uses what it has."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.explanation import DayRange, Explanation, Term, Unit
from convergedesk.insights.series import Floats, as_days, frozen

WINDOW = 28


@dataclass(frozen=True, slots=True)
class Adoption:
    """Adoption of one account over the last 28 days; NaN where nothing is known.

    Attributes:
        breadth: Share of the entitled meters that were used.
        depth: Use as a share of what is included, by meter, shape (meters,).
        stickiness: Share of the known days on which anything was used.
        used: How many entitled meters were used.
        entitled: How many meters the account has.
        explanation: What stands behind it.
    """

    breadth: float
    depth: Floats
    stickiness: float
    used: int
    entitled: int
    explanation: Explanation


def adoption(
    usage: ArrayLike, *, entitled: ArrayLike | None = None, included: ArrayLike | None = None
) -> Adoption:
    """Measures the last 28 days of an account.

    Args:
        usage: Daily totals, shape (meters, days); NaN where missing.
        entitled: Which meters the account has, shape (meters,); None: all.
        included: Units included in 28 days, by meter, shape (meters,); None or NaN where unlimited.

    Raises:
        ValueError: When shapes do not fit.
    """
    days = np.atleast_2d(as_days(usage))
    meters, n = days.shape
    has = np.ones(meters, dtype=np.bool_) if entitled is None else np.asarray(entitled, dtype=np.bool_)
    limit = np.full(meters, np.nan) if included is None else np.asarray(included, dtype=np.float64)
    if has.shape != (meters,) or limit.shape != (meters,):
        raise ValueError("one entitlement for each meter")
    recent = days[:, max(n - WINDOW, 0) :]
    known = np.isfinite(recent)
    totals = np.where(known, recent, 0.0).sum(axis=1)
    used = has & (totals > 0.0)
    anything = known.any()
    breadth = float(used.sum()) / float(has.sum()) if anything and has.any() else math.nan
    usable = known.any(axis=1) & (limit > 0.0)
    depth = np.where(usable, totals / np.where(usable, limit, 1.0), np.nan)
    known_days = known[has].any(axis=0)
    active = (np.nan_to_num(recent[has]) > 0.0).any(axis=0)
    sticky = float(active.sum()) / float(known_days.sum()) if known_days.any() else math.nan
    why = Explanation(
        title="Adoption breadth",
        definition="Share of the meters an account has that it used in the last 28 days.",
        formula="meters used ÷ meters it has",
        terms=(
            Term("meters used", int(used.sum()), Unit.COUNT),
            Term("meters it has", int(has.sum()), Unit.COUNT),
            Term("days with any use", sticky, Unit.SHARE),
        ),
        window=DayRange(max(n - WINDOW, 0), n - 1) if n else None,
        caution="" if anything else "Nothing is known of the last 28 days.",
    )
    return Adoption(breadth, frozen(depth), sticky, int(used.sum()), int(has.sum()), why)


def feature_adoption_rate(used: ArrayLike, entitled: ArrayLike) -> Floats:
    """Share of the accounts that have a feature and used it, by feature; NaN where none has it.

    Args:
        used: Which accounts used which feature, shape (accounts, features).
        entitled: Which accounts have it, same shape.
    """
    has = np.asarray(entitled, dtype=np.bool_)
    both = np.asarray(used, dtype=np.bool_) & has
    accounts = has.sum(axis=0).astype(np.float64)
    return np.where(accounts > 0, both.sum(axis=0) / np.maximum(accounts, 1.0), np.nan)
