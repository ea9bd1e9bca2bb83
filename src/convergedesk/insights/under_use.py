"""Features that an account pays for and uses far less than accounts like it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convergedesk.insights.explanation import Explanation, Term, Unit
from convergedesk.insights.false_discovery import benjamini_hochberg
from convergedesk.insights.prices import Price
from convergedesk.insights.series import Flags, Floats, as_days, frozen

REVIEW_BELOW = -2.5
FLAG_RATE = 0.10
FEWEST_ALIKE = 8
_MAD_TO_DEVIATION = 1.4826
_Column = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class UnderUse:
    """Under-use of every account and meter, shape (accounts, meters) throughout.

    Attributes:
        z: Robust distance from accounts of the same tier, negative = below; NaN where fewer than eight are
            alike, or the meter is not used.
        review: z below −2.5: the review list.
        flagged: Kept by Benjamini-Hochberg at 0.10: findings that hold up over the whole portfolio.
        never_adopted: Entitled and not used at all; told apart from under-use.
        gap_units: Units below the tier's median, at least 0; NaN where not entitled.
        gap_value: What the gap would bring at the contract's price, minor units; NaN without a price.
        median_units: The tier's median use; NaN where nobody of the tier uses the meter.
        own_distance: The account's median distance from its tier on its other meters, log scale; 0 without
            any.
        deviation: The tier's spread of the remaining distances, log scale; NaN where nothing is known.
        alike: How many accounts of the tier use the meter.
        explanation: What stands behind it.
    """

    z: Floats
    review: Flags
    flagged: Flags
    never_adopted: Flags
    gap_units: Floats
    gap_value: Floats
    median_units: Floats
    own_distance: Floats
    deviation: Floats
    alike: Floats
    explanation: Explanation


def under_use(
    usage: ArrayLike,
    tiers: ArrayLike,
    *,
    entitled: ArrayLike | None = None,
    prices: Sequence[Price | None] | None = None,
) -> UnderUse:
    """Finds meters that an account uses less than its tier does, allowing for the account's own size.

    Log usage is compared with the tier's median; the account's median distance on its other meters is taken
    off, so that a small account is not under-using everything; what remains is scaled by the median absolute
    deviation within meter and tier.

    Args:
        usage: Units of a period, such as the last 90 days, shape (accounts, meters); NaN where unknown.
        tiers: Tier of each account, any labels, shape (accounts,).
        entitled: Which meters each account has, shape (accounts, meters); None: all that are known.
        prices: Price of each meter for a quantity of the period, or None where there is none.

    Raises:
        ValueError: When shapes do not fit.
    """
    units = np.atleast_2d(as_days(usage))
    labels = np.asarray(tiers).ravel()
    if units.ndim != 2 or labels.size != units.shape[0]:
        raise ValueError("usage has one row for each account and one tier for each row")
    units = np.maximum(units, 0.0)
    allowed = np.ones(units.shape, dtype=np.bool_)
    if entitled is not None:
        allowed = np.broadcast_to(np.asarray(entitled, dtype=np.bool_), units.shape).copy()
    used = allowed & (units > 0.0)
    logs = np.log(units, out=np.full_like(units, np.nan), where=used)
    middle = _by_tier(logs, labels, _median)
    apart = logs - middle
    own = _others(apart)
    left = apart - own
    spread = _by_tier(np.abs(left - _by_tier(left, labels, _median)), labels, _median) * _MAD_TO_DEVIATION
    like = _by_tier(left, labels, _count)
    alike = like >= FEWEST_ALIKE
    centre = _by_tier(left, labels, _median)
    usable = alike & (spread > 0.0) & np.isfinite(left)
    z = np.divide(left - centre, spread, out=np.full_like(left, np.nan), where=usable)
    gap = np.where(allowed, np.maximum(np.exp(middle) - units, 0.0), np.nan)
    chance = np.array([_tail(value) for value in z.ravel().tolist()]).reshape(z.shape)
    flagged = benjamini_hochberg(chance, FLAG_RATE)
    review = np.isfinite(z) & (z < REVIEW_BELOW)
    never = allowed & (units == 0.0)
    return UnderUse(
        z=frozen(z),
        review=review,
        flagged=flagged,
        never_adopted=never,
        gap_units=frozen(gap),
        gap_value=frozen(_valued(units, gap, prices)),
        median_units=frozen(np.exp(middle)),
        own_distance=frozen(own),
        deviation=frozen(spread),
        alike=frozen(like),
        explanation=_explanation(review, flagged, never, usable),
    )


def _median(values: Floats) -> Floats:
    """Median of each column over what is known; NaN where nothing is."""
    ordered = np.sort(values, axis=0)
    count = np.isfinite(values).sum(axis=0)
    columns = np.arange(values.shape[1], dtype=np.intp)
    low = ordered[np.maximum(count - 1, 0) // 2, columns]
    high = ordered[np.minimum(count // 2, max(values.shape[0] - 1, 0)), columns]
    return np.where(count > 0, 0.5 * (low + high), np.nan)


def _count(values: Floats) -> Floats:
    return np.isfinite(values).sum(axis=0).astype(np.float64)


def _by_tier(values: Floats, labels: NDArray[np.generic], of: _Column) -> Floats:
    found = np.full(values.shape, np.nan)
    for label in np.unique(labels):
        rows = labels == label
        found[rows] = of(values[rows])
    return found


def _others(apart: Floats) -> Floats:
    """Each account's median distance on its other meters; 0 where it has no other."""
    found = np.zeros(apart.shape)
    for meter in range(apart.shape[1]):
        rest = np.delete(apart, meter, axis=1)
        if rest.shape[1]:
            found[:, meter] = np.nan_to_num(_median(rest.T))
    return found


def _tail(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2.0)) if math.isfinite(z) else math.nan


def _valued(units: Floats, gap: Floats, prices: Sequence[Price | None] | None) -> Floats:
    value = np.full(units.shape, np.nan)
    for meter, price in enumerate(prices or ()):
        if price is not None:
            value[:, meter] = price(units[:, meter] + gap[:, meter]) - price(units[:, meter])
    return value


def _explanation(review: Flags, flagged: Flags, never: Flags, usable: Flags) -> Explanation:
    return Explanation(
        title="Under-used",
        definition=(
            "Usage far below accounts of the same tier on the same meter, after allowing for how much the "
            "account uses of everything else."
        ),
        formula="(log usage − tier's median − the account's own distance elsewhere) ÷ the tier's spread",
        terms=(
            Term("pairs of account and meter compared", int(usable.sum()), Unit.COUNT),
            Term("on the review list", int(review.sum()), Unit.COUNT),
            Term("flagged", int(flagged.sum()), Unit.COUNT),
            Term("never adopted", int(never.sum()), Unit.COUNT),
        ),
        caution="Of those flagged, about one in ten may be chance.",
    )
