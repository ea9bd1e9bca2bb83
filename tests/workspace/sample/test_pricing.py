from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.domain.billing import PriceModel, PriceTier
from convergedesk.domain.money import Money
from convergedesk.workspace.sample.catalogue import PRODUCTS
from convergedesk.workspace.sample.pricing import price

STEPS = (
    PriceTier(Decimal(20_000_000), Decimal("0.0016")),
    PriceTier(Decimal(60_000_000), Decimal("0.0013")),
    PriceTier(None, Decimal("0.0011")),
)


def test_graduated_prices_every_step_for_itself() -> None:
    assert price(PriceModel.GRADUATED, STEPS, Decimal(75_000_000), "EUR") == Money(10_050_000, "EUR")


def test_volume_prices_all_at_the_step_reached() -> None:
    assert price(PriceModel.VOLUME, STEPS, Decimal(30_000_000), "EUR") == Money(3_900_000, "EUR")


def test_packages_are_sold_whole() -> None:
    seats = (PriceTier(None, Decimal(9), package_size=Decimal(10)),)
    assert price(PriceModel.PACKAGE, seats, Decimal(84), "EUR") == Money(81_000, "EUR")
    assert price(PriceModel.PACKAGE, seats, Decimal(90), "EUR") == Money(81_000, "EUR")


def test_entering_a_step_can_cost() -> None:
    tiers = (PriceTier(Decimal(10), Decimal(1), flat=500), PriceTier(None, Decimal("0.5"), flat=200))
    assert price(PriceModel.GRADUATED, tiers, Decimal(5), "EUR") == Money(1_000, "EUR")
    assert price(PriceModel.GRADUATED, tiers, Decimal(20), "EUR") == Money(2_200, "EUR")
    assert price(PriceModel.VOLUME, tiers, Decimal(20), "EUR") == Money(1_200, "EUR")


def test_nothing_costs_nothing() -> None:
    assert price(PriceModel.FLAT, STEPS, Decimal(0), "EUR") == Money(0, "EUR")


@pytest.mark.parametrize("product", [p for p in PRODUCTS.values() if p.model is not PriceModel.VOLUME])
@given(less=st.integers(0, 10**9), more=st.integers(0, 10**9))
def test_more_never_costs_less(product: object, less: int, more: int) -> None:
    from convergedesk.workspace.sample.catalogue import Product

    assert isinstance(product, Product)
    low, high = sorted((less, more))
    tiers = product.price_tiers(0.83)
    assert price(product.model, tiers, Decimal(low), "EUR") <= price(
        product.model, tiers, Decimal(high), "EUR"
    )


def test_price_lists_never_rise_with_volume() -> None:
    for product in PRODUCTS.values():
        units = [tier.unit_price for tier in product.price_tiers(0.66)]
        assert units == sorted(units, reverse=True)
        assert all(unit > 0 for unit in units)
