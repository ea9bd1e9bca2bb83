"""The points of the cost curve, priced for many volumes at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from convergedesk.domain.billing import Contract
from convergedesk.domain.terms import included_on, price_on
from convergedesk.domain.usage import MeterId
from convergedesk.insights.prices import TierPrice

Point = tuple[float, float]
_STEPS = 160
# The curve reaches so much beyond the volume that was asked for.
_BEYOND = 1.6


class CostPoints(NamedTuple):
    """What `CostCurve.set_curve` takes."""

    points: tuple[Point, ...]
    limits: tuple[Point, ...]
    asked: Point
    currency: str


def cost_points(
    contracts: Sequence[Contract], meter_id: MeterId, quantity: float, on: date
) -> CostPoints | None:
    """The price of volumes around the one that was asked for; None where there is no price.

    Call it only where `price_usage` priced the quantity, so that the terms are sound.
    """
    held = price_on(contracts, meter_id, on)
    if held is None or not held.term.tiers:
        return None
    included = included_on(contracts, meter_id, on)
    free = 0.0 if included is None else float(included.term.quantity)
    price = TierPrice(held.term, held.contract.currency, included=free)
    limits = [limit for limit in price.breaks.tolist() if np.isfinite(limit)]
    end = max(quantity * _BEYOND, min(limits, default=0.0) * _BEYOND, free * _BEYOND, 1.0)
    inner = [limit for limit in limits if limit < end]
    units = np.unique(np.concatenate((np.linspace(0.0, end, _STEPS), inner, np.nextafter(inner, np.inf))))
    amounts = price(units)
    marked = price(np.asarray(inner)) if inner else np.empty(0)
    return CostPoints(
        tuple(zip(units.tolist(), amounts.tolist(), strict=True)),
        tuple(zip(inner, marked.tolist(), strict=True)),
        (quantity, float(price(quantity))),
        held.contract.currency,
    )
