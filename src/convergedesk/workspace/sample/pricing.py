"""What a quantity costs by a list of tiers, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from convergedesk.domain.billing import PriceModel, PriceTier
from convergedesk.domain.money import Money, minor_digits


def price(model: PriceModel, tiers: Sequence[PriceTier], quantity: Decimal, currency: str) -> Money:
    """The price of a quantity, rounded half-even to the minor unit.

    Graduated: every unit at the price of its own step. Volume: all units at the price of
    the step that the quantity reaches. Package: whole packages. Flat: one price.
    """
    if quantity <= 0:
        return Money(0, currency)
    if model is PriceModel.GRADUATED:
        amount, flat = _graduated(tiers, quantity)
    else:
        tier = _reached(tiers, quantity)
        units = quantity
        if model is PriceModel.PACKAGE and tier.package_size:
            units = (quantity / tier.package_size).to_integral_value(ROUND_CEILING) * tier.package_size
        amount, flat = units * tier.unit_price, tier.flat
    return Money.of(amount + Decimal(flat).scaleb(-minor_digits(currency)), currency)


def _graduated(tiers: Sequence[PriceTier], quantity: Decimal) -> tuple[Decimal, int]:
    amount, flat, below = Decimal(0), 0, Decimal(0)
    for tier in tiers:
        top = quantity if tier.up_to is None else min(quantity, tier.up_to)
        if top <= below:
            break
        amount += (top - below) * tier.unit_price
        flat += tier.flat
        below = top
    return amount, flat


def _reached(tiers: Sequence[PriceTier], quantity: Decimal) -> PriceTier:
    return next((tier for tier in tiers if tier.up_to is None or quantity <= tier.up_to), tiers[-1])
