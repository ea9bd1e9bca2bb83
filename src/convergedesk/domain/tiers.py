"""What a quantity costs under one list of price tiers, exactly, slice by slice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from enum import Enum
from itertools import pairwise

from convergedesk.domain.billing import PriceModel, PriceTier
from convergedesk.domain.money import Money, minor_digits

ZERO = Decimal(0)
# Wide enough for any product of a quantity and a unit price to keep every digit.
EXACT = Context(prec=60)


class Rounding(Enum):
    """How an exact amount becomes whole minor units."""

    HALF_EVEN = ROUND_HALF_EVEN
    HALF_UP = ROUND_HALF_UP

    def money(self, amount: Decimal, currency: str) -> Money:
        """Money from an exact amount in major units."""
        return Money(int(amount.scaleb(minor_digits(currency)).to_integral_value(self.value)), currency)


@dataclass(frozen=True, slots=True)
class TierSlice:
    """The part of a quantity that one tier prices.

    Attributes:
        above: Lower limit of the tier.
        up_to: Upper limit, or None for the last.
        units: Units charged here; whole packages where they are sold so.
        unit_price: Price of one unit, major currency units.
        flat: Price of entering the tier, major currency units.
        packages: How many packages, or None.
        amount: `units` x `unit_price` + `flat`, exact.
    """

    above: Decimal
    up_to: Decimal | None
    units: Decimal
    unit_price: Decimal
    flat: Decimal
    packages: Decimal | None
    amount: Decimal


def slices(
    model: PriceModel, tiers: Sequence[PriceTier], quantity: Decimal, currency: str
) -> tuple[TierSlice, ...]:
    """Takes a quantity apart into what each tier charges for it.

    Graduated: every unit at the price of its own tier, with the flat price of each tier that is
    entered. Volume and flat: all units at the price of the tier that the quantity reaches.
    Package: the same in whole packages. A limit belongs to the tier below it. Nothing costs nothing.

    Args:
        model: How tiers work together.
        tiers: Ascending, as `faults` finds them sound.
        quantity: Units of one billing period, after what is included.
        currency: ISO 4217; says what a minor unit of `flat` is.

    Raises:
        ValueError: No tier reaches as far as the quantity, or a package has no size.
    """
    with localcontext(EXACT):
        return _slices(model, tiers, quantity, currency) if quantity > 0 else ()


def _slices(
    model: PriceModel, tiers: Sequence[PriceTier], quantity: Decimal, currency: str
) -> tuple[TierSlice, ...]:
    if model is PriceModel.GRADUATED:
        return _graduated(tiers, quantity, currency)
    above = ZERO
    for tier in tiers:
        if tier.up_to is None or quantity <= tier.up_to:
            return (_whole(model, tier, above, quantity, currency),)
        above = tier.up_to
    raise ValueError(f"no tier reaches {quantity}")


def tier_price(
    model: PriceModel,
    tiers: Sequence[PriceTier],
    quantity: Decimal,
    currency: str,
    *,
    rounding: Rounding = Rounding.HALF_EVEN,
) -> Money:
    """The price of a quantity: the sum of its slices, rounded once. Raises as `slices` does."""
    with localcontext(EXACT):
        exact = sum((one.amount for one in slices(model, tiers, quantity, currency)), ZERO)
        return rounding.money(exact, currency)


def reach(tiers: Sequence[PriceTier]) -> Decimal | None:
    """The largest quantity that has a price; None where the last tier is open."""
    return tiers[-1].up_to if tiers else ZERO


def cliffs(tiers: Sequence[PriceTier], currency: str) -> tuple[Decimal, ...]:
    """Limits of volume tiers just above which the whole quantity costs less than at the limit."""
    found: list[Decimal] = []
    for lower, upper in pairwise(tiers):
        if lower.up_to is not None and _amount(upper, lower.up_to, currency) < _amount(
            lower, lower.up_to, currency
        ):
            found.append(lower.up_to)
    return tuple(found)


def _graduated(tiers: Sequence[PriceTier], quantity: Decimal, currency: str) -> tuple[TierSlice, ...]:
    found: list[TierSlice] = []
    above = ZERO
    for tier in tiers:
        top = quantity if tier.up_to is None else min(quantity, tier.up_to)
        units = top - above
        if units > 0:
            found.append(_slice(tier, above, units, currency))
        if top == quantity:
            return tuple(found)
        above = max(above, top)
    raise ValueError(f"no tier reaches {quantity}")


def _whole(model: PriceModel, tier: PriceTier, above: Decimal, quantity: Decimal, currency: str) -> TierSlice:
    if model is not PriceModel.PACKAGE:
        return _slice(tier, above, quantity, currency)
    if not tier.package_size or tier.package_size < 0:
        raise ValueError("a package needs a size")
    packages = (quantity / tier.package_size).to_integral_value(ROUND_CEILING)
    return _slice(tier, above, packages * tier.package_size, currency, packages)


def _slice(
    tier: PriceTier, above: Decimal, units: Decimal, currency: str, packages: Decimal | None = None
) -> TierSlice:
    flat = Decimal(tier.flat).scaleb(-minor_digits(currency))
    return TierSlice(
        above, tier.up_to, units, tier.unit_price, flat, packages, _amount(tier, units, currency)
    )


def _amount(tier: PriceTier, units: Decimal, currency: str) -> Decimal:
    return units * tier.unit_price + Decimal(tier.flat).scaleb(-minor_digits(currency))
