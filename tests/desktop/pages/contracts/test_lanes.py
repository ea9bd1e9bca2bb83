"""Gaps, overlaps and what took over are seen on the line."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from convergedesk.desktop.pages.contracts.lanes import Lane, Mark, lanes_of, span_of
from convergedesk.domain.billing import Contract, ContractId, MeterPrice, PriceModel, PriceTier
from convergedesk.domain.contract_check import check_contracts
from tests.desktop.pages.contracts.agreed import CALLS, END, EVENTS, JULY, NAMES, START, order_form

FLAT = MeterPrice(EVENTS, JULY, PriceModel.FLAT, (PriceTier(None, Decimal(1)),))
A1 = replace(
    order_form(2), name="A1", starts_on=JULY, amends_id=ContractId(1), prices=(FLAT,), entitlements=(),
    commitments=(), sla_terms=(),
)  # fmt: skip


def lanes(*contracts: Contract) -> dict[str, Lane]:
    found = lanes_of(contracts, NAMES, check_contracts(contracts, NAMES))
    return {lane.name: lane for lane in found}


def test_an_amendments_price_takes_over_on_its_lane() -> None:
    found = lanes(order_form(), A1)
    assert [(bar.first_day, bar.last_day, bar.text) for bar in found["Events delivered"].bars] == [
        (START, JULY - timedelta(days=1), "2 tiers, graduated"),
        (JULY, END, "one price"),
    ]
    assert [bar.text for bar in found["Amendments"].bars] == ["A1"]
    assert len(found["API calls"].bars) == 1


def test_a_ramp_is_a_bar_of_its_own() -> None:
    texts = [bar.text for bar in lanes(order_form())["Commitments"].bars]
    assert [text.split(" prepaid")[0] for text in texts] == ["€1.26\u202fM", "€1.50\u202fM"]


def test_a_gap_between_contracts_is_drawn() -> None:
    later = replace(order_form(2), starts_on=date(2027, 2, 1), ends_on=date(2027, 12, 31), commitments=())
    later = replace(
        later, prices=tuple(replace(one, effective_from=later.starts_on) for one in later.prices),
        entitlements=(), sla_terms=(),
    )  # fmt: skip
    found = lanes(order_form(), later)
    gaps = [bar for bar in found["Contract"].bars if bar.mark is Mark.GAP]
    assert [(bar.first_day, bar.last_day) for bar in gaps] == [(date(2027, 1, 1), date(2027, 1, 31))]
    assert [bar.mark for bar in found["Events delivered"].bars] == [Mark.STEP, Mark.GAP, Mark.STEP]


def test_two_contracts_that_price_the_same_are_drawn_as_a_mistake() -> None:
    other = replace(A1, amends_id=None)
    found = lanes(order_form(), other)
    assert Mark.FAULT in {bar.mark for bar in found["Contract"].bars}
    assert [bar.mark for bar in found["Events delivered"].bars] == [Mark.STEP, Mark.FAULT]


def test_amendments_that_run_together_have_a_lane_each() -> None:
    every = lanes_of([order_form(), A1, replace(A1, id=ContractId(3), name="A2")], NAMES, ())
    assert [lane.name for lane in every[:3]] == ["Contract", "Amendments", ""]


def test_the_line_reaches_over_everything_and_today() -> None:
    found = lanes_of([order_form()], {CALLS: "Calls"}, ())
    first, last = span_of(found, date(2027, 6, 1))
    assert first < START
    assert last > date(2027, 6, 1)
    assert span_of((), date(2026, 1, 1))[0] < date(2026, 1, 1)
