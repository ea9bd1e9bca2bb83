"""Did the pilot do better than accounts like it? Its measures before and after, beside matched accounts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from convergedesk.domain.account_figures import Missing
from convergedesk.domain.accounts import AccountId, PodId
from convergedesk.domain.money import Money
from convergedesk.insights.pilot import FEWEST_PILOTS, NEIGHBOURS, PilotMeasure, pilot_scorecard

RULE = (
    f"Same tier; then the {NEIGHBOURS} accounts outside the pilot with the least distance in billed revenue "
    "(its logarithm) and usage trend before it, both in standard deviations. An account may be compared with "
    "several; accounts of other pods that had begun by then are left out."
)
FEWEST_DAYS = 28


class Measure(StrEnum):
    """What is compared."""

    USAGE = "usage a day"
    RESTORED = "days to value restored"
    BILLED = "billed a month"
    CHURNED = "left"


_LESS_IS_BETTER = frozenset({Measure.RESTORED, Measure.CHURNED})
_GROWTH = frozenset({Measure.USAGE, Measure.BILLED})


@dataclass(frozen=True, slots=True)
class PilotAccount:
    """What one account brings to the comparison; NaN where nothing is known.

    Attributes:
        account_id: The account; its sites are rolled up.
        name: As the customer writes it.
        tier: Its tier; empty where none is stated.
        in_pilot: Whether it takes part.
        revenue: Billed in the twelve months before, minor units of one currency.
        trend: Growth of usage over the 90 days before: 0.1 = 10 % more in the second half than in the first.
        values: By measure, before and after: usage a day and billed a month in units, days, and 1 for left.
    """

    account_id: AccountId
    name: str
    tier: str
    in_pilot: bool
    revenue: float
    trend: float
    values: Mapping[Measure, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class PilotPair:
    """An account of the pilot with those that it is compared with.

    Attributes:
        account: The account.
        matches: Those outside, nearest first, each with its distance.
    """

    account: PilotAccount
    matches: tuple[tuple[PilotAccount, float], ...]


@dataclass(frozen=True, slots=True)
class MeasureFigure:
    """One measure, before and after, in the pilot and in the matched accounts.

    Attributes:
        measure: Which.
        pilot: Mean before and after; NaN where unknown. Of growing measures the geometric mean.
        matched: The same of the matched accounts.
        difference: Change in the pilot less change in the matches: a share (0.1 = 10 % more growth), days, or
            a share of accounts.
        low: Lower limit (95 %); NaN with fewer than three pairs.
        high: Upper limit.
        pairs: Pilot accounts with a match for which all four values are known.
    """

    measure: Measure
    pilot: tuple[float, float]
    matched: tuple[float, float]
    difference: float
    low: float
    high: float
    pairs: int

    @property
    def relative(self) -> bool:
        """True where the difference is one of growth, in per cent."""
        return self.measure in _GROWTH

    @property
    def verdict(self) -> str:
        """'better', 'worse', 'inconclusive', 'too few pairs', or of departures 'nobody left'."""
        if self.measure is Measure.CHURNED and self.pairs and not any((self.pilot[1], self.matched[1])):
            return "nobody left"
        if self.pairs < FEWEST_PILOTS or not math.isfinite(self.low):
            return "too few pairs"
        if self.low <= 0 <= self.high:
            return "inconclusive"
        return "better" if (self.difference < 0) == (self.measure in _LESS_IS_BETTER) else "worse"


@dataclass(frozen=True, slots=True)
class PilotBook:
    """The scorecard of a pod.

    Attributes:
        pod_id: The pod.
        pod: Its name.
        started_on: The pilot's first day, or None where nobody said.
        before: First and last day before, or None without a comparison.
        after: First and last day after, likewise.
        months: Whole months that count for billing, before as after.
        currency: What billed revenue is compared in, or None where it cannot be.
        measures: In the order of `Measure`; empty without a comparison.
        pairs: One for each account of the pilot.
        outside: How many accounts there were to compare with.
        missing: What is missing, and what would bring it.
    """

    pod_id: PodId
    pod: str
    started_on: date | None
    before: tuple[date, date] | None
    after: tuple[date, date] | None
    months: int
    currency: str | None
    measures: tuple[MeasureFigure, ...]
    pairs: tuple[PilotPair, ...]
    outside: int
    missing: tuple[Missing, ...]

    @property
    def matched(self) -> int:
        """How many accounts of the pilot have a counterpart."""
        return sum(1 for pair in self.pairs if pair.matches)


def compare_pilot(
    accounts: Sequence[PilotAccount],
) -> tuple[tuple[MeasureFigure, ...], tuple[PilotPair, ...]]:
    """Matches the accounts of the pilot, and compares every measure.

    Usage and billed revenue are compared by their logarithms, so that large accounts do not outweigh
    small ones; an account with none before or after has no growth and is left out of that measure.
    """
    if not any(one.in_pilot for one in accounts):
        return (), ()
    arrays = {
        measure.value: (
            np.array([_scaled(measure, one.values[measure][0]) for one in accounts]),
            np.array([_scaled(measure, one.values[measure][1]) for one in accounts]),
        )
        for measure in Measure
    }
    found = pilot_scorecard(
        [one.in_pilot for one in accounts],
        [one.tier for one in accounts],
        [one.revenue for one in accounts],
        [one.trend for one in accounts],
        arrays,
    )
    measures = tuple(_figure(measure, kept) for measure, kept in zip(Measure, found.measures, strict=True))
    pairs = tuple(
        PilotPair(
            accounts[match.account],
            tuple((accounts[i], far) for i, far in zip(match.matches, match.distances, strict=True)),
        )
        for match in found.matches
    )
    return measures, pairs


def what_is_missing(
    measures: Sequence[MeasureFigure], pairs: Sequence[PilotPair], outside: int, pod: str
) -> tuple[Missing, ...]:
    """Why the scorecard, or a part of it, says nothing, and what would bring it."""
    found: list[Missing] = []
    if not outside:
        found.append(
            Missing(
                f"Every account is in {pod}, so there is nothing to compare it with.",
                "Import accounts that do not take part, or take some out of the pod.",
            )
        )
        return tuple(found)
    alone = [pair.account for pair in pairs if not pair.matches]
    if alone:
        names = ", ".join(one.name for one in alone[:3])
        more = f" and {len(alone) - 3} more" if len(alone) > 3 else ""
        found.append(
            Missing(
                f"{names}{more} {'has' if len(alone) == 1 else 'have'} no counterpart.",
                "Counterparts share the tier, and have billed revenue and 90 days of usage before the pilot.",
            )
        )
    found += [
        Missing(
            f"{one.measure.value.capitalize()}: known before and after for {one.pairs} of {len(pairs)} "
            f"pairs; {FEWEST_PILOTS} are needed.",
            _BRINGS[one.measure],
        )
        for one in measures
        if one.pairs < FEWEST_PILOTS
    ]
    return tuple(found)


_BRINGS = {
    Measure.USAGE: "Daily usage from before the pilot on.",
    Measure.RESTORED: "Tickets with a confirmed dip in usage, before the pilot and after.",
    Measure.BILLED: "Invoices in one currency, or stated rates, from before the pilot on.",
    Measure.CHURNED: "More accounts with a counterpart.",
}


def _scaled(measure: Measure, value: float) -> float:
    if measure not in _GROWTH:
        return value
    return math.log(value) if math.isfinite(value) and value > 0 else math.nan


def _figure(measure: Measure, kept: PilotMeasure) -> MeasureFigure:
    pilot, matched = (kept.pilot_before, kept.pilot_after), (kept.matched_before, kept.matched_after)
    difference, low, high = kept.difference, kept.low, kept.high
    if measure in _GROWTH:
        pilot = (math.exp(pilot[0]), math.exp(pilot[1]))
        matched = (math.exp(matched[0]), math.exp(matched[1]))
        difference, low, high = math.expm1(difference), math.expm1(low), math.expm1(high)
    return MeasureFigure(measure, pilot, matched, difference, low, high, kept.pairs)


def revenue_words(account: PilotAccount, currency: str | None) -> Money | None:
    """What an account was billed before the pilot, or None where that is not known."""
    if currency is None or not math.isfinite(account.revenue):
        return None
    return Money(round(account.revenue), currency)
