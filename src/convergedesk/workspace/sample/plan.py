"""What is decided about an account before any of its data is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from convergedesk.domain.accounts import Lifecycle, PersonRole
from convergedesk.domain.records import AccountKey
from convergedesk.domain.tickets import Priority


@dataclass(frozen=True, slots=True)
class MeterPlan:
    """How one account uses one meter.

    Attributes:
        key: Key of the product in the catalogue.
        level: Quantity a day now (stocks and people: how many there are now), before
            weekday, season and incidents.
        growth: Share by which it grew in the last year; earlier years alike.
        noise: Relative size of what no calendar explains, day by day.
        first_day: First day of use, or None for as long as the account is a customer.
        gaps: Days on which nothing was reported.
    """

    key: str
    level: float
    growth: float = 0.12
    noise: float = 0.02
    first_day: date | None = None
    gaps: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """Days on which usage left its course.

    Attributes:
        onset: First day.
        factors: Share of the usual, day by day from the onset; above 1 where it catches up.
        meters: Keys of the meters concerned; empty for all that count flows.
        after: Share of the usual that stays once the factors are over; 1 for a full recovery.
        opened: When somebody wrote a ticket, account's time, or None for a silent one.
        closed: When it was closed, account's time, or None.
        scripted: True where a scripted ticket tells the story already.
    """

    onset: date
    factors: tuple[float, ...]
    meters: tuple[str, ...] = ()
    after: float = 1.0
    opened: datetime | None = None
    closed: datetime | None = None
    scripted: bool = True


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """Somebody at a customer."""

    name: str
    role: PersonRole
    title: str
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class PriceChange:
    """An amendment: what it is called, and what one meter costs from a day on.

    Attributes:
        effective_from: First day, the first of a month.
        name: Such as 'A3: storage and event prices'.
        meter: Key of the meter.
        tiers: (up to, price of one in major units).
    """

    effective_from: date
    name: str
    meter: str
    tiers: tuple[tuple[int | None, str], ...]


@dataclass(frozen=True, slots=True)
class Churn:
    """The day an account left or came back, and what it said."""

    day: date
    reason: str
    feedback: str
    refund: int = 0
    reactivation: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed.

    Attributes:
        starts_on: First day of the running term; earlier terms lie whole years before.
        commitments: Promised a term in major units, the running term first; empty for none.
        prepaid: True where it was paid before use.
        platform_fee: A month, major units.
        price_factor: Share of the list price.
        rollover_share: Share of what is unspent that moves on.
        ramps: (from, the whole promise from then on in major units), where it grows within the term.
        changes: Amendments, oldest first.
    """

    starts_on: date
    commitments: tuple[int, ...] = ()
    prepaid: bool = False
    platform_fee: int = 0
    price_factor: float = 1.0
    rollover_share: float = 0.0
    ramps: tuple[tuple[date, int], ...] = ()
    changes: tuple[PriceChange, ...] = ()

    @property
    def ends_on(self) -> date:
        """Last day of the running term."""
        return years_before(self.starts_on, -1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """Everything that is decided about one account. Texts and days as in `Account`.

    Attributes:
        key: Short lower-case name, unique; other systems' ids are built from it.
        number: Counts the accounts, from 0.
        agents: Its support agents.
        first_day: First day of use, or None for the whole window.
        last_day: Last day of use, or None while it goes on.
        rhythm: Industry whose rhythm it follows, where that is not its own.
        sites: Its sites, which have meters of their own and no terms.
        tickets_a_week: How often it usually writes.
        quiet_from: Day from which only scripted tickets are opened, or None.
        random_until: Last day on which unscripted incidents may begin, or None for any.
    """

    key: str
    number: int
    name: str
    domain: str
    tier: str
    industry: str
    country: str
    time_zone: str
    currency: str
    owner: str
    success_manager: str
    agents: tuple[str, ...]
    meters: tuple[MeterPlan, ...]
    people: tuple[PersonPlan, ...] = ()
    terms: Terms | None = None
    lifecycle: Lifecycle = Lifecycle.ACTIVE
    signed_up_on: date | None = None
    first_day: date | None = None
    last_day: date | None = None
    seats: int | None = None
    rhythm: str | None = None
    incidents: tuple[Incident, ...] = ()
    sites: tuple[AccountPlan, ...] = field(default=())
    tickets_a_week: float = 0.5
    quiet_from: date | None = None
    random_until: date | None = None
    churn: tuple[Churn, ...] = ()

    @property
    def crm_id(self) -> str:
        """Id in the CRM."""
        return f"C-{10_000 + self.number}"

    @property
    def support_key(self) -> AccountKey:
        """How the support desk names the account."""
        return AccountKey(external_id=f"org-{7_100 + self.number}")

    @property
    def usage_key(self) -> AccountKey:
        """How the usage source names the account."""
        return AccountKey(external_id=f"grp_{self.key}")

    @property
    def billing_key(self) -> AccountKey:
        """How billing names the account."""
        return AccountKey(external_id=f"cus_{self.key}")

    @property
    def all_sites(self) -> tuple[AccountPlan, ...]:
        """The account itself and its sites: everyone whose usage is counted."""
        return (self, *self.sites)

    def meter(self, key: str) -> MeterPlan | None:
        """The plan of one meter at the account or its first site, or None."""
        return next((m for site in self.all_sites for m in site.meters if m.key == key), None)

    def utc(self, local: datetime) -> datetime:
        """An instant of the account's wall clock, in UTC."""
        return local.replace(tzinfo=ZoneInfo(self.time_zone)).astimezone(ZoneInfo("UTC"))


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a planned ticket, on the account's wall clock."""

    sent: datetime
    author: str
    body: str
    internal: bool = False


@dataclass(frozen=True, slots=True)
class TicketPlan:
    """A ticket before it becomes a record; times on the account's wall clock.

    Attributes:
        account: Key of the account or site.
        pattern: Name of the kind of conversation, where `messages` is empty.
        thing: What it is about, in the trade's word, for the conversation.
        reopened: True where the customer wrote again after the first closing.
        messages: The conversation, where it is scripted.
    """

    number: str
    account: str
    title: str
    feature: str
    priority: Priority
    opened: datetime
    closed: datetime | None
    assignee: str
    requester: str
    first_response_minutes: int | None = None
    satisfaction: int | None = None
    escalated: bool = False
    pattern: str = "fault"
    thing: str = "events"
    reopened: bool = False
    messages: tuple[Message, ...] = ()


def years_before(day: date, years: int) -> date:
    """The same day some years before; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time on a day."""
    return datetime.combine(day, time(hour, minute))
