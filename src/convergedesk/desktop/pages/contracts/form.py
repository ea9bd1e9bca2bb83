"""A contract's fields as they stand, text not yet read, and what is still wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from convergedesk.desktop.amounts import amount_text, parse_amount
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
from convergedesk.domain.money import Money, is_currency_code, minor_digits
from convergedesk.domain.usage import MeterId

_NEW = ContractId(0)


@dataclass(frozen=True, slots=True)
class TierForm:
    """One tier of a price."""

    up_to: str = ""
    unit_price: str = ""
    flat: str = ""
    package: str = ""


@dataclass(frozen=True, slots=True)
class PriceForm:
    """A meter's price from a day on."""

    meter_id: MeterId
    effective_from: date | None
    model: PriceModel = PriceModel.GRADUATED
    tiers: tuple[TierForm, ...] = (TierForm(),)


@dataclass(frozen=True, slots=True)
class IncludedForm:
    """What is included of a meter from a day on."""

    meter_id: MeterId
    effective_from: date | None
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class RampForm:
    """A step of a commitment."""

    effective_from: date | None
    amount: str = ""


@dataclass(frozen=True, slots=True)
class CommitmentForm:
    """A promise of spend; no meters means all of them."""

    starts_on: date | None
    ends_on: date | None
    amount: str = ""
    meter_ids: tuple[MeterId, ...] = ()
    rollover: str = ""
    prepaid: bool = False
    ramps: tuple[RampForm, ...] = ()
    overage: str = ""


@dataclass(frozen=True, slots=True)
class SlaForm:
    """A service promise; times in minutes, shares in per cent."""

    effective_from: date | None
    priority: int | None = None
    first_response: str = ""
    resolution: str = ""
    credit: str = ""
    cap: str = ""


