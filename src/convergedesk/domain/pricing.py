"""The price of any usage on any day, as one pure function with its working.

What cannot be priced without guessing is not priced: a finding says why, and the quote is not complete.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from convergedesk.domain.billing import Commitment, Contract, ContractId, PriceModel
from convergedesk.domain.money import Money
from convergedesk.domain.terms import (
    AmbiguousTermsError,
    CommitmentKey,
    changes_within,
    commitments_on,
    included_on,
    predecessor,
    price_on,
    promised_on,
    share_of,
)
from convergedesk.domain.tier_faults import tier_faults
from convergedesk.domain.tiers import EXACT, ZERO, Rounding, TierSlice, slices
from convergedesk.domain.usage import MeterId


@dataclass(frozen=True, slots=True)
class UsedQuantity:
    """How much of a meter was used over some days.

    Attributes:
        meter_id: The meter.
        quantity: Units over all the days, never negative.
        first_day: First day.
        last_day: Last day, inclusive.
    """

    meter_id: MeterId
    quantity: Decimal
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class PriceFinding:
    """Why something was not priced, or what to know about a price.

    Attributes:
        sentence: In plain words, without the meter's name.
        meter_id: The meter concerned, or None.
        blocking: True where something is missing from the total because of it.
    """

    sentence: str
    meter_id: MeterId | None = None
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """What one meter costs.

    Attributes:
        used: What was asked.
        contract_id: The contract whose price holds.
        effective_from: From when that price holds.
        model: How its tiers work.
        included: Units without charge in these days.
        slices: What each tier charges.
        amount: Their sum, rounded once.
    """

    used: UsedQuantity
    contract_id: ContractId
    effective_from: date
    model: PriceModel
    included: Decimal
    slices: tuple[TierSlice, ...]
    amount: Money


@dataclass(frozen=True, slots=True)
class Draw:
    """What one commitment takes of the charges.

    Attributes:
        key: Which commitment.
        commitment: The commitment.
        opening: The promise as it stands at the period's end, with what rolled over into it.
        rolled_over: The part of `opening` that the term before left.
        used_before: Drawn in earlier periods.
        drawn: Drawn now.
        left: What remains afterwards.
    """

    key: CommitmentKey
    commitment: Commitment
    opening: Money
    rolled_over: Money
    used_before: Money
    drawn: Money
    left: Money


@dataclass(frozen=True, slots=True)
class Overage:
    """What one meter costs more because it was used above a commitment.

    Attributes:
        key: The commitment whose mark-up holds.
        meter_id: The meter.
        beyond: The part of its charge that no commitment covers.
        share: The mark-up, 0.1 for 10 %.
        amount: `share` of `beyond`, rounded once.
    """

    key: CommitmentKey
    meter_id: MeterId
    beyond: Money
    share: float
    amount: Money


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of some usage in one billing period.

    Attributes:
        lines: One for each used quantity that could be priced.
        charges: Their sum before commitments, or None where no one currency adds them up.
        draws: Commitments drawn down, in order.
        beyond: The part of `charges` that no commitment covers; None with `charges`.
        due: What is to be paid for this usage: all but what prepaid credit covers, and the mark-up on what
            lies above a commitment; None with `charges`.
        findings: What was not priced and why.
        overages: Mark-ups on what lies above a commitment.
    """

    lines: tuple[QuoteLine, ...]
    charges: Money | None
    draws: tuple[Draw, ...]
    beyond: Money | None
    due: Money | None
    findings: tuple[PriceFinding, ...]
    overages: tuple[Overage, ...] = ()

    @property
    def complete(self) -> bool:
        """True where nothing is missing from the total."""
        return not any(one.blocking for one in self.findings)


