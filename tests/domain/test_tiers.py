"""Worked examples of each price model, computed by hand, and what holds for any price list."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.domain.billing import PriceModel, PriceTier
from convergedesk.domain.money import Money
from convergedesk.domain.tier_faults import tier_faults
from convergedesk.domain.tiers import Rounding, cliffs, slices, tier_price

GRADUATED, VOLUME, PACKAGE, FLAT = (
    PriceModel.GRADUATED,
    PriceModel.VOLUME,
    PriceModel.PACKAGE,
    PriceModel.FLAT,
)
STEPS = (
    PriceTier(Decimal(20_000_000), Decimal("0.0016")),
    PriceTier(Decimal(60_000_000), Decimal("0.0013")),
    PriceTier(None, Decimal("0.0011")),
)
WITH_FLAT = (PriceTier(Decimal(10), Decimal(1), flat=500), PriceTier(None, Decimal("0.5"), flat=200))
PACKS = (PriceTier(None, Decimal(9), package_size=Decimal(10)),)


@pytest.mark.parametrize(
    ("model", "tiers", "quantity", "cents"),
    [
        # 20 M x 0.0016 + 40 M x 0.0013 + 15 M x 0.0011 = 32,000 + 52,000 + 16,500
        (GRADUATED, STEPS, "75000000", 10_050_000),
        # A limit belongs to the tier below it: 20 M x 0.0016.
        (GRADUATED, STEPS, "20000000", 3_200_000),
        # All 30 M at the price of the tier that they reach: 30 M x 0.0013.
        (VOLUME, STEPS, "30000000", 3_900_000),
        (VOLUME, STEPS, "20000000", 3_200_000),
        # Just above the limit everything costs less: 20,000,001 x 0.0013 = 26,000.0013.
        (VOLUME, STEPS, "20000001", 2_600_000),
        # Nine packages of ten at 9 each unit: 90 x 9.
        (PACKAGE, PACKS, "84", 81_000),
        (PACKAGE, PACKS, "90", 81_000),
        (PACKAGE, PACKS, "90.5", 90_000),
        # One price for every unit, and a fee for having any: 12.5 x 1 + 30.
        (FLAT, (PriceTier(None, Decimal(1), flat=3_000),), "12.5", 4_250),
        # Entering a tier can cost: 5 + 5 x 1; then 5 + 10 x 1 + 2 + 10 x 0.5.
        (GRADUATED, WITH_FLAT, "5", 1_000),
        (GRADUATED, WITH_FLAT, "20", 2_200),
        # Volume pays the fee of the tier reached alone: 20 x 0.5 + 2.
        (VOLUME, WITH_FLAT, "20", 1_200),
        (FLAT, STEPS, "0", 0),
    ],
)
def test_worked_examples(model: PriceModel, tiers: tuple[PriceTier, ...], quantity: str, cents: int) -> None:
    assert tier_price(model, tiers, Decimal(quantity), "EUR") == Money(cents, "EUR")


@pytest.mark.parametrize(("currency", "minor"), [("JPY", 4), ("EUR", 350), ("KWD", 3_500)])
def test_a_currencys_own_minor_unit_is_what_is_rounded_to(currency: str, minor: int) -> None:
    assert tier_price(FLAT, (PriceTier(None, Decimal("0.5")),), Decimal(7), currency).minor_units == minor


def test_halves_go_to_even_unless_asked_otherwise() -> None:
    half = (PriceTier(None, Decimal("0.005")),)
    assert tier_price(FLAT, half, Decimal(1), "EUR").minor_units == 0
    assert tier_price(FLAT, half, Decimal(3), "EUR").minor_units == 2
    assert tier_price(FLAT, half, Decimal(1), "EUR", rounding=Rounding.HALF_UP).minor_units == 1


def test_digits_are_kept_however_many_there_are() -> None:
    price = (PriceTier(None, Decimal("0.00001234567890123")),)
    (one,) = slices(FLAT, price, Decimal(123456789012345678), "EUR")
    sign, digits, exponent = one.amount.as_tuple()
    assert int("".join(map(str, digits))) == 1_234_567_890_123 * 123_456_789_012_345_678
    assert (sign, exponent) == (0, -17)


def test_a_quantity_that_no_tier_reaches_has_no_price() -> None:
    with pytest.raises(ValueError, match="no tier"):
        tier_price(VOLUME, STEPS[:2], Decimal(60_000_001), "EUR")
    with pytest.raises(ValueError, match="no tier"):
        tier_price(GRADUATED, STEPS[:2], Decimal(60_000_001), "EUR")


def test_where_volume_prices_fall_off_a_cliff_is_named() -> None:
    assert cliffs(STEPS, "EUR") == (Decimal(20_000_000), Decimal(60_000_000))
    assert cliffs(WITH_FLAT, "EUR") == (Decimal(10),)
    assert cliffs((PriceTier(Decimal(10), Decimal(1)), PriceTier(None, Decimal(1))), "EUR") == ()


@pytest.mark.parametrize(
    ("model", "tiers", "place", "words"),
    [
        (FLAT, (), None, "no tier"),
        (GRADUATED, (STEPS[1], STEPS[0], STEPS[2]), 1, "Overlaps"),
        (GRADUATED, (STEPS[2], STEPS[0]), 1, "never reached"),
        (GRADUATED, (PriceTier(Decimal(0), Decimal(1)), STEPS[2]), 0, "above 0"),
        (FLAT, (PriceTier(None, Decimal(-1)),), 0, "negative"),
        (PACKAGE, (PriceTier(None, Decimal(1)),), 0, "package"),
        (GRADUATED, STEPS[:2], 1, "above the last limit"),
        (GRADUATED, (STEPS[1], PriceTier(None, Decimal(2))), 1, "rises"),
    ],
)
def test_a_list_that_does_not_price_everything_once_is_found_out(
    model: PriceModel, tiers: tuple[PriceTier, ...], place: int | None, words: str
) -> None:
    assert any(fault.place == place and words in fault.sentence for fault in tier_faults(model, tiers))


def test_a_sound_list_has_no_faults() -> None:
    assert tier_faults(GRADUATED, STEPS) == ()
    assert tier_faults(PACKAGE, PACKS) == ()


@st.composite
def price_lists(draw: st.DrawFn) -> tuple[PriceTier, ...]:
    limits = sorted(draw(st.sets(st.integers(1, 10**7), max_size=4)))
    units = st.decimals("0", "9.9999", places=4)
    fees = st.integers(0, 5_000)
    return tuple(
        PriceTier(limit, draw(units), draw(fees)) for limit in (*(Decimal(one) for one in limits), None)
    )


QUANTITIES = st.decimals("0", "20000000", places=2)


@given(price_lists(), QUANTITIES, QUANTITIES)
def test_graduated_more_never_costs_less(tiers: tuple[PriceTier, ...], one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert tier_price(GRADUATED, tiers, low, "EUR") <= tier_price(GRADUATED, tiers, high, "EUR")


@given(price_lists(), QUANTITIES)
def test_graduated_is_the_sum_of_its_slices_and_they_cover_the_quantity(
    tiers: tuple[PriceTier, ...], quantity: Decimal
) -> None:
    parts = slices(GRADUATED, tiers, quantity, "EUR")
    assert sum(part.units for part in parts) == quantity
    assert all(lower.up_to == upper.above for lower, upper in pairwise(parts))
    exact = sum((part.amount for part in parts), Decimal(0))
    assert tier_price(GRADUATED, tiers, quantity, "EUR") == Money.of(exact, "EUR")


@given(price_lists(), QUANTITIES, st.sampled_from([GRADUATED, VOLUME, FLAT]))
def test_no_price_is_ever_negative(
    tiers: tuple[PriceTier, ...], quantity: Decimal, model: PriceModel
) -> None:
    assert tier_price(model, tiers, quantity, "EUR").minor_units >= 0


@given(st.decimals("0", "9", places=4), QUANTITIES, QUANTITIES)
def test_one_price_without_a_fee_adds_up(unit: Decimal, one: Decimal, other: Decimal) -> None:
    tiers = (PriceTier(None, unit),)

    def exact(quantity: Decimal) -> Decimal:
        return sum((part.amount for part in slices(FLAT, tiers, quantity, "EUR")), Decimal(0))

    assert exact(one) + exact(other) == exact(one + other)


@given(price_lists(), QUANTITIES)
def test_volume_and_graduated_agree_within_the_first_tier(
    tiers: tuple[PriceTier, ...], quantity: Decimal
) -> None:
    top = tiers[0].up_to
    inside = quantity if top is None else min(quantity, top)
    assert tier_price(VOLUME, tiers, inside, "EUR") == tier_price(GRADUATED, tiers, inside, "EUR")
