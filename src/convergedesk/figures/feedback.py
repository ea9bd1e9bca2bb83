"""Feedback by revenue at stake: who asks for what, what they were billed, and what it cost them in usage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from convergedesk.domain.accounts import Account, AccountId
from convergedesk.domain.billing import BilledTotal
from convergedesk.domain.episode_cost import EpisodeCost
from convergedesk.domain.feedback import Feedback, Request, RequestId
from convergedesk.domain.money import Money, MoneyRange
from convergedesk.domain.rates import Converted, ExchangeRate
from convergedesk.domain.tickets import TicketId
from convergedesk.domain.usage import Feature, Meter
from convergedesk.figures.money_sums import sums
from convergedesk.store.tagged import TaggedEffect, TaggedTickets

RENEWS_WITHIN = timedelta(days=120)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class FeedbackFacts:
    """Everything that the figures of feedback are made of.

    Attributes:
        items: What customers said, newest first.
        requests: Every request.
        features: Every feature.
        accounts: Every account.
        billed: What was billed in the period.
        tickets: Tickets by feature and account, opened since the period began.
        effects: What usage did in their episodes.
        costs: What episodes cost, by the account that they count with.
        meters: Every meter.
        reporting: The reporting currency, or None.
        rates: Every stated rate.
        today: The workspace's today.
    """

    items: Sequence[Feedback]
    requests: Sequence[Request]
    features: Sequence[Feature]
    accounts: Sequence[Account]
    billed: Sequence[BilledTotal]
    tickets: Sequence[TaggedTickets]
    effects: Sequence[TaggedEffect]
    costs: Mapping[AccountId, Sequence[EpisodeCost]]
    meters: Sequence[Meter]
    reporting: str | None
    rates: Sequence[ExchangeRate]
    today: date


@dataclass(frozen=True, slots=True)
class Asker:
    """An account, its sites counted with it, that asks for something.

    Attributes:
        account_id: The account.
        name: Its name.
        items: How often it said so.
        tickets: How many of its tickets carry the feature's tag.
        billed: What it was billed in the period, one amount a currency, largest first.
        renews_on: When it renews, or None where unknown.
        left: True where it is no customer any more: it counts as a vote, and not as revenue at stake.
    """

    account_id: AccountId
    name: str
    items: int
    tickets: int
    billed: tuple[Money, ...]
    renews_on: date | None
    left: bool


@dataclass(frozen=True, slots=True)
class LostUsage:
    """Usage below expected in episodes with a tagged ticket.

    Attributes:
        meter: Of what; totals over meters of several units are never added up.
        units: Expected less observed.
        episodes: In how many episodes.
    """

    meter: Meter
    units: float
    episodes: int


@dataclass(frozen=True, slots=True)
class TaggedUse:
    """What the tickets tagged with a feature did to usage.

    Attributes:
        tickets: How many, opened in the period.
        high: How many of them are of high priority.
        open: How many of them are open.
        episodes: How many episodes they belong to.
        confirmed: In how many of these usage fell below expected.
        lost: What was lost, by meter, most episodes first.
        value: Estimated value of it net of catch-up, one sum a currency, as far as contracts state prices.
        prepaid: Whether a prepaid commitment pays for some of it, whose burn-down it delays.
        ticket_ids: The tickets.
    """

    tickets: int = 0
    high: int = 0
    open: int = 0
    episodes: int = 0
    confirmed: int = 0
    lost: tuple[LostUsage, ...] = ()
    value: tuple[MoneyRange, ...] = ()
    prepaid: bool = False
    ticket_ids: tuple[TicketId, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedbackGroup:
    """A request, or a feature that tickets are tagged with and nobody has written a request for.

    Attributes:
        title: The request's title or the feature's name.
        request: The request, or None for a feature alone.
        feature: The feature, or None where the request is linked to none.
        merged: Requests that are counted with it.
        items: What customers said, newest first.
        askers: Who asks, by what they were billed.
        billed: Their sum, one amount a currency, largest first.
        renewing: The part of it that renews within 120 days.
        stake: `billed` in one currency: the only one, or the reporting currency at stated rates. None
            where nothing was billed or a rate is missing.
        use: What its tagged tickets did to usage.
        waits_since: First day on which it was asked for, while nobody has answered; else None.
    """

    title: str
    request: Request | None
    feature: Feature | None
    merged: tuple[Request, ...] = ()
    items: tuple[Feedback, ...] = ()
    askers: tuple[Asker, ...] = ()
    billed: tuple[Money, ...] = ()
    renewing: tuple[Money, ...] = ()
    stake: Money | None = None
    use: TaggedUse = field(default_factory=TaggedUse)
    waits_since: date | None = None

    @property
    def key(self) -> tuple[str, int]:
        """What names the group: ('request', id) or ('feature', id)."""
        if self.request is not None:
            return ("request", self.request.id)
        return ("feature", 0 if self.feature is None else self.feature.id)

    @property
    def votes(self) -> int:
        """How often somebody asked for it, whoever they are."""
        return len(self.items)


@dataclass(frozen=True, slots=True)
class FeedbackBook:
    """All feedback, by revenue at stake.

    Attributes:
        groups: Largest stake first; amounts of several currencies without a rate stand in blocks.
        unsorted: What belongs to no request yet, newest first.
        first_day: First day of the billed period.
        last_day: Its last day.
        reporting: The reporting currency, or None.
        converted: What the amounts were converted with; None where nothing was converted.
        mixed: Currencies that cannot be ranked against each other for want of a rate; else empty.
        with_billing: False while no account was billed anything in the period.
        names: The accounts' names.
        heads: Every account with the one that it counts with.
    """

    groups: tuple[FeedbackGroup, ...]
    unsorted: tuple[Feedback, ...]
    first_day: date
    last_day: date
    reporting: str | None
    converted: Converted | None
    mixed: tuple[str, ...]
    with_billing: bool
    names: Mapping[AccountId, str]
    heads: Mapping[AccountId, AccountId]

    @property
    def billed(self) -> tuple[Money, ...]:
        """What the accounts behind all requests were billed, each once, one amount a currency."""
        asking = {one.account_id: one for group in self.groups if group.request for one in group.askers}
        return sums(amount for one in asking.values() for amount in one.billed)


def billed_period(today: date) -> tuple[date, date]:
    """The last twelve whole months: first and last day."""
    last = today.replace(day=1) - timedelta(days=1)
    months = today.year * 12 + today.month - 1 - MONTHS
    return date(months // 12, months % 12 + 1, 1), last


def root_of(request_id: RequestId, requests: Mapping[RequestId, Request]) -> RequestId | None:
    """The request that one is counted with in the end; None where it was deleted.

    What was merged into a deleted one stands for itself.
    """
    current = requests.get(request_id)
    seen: set[RequestId] = set()
    while current is not None and current.merged_into_id is not None and current.id not in seen:
        seen.add(current.id)
        above = requests.get(current.merged_into_id)
        if above is None:
            break
        current = above
    return None if current is None else current.id
