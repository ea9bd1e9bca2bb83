"""What a quantity costs under a list of price tiers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.domain.billing import MeterPrice, PriceModel, PriceTier
from convergedesk.domain.money import minor_digits
from convergedesk.insights.series import Floats

Price = Callable[[ArrayLike], Floats]


class TierPrice:
    """The amount for a quantity of one billing period, in minor units, as a function of arrays.

    The result is a float: it carries estimates, whose fractions mean nothing. What is billed is computed
    exactly by `domain.tiers`.
    """

    def __init__(self, price: MeterPrice, currency: str, *, included: float = 0.0) -> None:
        """Take over a meter's price.

        Args:
            price: Model and tiers, ascending.
            currency: ISO 4217; decides how many minor units one unit of `unit_price` is.
            included: Units without further charge in the period.

        Raises:
            ValueError: Without tiers.
        """
        if not price.tiers:
            raise ValueError("a price needs at least one tier")
        self._model = price.model
        self._minor = 10.0 ** minor_digits(currency)
        self._included = included
        self._tiers = price.tiers
        limits = [tier.up_to for tier in price.tiers[:-1]]
        self._tops = np.array([float(top) if top is not None else np.inf for top in limits])
        self.breaks = self._tops + included

    def __call__(self, quantity: ArrayLike) -> Floats:
        """Amount in minor units for each quantity, same shape; negative quantities cost nothing."""
        units = np.maximum(np.asarray(quantity, dtype=np.float64) - self._included, 0.0)
        if self._model is PriceModel.GRADUATED:
            return self._graduated(units)
        place = np.searchsorted(self._tops, units, side="left")
        amount = np.zeros_like(units)
        for index, tier in enumerate(self._tiers):
            amount = np.where(place == index, self._of_tier(tier, units), amount)
        return np.where(units > 0.0, amount, 0.0)

    def _of_tier(self, tier: PriceTier, units: Floats) -> Floats:
        if self._model is PriceModel.PACKAGE:
            size = float(tier.package_size or 1)
            return np.ceil(units / size) * size * (float(tier.unit_price) * self._minor) + tier.flat
        return units * (float(tier.unit_price) * self._minor) + tier.flat

    def _graduated(self, units: Floats) -> Floats:
        amount = np.zeros_like(units)
        floor = 0.0
        for tier in self._tiers:
            top = np.inf if tier.up_to is None else float(tier.up_to)
            inside = np.clip(units - floor, 0.0, top - floor)
            amount += inside * (float(tier.unit_price) * self._minor) + np.where(inside > 0.0, tier.flat, 0)
            floor = top
        return amount


def price_range(price: Price, low: float, high: float) -> tuple[float, float]:
    """The least and the most that any quantity between two limits costs.

    Where tiers make a larger quantity cheaper (volume pricing), the limits of the quantity alone would
    not do: the steps in between are looked at as well.
    """
    inner = price.breaks if isinstance(price, TierPrice) else np.empty(0)
    inner = inner[(inner > low) & (inner < high)]
    amounts = price(np.concatenate(([low], inner, np.nextafter(inner, np.inf), [high])))
    return float(amounts.min()), float(amounts.max())
