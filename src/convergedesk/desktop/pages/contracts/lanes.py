"""What is drawn on the contracts' time line: lanes of bars by day, with gaps and overlaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from convergedesk.domain.billing import Commitment, Contract, ContractId, MeterPrice, SlaTerm
from convergedesk.domain.contract_check import ContractFinding, Part
from convergedesk.domain.terms import AmbiguousTermsError, price_on
from convergedesk.domain.usage import MeterId
from convergedesk.figures.wording import percent, short_money

_DAY = timedelta(days=1)
MODEL_WORDS = {"graduated": "graduated", "volume": "volume", "package": "packages", "flat": "one price"}


class Mark(Enum):
    """What a bar stands for."""

    TERM = "term"
    STEP = "step"
    GAP = "gap"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class LaneBar:
    """Days on a lane.

    Attributes:
        first_day: First day.
        last_day: Last day, or None for an open end.
        text: What holds then; also what its tooltip says.
        mark: How it is drawn.
        contract_id: The contract that it opens, or None.
    """

    first_day: date
    last_day: date | None
    text: str
    mark: Mark = Mark.TERM
    contract_id: ContractId | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the time line."""

    name: str
    bars: tuple[LaneBar, ...]


def lanes_of(
    contracts: Sequence[Contract],
    names: Mapping[MeterId, str],
    findings: Sequence[ContractFinding],
) -> tuple[Lane, ...]:
    """Contracts and amendments, the price of each meter, what is included, commitments, service.

    Args:
        contracts: All of one customer's, a draft among them.
        names: What meters are called.
        findings: What `check_contracts` found; those with days are drawn where they lie.
    """
    ordered = sorted(contracts, key=lambda c: (c.starts_on, c.id))
    found = _packed("Contract", _contracts(ordered, findings, amendments=False))
    found += _packed("Amendments", _contracts(ordered, findings, amendments=True))
    meters = dict.fromkeys(p.meter_id for c in ordered for p in c.prices)
    found += [Lane(names.get(meter, "Meter"), _prices(ordered, meter)) for meter in meters]
    included = _steps([(e.effective_from, c, _included(e.quantity, names.get(e.meter_id, "")))
                       for c in ordered for e in c.entitlements])  # fmt: skip
    if included:
        found.append(Lane("Included", included))
    found += _packed("Commitments", _commitments(ordered, findings))
    service = _steps([(s.effective_from, c, sla_words(s)) for c in ordered for s in c.sla_terms])
    if service:
        found.append(Lane("Service", service))
    return tuple(found)


def span_of(lanes: Sequence[Lane], today: date) -> tuple[date, date]:
    """The days that the line shows: everything that has days, and today, with some air."""
    bars = [bar for lane in lanes for bar in lane.bars if bar.first_day > date.min]
    first = min((bar.first_day for bar in bars), default=today)
    ends = [bar.last_day for bar in bars if bar.last_day is not None]
    last = max([*ends, today + timedelta(days=90), first + timedelta(days=365)])
    return first - timedelta(days=10), min(last, first + timedelta(days=365 * 12)) + timedelta(days=10)


def _contracts(
    contracts: Sequence[Contract], findings: Sequence[ContractFinding], *, amendments: bool
) -> tuple[LaneBar, ...]:
    known = {one.id for one in contracts}
    bars = [
        LaneBar(one.starts_on, one.ends_on, one.name or "Unnamed", contract_id=one.id)
        for one in contracts
        if (one.amends_id in known) is amendments
    ]
    if not amendments:
        bars += _of_findings(findings, Part.HEAD)
    return tuple(bars)


def _packed(name: str, bars: Sequence[LaneBar]) -> list[Lane]:
    """Bars on as few lanes as keep them apart; what was found wrong lies over the first lane."""
    terms = [bar for bar in bars if bar.mark in (Mark.TERM, Mark.STEP)]
    lanes: list[list[LaneBar]] = []
    for bar in sorted(terms, key=lambda one: one.first_day):
        free = next((lane for lane in lanes if _ended(lane[-1], bar.first_day)), None)
        if free is None:
            lanes.append([bar])
        else:
            free.append(bar)
    found = [bar for bar in bars if bar.mark in (Mark.GAP, Mark.FAULT)]
    if lanes:
        lanes[0] += found
    return [Lane("" if place else name, tuple(lane)) for place, lane in enumerate(lanes)]


def _ended(bar: LaneBar, day: date) -> bool:
    return bar.last_day is not None and bar.last_day < day


def _of_findings(findings: Sequence[ContractFinding], part: Part) -> list[LaneBar]:
    return [
        LaneBar(one.first_day, one.last_day, one.sentence, Mark.FAULT if one.blocking else Mark.GAP)
        for one in findings
        if one.part is part and one.first_day is not None and one.meter_id is None and one.place is None
    ]


