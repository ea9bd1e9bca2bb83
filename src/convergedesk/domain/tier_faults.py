"""Whether a list of price tiers says one thing for every quantity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from convergedesk.domain.billing import PriceModel, PriceTier


@dataclass(frozen=True, slots=True)
class TierFault:
    """What is wrong with a tier, or worth a second look.

    Attributes:
        place: Which tier, from 0; None for the list as a whole.
        sentence: In plain words.
        blocking: True where some quantity has no price or two.
    """

    place: int | None
    sentence: str
    blocking: bool = True


def tier_faults(model: PriceModel, tiers: Sequence[PriceTier]) -> tuple[TierFault, ...]:
    """Gaps, overlaps and prices that cannot be, by tier; empty where every quantity has one price."""
    if not tiers:
        return (TierFault(None, "There is no tier, so nothing has a price."),)
    found: list[TierFault] = []
    for place, tier in enumerate(tiers):
        found.extend(_of_tier(model, place, tier, last=place == len(tiers) - 1))
    for place, (lower, upper) in enumerate(pairwise(tiers), 1):
        if lower.up_to is not None and upper.up_to is not None and upper.up_to <= lower.up_to:
            found.append(TierFault(place, "Overlaps the tier above it: its limit must be higher."))
        if lower.up_to is None:
            found.append(TierFault(place, "Is never reached: the tier above it has no limit."))
        if upper.unit_price > lower.unit_price:
            found.append(TierFault(place, "The price rises with volume.", blocking=False))
    return tuple(found)


def _of_tier(model: PriceModel, place: int, tier: PriceTier, *, last: bool) -> list[TierFault]:
    found: list[TierFault] = []
    if tier.up_to is not None and tier.up_to <= 0:
        found.append(TierFault(place, "The limit must lie above 0."))
    if last and tier.up_to is not None:
        found.append(TierFault(place, "Usage above the last limit has no price.", blocking=False))
    if tier.unit_price < 0 or tier.flat < 0:
        found.append(TierFault(place, "A price cannot be negative."))
    if model is PriceModel.PACKAGE and (tier.package_size is None or tier.package_size <= 0):
        found.append(TierFault(place, "Say how many units a package holds."))
    return found
