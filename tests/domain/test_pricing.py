"""Contracts priced by hand: amendments, included units, commitments, and what is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.billing import (
    Commitment,
    Contract,
    ContractId,
    Entitlement,
    MeterPrice,
    PriceModel,
    PriceTier,
    Ramp,
)
from convergedesk.domain.money import Money
from convergedesk.domain.pricing import (
    Quote,
    UsedQuantity,
    price_periods,
    price_usage,
    rolled_over,
    unspent_of,
)
from convergedesk.domain.terms import CommitmentKey, changes_within
from convergedesk.domain.tiers import Rounding
from convergedesk.domain.usage import MeterId

CALLS, SEATS = MeterId(1), MeterId(2)
START, END = date(2026, 1, 1), date(2026, 12, 31)
MARCH = (date(2026, 3, 1), date(2026, 3, 31))
APRIL = (date(2026, 4, 1), date(2026, 4, 30))


def flat(meter: MeterId, unit: str, since: date = START) -> MeterPrice:
    return MeterPrice(meter, since, PriceModel.FLAT, (PriceTier(None, Decimal(unit)),))


def euro(cents: int) -> Money:
    return Money(cents, "EUR")


def used(quantity: str, days: tuple[date, date] = MARCH, meter: MeterId = CALLS) -> UsedQuantity:
    return UsedQuantity(meter, Decimal(quantity), *days)


BASE = Contract(
    ContractId(1),
    AccountId(1),
    None,
    "Order form 2026",
    START,
    END,
    "EUR",
    prices=(
        MeterPrice(
            CALLS,
            START,
            PriceModel.GRADUATED,
            (PriceTier(Decimal(1_000), Decimal("0.10")), PriceTier(None, Decimal("0.05"))),
        ),
        flat(SEATS, "20"),
    ),
    entitlements=(Entitlement(CALLS, START, Decimal(310)),),
)
A1 = Contract(
    ContractId(2),
    AccountId(1),
    None,
    "A1",
    date(2026, 4, 1),
    END,
    "EUR",
    amends_id=ContractId(1),
    prices=(flat(CALLS, "0.04", date(2026, 4, 1)),),
)


def quote(
    *usage: UsedQuantity, contracts: tuple[Contract, ...] = (BASE,), period: tuple[date, date] = MARCH
) -> Quote:
    return price_usage(contracts, usage, period)


def sentences(found: Quote) -> str:
    return " ".join(one.sentence for one in found.findings)


def test_included_units_come_off_first_and_meters_add_up() -> None:
    # Calls: 2,310 - 310 included = 2,000: 1,000 x 0.10 + 1,000 x 0.05 = 150. Seats: 7 x 20 = 140.
    found = quote(used("2310"), used("7", meter=SEATS))
    assert [line.amount for line in found.lines] == [euro(15_000), euro(14_000)]
    assert found.lines[0].included == 310
    assert (found.charges, found.beyond, found.due) == (euro(29_000), euro(29_000), euro(29_000))
    assert found.complete


def test_usage_within_what_is_included_costs_nothing() -> None:
    assert quote(used("310")).charges == euro(0)


def test_an_amendment_takes_over_from_its_day_and_leaves_the_rest() -> None:
    # Calls: (2,310 - 310) x 0.04 = 80; seats stay at 20.
    both = (BASE, A1)
    found = quote(used("2310", APRIL), used("1", APRIL, SEATS), contracts=both, period=APRIL)
    assert [line.amount for line in found.lines] == [euro(8_000), euro(2_000)]
    assert [line.contract_id for line in found.lines] == [2, 1]
    assert quote(used("2310"), contracts=both).charges == euro(15_000)


def test_terms_that_change_within_the_days_are_asked_for_apart() -> None:
    early, late = (date(2026, 3, 18), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 4, 17))
    period = (early[0], late[1])
    both = (BASE, A1)
    assert "change on 2026-04-01" in sentences(quote(used("2310", period), contracts=both, period=period))
    assert changes_within(both, CALLS, *period) == (date(2026, 4, 1),)
    # 31 days: 14/31 and 17/31 of the 310 included units, which is 140 and 170.
    # (1,140 - 140): 1,000 x 0.10 = 100; (270 - 170) x 0.04 = 4.
    found = quote(used("1140", early), used("270", late), contracts=both, period=period)
    assert [line.amount for line in found.lines] == [euro(10_000), euro(400)]


@pytest.mark.parametrize(
    ("contracts", "usage", "words"),
    [
        ((BASE,), used("-1"), "negative"),
        ((BASE,), used("1", (date(2027, 1, 1), date(2027, 1, 1))), "outside the billing period"),
        ((BASE,), used("1", meter=MeterId(9)), "No contract states a price"),
        ((), used("1"), "No contract states a price"),
        (
            (BASE, replace(A1, amends_id=None, starts_on=START, prices=(flat(CALLS, "1"),))),
            used("1"),
            "neither",
        ),
        ((replace(BASE, prices=(MeterPrice(CALLS, START, PriceModel.FLAT, ()),)),), used("1"), "no tier"),
        (
            (
                replace(
                    BASE,
                    prices=(MeterPrice(CALLS, START, PriceModel.FLAT, (PriceTier(Decimal(9), Decimal(1)),)),),
                ),
            ),
            used("320"),
            "last tier has a limit",
        ),
    ],
)
def test_what_would_be_a_guess_is_a_finding(
    contracts: tuple[Contract, ...], usage: UsedQuantity, words: str
) -> None:
    found = quote(usage, contracts=contracts)
    assert words in sentences(found)
    assert not found.complete
    assert found.charges is None


def test_the_price_before_a_contract_and_after_it_is_not_known() -> None:
    after = (date(2027, 1, 1), date(2027, 1, 31))
    assert not quote(used("1", after), period=after).complete


def test_currencies_are_never_added() -> None:
    dollars = replace(A1, currency="USD", starts_on=START, prices=(flat(SEATS, "5"),))
    found = quote(used("2310"), used("1", meter=SEATS), contracts=(BASE, dollars))
    assert [line.amount.currency for line in found.lines] == ["EUR", "USD"]
    assert found.charges is None
    assert "EUR and USD" in sentences(found)


def with_commitments(*commitments: Commitment) -> Contract:
    return replace(
        BASE, entitlements=(), prices=(flat(CALLS, "1"), flat(SEATS, "1")), commitments=commitments
    )


PREPAID = Commitment(START, END, euro(100_000), prepaid=True)
KEY = CommitmentKey(ContractId(1), 0)


def test_prepaid_credit_pays_until_it_is_used_up() -> None:
    # 1,000 of credit; 700 drawn in March, 300 in April, and 400 of April's 700 are left to pay.
    months = [(MARCH, [used("700")]), (APRIL, [used("700", APRIL)])]
    march, april = price_periods([with_commitments(PREPAID)], months)
    assert (march.due, march.draws[0].left) == (euro(0), euro(30_000))
    assert (april.draws[0].drawn, april.draws[0].left) == (euro(30_000), euro(0))
    assert (april.charges, april.beyond, april.due) == (euro(70_000), euro(40_000), euro(40_000))


def test_a_promise_that_was_not_paid_ahead_is_only_counted() -> None:
    contract = with_commitments(replace(PREPAID, prepaid=False))
    (march,) = price_periods([contract], [(MARCH, [used("700")])])
    assert (march.due, march.beyond, march.draws[0].left) == (euro(70_000), euro(0), euro(30_000))
    # What is missing at the end falls due then: 1,000 - 700.
    assert unspent_of([contract], KEY, contract.commitments[0], {KEY: euro(70_000)}) == euro(30_000)


def test_a_commitment_over_some_meters_comes_first_and_leaves_the_others_alone() -> None:
    calls_only = replace(PREPAID, amount=euro(50_000), meter_ids=(CALLS,))
    found = quote(used("700"), used("600", meter=SEATS), contracts=(with_commitments(PREPAID, calls_only),))
    # Calls: 500 from their own, 200 from the common one; seats: 600 from the common one.
    assert [(draw.key.place, draw.drawn) for draw in found.draws] == [(1, euro(50_000)), (0, euro(80_000))]
    assert found.due == euro(0)


def test_one_commitment_over_several_meters_is_drawn_by_their_sum() -> None:
    both = replace(PREPAID, meter_ids=(CALLS, SEATS))
    found = quote(used("700"), used("600", meter=SEATS), contracts=(with_commitments(both),))
    assert (found.draws[0].drawn, found.due) == (euro(100_000), euro(30_000))


def test_a_ramp_raises_the_promise_from_its_day() -> None:
    ramped = replace(PREPAID, ramps=(Ramp(date(2026, 4, 1), euro(150_000)),))
    march, april = price_periods(
        [with_commitments(ramped)], [(MARCH, [used("1200")]), (APRIL, [used("100", APRIL)])]
    )
    assert (march.due, april.due) == (euro(20_000), euro(0))
    assert april.draws[0].left == euro(40_000)


def test_a_share_of_what_is_left_rolls_over_into_the_next_term() -> None:
    first = replace(PREPAID, rollover_share=0.25)
    second = replace(PREPAID, starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))
    contract = replace(with_commitments(first, second), ends_on=date(2027, 12, 31))
    january = (date(2027, 1, 1), date(2027, 1, 31))
    _, later = price_periods([contract], [(MARCH, [used("600")]), (january, [used("1100", january)])])
    # 400 unspent, a quarter of it moves on: 1,000 + 100 cover the 1,100.
    assert later.draws[0].rolled_over == euro(10_000)
    assert (later.draws[0].opening, later.due) == (euro(110_000), euro(0))


def test_nothing_rolls_over_across_a_gap() -> None:
    first = replace(PREPAID, rollover_share=1.0)
    second = replace(PREPAID, starts_on=date(2027, 1, 2), ends_on=date(2027, 12, 31))
    assert rolled_over([with_commitments(first, second)], second, {}) == euro(0)


def test_what_lies_above_a_commitment_costs_its_mark_up() -> None:
    # 1,000 of credit; of March's 1,250 it pays 1,000, and the 250 above it cost 10 % more: 275.
    contract = with_commitments(replace(PREPAID, overage_share=0.1))
    (march,) = price_periods([contract], [(MARCH, [used("1250")])])
    assert (march.charges, march.beyond, march.due) == (euro(125_000), euro(25_000), euro(27_500))
    (overage,) = march.overages
    assert (overage.key, overage.beyond, overage.amount) == (KEY, euro(25_000), euro(2_500))


def test_the_mark_up_of_a_promise_that_is_only_counted_comes_on_top_of_every_charge() -> None:
    # All 1,250 are due, and 20 % of the 250 above the promise: 1,250 + 50.
    contract = with_commitments(replace(PREPAID, prepaid=False, overage_share=0.2))
    assert quote(used("1250"), contracts=(contract,)).due == euro(130_000)


def test_within_the_commitment_there_is_no_mark_up() -> None:
    found = quote(used("1000"), contracts=(with_commitments(replace(PREPAID, overage_share=0.5)),))
    assert (found.due, found.overages) == (euro(0), ())


def test_the_commitment_that_was_drawn_last_says_the_mark_up_and_only_for_its_meters() -> None:
    # Calls have 500 of their own at 50 %, then share 1,000 at 10 % with the seats.
    calls_only = replace(PREPAID, amount=euro(50_000), meter_ids=(CALLS,), overage_share=0.5)
    common = replace(PREPAID, overage_share=0.1)
    found = quote(used("1600"), used("100", meter=SEATS), contracts=(with_commitments(common, calls_only),))
    # Calls: 500 + 1,000 covered, 100 above at 10 % = 10; seats: nothing is left for them, 100 at 10 % = 10.
    assert [(one.meter_id, one.amount) for one in found.overages] == [
        (CALLS, euro(1_000)),
        (SEATS, euro(1_000)),
    ]
    assert found.due == euro(22_000)
    # A commitment over calls alone says nothing about seats.
    alone = quote(used("600"), used("100", meter=SEATS), contracts=(with_commitments(calls_only),))
    assert [(one.meter_id, one.amount) for one in alone.overages] == [(CALLS, euro(5_000))]


def test_a_mark_up_is_rounded_once_a_meter() -> None:
    # 0.25 above the promise at 10 % is 0.025: half to even 0.02, half up 0.03.
    cents = replace(PREPAID, amount=euro(1), overage_share=0.1)
    contract = replace(with_commitments(cents), prices=(flat(CALLS, "0.01"),))
    assert quote(used("26"), contracts=(contract,)).overages[0].amount == euro(2)
    up = price_usage((contract,), [used("26")], MARCH, rounding=Rounding.HALF_UP)
    assert up.overages[0].amount == euro(3)


def test_a_commitment_in_another_currency_stays_untouched_and_is_said_so() -> None:
    found = quote(used("5"), contracts=(with_commitments(replace(PREPAID, amount=Money(9, "USD"))),))
    assert found.draws == ()
    assert "USD" in sentences(found)
    assert found.complete


@given(
    st.lists(st.integers(0, 3_000), min_size=1, max_size=8),
    st.integers(0, 5_000),
    st.booleans(),
)
def test_what_is_charged_is_drawn_or_beyond_and_credit_never_goes_below_zero(
    months: list[int], promise: int, prepaid: bool
) -> None:
    contract = with_commitments(Commitment(START, END, euro(promise * 100), prepaid=prepaid))
    periods = [((day := date(2026, m, 1), day), [used(str(n), (day, day))]) for m, n in enumerate(months, 1)]
    quotes = price_periods([contract], periods)
    drawn = 0
    for found in quotes:
        assert found.charges is not None
        assert found.beyond is not None
        assert found.due is not None
        (draw,) = found.draws
        drawn += draw.drawn.minor_units
        assert found.charges == draw.drawn + found.beyond
        assert found.due.minor_units >= 0
        assert draw.left == euro(promise * 100 - drawn)
    assert drawn == min(sum(months), promise) * 100


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_meters_are_priced_each_for_itself(calls: int, seats: int) -> None:
    alone = [quote(used(str(calls))).charges, quote(used(str(seats), meter=SEATS)).charges]
    together = quote(used(str(calls)), used(str(seats), meter=SEATS)).charges
    assert None not in alone
    assert together == Money(sum(one.minor_units for one in alone if one is not None), "EUR")