def price_usage(
    contracts: Sequence[Contract],
    usage: Sequence[UsedQuantity],
    period: tuple[date, date],
    *,
    used_before: Mapping[CommitmentKey, Money] | None = None,
    rounding: Rounding = Rounding.HALF_EVEN,
) -> Quote:
    """Prices the usage of one billing period under one customer's contracts.

    Each quantity is priced by the terms that hold on its days; days on which the terms change
    must come as quantities of their own. Tiers start anew with each; what is included is shared
    out by days. Money is rounded once a line, half to even unless asked otherwise. Charges draw
    on the commitments that cover their meter; prepaid credit pays for what it covers, another
    commitment only counts it. What none of them covers costs the mark-up of the last one that was
    drawn on for its meter; the mark-up itself draws on nothing.

    Args:
        contracts: All contracts of the customer, amendments among them.
        usage: What was used, one or several meters.
        period: First and last day of the billing period; a day twice for 'a month like this day'.
        used_before: What earlier periods drew from each commitment; missing means nothing.
        rounding: Of each line and of what rolls over.
    """
    with localcontext(EXACT):
        return _quote(contracts, usage, period, used_before or {}, rounding)


def _quote(
    contracts: Sequence[Contract],
    usage: Sequence[UsedQuantity],
    period: tuple[date, date],
    used_before: Mapping[CommitmentKey, Money],
    rounding: Rounding,
) -> Quote:
    findings: list[PriceFinding] = []
    lines: list[QuoteLine] = []
    for used in usage:
        line = _line(contracts, used, period, rounding, findings)
        if line is not None:
            lines.append(line)
    currencies = sorted({line.amount.currency for line in lines})
    if len(currencies) > 1:
        findings.append(
            PriceFinding(f"The meters are priced in {' and '.join(currencies)}, which do not add up.")
        )
        return Quote(tuple(lines), None, (), None, None, tuple(findings))
    if not currencies:
        return Quote((), None, (), None, None, tuple(findings))
    draws, left = _draw(contracts, lines, period[1], used_before, rounding, findings)
    overages = _overages(lines, left, draws, rounding)
    charges = sum(line.amount.minor_units for line in lines)
    prepaid = sum(draw.drawn.minor_units for draw in draws if draw.commitment.prepaid)
    marked_up = sum(one.amount.minor_units for one in overages)
    currency = currencies[0]
    return Quote(
        tuple(lines),
        Money(charges, currency),
        draws,
        Money(sum(left), currency),
        Money(charges - prepaid + marked_up, currency),
        tuple(findings),
        overages,
    )


def _line(
    contracts: Sequence[Contract],
    used: UsedQuantity,
    period: tuple[date, date],
    rounding: Rounding,
    findings: list[PriceFinding],
) -> QuoteLine | None:
    def stop(sentence: str) -> None:
        findings.append(PriceFinding(sentence, used.meter_id))

    if used.quantity < 0:
        return stop("Usage cannot be negative.")
    if not period[0] <= used.first_day <= used.last_day <= period[1]:
        return stop("The usage lies outside the billing period.")
    changes = changes_within(contracts, used.meter_id, used.first_day, used.last_day)
    if changes:
        return stop(f"The terms change on {changes[0].isoformat()}: ask for the days before and after apart.")
    try:
        price = price_on(contracts, used.meter_id, used.first_day)
        included = included_on(contracts, used.meter_id, used.first_day)
    except AmbiguousTermsError as error:
        names = " and ".join(f"“{one.name}”" for one in error.contracts)
        return stop(f"{names} both hold that day and neither amends the other.")
    if price is None:
        return stop("No contract states a price for that day.")
    faults = [fault for fault in tier_faults(price.term.model, price.term.tiers) if fault.blocking]
    if faults:
        return stop(faults[0].sentence)
    free = ZERO if included is None else included.term.quantity * _share(used, period)
    currency = price.contract.currency
    try:
        parts = slices(price.term.model, price.term.tiers, max(ZERO, used.quantity - free), currency)
    except ValueError:
        return stop("The last tier has a limit, and this usage lies above it.")
    amount = rounding.money(sum((part.amount for part in parts), ZERO), currency)
    effective = max(price.term.effective_from, price.contract.starts_on)
    return QuoteLine(used, price.contract.id, effective, price.term.model, free, parts, amount)


def _share(used: UsedQuantity, period: tuple[date, date]) -> Decimal:
    days = (used.last_day - used.first_day).days + 1
    return Decimal(days) / Decimal((period[1] - period[0]).days + 1)


