"""Contract terms as a source states them, one to a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from convergedesk.domain.billing import PriceModel
from convergedesk.domain.origins import AccountKey, Origin


class ContractTerm(StrEnum):
    """What one row of contract terms states."""

    CONTRACT = "contract"
    PRICE = "price"
    INCLUDED = "included"
    COMMITMENT = "commitment"
    STEP = "step"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class ContractTermRecord:
    """One term of a contract; amounts are in major units of the contract's currency, exact.

    Attributes:
        contract: Name of the contract.
        term: What the row states.
        day: From when it holds; of the contract, its first day.
        until: Last day of the contract or commitment, or None.
        amends: Name of the contract that this one amends.
        meters: The meter; of a commitment all that draw it down.
        priority: Lowest rank of ticket that a service promise covers, or None for all.
        part_of: The account and the contract as written: rows that say the same belong together, and
            where one of them cannot be read none is taken.
    """

    origin: Origin
    account: AccountKey
    contract: str
    term: ContractTerm
    day: date
    until: date | None = None
    currency: str | None = None
    amends: str | None = None
    meters: tuple[str, ...] = ()
    model: PriceModel | None = None
    up_to: Decimal | None = None
    unit_price: Decimal | None = None
    fee: Decimal | None = None
    package_size: Decimal | None = None
    quantity: Decimal | None = None
    amount: Decimal | None = None
    rollover_percent: Decimal | None = None
    prepaid: bool = False
    priority: int | None = None
    first_response_minutes: int | None = None
    resolution_minutes: int | None = None
    credit_percent: Decimal | None = None
    cap_percent: Decimal | None = None
    overage_percent: Decimal | None = None
    notice_days: int | None = None
    billing_zone: str | None = None
    part_of: str = ""