@dataclass(frozen=True, slots=True)
class ContractForm:
    """All fields of a contract.

    Attributes:
        contract_id: The contract that is edited; 0 for a new one.
        account_id: The customer.
        external_id: Its id elsewhere; not edited.
        notice: Days before the end; empty where no notice is agreed.
        billing_zone: Name of a time zone; empty is the account's own.
        signed_digest: Which kept file is the signed copy; empty where there is none.
        signed_name: What that file was called.
    """

    contract_id: ContractId
    account_id: AccountId
    external_id: str | None = None
    name: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    currency: str = ""
    amends_id: ContractId | None = None
    prices: tuple[PriceForm, ...] = ()
    entitlements: tuple[IncludedForm, ...] = ()
    commitments: tuple[CommitmentForm, ...] = ()
    sla_terms: tuple[SlaForm, ...] = ()
    notice: str = ""
    billing_zone: str = ""
    signed_digest: str = ""
    signed_name: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A form as it was read.

    Attributes:
        contract: The contract, or None while a field cannot be read.
        problems: Field, such as 'prices.0.tiers.1.unit_price', to a plain sentence.
    """

    contract: Contract | None
    problems: dict[str, str]


def form_of(contract: Contract) -> ContractForm:
    """The form filled with a contract; reading it gives that contract back."""
    digits = minor_digits(contract.currency)
    return ContractForm(
        contract_id=contract.id,
        account_id=contract.account_id,
        external_id=contract.external_id,
        name=contract.name,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        currency=contract.currency,
        amends_id=contract.amends_id,
        prices=tuple(
            PriceForm(
                one.meter_id,
                one.effective_from,
                one.model,
                tuple(
                    TierForm(
                        amount_text(tier.up_to),
                        amount_text(tier.unit_price),
                        amount_text(Decimal(tier.flat).scaleb(-digits)) if tier.flat else "",
                        amount_text(tier.package_size),
                    )
                    for tier in one.tiers
                ),
            )
            for one in contract.prices
        ),
        entitlements=tuple(
            IncludedForm(one.meter_id, one.effective_from, amount_text(one.quantity))
            for one in contract.entitlements
        ),
        commitments=tuple(_commitment_form(one) for one in contract.commitments),
        sla_terms=tuple(
            SlaForm(
                one.effective_from,
                one.priority,
                _whole_text(one.first_response_minutes),
                _whole_text(one.resolution_minutes),
                _percent(one.credit_share),
                _percent(one.cap_share),
            )
            for one in contract.sla_terms
        ),
        notice=_whole_text(contract.notice_days),
        billing_zone=contract.billing_zone or "",
        signed_digest=contract.signed_copy.digest if contract.signed_copy is not None else "",
        signed_name=contract.signed_copy.name if contract.signed_copy is not None else "",
    )


def _commitment_form(one: Commitment) -> CommitmentForm:
    return CommitmentForm(
        one.starts_on,
        one.ends_on,
        amount_text(one.amount.amount),
        one.meter_ids,
        _percent(one.rollover_share) if one.rollover_share else "",
        one.prepaid,
        tuple(RampForm(ramp.effective_from, amount_text(ramp.amount.amount)) for ramp in one.ramps),
        _percent(one.overage_share) if one.overage_share else "",
    )


def _whole_text(value: int | None) -> str:
    return "" if value is None else str(value)


def _percent(share: float) -> str:
    return amount_text(Decimal(repr(share)) * 100)


def read(form: ContractForm) -> Reading:
    """Read every field; all problems are named at once."""
    reader = _Reader(form.currency.strip().upper())
    problems = reader.problems
    if not form.name.strip():
        problems["name"] = "Give the contract a name."
    if not is_currency_code(reader.currency):
        problems["currency"] = "Write three letters, such as EUR."
    starts_on = reader.day("starts_on", form.starts_on)
    prices = tuple(reader.price(f"prices.{place}", one) for place, one in enumerate(form.prices))
    entitlements = tuple(
        Entitlement(
            one.meter_id,
            reader.day(f"entitlements.{place}.effective_from", one.effective_from),
            reader.number(f"entitlements.{place}.quantity", one.quantity, "Say how many units are included."),
        )
        for place, one in enumerate(form.entitlements)
    )
    commitments = tuple(
        reader.commitment(f"commitments.{place}", one) for place, one in enumerate(form.commitments)
    )
    notice = reader.whole("notice", form.notice, "days")
    sla_terms = tuple(reader.sla(f"sla_terms.{place}", one) for place, one in enumerate(form.sla_terms))
    if problems:
        return Reading(None, problems)
    return Reading(
        Contract(
            id=form.contract_id,
            account_id=form.account_id,
            external_id=form.external_id,
            name=form.name.strip(),
            starts_on=starts_on,
            ends_on=form.ends_on,
            currency=reader.currency,
            amends_id=form.amends_id,
            prices=prices,
            entitlements=entitlements,
            commitments=commitments,
            sla_terms=sla_terms,
            notice_days=notice,
            billing_zone=form.billing_zone or None,
            signed_copy=SignedCopy(form.signed_digest, form.signed_name) if form.signed_digest else None,
        ),
        {},
    )


class _Reader:
    """Reads fields and collects what is wrong; what cannot be read counts as nothing meanwhile."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.problems: dict[str, str] = {}

    def day(self, path: str, value: date | None) -> date:
        if value is None:
            self.problems[path] = "Write a day, such as 1 Jan 2027."
        return value or date.min

    def number(self, path: str, text: str, missing: str, least: int | None = None) -> Decimal:
        if not text.strip():
            self.problems[path] = missing
            return Decimal(0)
        value = parse_amount(text)
        if value is None:
            self.problems[path] = f"“{text.strip()}” is not a number."
        elif least is not None and value < least:
            self.problems[path] = f"This cannot be below {least}."
        return value or Decimal(0)

    def optional(self, path: str, text: str) -> Decimal | None:
        return self.number(path, text, "", 0) if text.strip() else None

    def whole(self, path: str, text: str, unit: str = "minutes") -> int | None:
        value = self.optional(path, text)
        if value is not None and value != value.to_integral_value():
            self.problems[path] = f"Write whole {unit}."
        return None if value is None else int(value)

    def share(self, path: str, text: str, most: int = 100) -> float:
        value = self.optional(path, text) or Decimal(0)
        if value > most:
            self.problems[path] = f"This cannot be above {most:,} %."
        return float(value / 100)

    def money(self, path: str, text: str, missing: str) -> Money:
        return Money(self._minor(path, self.number(path, text, missing, 0)), self.currency)

    def price(self, path: str, form: PriceForm) -> MeterPrice:
        tiers: list[PriceTier] = []
        for place, tier in enumerate(form.tiers):
            at = f"{path}.tiers.{place}"
            flat = self.optional(f"{at}.flat", tier.flat)
            packages = form.model is PriceModel.PACKAGE
            tiers.append(
                PriceTier(
                    self.optional(f"{at}.up_to", tier.up_to),
                    self.number(f"{at}.unit_price", tier.unit_price, "Say what one unit costs.", 0),
                    0 if flat is None else self._minor(f"{at}.flat", flat),
                    self.optional(f"{at}.package", tier.package) if packages else None,
                )
            )
        day = self.day(f"{path}.effective_from", form.effective_from)
        return MeterPrice(form.meter_id, day, form.model, tuple(tiers))

    def commitment(self, path: str, form: CommitmentForm) -> Commitment:
        steps = [
            Ramp(
                self.day(f"{path}.ramps.{place}.effective_from", one.effective_from),
                self.money(f"{path}.ramps.{place}.amount", one.amount, "Say the promise from then on."),
            )
            for place, one in enumerate(form.ramps)
        ]
        return Commitment(
            starts_on=self.day(f"{path}.starts_on", form.starts_on),
            ends_on=self.day(f"{path}.ends_on", form.ends_on),
            amount=self.money(f"{path}.amount", form.amount, "Say how much is promised."),
            meter_ids=form.meter_ids,
            ramps=tuple(sorted(steps, key=lambda ramp: ramp.effective_from)),
            rollover_share=self.share(f"{path}.rollover", form.rollover),
            prepaid=form.prepaid,
            overage_share=self.share(f"{path}.overage", form.overage, 1_000),
        )

    def sla(self, path: str, form: SlaForm) -> SlaTerm:
        return SlaTerm(
            effective_from=self.day(f"{path}.effective_from", form.effective_from),
            priority=form.priority,
            first_response_minutes=self.whole(f"{path}.first_response", form.first_response),
            resolution_minutes=self.whole(f"{path}.resolution", form.resolution),
            credit_share=self.share(f"{path}.credit", form.credit),
            cap_share=self.share(f"{path}.cap", form.cap),
        )

    def _minor(self, path: str, value: Decimal) -> int:
        digits = minor_digits(self.currency)
        scaled = value.scaleb(digits)
        if scaled != scaled.to_integral_value():
            places = f"{digits} decimal places" if digits else "no decimal places"
            self.problems[path] = f"{self.currency or 'The currency'} has {places}."
        return int(scaled)


Change = Callable[[ContractForm], None]
