"""Contracts from rows that each state one term: the contract itself, a tier, a commitment, a step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
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
    SlaTerm,
)
from convergedesk.domain.money import Money, is_currency_code, minor_digits
from convergedesk.domain.term_records import ContractTerm, ContractTermRecord
from convergedesk.domain.usage import MeterId

_ZERO = Decimal(0)


class TermsRowError(ValueError):
    """A row that does not fit its contract; the text is the plain reason."""


@dataclass
class ContractBuilder:
    """A contract while its rows are taken, the one of the contract itself first.

    Attributes:
        account_id: The customer.
        meter_of: The meter of a name, or None.
        amends: Name of the contract of the same account that it amends, or None.
    """

    account_id: AccountId
    meter_of: Callable[[str], MeterId | None]
    amends: str | None = None
    _head: Contract | None = None
    _prices: dict[tuple[MeterId, date], MeterPrice] = field(
        default_factory=dict[tuple[MeterId, date], MeterPrice]
    )
    _entitlements: list[Entitlement] = field(default_factory=list[Entitlement])
    _commitments: list[Commitment] = field(default_factory=list[Commitment])
    _sla_terms: list[SlaTerm] = field(default_factory=list[SlaTerm])

    @property
    def contract(self) -> Contract | None:
        """The contract with the terms taken so far; `id` is 0. None before its own row."""
        if self._head is None:
            return None
        return replace(
            self._head,
            prices=tuple(self._prices.values()),
            entitlements=tuple(self._entitlements),
            commitments=tuple(self._commitments),
            sla_terms=tuple(self._sla_terms),
        )

    def take(self, row: ContractTermRecord) -> None:
        """Take a row. Raises TermsRowError."""
        if row.term is ContractTerm.CONTRACT:
            self._take_head(row)
            return
        if self._head is None:
            raise TermsRowError("The row of the contract itself must come first.")
        {
            ContractTerm.PRICE: self._take_price,
            ContractTerm.INCLUDED: self._take_included,
            ContractTerm.COMMITMENT: self._take_commitment,
            ContractTerm.STEP: self._take_step,
            ContractTerm.SERVICE: self._take_service,
        }[row.term](row)

    def _take_head(self, row: ContractTermRecord) -> None:
        if self._head is not None:
            raise TermsRowError(f"“{row.contract}” is stated twice.")
        if not row.contract:
            raise TermsRowError("The contract has no name.")
        if row.currency is None or not is_currency_code(row.currency):
            raise TermsRowError(f"“{row.currency or ''}” is no currency such as EUR.")
        self._head = Contract(
            ContractId(0),
            self.account_id,
            None,
            row.contract,
            row.day,
            row.until,
            row.currency,
            notice_days=row.notice_days,
            billing_zone=row.billing_zone,
        )
        self.amends = row.amends

    def _take_price(self, row: ContractTermRecord) -> None:
        model = row.model or PriceModel.GRADUATED
        tier = PriceTier(
            _amount(row.up_to, "limit"),
            _needed(row.unit_price, "price of one unit"),
            self._minor(row.fee or _ZERO, "fee"),
            _amount(row.package_size, "package size"),
        )
        key = (self._meter(row), row.day)
        before = self._prices.get(key)
        if before is not None and before.model != model:
            raise TermsRowError("Tiers of one price state different models.")
        tiers = (*before.tiers, tier) if before is not None else (tier,)
        self._prices[key] = MeterPrice(key[0], row.day, model, tiers)

    def _take_included(self, row: ContractTermRecord) -> None:
        quantity = _needed(row.quantity, "quantity that is included")
        self._entitlements.append(Entitlement(self._meter(row), row.day, quantity))

    def _take_commitment(self, row: ContractTermRecord) -> None:
        if row.until is None:
            raise TermsRowError("The commitment has no last day.")
        self._commitments.append(
            Commitment(
                row.day,
                row.until,
                self._money(row),
                tuple(self._meter_named(name) for name in row.meters),
                rollover_share=_share(row.rollover_percent, "rolls over"),
                prepaid=row.prepaid,
                overage_share=_share(row.overage_percent, "is added above it", 1_000),
            )
        )

    def _take_step(self, row: ContractTermRecord) -> None:
        if not self._commitments:
            raise TermsRowError("A step needs its commitment in a row above it.")
        last = self._commitments[-1]
        self._commitments[-1] = replace(last, ramps=(*last.ramps, Ramp(row.day, self._money(row))))

    def _take_service(self, row: ContractTermRecord) -> None:
        self._sla_terms.append(
            SlaTerm(
                row.day,
                row.priority,
                row.first_response_minutes,
                row.resolution_minutes,
                _share(row.credit_percent, "is credited"),
                _share(row.cap_percent, "is credited at most"),
            )
        )

    def _meter(self, row: ContractTermRecord) -> MeterId:
        return self._meter_named(row.meters[0] if row.meters else "")

    def _meter_named(self, name: str) -> MeterId:
        if not name:
            raise TermsRowError("The row names no meter.")
        meter = self.meter_of(name)
        if meter is None:
            raise TermsRowError(f"No meter is called “{name}”.")
        return meter

    def _money(self, row: ContractTermRecord) -> Money:
        amount = _needed(row.amount, "amount")
        return Money(self._minor(amount, "amount"), self._currency)

    @property
    def _currency(self) -> str:
        return self._head.currency if self._head is not None else ""

    def _minor(self, value: Decimal, what: str) -> int:
        _amount(value, what)
        scaled = value.scaleb(minor_digits(self._currency))
        if scaled != scaled.to_integral_value():
            raise TermsRowError(f"The {what} {value} has more decimal places than {self._currency} has.")
        return int(scaled)


def _needed(value: Decimal | None, what: str) -> Decimal:
    if value is None:
        raise TermsRowError(f"The row states no {what}.")
    return _amount(value, what) or _ZERO


def _amount(value: Decimal | None, what: str) -> Decimal | None:
    if value is not None and value < 0:
        raise TermsRowError(f"The {what} {value} cannot be.")
    return value


def _share(percent: Decimal | None, what: str, most: int = 100) -> float:
    value = percent or _ZERO
    if not 0 <= value <= most:
        raise TermsRowError(f"What {what} cannot be {value} %: it is above {most} or below nothing.")
    return float(value / 100)
