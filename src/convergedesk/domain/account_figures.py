"""What is kept of an account beside the effects of its tickets: health, spend, commitments, adoption.

None means 'not known', and then `missing` says what would bring it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from convergedesk.domain.billing import ContractId
from convergedesk.domain.episode_cost import EpisodeCost
from convergedesk.domain.kinds import AccountId
from convergedesk.domain.money import Money, MoneyRange
from convergedesk.domain.usage import MeterId


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a figure lacks.

    Attributes:
        what: What is not known, such as 'No contract states a price for “Replays”.'.
        brings: What would bring it, such as 'Add the price under Contract.'.
    """

    what: str
    brings: str


@dataclass(frozen=True, slots=True)
class HealthFactor:
    """One of the six factors of an account's health.

    Attributes:
        factor: Its key, one of `insights.health.Factor`.
        title: Its name on screen, such as 'Usage vs expected'.
        value: Its raw value: a relative difference, a share, a count or a pace; None where not known.
        points: Its score, 0 to 100; None likewise.
        weight: Its share of the weights present, 0 to 1; 0 where not known.
        contribution: Points that it adds to the score.
        room: Points by which the score would rise if the factor reached 100.
        sentence: What it stands on, such as '2 of 3 on track'.
        raise_by: What would raise it most, in plain words; empty where nothing has to.
        gain: Points by which the score would rise by that.
        missing: What would bring it; empty where it is known.
    """

    factor: str
    title: str
    value: float | None
    points: float | None
    weight: float
    contribution: float
    room: float
    sentence: str
    raise_by: str = ""
    gain: float = 0.0
    missing: str = ""


@dataclass(frozen=True, slots=True)
class HealthFigure:
    """An account's health: a score, never a probability.

    Attributes:
        score: 0 to 100; None where nothing is known.
        band: 'healthy' from 75, 'watch' from 50, 'at risk' below; None without a score.
        factors: All six, always in the same order.
        way_up: The one thing that raises the score most, in plain words; empty where nothing does.
        way_up_points: Points that it brings, or None.
        before: The score of 28 days earlier by the same method, or None.
        before_on: The day that `before` speaks of, or None.
        method: Version of the scales; scores of two methods are two series.
        as_of: Last day with usage, or None.
    """

    score: float | None
    band: str | None
    factors: tuple[HealthFactor, ...]
    way_up: str
    way_up_points: float | None
    before: float | None
    before_on: date | None
    method: str
    as_of: date | None

    @property
    def change(self) -> float | None:
        """Points since 28 days earlier, or None."""
        return None if self.score is None or self.before is None else self.score - self.before

    @property
    def missing(self) -> tuple[HealthFactor, ...]:
        """The factors that nothing is known of."""
        return tuple(one for one in self.factors if one.points is None)


@dataclass(frozen=True, slots=True)
class MeterSpend:
    """What one meter's usage of a month comes to.

    Attributes:
        meter_id: The meter.
        name: Its name.
        unit: What one is.
        units: Units of the month so far.
        accrued: Their price by the contract.
        forecast: Price of the whole month, or None where nothing can be said.
        low: Lower likely limit (80 %), or None likewise.
        high: Upper likely limit.
        usual: Price of a usual month: the median of the last three full ones; None without one.
    """

    meter_id: MeterId
    name: str
    unit: str
    units: float
    accrued: Money
    forecast: Money | None
    low: Money | None
    high: Money | None
    usual: Money | None

    @property
    def rise(self) -> int:
        """Minor units that the month is forecast to lie above a usual one; 0 where not known."""
        if self.forecast is None or self.usual is None:
            return 0
        return self.forecast.minor_units - self.usual.minor_units


@dataclass(frozen=True, slots=True)
class SpendFigure:
    """What usage of a month comes to under the contracts, in one currency.

    Attributes:
        currency: ISO 4217.
        month: First day of the month.
        through: Last day with usage; what came after is not known.
        days_over: Days of the month up to `through`.
        days_in_month: Its length.
        accrued: Price of what was used so far, with the share of the fees: accrued, not yet invoiced.
        forecast: The whole month, or None where nothing can be said.
        low: Lower likely limit (80 %), or None likewise.
        high: Upper likely limit.
        usual: A usual month: the median of the last three full ones, priced the same way; None without one.
        fees: What the last bill holds beside usage, a month; counted in by days. None where there is none.
        meters: By descending price.
        missing: What is not in it, and what would bring it.
    """

    currency: str
    month: date
    through: date
    days_over: int
    days_in_month: int
    accrued: Money
    forecast: Money | None
    low: Money | None
    high: Money | None
    usual: Money | None
    fees: Money | None
    meters: tuple[MeterSpend, ...]
    missing: tuple[Missing, ...] = ()

    @property
    def rise(self) -> float | None:
        """How far the month is forecast to lie above a usual one: 0.38 = 38 %; None where not known."""
        if self.forecast is None or self.usual is None or self.usual.minor_units <= 0:
            return None
        return self.forecast.minor_units / self.usual.minor_units - 1.0

    @property
    def driver(self) -> MeterSpend | None:
        """The meter that adds most to a rise, or None where none does."""
        most = max(self.meters, key=lambda one: one.rise, default=None)
        return most if most is not None and most.rise > 0 else None


