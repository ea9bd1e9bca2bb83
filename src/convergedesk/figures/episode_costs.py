"""What episodes with a confirmed dip cost: for us, for the customer, and in service credits."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.account_figures import AccountFigures
from convergedesk.domain.billing import Contract
from convergedesk.domain.episode_cost import EpisodeCost, MeterCost
from convergedesk.domain.episodes import EffectPart, Episode
from convergedesk.domain.money import Money, MoneyRange
from convergedesk.domain.terms import commitments_on
from convergedesk.domain.tickets import TicketId
from convergedesk.domain.usage import Aggregation, MeterId
from convergedesk.figures.account import MeterUsage
from convergedesk.figures.episodes import mask_of
from convergedesk.figures.priced_months import TermSpan, stated_spans
from convergedesk.figures.service_credits import service_credit
from convergedesk.figures.study_inputs import AccountStudy, LocalTicket
from convergedesk.insights.forecast import Forecast, forecasts
from convergedesk.insights.levels import BASELINES
from convergedesk.insights.series import as_days
from convergedesk.insights.ticket_cost import CATCH_UP_DAYS, TicketCost, ticket_cost

Floats = NDArray[np.float64]
_LATELY = 28
_RISE_WORTH_A_LOOK = 1.25
_SURELY = 0.95
_FELL = 0.9
ESTIMATED = "Estimated, not invoiced."


def episode_costs(
    study: AccountStudy,
    episodes: Sequence[Episode],
    terms: tuple[Sequence[Contract], Mapping[MeterId, tuple[Contract, ...]]],
    fees: Money | None,
    last: int | None,
    *,
    since: date = date.min,
    of_ticket: TicketId | None = None,
) -> tuple[EpisodeCost, ...]:
    """Prices episodes with a confirmed dip, by onset.

    Args:
        study: The account's usage and tickets.
        episodes: Its episodes.
        terms: Its contracts, and the same with nothing but one meter's terms, as `by_meter` gives them.
        fees: The steady monthly fees of its bills, of which service credits are a share; None where unknown.
        last: Index of the last known day, or None without usage.
        since: Leaves out dips that began before this day.
        of_ticket: Only the episode that this ticket belongs to; None for all.
    """
    if last is None:
        return ()
    flows = [
        usage
        for usage in study.usage.meters
        if usage.daily is not None and usage.meter.aggregation is Aggregation.SUM
    ]
    tickets = {local.ticket.id: local for local in study.tickets}
    held = _Terms(*terms, study.first_day, study.day(last))
    found: list[EpisodeCost] = []
    for episode in episodes:
        back = episode.restoration
        if back is None or back.onset_on is None or back.onset_on < since or not flows:
            continue
        if of_ticket is not None and of_ticket not in episode.ticket_ids:
            continue
        onset = study.index(back.onset_on)
        restored = None if back.restored_on is None else study.index(back.restored_on)
        if not 0 < onset <= last:
            continue
        mask = mask_of(study, [one for one in episodes if one is not episode])
        parts = _parts(study, episode, flows, held, (onset, restored, last), mask)
        mine = [tickets[one] for one in episode.ticket_ids if one in tickets]
        found.append(_cost(study, episode, parts, held, fees, mine, (onset, restored, last), flows))
    return tuple(sorted(found, key=lambda one: one.onset_on))


def _parts(
    study: AccountStudy,
    episode: Episode,
    flows: Sequence[MeterUsage],
    terms: _Terms,
    span: tuple[int, int | None, int],
    mask: NDArray[np.bool_],
) -> tuple[MeterCost, ...]:
    onset, restored, last = span
    end = last + 1 if restored is None else min(restored, last + 1)
    if end <= onset:
        return ()
    fell = _named(episode)
    moved = [(flow, _moved(flow, onset, end)) for flow in flows]
    listed = [flow for flow, ratio in moved if flow.meter.id in fell or ratio > _RISE_WORTH_A_LOOK]
    if not fell:
        listed += [flow for flow, ratio in moved if ratio < _FELL]
    if not listed:
        return ()
    rows = np.vstack([as_days(_daily(flow)[: last + 1], mask[: last + 1]) for flow in listed])
    known = forecasts(
        rows[:, :onset], study.first_day.weekday(), (end - onset,), baselines=_baselines(episode)
    )
    parts: list[MeterCost] = []
    for flow, (expected,) in zip(listed, known, strict=True):
        if expected is None or not _counts(flow, expected, flow.meter.id in fell, onset, end):
            continue
        parts.append(_part(study, flow, expected, terms, span))
    return tuple(sorted(parts, key=lambda one: -(one.value.middle.minor_units if one.value else 0)))


def _baselines(episode: Episode) -> Sequence[int]:
    """The length that suited the account's total when the dip was judged; all where it was not."""
    during = episode.effect(EffectPart.DURING)
    return (during.baseline,) if during is not None and during.baseline in BASELINES else BASELINES