def _draw(
    contracts: Sequence[Contract],
    lines: Sequence[QuoteLine],
    day: date,
    used_before: Mapping[CommitmentKey, Money],
    rounding: Rounding,
    findings: list[PriceFinding],
) -> tuple[tuple[Draw, ...], list[int]]:
    """Draws the commitments down; the rest is that of each line, in minor units."""
    currency = lines[0].amount.currency
    left = [line.amount.minor_units for line in lines]
    found: list[Draw] = []
    for key, commitment in commitments_on(contracts, day):
        promise = promised_on(commitment, day)
        if promise.currency != currency:
            findings.append(
                PriceFinding(
                    f"A commitment in {promise.currency} is not drawn down by charges in {currency}.",
                    blocking=False,
                )
            )
            continue
        rolled = rolled_over(contracts, commitment, used_before, rounding=rounding)
        before = used_before.get(key, Money(0, currency)).minor_units
        room = max(0, promise.minor_units + rolled.minor_units - before)
        drawn = 0
        for place, line in enumerate(lines):
            if _covers(commitment, line):
                part = min(left[place], room - drawn)
                left[place] -= part
                drawn += part
        found.append(
            Draw(
                key,
                commitment,
                Money(promise.minor_units + rolled.minor_units, currency),
                rolled,
                Money(before, currency),
                Money(drawn, currency),
                Money(room - drawn, currency),
            )
        )
    return tuple(found), left


def _covers(commitment: Commitment, line: QuoteLine) -> bool:
    return not commitment.meter_ids or line.used.meter_id in commitment.meter_ids


def _overages(
    lines: Sequence[QuoteLine], left: Sequence[int], draws: Sequence[Draw], rounding: Rounding
) -> tuple[Overage, ...]:
    """The mark-up of the last commitment over each line's meter, on what none of them covers."""
    found: list[Overage] = []
    for line, rest in zip(lines, left, strict=True):
        last = next((draw for draw in reversed(draws) if _covers(draw.commitment, line)), None)
        if last is None or not rest or not last.commitment.overage_share:
            continue
        share = last.commitment.overage_share
        beyond = Money(rest, line.amount.currency)
        amount = rounding.money(beyond.amount * share_of(share), beyond.currency)
        found.append(Overage(last.key, line.used.meter_id, beyond, share, amount))
    return tuple(found)


def rolled_over(
    contracts: Sequence[Contract],
    commitment: Commitment,
    used: Mapping[CommitmentKey, Money],
    *,
    rounding: Rounding = Rounding.HALF_EVEN,
) -> Money:
    """What the term before left to this commitment: its stated share of what was not drawn."""
    nothing = Money(0, commitment.amount.currency)
    before = predecessor(contracts, commitment)
    if before is None or not before[1].rollover_share:
        return nothing
    unspent = unspent_of(contracts, *before, used, rounding=rounding)
    return rounding.money(unspent.amount * share_of(before[1].rollover_share), unspent.currency)


def unspent_of(
    contracts: Sequence[Contract],
    key: CommitmentKey,
    commitment: Commitment,
    used: Mapping[CommitmentKey, Money],
    *,
    rounding: Rounding = Rounding.HALF_EVEN,
) -> Money:
    """What is left of a commitment at its end: its last promise and what rolled in, less what was drawn.

    Of a commitment that was not prepaid this is the shortfall that falls due.
    """
    promise = promised_on(commitment, commitment.ends_on)
    rolled = rolled_over(contracts, commitment, used, rounding=rounding)
    drawn = used.get(key, Money(0, promise.currency)).minor_units
    return Money(max(0, promise.minor_units + rolled.minor_units - drawn), promise.currency)


def price_periods(
    contracts: Sequence[Contract],
    periods: Sequence[tuple[tuple[date, date], Sequence[UsedQuantity]]],
    *,
    rounding: Rounding = Rounding.HALF_EVEN,
) -> tuple[Quote, ...]:
    """Prices billing periods one after the other, each drawing on what the ones before left."""
    used: dict[CommitmentKey, Money] = {}
    found: list[Quote] = []
    for period, usage in periods:
        quote = price_usage(contracts, usage, period, used_before=used, rounding=rounding)
        for draw in quote.draws:
            used[draw.key] = draw.used_before + draw.drawn
        found.append(quote)
    return tuple(found)
