"""A month to date costs what the exact pricing says of the same units, whatever changes within it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.billing import (
    Contract,
    ContractId,
    Entitlement,
    MeterPrice,
    PriceModel,
    PriceTier,
)
from convergedesk.domain.pricing import UsedQuantity, price_usage
from convergedesk.domain.usage import Aggregation, MeterId
from convergedesk.figures.priced_months import MonthGrid, priced_to_date, spans_of

METER = MeterId(7)


def tiers(model: PriceModel, units: list[int]) -> tuple[PriceTier, ...]:
    package = Decimal(10) if model is PriceModel.PACKAGE else None
    steps = [
        PriceTier(Decimal(limit), Decimal("0.5") / (place + 1), 0, package)
        for place, limit in enumerate(sorted(set(units)))
    ]
    return (*steps, PriceTier(None, Decimal("0.07"), 250, package))


@st.composite
def contracts(draw: st.DrawFn) -> tuple[Contract, ...]:
    model = draw(st.sampled_from(list(PriceModel)))
    units = draw(st.lists(st.integers(1, 4000), min_size=0 if model is PriceModel.FLAT else 1, max_size=3))
    change = draw(st.integers(1, 60))
    start = date(2024, 2, 1)
    later = start + timedelta(days=change)
    prices = (
        MeterPrice(METER, start, model, tiers(model, units if model is not PriceModel.FLAT else [])),
        MeterPrice(METER, later, PriceModel.FLAT, (PriceTier(None, Decimal("0.2")),)),
    )
    included = (Entitlement(METER, start, Decimal(draw(st.integers(0, 2000)))),)
    return (
        Contract(
            ContractId(1), AccountId(1), None, "Order form", start, None, "EUR",
            prices=prices[: draw(st.integers(1, 2))], entitlements=included,
        ),
    )  # fmt: skip


@settings(max_examples=60)
@given(contracts(), st.lists(st.integers(0, 300), min_size=60, max_size=60))
def test_each_month_is_priced_as_its_bill_would_be(terms: tuple[Contract, ...], daily: list[int]) -> None:
    first, last = date(2024, 2, 1), date(2024, 3, 31)
    grid = MonthGrid.over(first, last)
    assert grid.days == 60
    spans = spans_of(terms, METER, first, last)
    to_date = priced_to_date(grid, grid.rows(np.array(daily, dtype=np.float64)), spans, Aggregation.SUM)
    for row, (start, end) in enumerate(((first, date(2024, 2, 29)), (date(2024, 3, 1), last))):
        exact = 0
        for span in spans:
            begin, stop = max(span.first, start), min(span.last, end)
            if begin > stop:
                continue
            units = sum(daily[(begin - first).days : (stop - first).days + 1])
            quote = price_usage(terms, [UsedQuantity(METER, Decimal(units), begin, stop)], (start, end))
            assert quote.complete
            assert quote.charges is not None
            exact += quote.charges.minor_units
        assert abs(to_date[row, int(grid.lengths[row]) - 1] - exact) <= len(spans)


def test_a_day_of_another_axis_finds_its_place_and_nothing_else_does() -> None:
    grid = MonthGrid.over(date(2024, 2, 20), date(2024, 3, 1))
    laid = grid.from_axis(np.array([1.0, 2.0, 3.0]), date(2024, 2, 28))
    assert grid.days == 29 + 31
    assert laid[27:30].tolist() == [1.0, 2.0, 3.0]
    assert np.isnan(laid[:27]).all()
    assert np.isnan(laid[30:]).all()
    assert np.isnan(grid.from_axis(np.array([1.0]), date(2020, 1, 1))).all()
    assert grid.flat(grid.rows(np.arange(60.0))).tolist() == list(range(60))


def test_of_stocks_the_greatest_day_is_priced() -> None:
    terms = (
        Contract(
            ContractId(1), AccountId(1), None, "Order form", date(2024, 2, 1), None, "EUR",
            prices=(MeterPrice(METER, date(2024, 2, 1), PriceModel.FLAT, (PriceTier(None, Decimal(1)),)),),
        ),
    )  # fmt: skip
    grid = MonthGrid.over(date(2024, 2, 1), date(2024, 2, 29))
    days = np.array([3.0, 9.0, 4.0] + [0.0] * 26)
    spans = spans_of(terms, METER, date(2024, 2, 1), date(2024, 2, 29))
    assert priced_to_date(grid, grid.rows(days), spans, Aggregation.MAX)[0, :4].tolist() == [
        300,
        900,
        900,
        900,
    ]


def test_what_has_no_price_says_why() -> None:
    (span,) = spans_of((), METER, date(2024, 2, 1), date(2024, 2, 29))
    assert span.amount() is None
    assert span.why
