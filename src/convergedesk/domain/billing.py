"""Subscriptions, contracts and invoices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.money import Money
from convergedesk.domain.usage import MeterId

SubscriptionId = NewType("SubscriptionId", int)
ContractId = NewType("ContractId", int)
InvoiceId = NewType("InvoiceId", int)


class PriceModel(StrEnum):
    """How a list of tiers turns a quantity into money."""

    FLAT = "flat"
    GRADUATED = "graduated"
    VOLUME = "volume"
    PACKAGE = "package"


class InvoiceState(StrEnum):
    """Where an invoice stands."""

    DRAFT = "draft"
    OPEN = "open"
    PAID = "paid"
    VOID = "void"
    UNCOLLECTIBLE = "uncollectible"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A running agreement to bill.

    Attributes:
        id: Our own id.
        account_id: Who pays.
        external_id: The id in billing.
        plan: Name of the plan, or None.
        starts_on: First day.
        ends_on: Last day, or None while it runs.
        mrr: Monthly recurring revenue, or None where unknown.
        seats: Licensed seats, or None.
        billing_period: Such as 'monthly' or 'annual', or None.
        trial: True while nothing is owed.
        auto_renews: True, False, or None where the source does not say.
    """

    id: SubscriptionId
    account_id: AccountId
    external_id: str
    plan: str | None
    starts_on: date
    ends_on: date | None
    mrr: Money | None
    seats: int | None = None
    billing_period: str | None = None
    trial: bool = False
    auto_renews: bool | None = None


@dataclass(frozen=True, slots=True)
class PriceTier:
    """One step of a meter's price.

    Attributes:
        up_to: Upper limit of the step in units, or None for the last.
        unit_price: Price of one unit in major currency units, exact.
        flat: Price of entering the step, minor units.
        package_size: Units sold together, for the package model.
    """

    up_to: Decimal | None
    unit_price: Decimal
    flat: int = 0
    package_size: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MeterPrice:
    """What a meter costs from a day on."""

    meter_id: MeterId
    effective_from: date
    model: PriceModel
    tiers: tuple[PriceTier, ...]


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What is included without further charge, per billing month, from a day on."""

    meter_id: MeterId
    effective_from: date
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Ramp:
    """A step of a commitment: what the whole promise is from a day on."""

    effective_from: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Commitment:
    """Money that the customer promised to spend within a term.

    Attributes:
        starts_on: First day of the term.
        ends_on: Last day of the term.
        amount: The whole promise.
        meter_ids: Meters that draw it down; empty means all.
        ramps: Steps, where the promise grows.
        rollover_share: Share of what is unspent that moves on, 0 to 1.
        prepaid: True where it was paid before use (a credit that is drawn down).
        overage_share: Mark-up on the price of what is used above it, 0.1 for 10 %.
    """

    starts_on: date
    ends_on: date
    amount: Money
    meter_ids: tuple[MeterId, ...] = ()
    ramps: tuple[Ramp, ...] = ()
    rollover_share: float = 0.0
    prepaid: bool = False
    overage_share: float = 0.0


@dataclass(frozen=True, slots=True)
class SlaTerm:
    """What we owe when service falls short, from a day on.

    Attributes:
        effective_from: First day.
        priority: Lowest rank of ticket that it covers, or None for all.
        first_response_minutes: Promised first response, or None.
        resolution_minutes: Promised resolution, or None.
        credit_share: Share of the monthly fee owed when missed, 0 to 1.
        cap_share: Largest share owed in a month, 0 to 1.
    """

    effective_from: date
    priority: int | None
    first_response_minutes: int | None
    resolution_minutes: int | None
    credit_share: float
    cap_share: float


@dataclass(frozen=True, slots=True)
class SignedCopy:
    """Which kept file is the signed copy of a contract.

    Attributes:
        digest: Names its content in the workspace.
        name: What the file was called.
    """

    digest: str
    name: str


@dataclass(frozen=True, slots=True)
class Contract:
    """What was agreed with one account, by effective date.

    Attributes:
        id: Our own id.
        account_id: The customer.
        external_id: Id in the CRM or billing, or None.
        name: Such as 'Order form 2026'.
        starts_on: First day.
        ends_on: Last day, or None for evergreen.
        currency: ISO 4217.
        amends_id: The contract that this one amends, or None.
        prices: Every price that ever held.
        entitlements: Included quantities.
        commitments: Promised spend.
        sla_terms: Service promises.
        notice_days: How long before its last day it has to be given notice of, or None where not agreed.
        billing_zone: IANA name of the zone in whose days billing periods begin and end, or None for the
            account's own.
        signed_copy: The signed copy, or None where none is kept.
    """

    id: ContractId
    account_id: AccountId
    external_id: str | None
    name: str
    starts_on: date
    ends_on: date | None
    currency: str
    amends_id: ContractId | None = None
    prices: tuple[MeterPrice, ...] = ()
    entitlements: tuple[Entitlement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    sla_terms: tuple[SlaTerm, ...] = ()
    notice_days: int | None = None
    billing_zone: str | None = None
    signed_copy: SignedCopy | None = None

    @property
    def notice_by(self) -> date | None:
        """The last day on which notice is in time, or None where no notice or no end is agreed."""
        if self.notice_days is None or self.ends_on is None:
            return None
        return self.ends_on - timedelta(days=self.notice_days)


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One position of an invoice.

    Attributes:
        description: As printed.
        amount: Net of credits on the same line.
        meter_id: What was counted, or None for fees.
        quantity: Units billed, or None.
        period_start: First day billed, or None.
        period_end: Last day billed, or None.
    """

    description: str
    amount: Money
    meter_id: MeterId | None = None
    quantity: Decimal | None = None
    period_start: date | None = None
    period_end: date | None = None


@dataclass(frozen=True, slots=True)
class Invoice:
    """A bill as issued.

    Attributes:
        id: Our own id.
        account_id: Who was billed.
        number: As printed.
        issued_on: Day of issue.
        period_start: First day of the billed period, or None.
        period_end: Last day of it, or None.
        total: Whole amount; negative for credit notes.
        state: Draft, open, paid, void, uncollectible or credit note.
        lines: Positions.
    """

    id: InvoiceId
    account_id: AccountId
    number: str
    issued_on: date
    period_start: date | None
    period_end: date | None
    total: Money
    state: InvoiceState
    lines: tuple[InvoiceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class BilledTotal:
    """What one account was billed in a period, in one currency.

    Attributes:
        account_id: Who.
        total: Sum of its invoices; no drafts, void invoices or credit notes.
        by_usage: The part that lines by meter state.
        meters: How many meters those lines count.
        with_lines: True where any of the invoices has lines.
    """

    account_id: AccountId
    total: Money
    by_usage: Money
    meters: int
    with_lines: bool


@dataclass(frozen=True, slots=True)
class ChurnEvent:
    """An account left, or came back.

    Attributes:
        account_id: Who.
        day: When.
        reason: The source's reason code, or None.
        refund: Money returned, or None.
        reactivation: True where the account had left before and this is a return.
        feedback: In the customer's words; may be empty.
    """

    account_id: AccountId
    day: date
    reason: str | None
    refund: Money | None
    reactivation: bool
    feedback: str
