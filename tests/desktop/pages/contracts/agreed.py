"""A contract with one of everything."""

from datetime import date
from decimal import Decimal

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
    SignedCopy,
    SlaTerm,
)
from convergedesk.domain.money import Money
from convergedesk.domain.usage import MeterId

EVENTS, CALLS = MeterId(1), MeterId(2)
NAMES = {EVENTS: "Events delivered", CALLS: "API calls"}
START, END, JULY = date(2026, 1, 1), date(2026, 12, 31), date(2026, 7, 1)
STEPS = (
    PriceTier(Decimal(20_000), Decimal("0.0016"), flat=2_500),
    PriceTier(None, Decimal("0.0011")),
)


def order_form(contract_id: int = 1, account_id: int = 1) -> Contract:
    return Contract(
        ContractId(contract_id),
        AccountId(account_id),
        None,
        "Order form 2026",
        START,
        END,
        "EUR",
        prices=(
            MeterPrice(EVENTS, START, PriceModel.GRADUATED, STEPS),
            MeterPrice(
                CALLS,
                START,
                PriceModel.PACKAGE,
                (PriceTier(None, Decimal("0.05"), package_size=Decimal(100)),),
            ),
        ),
        entitlements=(Entitlement(EVENTS, START, Decimal("1000.5")),),
        commitments=(
            Commitment(
                START,
                END,
                Money(1_260_000_00, "EUR"),
                (EVENTS,),
                (Ramp(JULY, Money(1_500_000_00, "EUR")),),
                0.1,
                prepaid=True,
                overage_share=0.1,
            ),
        ),
        sla_terms=(SlaTerm(START, 3, 30, None, 0.1, 0.15),),
        notice_days=90,
        billing_zone="Europe/Amsterdam",
        signed_copy=SignedCopy("f" * 64, "MF-2026.pdf"),
    )