def _named(episode: Episode) -> set[MeterId]:
    """The meters that were found to have fallen when the episode began."""
    return {
        effect.meter_id
        for effect in episode.effects
        if effect.meter_id is not None and effect.part is EffectPart.DURING and (effect.estimate or 0.0) < 0.0
    }


def _daily(flow: MeterUsage) -> Floats:
    return flow.daily if flow.daily is not None else np.zeros(0)


def _moved(flow: MeterUsage, onset: int, end: int) -> float:
    """A cheap look: a day of the episode against a day of the four weeks before; 1 where not known."""
    before = _daily(flow)[max(onset - _LATELY, 0) : onset]
    during = _daily(flow)[onset:end]
    before, during = before[np.isfinite(before)], during[np.isfinite(during)]
    usual = float(before.mean()) if before.size else 0.0
    return float(during.mean()) / usual if usual > 0.0 and during.size else 1.0


def _counts(flow: MeterUsage, expected: Forecast, fell: bool, onset: int, end: int) -> bool:
    """A meter that fell counts; another one where the episode moved it for certain."""
    if fell:
        return True
    seen = np.isfinite(_daily(flow)[onset:end])
    observed = float(_daily(flow)[onset:end][seen].sum())
    usual = float(expected.daily(end)[onset:][seen].sum())
    below, above = expected.spread.limits(_SURELY)
    return observed > usual * math.exp(above) or (
        observed < usual * math.exp(below) and observed < _FELL * usual
    )


def _part(
    study: AccountStudy,
    flow: MeterUsage,
    expected: Forecast,
    terms: _Terms,
    span: tuple[int, int | None, int],
) -> MeterCost:
    onset, restored, last = span
    day_of = study.day(onset)
    held = terms.held(flow.meter.id, day_of)
    price = None if held is None else held.amount()
    start, days = _month(study, day_of), _daily(flow)[: last + 1]
    billed = float(np.nansum(days[max(start[0], 0) : start[1]]))
    cost = ticket_cost(
        days if restored is None else days[: restored + CATCH_UP_DAYS],
        study.first_day.weekday(),
        onset,
        restored,
        price=price,
        billed_units=billed,
        expected=expected,
    )
    currency = None if held is None else held.currency
    excess = cost.excess_cost if currency is not None and math.isfinite(cost.excess_cost) else 0.0
    return MeterCost(
        meter_id=flow.meter.id,
        name=flow.meter.name,
        unit=flow.meter.unit,
        lost_units=cost.lost_units,
        caught_up_units=cost.caught_up_units,
        net_units=cost.net_units,
        net_low=cost.net_low,
        net_high=cost.net_high,
        value=None if currency is None else _range(cost, currency),
        excess_units=cost.excess_units,
        excess_cost=None if currency is None else Money(round(excess), currency),
    )


class _Terms:
    """What the account's meters cost on any day; the terms of a meter are looked for once."""

    def __init__(
        self,
        contracts: Sequence[Contract],
        stated: Mapping[MeterId, tuple[Contract, ...]],
        first: date,
        last: date,
    ) -> None:
        self.contracts = contracts
        self._days = (first, last)
        self._stated = stated
        self._spans: dict[MeterId, tuple[TermSpan, ...]] = {}

    def held(self, meter_id: MeterId, on: date) -> TermSpan | None:
        """What a meter costs on a day; None where it has no price."""
        spans = self._spans.get(meter_id)
        if spans is None:
            mine = self._stated.get(meter_id, ())
            spans = self._spans[meter_id] = stated_spans(mine, meter_id, *self._days)
        span = next((one for one in spans if one.first <= on <= one.last), None)
        return span if span is not None and span.price is not None else None


