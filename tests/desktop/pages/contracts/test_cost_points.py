"""The curve passes through what the bill says."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from convergedesk.desktop.pages.contracts.cost_points import cost_points
from convergedesk.domain.billing import PriceModel
from convergedesk.domain.pricing import UsedQuantity, price_usage
from tests.desktop.pages.contracts.agreed import CALLS, EVENTS, JULY, order_form


@pytest.mark.parametrize("model", [PriceModel.GRADUATED, PriceModel.VOLUME])
def test_the_curve_and_the_bill_agree(model: PriceModel) -> None:
    form = order_form()
    contract = replace(form, prices=(replace(form.prices[0], model=model), *form.prices[1:]))
    found = cost_points([contract], EVENTS, 30_000.0, JULY)
    assert found is not None
    for units, minor in (*found.limits, found.asked):
        used = UsedQuantity(EVENTS, Decimal(str(units)), JULY, JULY)
        charges = price_usage([contract], [used], (JULY, JULY)).charges
        assert charges is not None
        assert minor == pytest.approx(charges.minor_units, abs=0.51)
    assert found.points[0] == (0.0, 0.0)
    assert found.points[-1][0] > 30_000
    assert [limit for limit, _ in found.limits] == [21_000.5]


def test_nothing_is_drawn_without_a_price() -> None:
    assert cost_points([order_form()], CALLS, 10.0, date(2030, 1, 1)) is None
    found = cost_points([order_form()], CALLS, 0.0, JULY)
    assert found is not None
    assert found.asked == (0.0, 0.0)