def _prices(contracts: Sequence[Contract], meter: MeterId) -> tuple[LaneBar, ...]:
    """The price version of each stretch of days, as pricing itself picks it; gaps in between."""
    edges: set[date] = set()
    for contract in contracts:
        edges.add(contract.starts_on)
        if contract.ends_on is not None and contract.ends_on < date.max:
            edges.add(contract.ends_on + _DAY)
        edges.update(price.effective_from for price in contract.prices if price.meter_id == meter)
    days = sorted(day for day in edges if day > date.min)
    bars: list[LaneBar] = []
    for place, day in enumerate(days):
        last = days[place + 1] - _DAY if place + 1 < len(days) else None
        bar = _price_bar(contracts, meter, day, last)
        if bar is None:
            continue
        if bars and bars[-1].text == bar.text and bars[-1].contract_id == bar.contract_id:
            bars[-1] = replace(bars[-1], last_day=bar.last_day)
        else:
            bars.append(bar)
    while bars and bars[-1].mark is Mark.GAP:
        bars.pop()
    return tuple(bar for place, bar in enumerate(bars) if bar.mark is not Mark.GAP or place)


def _price_bar(contracts: Sequence[Contract], meter: MeterId, day: date, last: date | None) -> LaneBar | None:
    try:
        held = price_on(contracts, meter, day)
    except AmbiguousTermsError as error:
        names = " and ".join(f"“{one.name}”" for one in error.contracts)
        return LaneBar(day, last, f"{names} both state a price", Mark.FAULT)
    if held is None:
        return LaneBar(day, last, "no price", Mark.GAP)
    return LaneBar(day, last, price_words(held.term), Mark.STEP, held.contract.id)


def price_words(price: MeterPrice) -> str:
    """A price in a few words: '3 tiers, graduated'."""
    tiers = len(price.tiers)
    words = MODEL_WORDS[price.model.value]
    return words if tiers == 1 else f"{tiers} tiers, {words}"


def _steps(terms: Sequence[tuple[date, Contract, str]]) -> tuple[LaneBar, ...]:
    ordered = sorted(terms, key=lambda term: term[0])
    bars: list[LaneBar] = []
    for place, (day, contract, text) in enumerate(ordered):
        same = [t for t in ordered if t[0] == day]
        if place and ordered[place - 1][0] == day:
            continue
        later = next((t[0] for t in ordered if t[0] > day), None)
        ends = [end for end in (contract.ends_on, None if later is None else later - _DAY) if end is not None]
        shown = text if len(same) == 1 else "; ".join(t[2] for t in same)
        bars.append(LaneBar(day, min(ends, default=None), shown, Mark.STEP, contract.id))
    return tuple(bars)


def _included(quantity: object, name: str) -> str:
    return f"{quantity:,} {name}"


def _commitments(contracts: Sequence[Contract], findings: Sequence[ContractFinding]) -> tuple[LaneBar, ...]:
    bars: list[LaneBar] = []
    for contract in contracts:
        for one in contract.commitments:
            bars += [replace(bar, contract_id=contract.id) for bar in _commitment(one)]
    overlaps = [
        LaneBar(one.first_day, one.last_day, one.sentence, Mark.FAULT if one.blocking else Mark.GAP)
        for one in findings
        if one.part is Part.COMMITMENT and one.first_day is not None and "at once" in one.sentence
    ]
    return (*bars, *overlaps)


def _commitment(one: Commitment) -> list[LaneBar]:
    kind = "prepaid" if one.prepaid else "promised"
    rolls = f", {percent(one.rollover_share)} rolls over" if one.rollover_share else ""
    # A step on the first day states the first amount.
    first = (
        []
        if any(ramp.effective_from == one.starts_on for ramp in one.ramps)
        else [(one.starts_on, one.amount)]
    )
    steps = [*first, *((ramp.effective_from, ramp.amount) for ramp in one.ramps)]
    return [
        LaneBar(
            day,
            steps[place + 1][0] - _DAY if place + 1 < len(steps) else one.ends_on,
            f"{short_money(amount)} {kind}{rolls}",
        )
        for place, (day, amount) in enumerate(steps)
    ]


def sla_words(term: SlaTerm) -> str:
    """A service promise in a few words: 'first answer 30 min, credit 10 %'."""
    parts = []
    if term.first_response_minutes is not None:
        parts.append(f"first answer {term.first_response_minutes:,} min")
    if term.resolution_minutes is not None:
        parts.append(f"solved in {term.resolution_minutes:,} min")
    parts.append(f"credit {percent(term.credit_share)}" if term.credit_share else "no credit")
    return ", ".join(parts)
