"""What is wrong in contracts is found and said in plain words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

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
    SlaTerm,
)
from convergedesk.domain.contract_check import ContractFinding, check_contracts
from convergedesk.domain.money import Money
from convergedesk.domain.usage import MeterId

CALLS, SEATS = MeterId(1), MeterId(2)
NAMES = {CALLS: "API calls", SEATS: "Seats"}
START, END = date(2026, 1, 1), date(2026, 12, 31)
JULY = date(2026, 7, 1)
FLAT = MeterPrice(CALLS, START, PriceModel.FLAT, (PriceTier(None, Decimal(1)),))
PROMISE = Commitment(START, END, Money(100, "EUR"), (CALLS,))
SOUND = Contract(
    ContractId(1),
    AccountId(1),
    None,
    "Order form",
    START,
    END,
    "EUR",
    prices=(FLAT,),
    entitlements=(Entitlement(CALLS, START, Decimal(10)),),
    commitments=(PROMISE,),
    sla_terms=(SlaTerm(START, 3, 60, None, 0.1, 0.2),),
)
A1 = replace(
    SOUND, id=ContractId(2), name="A1", starts_on=JULY, amends_id=ContractId(1),
    prices=(replace(FLAT, effective_from=JULY),), entitlements=(), commitments=(), sla_terms=(),
)  # fmt: skip


def check(*contracts: Contract) -> tuple[ContractFinding, ...]:
    return check_contracts(contracts, NAMES)


def test_sound_contracts_have_no_findings() -> None:
    assert check(SOUND, A1) == ()


def test_a_step_on_the_first_day_states_the_first_amount() -> None:
    steps = (Ramp(START, Money(50, "EUR")), Ramp(JULY, Money(100, "EUR")))
    assert check(replace(SOUND, commitments=(replace(PROMISE, ramps=steps),))) == ()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (replace(SOUND, name=" "), "a name"),
        (replace(SOUND, ends_on=date(2025, 1, 1)), "before the first"),
        (replace(SOUND, currency="euro"), "not a currency"),
        (replace(SOUND, notice_days=400), "longer than the contract"),
        (replace(SOUND, notice_days=30, ends_on=None), "has no last day"),
        (replace(SOUND, commitments=(replace(PROMISE, overage_share=11.0),)), "mark-up"),
        (replace(SOUND, amends_id=ContractId(9)), "is not here"),
        (replace(SOUND, prices=(FLAT, FLAT)), "two prices"),
        (replace(SOUND, prices=(replace(FLAT, effective_from=date(2027, 1, 1)),)), "outside the contract"),
        (replace(SOUND, prices=(replace(FLAT, tiers=()),)), "API calls: there is no tier"),
        (replace(SOUND, prices=(replace(FLAT, effective_from=JULY),)), "no price in the first days"),
        (replace(SOUND, entitlements=(Entitlement(CALLS, START, Decimal(-1)),)), "cannot be negative"),
        (replace(SOUND, entitlements=(Entitlement(CALLS, END.replace(year=2030), Decimal(1)),)), "outside"),
        (replace(SOUND, entitlements=(Entitlement(SEATS, START, Decimal(1)),)), "no price above them"),
        (replace(SOUND, commitments=(replace(PROMISE, ends_on=date(2027, 1, 1)),)), "beyond the contract"),
        (replace(SOUND, commitments=(replace(PROMISE, ends_on=date(2025, 1, 1)),)), "ends before it starts"),
        (replace(SOUND, commitments=(replace(PROMISE, amount=Money(0, "EUR")),)), "no amount"),
        (
            replace(SOUND, commitments=(replace(PROMISE, amount=Money(5, "USD")),)),
            "in USD, the contract in EUR",
        ),
        (replace(SOUND, commitments=(replace(PROMISE, rollover_share=1.5),)), "between 0 and 100"),
        (replace(SOUND, commitments=(replace(PROMISE, meter_ids=(SEATS,)),)), "counts Seats"),
        (
            replace(
                SOUND, commitments=(replace(PROMISE, ramps=(Ramp(END.replace(year=2030), PROMISE.amount),)),)
            ),
            "outside its days",
        ),
        (
            replace(SOUND, commitments=(replace(PROMISE, ramps=(Ramp(JULY, Money(50, "EUR")),)),)),
            "falls from one step",
        ),
        (replace(SOUND, commitments=(PROMISE, replace(PROMISE, starts_on=JULY))), "at once"),
        (replace(SOUND, sla_terms=(SlaTerm(START, 3, None, None, 0.1, 0.2),)), "needs a first response"),
        (replace(SOUND, sla_terms=(SlaTerm(START, 3, 60, None, 0.3, 0.2),)), "already above"),
        (replace(SOUND, sla_terms=SOUND.sla_terms * 2), "Two service promises"),
    ],
)
def test_what_is_wrong_is_said(changed: Contract, words: str) -> None:
    assert any(words in one.sentence for one in check(changed))


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (replace(A1, currency="USD"), "amends a contract in EUR, but is in USD"),
        (replace(A1, starts_on=date(2027, 1, 5)), "outside the term"),
        (replace(A1, amends_id=None), "overlaps “Order form”"),
        (replace(A1, amends_id=None, starts_on=date(2027, 2, 1), ends_on=None), "No contract holds"),
    ],
)
def test_what_is_wrong_between_contracts_is_said(other: Contract, words: str) -> None:
    assert any(words in one.sentence for one in check(SOUND, other))


def test_a_gap_names_its_days() -> None:
    later = replace(A1, amends_id=None, starts_on=date(2027, 2, 1), ends_on=None, prices=())
    (gap,) = [one for one in check(SOUND, later) if "No contract" in one.sentence]
    assert (gap.first_day, gap.last_day, gap.blocking) == (date(2027, 1, 1), date(2027, 1, 31), False)


def test_contracts_that_amend_each_other_in_a_circle_do_not_hang() -> None:
    check(replace(SOUND, amends_id=ContractId(2)), A1)
