"""What in a customer's contracts contradicts itself, leaves a gap, or deserves a second look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import combinations

from convergedesk.domain.billing import Commitment, Contract, ContractId, MeterPrice, PriceModel
from convergedesk.domain.money import is_currency_code
from convergedesk.domain.terms import root_of
from convergedesk.domain.tier_faults import tier_faults
from convergedesk.domain.tiers import cliffs
from convergedesk.domain.usage import MeterId


class Part(Enum):
    """The part of a contract that a finding is about."""

    HEAD = "head"
    PRICE = "price"
    ENTITLEMENT = "entitlement"
    COMMITMENT = "commitment"
    SLA = "sla"


@dataclass(frozen=True, slots=True)
class ContractFinding:
    """A mistake, or something to look at.

    Attributes:
        contract_id: Where.
        part: Which part of the contract.
        sentence: In plain words.
        blocking: True for a mistake: something would be priced twice, or not at all.
        meter_id: The meter concerned, or None.
        place: Place in the part's list, or None.
        tier: Place of the tier, for prices.
        first_day: First of the days concerned, or None.
        last_day: Last of them, or None.
    """

    contract_id: ContractId
    part: Part
    sentence: str
    blocking: bool = True
    meter_id: MeterId | None = None
    place: int | None = None
    tier: int | None = None
    first_day: date | None = None
    last_day: date | None = None


def check_contracts(
    contracts: Sequence[Contract], names: Mapping[MeterId, str]
) -> tuple[ContractFinding, ...]:
    """Everything that is wrong or odd in one customer's contracts, mistakes first.

    Args:
        contracts: All of them, amendments among them.
        names: What meters are called.
    """
    found: list[ContractFinding] = []
    for contract in contracts:
        found.extend(_head(contracts, contract))
        found.extend(_prices(contract, names))
        found.extend(_entitlements(contracts, contract, names))
        found.extend(_commitments(contracts, contract, names))
        found.extend(_sla(contract))
    found.extend(_between(contracts, names))
    return tuple(sorted(found, key=lambda one: not one.blocking))


def _head(contracts: Sequence[Contract], contract: Contract) -> Iterator[ContractFinding]:
    def head(sentence: str) -> ContractFinding:
        return ContractFinding(contract.id, Part.HEAD, sentence)

    if not contract.name.strip():
        yield head("Give the contract a name.")
    if contract.ends_on is not None and contract.ends_on < contract.starts_on:
        yield head("The last day comes before the first.")
    if not is_currency_code(contract.currency):
        yield head(f"“{contract.currency}” is not a currency: write three letters, such as EUR.")
    if contract.notice_days is not None:
        if contract.ends_on is None:
            yield ContractFinding(
                contract.id, Part.HEAD, "Notice is agreed, but the contract has no last day.", blocking=False
            )
        elif not 0 <= contract.notice_days <= (contract.ends_on - contract.starts_on).days:
            yield head("The notice period is longer than the contract.")
    if contract.amends_id is None:
        return
    amended = next((one for one in contracts if one.id == contract.amends_id), None)
    if amended is None:
        yield head("The contract that it amends is not here.")
        return
    if amended.currency != contract.currency:
        yield head(f"It amends a contract in {amended.currency}, but is in {contract.currency}.")
    too_late = amended.ends_on is not None and contract.starts_on > amended.ends_on
    if contract.starts_on < amended.starts_on or too_late:
        yield head(f"It starts outside the term of “{amended.name}”, which it amends.")


def _outside(contract: Contract, day: date) -> bool:
    return day < contract.starts_on or (contract.ends_on is not None and day > contract.ends_on)


def _prices(contract: Contract, names: Mapping[MeterId, str]) -> Iterator[ContractFinding]:
    seen: set[tuple[MeterId, date]] = set()
    for place, price in enumerate(contract.prices):
        name = names.get(price.meter_id, "A meter")

        def finding(
            sentence: str,
            *,
            blocking: bool = True,
            tier: int | None = None,
            place: int = place,
            price: MeterPrice = price,
        ) -> ContractFinding:
            return ContractFinding(
                contract.id, Part.PRICE, sentence, blocking, price.meter_id, place, tier, price.effective_from
            )

        if (price.meter_id, price.effective_from) in seen:
            yield finding(f"{name} has two prices from the same day.")
        seen.add((price.meter_id, price.effective_from))
        if _outside(contract, price.effective_from):
            yield finding(f"The price of {name} starts outside the contract.")
        for fault in tier_faults(price.model, price.tiers):
            yield finding(f"{name}: {_lower(fault.sentence)}", blocking=fault.blocking, tier=fault.place)
        if price.model is PriceModel.VOLUME and cliffs(price.tiers, contract.currency):
            yield finding(
                f"{name}: just above a limit the whole volume costs less than at it.", blocking=False
            )
    if contract.amends_id is None:
        yield from _late_prices(contract, names)


def _late_prices(contract: Contract, names: Mapping[MeterId, str]) -> Iterator[ContractFinding]:
    for meter_id in dict.fromkeys(price.meter_id for price in contract.prices):
        first = min(price.effective_from for price in contract.prices if price.meter_id == meter_id)
        if first > contract.starts_on:
            yield ContractFinding(
                contract.id,
                Part.PRICE,
                f"{names.get(meter_id, 'A meter')} has no price in the first days of the contract.",
                blocking=False,
                meter_id=meter_id,
                first_day=contract.starts_on,
                last_day=first - timedelta(days=1),
            )


def _entitlements(
    contracts: Sequence[Contract], contract: Contract, names: Mapping[MeterId, str]
) -> Iterator[ContractFinding]:
    root = root_of(contracts, contract)[0].id
    priced = {p.meter_id for c in contracts if root_of(contracts, c)[0].id == root for p in c.prices}
    for place, included in enumerate(contract.entitlements):
        name = names.get(included.meter_id, "A meter")
        day = included.effective_from
        where = (included.meter_id, place, None, day)
        if included.quantity < 0:
            yield ContractFinding(
                contract.id, Part.ENTITLEMENT, f"{name}: what is included cannot be negative.", True, *where
            )
        if _outside(contract, day):
            yield ContractFinding(
                contract.id, Part.ENTITLEMENT, f"What is included of {name} starts outside the contract.",
                True, *where,
            )  # fmt: skip
        if included.meter_id not in priced:
            yield ContractFinding(
                contract.id, Part.ENTITLEMENT, f"{name} has included units but no price above them.",
                False, *where,
            )  # fmt: skip


def _commitments(
    contracts: Sequence[Contract], contract: Contract, names: Mapping[MeterId, str]
) -> Iterator[ContractFinding]:
    root = root_of(contracts, contract)[0].id
    priced = {p.meter_id for c in contracts if root_of(contracts, c)[0].id == root for p in c.prices}
    for place, one in enumerate(contract.commitments):
        for sentence, blocking in _of_commitment(contract, one):
            yield ContractFinding(
                contract.id,
                Part.COMMITMENT,
                sentence,
                blocking,
                None,
                place,
                None,
                one.starts_on,
                one.ends_on,
            )
        for meter_id in set(one.meter_ids) - priced:
            yield ContractFinding(
                contract.id,
                Part.COMMITMENT,
                f"The commitment counts {names.get(meter_id, 'a meter')}, which has no price.",
                blocking=False,
                meter_id=meter_id,
                place=place,
            )


def _of_commitment(contract: Contract, one: Commitment) -> Iterator[tuple[str, bool]]:
    if one.ends_on < one.starts_on:
        yield "The commitment ends before it starts.", True
    elif _outside(contract, one.starts_on) or _outside(contract, one.ends_on):
        yield "The commitment reaches beyond the contract.", True
    if one.amount.minor_units <= 0:
        yield "The commitment has no amount.", True
    currencies = {one.amount.currency, *(ramp.amount.currency for ramp in one.ramps)} - {contract.currency}
    if currencies:
        yield (
            f"The commitment is in {', '.join(sorted(currencies))}, the contract in {contract.currency}.",
            True,
        )
    if not 0 <= one.rollover_share <= 1:
        yield "What rolls over is a share between 0 and 100 %.", True
    if not 0 <= one.overage_share <= 10:
        yield "The mark-up on use above the commitment is a share between 0 and 1,000 %.", True
    steps = sorted(one.ramps, key=lambda ramp: ramp.effective_from)
    if any(not one.starts_on <= ramp.effective_from <= one.ends_on for ramp in steps):
        yield "A step of the commitment lies outside its days.", True
    # A step on the first day states the first amount.
    first = [] if steps and steps[0].effective_from == one.starts_on else [one.amount]
    amounts = [*first, *(ramp.amount for ramp in steps)]
    if not currencies and amounts != sorted(amounts):
        yield "The commitment falls from one step to the next.", False


def _sla(contract: Contract) -> Iterator[ContractFinding]:
    seen: set[tuple[date, int | None]] = set()
    for place, term in enumerate(contract.sla_terms):
        sentences: list[str] = []
        if (term.effective_from, term.priority) in seen:
            sentences.append("Two service promises hold for the same tickets from the same day.")
        seen.add((term.effective_from, term.priority))
        if _outside(contract, term.effective_from):
            sentences.append("A service promise starts outside the contract.")
        minutes = (term.first_response_minutes, term.resolution_minutes)
        if minutes == (None, None):
            sentences.append("A service promise needs a first response or a resolution time.")
        if any(one is not None and one <= 0 for one in minutes):
            sentences.append("A promised time must be longer than nothing.")
        if not (0 <= term.credit_share <= 1 and 0 <= term.cap_share <= 1):
            sentences.append("Credits are shares between 0 and 100 % of the fee.")
        for sentence in sentences:
            yield ContractFinding(contract.id, Part.SLA, sentence, place=place, first_day=term.effective_from)
        if term.credit_share > term.cap_share:
            yield ContractFinding(
                contract.id,
                Part.SLA,
                "One credit is already above the most that a month may cost.",
                blocking=False,
                place=place,
                first_day=term.effective_from,
            )


def _between(contracts: Sequence[Contract], names: Mapping[MeterId, str]) -> Iterator[ContractFinding]:
    roots = [one for one in contracts if root_of(contracts, one)[0].id == one.id]
    for one, other in combinations(sorted(roots, key=lambda c: c.starts_on), 2):
        both = {p.meter_id for p in one.prices} & {p.meter_id for p in other.prices}
        if both and (one.ends_on is None or other.starts_on <= one.ends_on):
            listed = ", ".join(sorted(names.get(meter_id, "a meter") for meter_id in both))
            last = min((c.ends_on for c in (one, other) if c.ends_on is not None), default=None)
            yield ContractFinding(
                other.id,
                Part.HEAD,
                f"It overlaps “{one.name}”, and both price {listed}: end one, or make one amend the other.",
                first_day=other.starts_on,
                last_day=last,
            )
    yield from _gaps(roots)
    yield from _commitments_between(contracts)


def _gaps(roots: Iterable[Contract]) -> Iterator[ContractFinding]:
    reached: date | None = None
    for contract in sorted(roots, key=lambda c: c.starts_on):
        if reached is not None and contract.starts_on > reached + timedelta(days=1):
            yield ContractFinding(
                contract.id,
                Part.HEAD,
                "No contract holds in the days before it.",
                blocking=False,
                first_day=reached + timedelta(days=1),
                last_day=contract.starts_on - timedelta(days=1),
            )
        if contract.ends_on is None:
            return
        reached = contract.ends_on if reached is None else max(reached, contract.ends_on)


def _commitments_between(contracts: Sequence[Contract]) -> Iterator[ContractFinding]:
    every = [(c, place, one) for c in contracts for place, one in enumerate(c.commitments)]
    for (_, _, one), (contract, place, other) in combinations(
        sorted(every, key=lambda entry: entry[2].starts_on), 2
    ):
        common = not one.meter_ids or not other.meter_ids or set(one.meter_ids) & set(other.meter_ids)
        if common and other.starts_on <= one.ends_on:
            yield ContractFinding(
                contract.id,
                Part.COMMITMENT,
                "Two commitments count the same usage at once; the narrower one, then the one that ends "
                "first, is drawn down first.",
                blocking=False,
                place=place,
                first_day=other.starts_on,
                last_day=min(one.ends_on, other.ends_on),
            )


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
