"""What holds on a day: prices, included quantities and commitments of contracts and their amendments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from convergedesk.domain.billing import (
    Commitment,
    Contract,
    ContractId,
    Entitlement,
    MeterPrice,
    SlaTerm,
)
from convergedesk.domain.money import Money
from convergedesk.domain.usage import MeterId

T = TypeVar("T", MeterPrice, Entitlement, SlaTerm)


class CommitmentKey(NamedTuple):
    """Which commitment: its contract, and its place among that contract's commitments."""

    contract_id: ContractId
    place: int


@dataclass(frozen=True, slots=True)
class Held(Generic[T]):
    """A term and the contract that states it."""

    contract: Contract
    term: T


class AmbiguousTermsError(ValueError):
    """Two contracts that do not amend each other state a term for the same day.

    Attributes:
        contracts: Those contracts.
    """

    def __init__(self, contracts: tuple[Contract, ...]) -> None:
        super().__init__("two contracts state the same term")
        self.contracts = contracts


def in_force(contract: Contract, day: date) -> bool:
    """True where the contract has begun and not ended."""
    return contract.starts_on <= day and (contract.ends_on is None or contract.ends_on >= day)


def root_of(contracts: Sequence[Contract], contract: Contract) -> tuple[Contract, int]:
    """The contract that stands under all amendments, and how many amendments lie between."""
    known = {one.id: one for one in contracts}
    seen = {contract.id}
    depth, current = 0, contract
    while current.amends_id is not None and current.amends_id in known and current.amends_id not in seen:
        current = known[current.amends_id]
        seen.add(current.id)
        depth += 1
    return current, depth


def price_on(contracts: Sequence[Contract], meter_id: MeterId, day: date) -> Held[MeterPrice] | None:
    """What the meter costs on a day, or None. Raises AmbiguousTermsError."""
    return _held(contracts, day, lambda c: [p for p in c.prices if p.meter_id == meter_id])


def included_on(contracts: Sequence[Contract], meter_id: MeterId, day: date) -> Held[Entitlement] | None:
    """What is included on a day, or None. Raises AmbiguousTermsError."""
    return _held(contracts, day, lambda c: [e for e in c.entitlements if e.meter_id == meter_id])


def sla_on(contracts: Sequence[Contract], priority: int | None, day: date) -> Held[SlaTerm] | None:
    """The service promise for a rank of ticket on a day, or None. Raises AmbiguousTermsError."""
    return _held(contracts, day, lambda c: [s for s in c.sla_terms if s.priority == priority])


def _held(contracts: Sequence[Contract], day: date, stated: Callable[[Contract], list[T]]) -> Held[T] | None:
    """The latest term that began; an amendment's stands above what it amends."""
    found: list[tuple[int, date, Held[T]]] = []
    roots: dict[ContractId, Contract] = {}
    for contract in contracts:
        begun = [term for term in stated(contract) if term.effective_from <= day]
        if begun and in_force(contract, day):
            root, depth = root_of(contracts, contract)
            roots[root.id] = root
            newest = max(begun, key=lambda term: term.effective_from)
            found.append((depth, contract.starts_on, Held(contract, newest)))
    if len(roots) > 1:
        raise AmbiguousTermsError(tuple(roots.values()))
    return max(found, key=lambda one: one[:2])[2] if found else None


def changes_within(
    contracts: Sequence[Contract], meter_id: MeterId, first: date, last: date
) -> tuple[date, ...]:
    """The days after the first on which the meter's price or included quantity becomes another one."""
    candidates: set[date] = set()
    for contract in contracts:
        candidates.add(contract.starts_on)
        if contract.ends_on is not None:
            candidates.add(contract.ends_on + timedelta(days=1))
        candidates.update(p.effective_from for p in contract.prices if p.meter_id == meter_id)
        candidates.update(e.effective_from for e in contract.entitlements if e.meter_id == meter_id)
    found: list[date] = []
    for day in sorted(one for one in candidates if first < one <= last):
        before = day - timedelta(days=1)
        if _terms(contracts, meter_id, before) != _terms(contracts, meter_id, day):
            found.append(day)
    return tuple(found)


def _terms(contracts: Sequence[Contract], meter_id: MeterId, day: date) -> object:
    try:
        price = price_on(contracts, meter_id, day)
        included = included_on(contracts, meter_id, day)
    except AmbiguousTermsError as error:
        return tuple(one.id for one in error.contracts)
    return (
        price and (price.contract.currency, price.term.model, price.term.tiers),
        included and included.term.quantity,
    )


def commitments_on(contracts: Sequence[Contract], day: date) -> tuple[tuple[CommitmentKey, Commitment], ...]:
    """The commitments that run on a day, in the order in which they are drawn down.

    Those over stated meters come before those over all, then those that end first.
    """
    running = [
        (CommitmentKey(contract.id, place), one)
        for contract in contracts
        for place, one in enumerate(contract.commitments)
        if one.starts_on <= day <= one.ends_on
    ]
    return tuple(sorted(running, key=lambda pair: (not pair[1].meter_ids, pair[1].ends_on, pair[0])))


def promised_on(commitment: Commitment, day: date) -> Money:
    """The whole promise as it stands on a day: the last step that has begun, else the first amount."""
    begun = [ramp for ramp in commitment.ramps if ramp.effective_from <= day]
    return max(begun, key=lambda ramp: ramp.effective_from).amount if begun else commitment.amount


def predecessor(
    contracts: Sequence[Contract], commitment: Commitment
) -> tuple[CommitmentKey, Commitment] | None:
    """The commitment of the same kind, meters and currency that ended the day before this one began."""
    day_before = commitment.starts_on - timedelta(days=1)
    return next(
        (
            (CommitmentKey(contract.id, place), one)
            for contract in contracts
            for place, one in enumerate(contract.commitments)
            if one.ends_on == day_before
            and set(one.meter_ids) == set(commitment.meter_ids)
            and one.prepaid == commitment.prepaid
            and one.amount.currency == commitment.amount.currency
        ),
        None,
    )


def share_of(share: float) -> Decimal:
    """A share as the exact decimal that a person wrote: 0.1 is a tenth."""
    return Decimal(repr(share))
