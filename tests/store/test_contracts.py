"""Contracts come back whole: prices, commitments and service terms by effective day."""

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
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.money import Money
from convergedesk.domain.usage import MeterId
from convergedesk.store import contracts
from convergedesk.store.engine import Store
from tests.store.rows import NOW, add_account, add_meter

START, END = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def account(store: Store) -> AccountId:
    return add_account(store, "Acme")


@pytest.fixture
def meters(store: Store) -> tuple[MeterId, MeterId]:
    return add_meter(store, "calls"), add_meter(store, "seats")


def whole(account: AccountId, calls: MeterId, seats: MeterId) -> Contract:
    euro = "EUR"
    return Contract(
        id=ContractId(0),
        account_id=account,
        external_id="8001",
        name="Order form 2026",
        starts_on=START,
        ends_on=END,
        currency=euro,
        prices=(
            MeterPrice(
                calls,
                START,
                PriceModel.GRADUATED,
                (
                    PriceTier(Decimal(1_000_000), Decimal("0.00001234567890123")),
                    PriceTier(None, Decimal("0.00000001"), flat=500),
                ),
            ),
            MeterPrice(
                seats,
                START,
                PriceModel.PACKAGE,
                (PriceTier(None, Decimal("2.40"), package_size=Decimal(25)),),
            ),
            MeterPrice(calls, date(2026, 7, 1), PriceModel.FLAT, (PriceTier(None, Decimal("0.1")),)),
        ),
        entitlements=(Entitlement(seats, START, Decimal("12.5")),),
        commitments=(
            Commitment(
                START,
                END,
                Money(12_000_00, euro),
                meter_ids=(calls, seats),
                ramps=(Ramp(START, Money(400_00, euro)), Ramp(date(2026, 4, 1), Money(900_00, euro))),
                rollover_share=0.25,
                overage_share=0.1,
                prepaid=True,
            ),
        ),
        sla_terms=(
            SlaTerm(START, 3, 60, 480, 0.1, 0.3),
            SlaTerm(date(2026, 6, 1), None, None, 240, 0.2, 0.3),
        ),
    )


def test_a_contract_comes_back_whole(
    store: Store, account: AccountId, meters: tuple[MeterId, MeterId]
) -> None:
    contract = whole(account, *meters)
    new_id = contracts.add(store, contract, now=NOW)
    assert contracts.of_accounts(store, [account]) == (replace(contract, id=new_id),)


def test_replacing_leaves_nothing_of_the_old_terms(
    store: Store, account: AccountId, meters: tuple[MeterId, MeterId]
) -> None:
    contract = whole(account, *meters)
    new_id = contracts.add(store, contract, now=NOW)
    smaller = replace(contract, id=new_id, prices=contract.prices[:1], commitments=(), ends_on=None)
    contracts.replace(store, smaller, now=NOW)
    assert contracts.of_accounts(store, [account]) == (smaller,)
    with store.read() as connection:
        left = connection.exec_driver_sql(
            "SELECT (SELECT count(*) FROM price_tiers), (SELECT count(*) FROM ramps)"
        )
        assert tuple(left.one()) == (2, 0)


def test_amendments_name_what_they_amend_and_the_newest_comes_first(store: Store, account: AccountId) -> None:
    bare = Contract(ContractId(0), account, None, "Order form", START, END, "EUR")
    first = contracts.add(store, bare, now=NOW)
    contracts.add(
        store, replace(bare, name="Amendment", starts_on=date(2026, 5, 1), amends_id=first), now=NOW
    )
    found = contracts.of_accounts(store, [account])
    assert [(contract.name, contract.amends_id) for contract in found] == [
        ("Amendment", first),
        ("Order form", None),
    ]


def test_a_contract_that_is_not_there_cannot_be_replaced(store: Store, account: AccountId) -> None:
    with pytest.raises(NotFoundError):
        contracts.replace(store, Contract(ContractId(9), account, None, "x", START, None, "EUR"), now=NOW)


def test_a_deleted_contract_is_gone_and_cannot_be_written(store: Store, account: AccountId) -> None:
    kept = contracts.add(
        store, Contract(ContractId(0), account, None, "Order form", START, END, "EUR"), now=NOW
    )
    contract = contracts.get(store, kept)
    contracts.delete(store, kept, now=NOW)
    assert contracts.of_accounts(store, [account]) == ()
    for write in (
        lambda: contracts.get(store, kept),
        lambda: contracts.replace(store, contract, now=NOW),
        lambda: contracts.delete(store, kept, now=NOW),
    ):
        with pytest.raises(NotFoundError):
            write()
