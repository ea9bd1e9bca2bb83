"""The estimates' price and the bill's price are the same price."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.domain.billing import MeterPrice, PriceModel, PriceTier
from convergedesk.domain.tiers import tier_price
from convergedesk.domain.usage import MeterId
from convergedesk.insights.prices import TierPrice


@given(
    st.sampled_from(PriceModel),
    st.lists(st.integers(1, 100_000), unique=True, max_size=3),
    st.lists(st.decimals("0", "50", places=4), min_size=4, max_size=4),
    st.integers(1, 500),
    st.integers(0, 1_000),
    st.integers(0, 300_000),
    st.sampled_from(["EUR", "JPY", "KWD"]),
)
def test_arrays_and_exact_amounts_agree(
    model: PriceModel,
    limits: list[int],
    units: list[Decimal],
    size: int,
    included: int,
    quantity: int,
    currency: str,
) -> None:
    tops = (*(Decimal(one) for one in sorted(limits)), None)
    tiers = tuple(PriceTier(top, units[place], 25 * place, Decimal(size)) for place, top in enumerate(tops))
    exact = tier_price(model, tiers, Decimal(max(0, quantity - included)), currency)
    price = TierPrice(MeterPrice(MeterId(1), date(2026, 1, 1), model, tiers), currency, included=included)
    assert float(price(quantity)) == pytest.approx(exact.minor_units, abs=0.51, rel=1e-9)
