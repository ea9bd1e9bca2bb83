"""The effect of many events on one kind of usage, from errors that are worked out once for all of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from convergedesk.insights.error_matrix import ErrorMatrix
from convergedesk.insights.event_study import Abstention, compare
from convergedesk.insights.levels import Levels
from convergedesk.insights.peers import FEWEST_PEERS, PeerErrors
from convergedesk.insights.series import Flags, Floats
from convergedesk.insights.study import REACH, gap_before, year_earlier
from convergedesk.insights.verdict import Verdict, verdict_of

LEADS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 19, 24, 30, 40, 56, 84, 112)
"""Masked days before a window are bridged by the next of these, so that events share their errors."""
_ONE_HARDLY_MOVES_A_MEDIAN = 50


@dataclass(frozen=True, slots=True)
class Event:
    """A window that is to be judged.

    Attributes:
        row: The account, as a row of the usage.
        first: Index of the window's first day.
    """

    row: int
    first: int


@dataclass(frozen=True, slots=True)
class Effect:
    """How far usage in a window lay from what was expected, with what is needed to explain it later.

    Attributes:
        first: Index of the window's first day.
        horizon: Its length in days.
        lead: Days before it that the comparison bridges.
        estimate: Relative difference, −0.30 = 30 % below expected; NaN where nothing can be said.
        low: Lower limit, NaN likewise.
        high: Upper limit, NaN likewise.
        verdict: Down, up or inconclusive.
        smallest_detectable: The smallest dip that could have been seen; NaN likewise.
        observed: Units in the window's observed days.
        expected: Units expected of these days.
        year_earlier: Change of the daily mean against the same weekdays 364 days before; NaN if unknown.
        abstained: Why nothing can be said, or None.
        baseline: Days of the baseline; 0 where nothing can be said.
        placebos: How many earlier windows it was held against.
        effective: How many of these do not overlap.
        deviation: The usual error of the forecast.
        peer_weight: How strongly the peers' errors were taken off.
        unusual: Whether a holiday, a freeze or an outage falls into the window.
    """

    first: int
    horizon: int
    lead: int
    estimate: float
    low: float
    high: float
    verdict: Verdict
    smallest_detectable: float
    observed: float
    expected: float
    year_earlier: float
    abstained: Abstention | None
    baseline: int
    placebos: int
    effective: float
    deviation: float
    peer_weight: float
    unusual: bool


def effects(
    levels: Levels,
    first_weekday: int,
    events: Sequence[Event],
    horizons: Sequence[int],
    *,
    peers: bool = True,
    level: float = 0.95,
    unusual: Flags | None = None,
) -> dict[tuple[Event, int], Effect]:
    """Judges every event at every horizon.

    Args:
        levels: Levels of the masked usage.
        first_weekday: Weekday of the first day, Monday 0.
        events: Windows to judge.
        horizons: Their lengths in days.
        peers: Whether the other accounts serve as peers.
        level: Confidence level of the intervals.
        unusual: Days of holidays, freezes and outages, shape (accounts, days). A window that has one and
            no peers is inconclusive.
    """
    found: dict[tuple[Event, int], Effect] = {}
    for lead, group in _by_lead(levels.usage, events):
        among = list(group)
        for horizon in horizons:
            matrix = ErrorMatrix(levels, first_weekday, horizon, lead=lead)
            others = PeerErrors(matrix) if peers and levels.accounts > FEWEST_PEERS else None
            for event in among:
                found[event, horizon] = _judged(matrix, event, others, level, unusual)
    return found


def one_effect(
    usage: Floats,
    first_weekday: int,
    first: int,
    horizon: int,
    *,
    level: float = 0.95,
    unusual: Flags | None = None,
) -> Effect:
    """Judges one window of one account without peers.

    Args:
        usage: Masked daily totals, shape (days,).
        first_weekday: Weekday of the first day, Monday 0.
        first: Index of the window's first day.
        horizon: Its length in days.
        level: Confidence level of the interval.
        unusual: Days of holidays, freezes and outages, shape (days,).
    """
    # What lies further back, or after the window, enters nothing.
    lead = bridging_lead(gap_before(usage, first))
    skipped = max(first - REACH - horizon - lead, 0)
    days = slice(skipped, max(first + horizon, 0))
    event = Event(0, first - skipped)
    weekday = first_weekday + skipped
    judged = effects(
        Levels(usage[days], weekday),
        weekday,
        [event],
        [horizon],
        peers=False,
        level=level,
        unusual=None if unusual is None else unusual[np.newaxis, days],
    )
    return replace(judged[event, horizon], first=first)


def last_effects(
    usage: Floats, first_weekday: int, horizons: Sequence[int], *, unusual: Flags | None = None
) -> tuple[Effect, ...]:
    """Judges the last days of one account, once for each horizon, without peers.

    Args:
        usage: Masked daily totals, shape (days,).
        first_weekday: Weekday of the first day, Monday 0.
        horizons: How many of the last days to judge.
        unusual: Days of holidays, freezes and outages, shape (days,).
    """
    longest = max(horizons)
    skipped = max(usage.size - longest - REACH - longest - LEADS[-1], 0)
    weekday = first_weekday + skipped
    levels = Levels(usage[skipped:], weekday)
    special = None if unusual is None else unusual[np.newaxis, skipped:]
    found: list[Effect] = []
    for horizon in horizons:
        event = Event(0, usage.size - horizon - skipped)
        judged = effects(levels, weekday, [event], [horizon], peers=False, unusual=special)
        found.append(replace(judged[event, horizon], first=usage.size - horizon))
    return tuple(found)


def bridging_lead(gap: int) -> int:
    """The lead that bridges a gap of so many days."""
    return next((lead for lead in LEADS if lead >= gap), LEADS[-1])


def _by_lead(usage: Floats, events: Iterable[Event]) -> Iterator[tuple[int, Iterator[Event]]]:
    known = {event: bridging_lead(gap_before(usage[event.row], event.first)) for event in events}
    ordered = sorted(known, key=lambda event: (known[event], event.row, event.first))
    return groupby(ordered, key=known.__getitem__)


def _judged(
    matrix: ErrorMatrix, event: Event, peers: PeerErrors | None, level: float, unusual: Flags | None
) -> Effect:
    many = matrix.accounts >= _ONE_HARDLY_MOVES_A_MEDIAN
    member = None if peers is None or many else event.row
    found = compare(matrix, event.first, row=event.row, peers=peers, member=member)
    window = slice(max(event.first, 0), max(event.first + matrix.horizon, 0))
    special = unusual is not None and bool(unusual[event.row, window].any())
    earlier = year_earlier(matrix.usage[event.row], event.first, matrix.horizon)
    if isinstance(found, Abstention):
        return _unknown(matrix, event, found, earlier, special)
    low, high = (math.expm1(limit) for limit in found.effect_limits(level))
    blind = special and found.peer_weight == 0.0
    return Effect(
        first=event.first,
        horizon=matrix.horizon,
        lead=matrix.lead,
        estimate=math.expm1(found.effect),
        low=low,
        high=high,
        verdict=Verdict.INCONCLUSIVE if blind else verdict_of(low, high),
        smallest_detectable=found.smallest_dip(level),
        observed=found.observed,
        expected=found.expected,
        year_earlier=earlier,
        abstained=None,
        baseline=found.baseline,
        placebos=found.placebos,
        effective=found.spread.effective,
        deviation=found.spread.deviation,
        peer_weight=found.peer_weight,
        unusual=special,
    )


def _unknown(matrix: ErrorMatrix, event: Event, why: Abstention, earlier: float, special: bool) -> Effect:
    nan = math.nan
    return Effect(
        first=event.first,
        horizon=matrix.horizon,
        lead=matrix.lead,
        estimate=nan,
        low=nan,
        high=nan,
        verdict=Verdict.INCONCLUSIVE,
        smallest_detectable=nan,
        observed=nan,
        expected=nan,
        year_earlier=earlier,
        abstained=why,
        baseline=0,
        placebos=0,
        effective=nan,
        deviation=nan,
        peer_weight=0.0,
        unusual=special,
    )