def _month(study: AccountStudy, on: date) -> tuple[int, int]:
    first = on.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return study.index(first), max(study.index(after), 0)


def _range(cost: TicketCost, currency: str) -> MoneyRange | None:
    values = (cost.value, cost.value_low, cost.value_high)
    if not all(math.isfinite(value) for value in values):
        return None
    middle, low, high = (Money(round(value), currency) for value in values)
    return MoneyRange(middle, min(low, middle), max(high, middle))


def _cost(
    study: AccountStudy,
    episode: Episode,
    parts: tuple[MeterCost, ...],
    terms: _Terms,
    fees: Money | None,
    tickets: Sequence[LocalTicket],
    span: tuple[int, int | None, int],
    flows: Sequence[MeterUsage],
) -> EpisodeCost:
    onset, restored, last = span
    value = _sum([one.value for one in parts])
    prepaid = _is_prepaid(terms.contracts, parts, study.day(onset))
    through = last if restored is None else min(restored + CATCH_UP_DAYS - 1, last)
    excess = [
        one.excess_cost for one in parts if one.excess_cost is not None and one.excess_cost.minor_units > 0
    ]
    credit, words = service_credit(tickets, terms.contracts, fees)
    return EpisodeCost(
        ticket_ids=episode.ticket_ids,
        onset_on=study.day(onset),
        restored_on=None if restored is None else study.day(restored),
        through=study.day(through),
        parts=parts,
        value=value,
        prepaid=prepaid,
        delay_days=_delay(study, value, terms, flows, onset) if prepaid else None,
        excess_cost=_total(excess),
        sla_credit=credit,
        sla_words=words,
        caution=_caution(parts, value, prepaid, restored),
    )


def _sum(values: Sequence[MoneyRange | None]) -> MoneyRange | None:
    """The values together, as if all meters were off to the same side; None across currencies."""
    known = [one for one in values if one is not None]
    if not known or len({one.middle.currency for one in known}) > 1:
        return None
    sums = [_total([getattr(one, name) for one in known]) for name in ("middle", "low", "high")]
    middle, low, high = sums
    return None if middle is None or low is None or high is None else MoneyRange(middle, low, high)


def _total(amounts: Sequence[Money]) -> Money | None:
    if not amounts or len({one.currency for one in amounts}) > 1:
        return None
    return Money(sum(one.minor_units for one in amounts), amounts[0].currency)


def _is_prepaid(contracts: Sequence[Contract], parts: Sequence[MeterCost], on: date) -> bool:
    mine = {one.meter_id for one in parts}
    return any(
        one.prepaid and (not one.meter_ids or mine.issubset(one.meter_ids))
        for _, one in commitments_on(contracts, on)
    )


def _delay(
    study: AccountStudy,
    value: MoneyRange | None,
    terms: _Terms,
    flows: Sequence[MeterUsage],
    onset: int,
) -> float | None:
    """Days of usual spend that the value is: by what the four weeks before were worth."""
    if value is None:
        return None
    worth = 0.0
    for flow in flows:
        held = terms.held(flow.meter.id, study.day(onset))
        price = None if held is None else held.amount(_LATELY * 12.0 / 365.0)
        if price is not None:
            worth += float(price(float(np.nansum(_daily(flow)[max(onset - _LATELY, 0) : onset]))))
    return value.middle.minor_units / (worth / _LATELY) if worth > 0.0 else None


def _caution(
    parts: Sequence[MeterCost], value: MoneyRange | None, prepaid: bool, restored: int | None
) -> str:
    if not parts:
        return "No single meter can be told to have fallen, so nothing is priced."
    if value is None:
        return "No contract states a price for the meters that fell."
    words = "Prepaid: this delays burn-down, no revenue is lost." if prepaid else ESTIMATED
    return words if restored is not None else f"{words} Value is not restored yet, so it still grows."


def cost_of(figures: AccountFigures, ticket_id: int) -> EpisodeCost | None:
    """The cost of the episode that a ticket belongs to, or None."""
    return next((one for one in figures.costs if ticket_id in one.ticket_ids), None)
