"""Contracts of the sample: one order form a year, its amendments, and what holds on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from convergedesk.domain.billing import PriceModel, PriceTier, SlaTerm
from convergedesk.domain.money import Money
from convergedesk.workspace.sample.catalogue import PRODUCTS
from convergedesk.workspace.sample.plan import AccountPlan, PriceChange, Terms, years_before

_NOTICE_DAYS = 90
_OVERAGE = 0.1


@dataclass(frozen=True, slots=True)
class PricePlan:
    """What a meter costs from a day on."""

    meter: str
    effective_from: date
    model: PriceModel
    tiers: tuple[PriceTier, ...]


@dataclass(frozen=True, slots=True)
class CommitmentPlan:
    """A promise of spend within a term, drawn down by all meters."""

    starts_on: date
    ends_on: date
    amount: Money
    prepaid: bool
    rollover_share: float
    ramps: tuple[tuple[date, Money], ...] = ()
    overage_share: float = 0.0


@dataclass(frozen=True, slots=True)
class ContractPlan:
    """A contract before meters and accounts have ids.

    Attributes:
        external_id: Id in the CRM.
        amends: `external_id` of the contract that this one amends, or None.
        entitlements: (meter key, effective from, units a month without charge).
    """

    external_id: str
    name: str
    starts_on: date
    ends_on: date
    currency: str
    amends: str | None = None
    prices: tuple[PricePlan, ...] = ()
    entitlements: tuple[tuple[str, date, Decimal], ...] = ()
    commitment: CommitmentPlan | None = None
    sla_terms: tuple[SlaTerm, ...] = ()
    notice_days: int | None = None
    billing_zone: str | None = None


def contracts_of(plan: AccountPlan, first_day: date) -> tuple[ContractPlan, ...]:
    """Every contract that held from `first_day` on, oldest first, amendments after their base."""
    if plan.terms is None:
        return ()
    sold = {meter.key for site in plan.all_sites for meter in site.meters}
    terms = replace(plan.terms, changes=tuple(c for c in plan.terms.changes if c.meter in sold))
    found: list[ContractPlan] = []
    for back in range(_terms_back(plan, terms, first_day), -1, -1):
        base = _order_form(plan, terms, back)
        found.append(base)
        found.extend(_amendments(plan, terms, base))
    return tuple(found)


def _terms_back(plan: AccountPlan, terms: Terms, first_day: date) -> int:
    back, start = 0, terms.starts_on
    signed = plan.signed_up_on or terms.starts_on
    while start > first_day and years_before(start, 1) >= signed:
        back, start = back + 1, years_before(start, 1)
    return back


def _order_form(plan: AccountPlan, terms: Terms, back: int) -> ContractPlan:
    starts_on = years_before(terms.starts_on, back)
    ends_on = years_before(terms.starts_on, back - 1) - timedelta(days=1)
    meters = {meter.key: meter for site in plan.all_sites for meter in site.meters}
    added_later = {change.meter for change in terms.changes if _adds(meters[change.meter].first_day, change)}
    prices = tuple(
        PricePlan(key, starts_on, PRODUCTS[key].model, _tiers(terms, key, starts_on))
        for key, meter in meters.items()
        if (meter.first_day or starts_on) <= ends_on
        and not (key in added_later and _not_yet(terms, key, starts_on))
    )
    return ContractPlan(
        external_id=f"OF-{plan.key}-{starts_on.year}",
        name=f"Order form {starts_on.year}",
        starts_on=starts_on,
        ends_on=ends_on,
        currency=plan.currency,
        prices=prices,
        entitlements=tuple(
            (key, starts_on, Decimal(PRODUCTS[key].included)) for key in meters if PRODUCTS[key].included
        ),
        commitment=_commitment(plan, terms, back, starts_on, ends_on),
        sla_terms=_sla(plan.tier, starts_on),
        notice_days=_NOTICE_DAYS,
        billing_zone=plan.time_zone,
    )


def _adds(first_day: date | None, change: PriceChange) -> bool:
    return first_day is not None and first_day <= change.effective_from


def _not_yet(terms: Terms, key: str, starts_on: date) -> bool:
    return all(change.effective_from > starts_on for change in terms.changes if change.meter == key)


def _tiers(terms: Terms, key: str, day: date) -> tuple[PriceTier, ...]:
    """The list price, or what an amendment before `day` made of it."""
    tiers = PRODUCTS[key].price_tiers(terms.price_factor)
    for change in terms.changes:
        if change.meter == key and change.effective_from <= day:
            tiers = _changed_tiers(change)
    return tiers


def _changed_tiers(change: PriceChange) -> tuple[PriceTier, ...]:
    return tuple(
        PriceTier(None if top is None else Decimal(top), Decimal(unit)) for top, unit in change.tiers
    )


def _commitment(
    plan: AccountPlan, terms: Terms, back: int, starts_on: date, ends_on: date
) -> CommitmentPlan | None:
    if not terms.commitments:
        return None
    known = terms.commitments[min(back, len(terms.commitments) - 1)]
    older = max(0, back - len(terms.commitments) + 1)
    amount = round(known * 0.85**older / 1_000) * 1_000
    ramps = terms.ramps if back == 0 else ()
    return CommitmentPlan(
        starts_on, ends_on, Money.of(amount, plan.currency), terms.prepaid, terms.rollover_share,
        tuple((day, Money.of(step, plan.currency)) for day, step in ramps),
        _OVERAGE if terms.prepaid else 0.0,
    )  # fmt: skip


def _amendments(plan: AccountPlan, terms: Terms, base: ContractPlan) -> Iterator[ContractPlan]:
    names = list(
        dict.fromkeys(c.name for c in terms.changes if base.starts_on < c.effective_from <= base.ends_on)
    )
    for name in names:
        changes = [change for change in terms.changes if change.name == name]
        day = changes[0].effective_from
        yield ContractPlan(
            external_id=f"{base.external_id}-{name.split(':')[0]}",
            name=name,
            starts_on=day,
            ends_on=base.ends_on,
            currency=plan.currency,
            amends=base.external_id,
            prices=tuple(
                PricePlan(change.meter, day, PRODUCTS[change.meter].model, _changed_tiers(change))
                for change in changes
            ),
        )


def _sla(tier: str, starts_on: date) -> tuple[SlaTerm, ...]:
    if tier == "Strategic":
        return (SlaTerm(starts_on, 3, 30, 2_880, 0.10, 0.15), SlaTerm(starts_on, 2, 240, 7_200, 0.0, 0.0))
    if tier == "Growth":
        return (SlaTerm(starts_on, 3, 60, 5_760, 0.05, 0.10),)
    return ()


class PriceBook:
    """What one account's meters cost on a day, over all its contracts."""

    def __init__(self, contracts: tuple[ContractPlan, ...]) -> None:
        """Collect every price and entitlement by meter, oldest first."""
        self._prices: dict[str, list[PricePlan]] = {}
        self._included: dict[str, list[tuple[date, Decimal]]] = {}
        for contract in contracts:
            for entry in contract.prices:
                self._prices.setdefault(entry.meter, []).append(entry)
            for meter, day, quantity in contract.entitlements:
                self._included.setdefault(meter, []).append((day, quantity))
        for entries in self._prices.values():
            entries.sort(key=lambda entry: entry.effective_from)

    def price(self, meter: str, day: date) -> PricePlan | None:
        """The price that held on `day`, or None where the meter was not sold yet."""
        held = [entry for entry in self._prices.get(meter, ()) if entry.effective_from <= day]
        return held[-1] if held else None

    def included(self, meter: str, day: date) -> Decimal:
        """Units a month without charge on `day`."""
        held = [quantity for start, quantity in sorted(self._included.get(meter, ())) if start <= day]
        return held[-1] if held else Decimal(0)