@dataclass(frozen=True, slots=True)
class CommitmentFigure:
    """A running commitment against what has been and will be used.

    Attributes:
        contract_id: The contract that states it.
        place: Its place among that contract's commitments.
        contract: The contract's name.
        meter_ids: Meters that draw it down; empty means all.
        promise: The whole promise as it stands now, with what rolled over into it.
        rolled_over: The part of `promise` that the term before left.
        starts_on: First day of the term.
        ends_on: Last day of the term.
        prepaid: True where it was paid before use.
        through: Last day that `used` counts.
        billed: Billed against it.
        accrued: Used and not yet invoiced.
        used: Both together.
        expected_by_now: What an even pace, or the contract's ramp, would have used by now.
        pace: `used` ÷ `expected_by_now`; None on the first day.
        exhausted: The day on which the forecast reaches the promise; None where not within the term.
        exhausted_earliest: The same for the upper likely limit (80 %).
        exhausted_latest: The same for the lower likely limit.
        overage: Forecast beyond the promise at the end of the term; None where nothing can be said.
        shortfall: Forecast rest of the promise at the end of the term; None likewise.
        change_to_last: By how much usage from now on would have to change to reach the promise on the
            last day: −0.27 = fall by 27 %; None where not known or nothing is left of the term.
        missing: What is not in it, and what would bring it.
    """

    contract_id: ContractId
    place: int
    contract: str
    meter_ids: tuple[MeterId, ...]
    promise: Money
    rolled_over: Money
    starts_on: date
    ends_on: date
    prepaid: bool
    through: date
    billed: Money
    accrued: Money
    used: Money
    expected_by_now: Money
    pace: float | None
    exhausted: date | None
    exhausted_earliest: date | None
    exhausted_latest: date | None
    overage: MoneyRange | None
    shortfall: MoneyRange | None
    change_to_last: float | None
    missing: tuple[Missing, ...] = ()

    @property
    def left(self) -> Money:
        """What is left of the promise, at least 0."""
        rest = max(self.promise.minor_units - self.used.minor_units, 0)
        return Money(rest, self.promise.currency)

    @property
    def days_early(self) -> int | None:
        """Days before the end of the term on which the promise is reached; None where it is not."""
        return None if self.exhausted is None else (self.ends_on - self.exhausted).days


@dataclass(frozen=True, slots=True)
class MeterAdoption:
    """How one meter is used.

    Attributes:
        meter_id: The meter.
        key: Its name in the source.
        name: Its name on screen.
        unit: What one is.
        entitled: Whether a contract sells it to the account; None where no contract says anything.
        included: Units a month without charge, or None.
        first_used: First day with use, or None.
        last_used: Last day with use, or None.
        units_28: Units of the last 28 days; None where nothing was reported.
        units_90: Units of the last 90 days; None likewise.
        depth: Use of 28 days as a share of what is included in 28; None without an included quantity.
        months: Units of the last twelve months up to `as_of`, oldest first; None where nothing was reported.
        state: 'in use', 'not used lately' (not in 28 days) or 'never used'.
        stock: True for stocks and people, of which the greatest day counts and not the sum.
    """

    meter_id: MeterId
    key: str
    name: str
    unit: str
    entitled: bool | None
    included: float | None
    first_used: date | None
    last_used: date | None
    units_28: float | None
    units_90: float | None
    depth: float | None
    months: tuple[float | None, ...]
    state: str
    stock: bool = False


@dataclass(frozen=True, slots=True)
class AdoptionFigure:
    """How broadly and steadily an account uses what it has, over 28 days.

    Attributes:
        used: How many of the meters it has were used.
        entitled: How many it has: those its contracts sell, else those it ever used.
        by_contract: True where contracts say what it has.
        breadth: `used` ÷ `entitled`; None where nothing is known.
        stickiness: Share of the known days with any use; None likewise.
        months: First days of the months of `meters`, oldest first.
        meters: By descending use of 90 days, those never used last.
    """

    used: int
    entitled: int
    by_contract: bool
    breadth: float | None
    stickiness: float | None
    months: tuple[date, ...]
    meters: tuple[MeterAdoption, ...]


@dataclass(frozen=True, slots=True)
class AccountFigures:
    """Everything of this kind that is kept of one account, its sites rolled up.

    Attributes:
        account_id: Whose.
        computed_at: When, UTC.
        as_of: Last day with usage, or None.
        health: Its health.
        spend: The month to date and its forecast, one for each currency.
        commitments: Those that run.
        adoption: None without daily usage and contracts.
        costs: What episodes with a confirmed dip cost, by onset.
        missing: What the account lacks, and what would bring it.
    """

    account_id: AccountId
    computed_at: datetime
    as_of: date | None
    health: HealthFigure
    spend: tuple[SpendFigure, ...]
    commitments: tuple[CommitmentFigure, ...]
    adoption: AdoptionFigure | None
    costs: tuple[EpisodeCost, ...]
    missing: tuple[Missing, ...]
