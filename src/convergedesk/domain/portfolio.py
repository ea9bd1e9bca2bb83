"""What the Home and Accounts pages show of each account.

Plain Python on purpose: these values are read before numpy or SQLAlchemy are loaded, so
that the first page stands on screen at once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from struct import unpack
from typing import TYPE_CHECKING, NamedTuple

from convergedesk.domain.freshness import Freshness
from convergedesk.domain.kinds import AccountId, Lifecycle, PodId
from convergedesk.domain.money import Money

if TYPE_CHECKING:
    from convergedesk.domain.briefs import AccountBrief, PortfolioBrief
    from convergedesk.domain.rates import ExchangeRate


class TicketTick(NamedTuple):
    """A ticket's opening, as a mark under a sparkline.

    Attributes:
        offset: Days after the sparkline's first day.
        high: True for high priority.
    """

    offset: int
    high: bool


class Spark:
    """Ninety days of an account's usage, small.

    Every account's is read at the start, and a screenful is looked at: what the file keeps packed is
    unpacked when somebody looks.
    """

    __slots__ = ("_packed", "_packed_ticks", "_ticks", "_values", "last_day", "meters", "unit")

    def __init__(
        self,
        last_day: date | None,
        values: Sequence[float] | bytes,
        unit: str,
        meters: int,
        ticks: Sequence[TicketTick] | str = (),
    ) -> None:
        """Take the days.

        Args:
            last_day: Day of the last value, or None where the account has no daily usage.
            values: One a day, the last is `last_day`; NaN where nothing was reported. Bytes are float32,
                little-endian, as the file keeps them.
            unit: The unit that the added meters share; empty where they state none.
            meters: How many meters were added up.
            ticks: Tickets opened within the window. A string is JSON as the file keeps it: pairs of the
                day after the first and 1 for high priority.
        """
        self.last_day = last_day
        self.unit = unit
        self.meters = meters
        self._packed = values if isinstance(values, bytes) else b""
        self._packed_ticks = ticks if isinstance(ticks, str) else ""
        self._values = None if isinstance(values, bytes) else tuple(values)
        self._ticks = None if isinstance(ticks, str) else tuple(ticks)

    @property
    def values(self) -> tuple[float, ...]:
        """One a day, the last is `last_day`; NaN where nothing was reported."""
        if self._values is None:
            self._values = unpack(f"<{len(self._packed) // 4}f", self._packed)
            self._packed = b""
        return self._values

    @property
    def ticks(self) -> tuple[TicketTick, ...]:
        """Tickets opened within the window."""
        if self._ticks is None:
            pairs = json.loads(self._packed_ticks) if self._packed_ticks else ()
            self._ticks = tuple([TicketTick(offset, high == 1) for offset, high in pairs])
            self._packed_ticks = ""
        return self._ticks

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Spark):
            return NotImplemented
        return self._told() == other._told()

    def __hash__(self) -> int:
        return hash(self._told())

    def __repr__(self) -> str:
        return f"Spark({self.last_day}, {len(self.values)} days, {self.unit!r}, {self.meters})"

    def _told(self) -> tuple[object, ...]:
        return (self.last_day, self.values, self.unit, self.meters, self.ticks)


class CommitmentUse(NamedTuple):
    """How much of a commitment was billed so far.

    Attributes:
        committed: The whole promise of the running term.
        billed: Billed within the term so far.
        starts_on: First day of the term.
        ends_on: Last day of the term.
    """

    committed: Money
    billed: Money
    starts_on: date
    ends_on: date

    def term_elapsed(self, today: date) -> float:
        """Share of the term that is over on `today`, 0 to 1."""
        days = (self.ends_on - self.starts_on).days + 1
        return min(1.0, max(0.0, ((today - self.starts_on).days + 1) / days))

    @property
    def used(self) -> float:
        """Share of the promise that is billed; may exceed 1."""
        if self.committed.minor_units == 0:
            return 0.0
        return self.billed.minor_units / self.committed.minor_units

    def pace(self, today: date) -> float | None:
        """Share used over share of term elapsed; None before the term has begun."""
        elapsed = self.term_elapsed(today)
        return self.used / elapsed if elapsed > 0 else None


class LostRole(NamedTuple):
    """A sponsor or champion who left, with nobody in that role since.

    Attributes:
        name: Who.
        role: 'sponsor' or 'champion'.
        left_on: Their last day.
    """

    name: str
    role: str
    left_on: date


class ReachedGoal(NamedTuple):
    """A goal that the customer knows of and that was reached lately.

    Attributes:
        goal_id: Our own id.
        title: As agreed.
        reached_on: The first day whose value is at or past the target.
        due_on: Day by which it was to be reached, or None.
    """

    goal_id: int
    title: str
    reached_on: date
    due_on: date | None


class PutOff(NamedTuple):
    """A check-in that somebody put off.

    Attributes:
        until: The last day on which the account is not asked for, unless its need has grown.
        need: Points of need when it was put off.
        author: Who did; empty where not known.
    """

    until: date
    need: int
    author: str


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """One account as a row of Home or Accounts.

    Attributes:
        account_id: Whose row; for a parent, its sites are rolled up into the figures.
        name: As the customer writes it.
        tier: The vendor's segment, or None.
        industry: Or None.
        country: ISO 3166-1 alpha-2, or None.
        owner: Account owner, or None.
        success_manager: Or None.
        lifecycle: Trial, active or churned.
        parent_id: The company that it is a site of, or None.
        sites: How many sites are rolled up into the row.
        spark: Ninety days of usage.
        usage_28: Usage of the last 28 days that have data, or None.
        usage_previous_28: Usage of the 28 days before those, or None.
        billed_month: First day of the last month with an invoice, or None.
        billed: Billed in that month, or None.
        mrr: Monthly recurring revenue of the running subscriptions, or None.
        commitment: The running commitment, or None.
        open_tickets: Tickets that are open.
        open_high: Those of them with high priority.
        oldest_high_opened_at: Opening of the oldest open high-priority ticket, or None.
        goals_open: Goals being worked on.
        goals_overdue: Those of them past their due day.
        renews_on: End of the current term, or None.
        last_contact_on: Day of the last logged check-in, or None.
        pod_ids: Pods that the account belongs to, itself or through its parent.
        gone_since: When it was missing from a whole list, or None.
        brief: What is kept ready of the statistics, or None where nothing was computed yet.
        lost: A sponsor or champion who left lately, or None.
        reached: Shared goals that were reached lately.
        put_off: The check-in that was put off last, or None.
    """

    account_id: AccountId
    name: str
    tier: str | None
    industry: str | None
    country: str | None
    owner: str | None
    success_manager: str | None
    lifecycle: Lifecycle
    parent_id: AccountId | None
    sites: int
    spark: Spark
    usage_28: float | None
    usage_previous_28: float | None
    billed_month: date | None
    billed: Money | None
    mrr: Money | None
    commitment: CommitmentUse | None
    open_tickets: int
    open_high: int
    oldest_high_opened_at: datetime | None
    goals_open: int
    goals_overdue: int
    renews_on: date | None
    last_contact_on: date | None
    pod_ids: tuple[PodId, ...]
    gone_since: datetime | None = None
    brief: AccountBrief | None = None
    lost: LostRole | None = None
    reached: tuple[ReachedGoal, ...] = ()
    put_off: PutOff | None = None

    @property
    def usage_change(self) -> float | None:
        """Last 28 days against the 28 before, relative (−0.1: 10 % less); None if unknown."""
        if self.usage_28 is None or not self.usage_previous_28:
            return None
        return self.usage_28 / self.usage_previous_28 - 1.0


class PodSummary(NamedTuple):
    """A pod as the selector shows it."""

    pod_id: PodId
    name: str
    accounts: int


@dataclass(frozen=True, slots=True)
class HomeSnapshot:
    """Everything that Home needs, read in one go.

    Attributes:
        workspace_name: As the person named it.
        sample: True for made-up data, which every page says.
        rows: One per account, by name. A parent's row holds its sites' figures too, and the
            sites have rows of their own: sums take the rows of `top_level` alone.
        pods: For the selector.
        freshness: Age of each kind of data, in the order CRM, support, usage, billing.
        today: The day that 'today' means: the computer's, or the sample's fixed day.
        rejects: Rows that wait because they could not be read or linked.
        unlinked: Outside names that wait to be linked.
        computed_at: When the oldest of the kept figures was computed, or None where none was.
        not_computed: Accounts for which nothing was computed yet.
        together: What is kept of all accounts together (under None) and of each pod.
        currency: The reporting currency, or None: nothing is summed across currencies.
        rates: Every stated exchange rate.
    """

    workspace_name: str
    sample: bool
    rows: tuple[PortfolioRow, ...]
    pods: tuple[PodSummary, ...]
    freshness: tuple[Freshness, ...]
    today: date
    rejects: int
    unlinked: int
    computed_at: datetime | None = None
    not_computed: int = 0
    together: Mapping[PodId | None, PortfolioBrief] = field(
        default_factory=dict[PodId | None, "PortfolioBrief"]
    )
    currency: str | None = None
    rates: tuple[ExchangeRate, ...] = ()

    def seen_at(self, now: datetime) -> datetime:
        """The instant from which ages count: `now`, or in a sample the morning of its own day."""
        return datetime.combine(self.today, time(9), UTC) if self.sample else now

    @property
    def top_level(self) -> tuple[PortfolioRow, ...]:
        """The rows of accounts that are no site of another one; they add up."""
        return tuple(row for row in self.rows if row.parent_id is None)


def own_rows(rows: Sequence[PortfolioRow]) -> tuple[PortfolioRow, ...]:
    """The rows whose figures may be added: a site's are in its parent's already."""
    ids = {row.account_id for row in rows}
    return tuple(row for row in rows if row.parent_id is None or row.parent_id not in ids)


def present(rows: Sequence[PortfolioRow]) -> tuple[PortfolioRow, ...]:
    """The rows of accounts that the latest whole list of accounts still had."""
    return tuple(row for row in rows if row.gone_since is None)
