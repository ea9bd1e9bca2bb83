"""What alerts are found in: everything that is known of an account, read in batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.account_figures import AccountFigures
from convergedesk.domain.accounts import Account, AccountId, Lifecycle, Person
from convergedesk.domain.alert_rules import AlertRule, RuleBook
from convergedesk.domain.billing import Contract, Invoice
from convergedesk.domain.engagement import CheckIn, TicketContact
from convergedesk.domain.episodes import Episode
from convergedesk.domain.goals import Goal, GoalId, GoalMeasurement
from convergedesk.domain.tickets import Priority, Ticket
from convergedesk.domain.usage import MeterId
from convergedesk.figures.episodes import mask_of
from convergedesk.figures.study_inputs import AccountStudy, Surroundings, read_studies
from convergedesk.figures.timeline import zone_of
from convergedesk.insights.dip_watch import DipWatch
from convergedesk.store import account_figures, accounts, calendar, contracts, engagement, goals, people, pods
from convergedesk.store import alerts as store_alerts
from convergedesk.store import insights as store_insights
from convergedesk.store import tickets as store_tickets
from convergedesk.store import usage as store_usage
from convergedesk.store.alerts import PlannedReview
from convergedesk.store.commitments import invoice_heads
from convergedesk.store.engine import Store

_AT_ONCE = 48
_LIKE_IT = 20
# No window can be judged with fewer days: a third of the shortest baseline and of the shortest history.
_FEWEST = 10
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Moment:
    """The instant as of which something holds.

    Attributes:
        day: The workspace's day; only days before it are over.
        at: The instant, UTC.
    """

    day: date
    at: datetime

    @classmethod
    def evening(cls, day: date) -> Moment:
        """A day that is past, as it stood at its end."""
        return cls(day, datetime.combine(day, time(23, 59), UTC))


@dataclass
class AccountFacts:
    """One account, with what is known of it today.

    Attributes:
        account: The account.
        head: Whether it is no site of another one: usage is watched at heads, with their sites' usage.
        study: Its usage and tickets on one axis, sites rolled up.
        episodes: What its tickets did to usage, by opening.
        tickets: Its own tickets, newest first.
        goals: Its own goals.
        history: Recorded values by goal, oldest first.
        persons: Its people.
        check_ins: Logged contacts, newest first.
        contacts: Last contacts through the support desk.
        contracts: Its contracts, whole.
        reviews: Its reviews.
        invoices: Its invoices without their lines, newest first.
        figures: Spend and commitments as kept; None where they were not computed yet.
    """

    account: Account
    head: bool
    study: AccountStudy
    episodes: tuple[Episode, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    goals: tuple[Goal, ...] = ()
    history: Mapping[GoalId, tuple[GoalMeasurement, ...]] = field(
        default_factory=dict[GoalId, tuple[GoalMeasurement, ...]]
    )
    persons: tuple[Person, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    contacts: tuple[TicketContact, ...] = ()
    contracts: tuple[Contract, ...] = ()
    reviews: tuple[PlannedReview, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    figures: AccountFigures | None = None

    @property
    def id(self) -> AccountId:
        """Whose facts these are."""
        return self.account.id

    @cached_property
    def meters(self) -> tuple[MeterId | None, ...]:
        """What the rows of `watch` count; None is the total. Meters with next to no days are left out."""
        daily = [meter_id for meter_id, _ in self._known]
        return (None, *daily) if self._with_total else tuple(daily)

    @cached_property
    def _known(self) -> list[tuple[MeterId, NDArray[np.float64]]]:
        found = ((one.meter.id, one.daily) for one in self.study.usage.meters)
        return [(m, days) for m, days in found if days is not None and np.isfinite(days).sum() >= _FEWEST]

    @property
    def _with_total(self) -> bool:
        return self.study.usage.total is not None

    @cached_property
    def watch(self) -> DipWatch | None:
        """Its usage, ready to be watched for dips; None without daily usage."""
        usage = self.study.usage
        rows = [days for _, days in self._known]
        if usage.total is not None:
            rows.insert(0, usage.total)
        if not rows:
            return None
        return DipWatch(
            np.vstack(rows),
            self.study.first_day.weekday(),
            total_first=self._with_total,
            masked=mask_of(self.study, self.episodes),
            unusual=self.study.unusual,
        )

    def meter_name(self, meter_id: MeterId | None) -> str:
        """What a row counts, as the page says it."""
        if meter_id is None:
            return "Usage"
        name = next((m.meter.name for m in self.study.usage.meters if m.meter.id == meter_id), "")
        return name or "Usage"

    def day_of(self, instant: datetime) -> date:
        """The day of an instant at the account."""
        return instant.astimezone(zone_of(self.account.time_zone)).date()


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds for all accounts.

    Attributes:
        store: The workspace.
        book: Which rule holds for whom.
        around: Meters, accounts, calendar and today.
        usual_days: By priority, how many days nine of ten closed tickets took; None with too few.
        names: Every account's name.
    """

    store: Store
    book: RuleBook
    around: Surroundings
    usual_days: Mapping[Priority, float]

    @property
    def names(self) -> dict[AccountId, str]:
        """Every account's name."""
        return {account.id: account.name for account in self.around.accounts.values()}


def read_facts(store: Store, rules: Iterable[AlertRule], today: date) -> Facts:
    """What holds for all accounts, rules included."""
    known = {account.id: account for account in accounts.list_accounts(store)}
    around = Surroundings(
        {meter.id: meter for meter in store_usage.meters(store)}, known, calendar.list_events(store), today
    )
    below = _below(known)
    shared = {
        pod.id: {one for member in pod.account_ids for one in below.get(member, [member])}
        for pod in pods.list_pods(store)
    }
    usual = {
        priority: float(np.quantile(days, 0.9))
        for priority, days in store_alerts.days_to_closing(store).items()
        if len(days) >= _LIKE_IT
    }
    return Facts(store, RuleBook(rules, shared), around, usual)


def account_facts(facts: Facts, chosen: Collection[AccountId] | None = None) -> Iterator[list[AccountFacts]]:
    """Every account that is still a customer, a batch at a time."""
    known = facts.around.accounts
    below = _below(known)
    wanted = [
        account.id
        for account in known.values()
        if account.gone_since is None
        and account.lifecycle is not Lifecycle.CHURNED
        and (chosen is None or account.id in chosen)
    ]
    for start in range(0, len(wanted), _AT_ONCE):
        yield _batch(facts, wanted[start : start + _AT_ONCE], below)


def counted(facts: Facts, chosen: Collection[AccountId] | None = None) -> int:
    """How many accounts `account_facts` brings."""
    return sum(
        account.gone_since is None
        and account.lifecycle is not Lifecycle.CHURNED
        and (chosen is None or account.id in chosen)
        for account in facts.around.accounts.values()
    )


def with_heads(facts: Facts, touched: Collection[AccountId]) -> frozenset[AccountId]:
    """Those accounts and every one that they are sites of."""
    known = facts.around.accounts
    found: set[AccountId] = set()
    for account in touched:
        current: AccountId | None = account
        while current is not None and current in known and current not in found:
            found.add(current)
            current = known[current].parent_id
    return frozenset(found)


def _batch(
    facts: Facts, ids: Sequence[AccountId], below: Mapping[AccountId, list[AccountId]]
) -> list[AccountFacts]:
    store = facts.store
    with store.read_together():
        studies = read_studies(store, {one: below[one] for one in ids}, facts.around)
        episodes = _by(store_insights.episodes_of(store, ids), lambda one: one.account_id)
        tickets = _by(store_tickets.of_accounts(store, ids), lambda one: one.account_id)
        wished = goals.of_accounts(store, ids)
        history = goals.history(store, [goal.id for goal in wished])
        persons = _by(people.persons_at(store, ids), lambda one: one.account_id)
        check_ins = _by(engagement.check_ins_of(store, ids), lambda one: one.account_id)
        agreed = _by(contracts.of_accounts(store, ids), lambda one: one.account_id)
        reviews = _by(store_alerts.planned_reviews(store, ids), lambda one: one.account_id)
        kept = account_figures.kept_figures(store, ids)
        invoices = _by(invoice_heads(store, ids), lambda one: one.account_id)
        contacts = store_alerts.contacts_by_account(store, ids)
    wishes = _by(wished, lambda one: one.account_id)
    return [
        AccountFacts(
            account=facts.around.accounts[study.account_id],
            head=facts.around.accounts[study.account_id].parent_id not in facts.around.accounts,
            study=study,
            episodes=tuple(episodes.get(study.account_id, ())),
            tickets=tuple(tickets.get(study.account_id, ())),
            goals=tuple(wishes.get(study.account_id, ())),
            history={goal.id: history[goal.id] for goal in wishes.get(study.account_id, ())},
            persons=tuple(persons.get(study.account_id, ())),
            check_ins=tuple(check_ins.get(study.account_id, ())),
            contacts=contacts.get(study.account_id, ()),
            contracts=tuple(agreed.get(study.account_id, ())),
            reviews=tuple(reviews.get(study.account_id, ())),
            invoices=tuple(invoices.get(study.account_id, ())),
            figures=kept.get(study.account_id),
        )
        for study in studies
    ]


def _by(found: Iterable[_T], whose: Callable[[_T], AccountId | None]) -> dict[AccountId, list[_T]]:
    sorted_in: defaultdict[AccountId, list[_T]] = defaultdict(list)
    for one in found:
        account_id = whose(one)
        if account_id is not None:
            sorted_in[account_id].append(one)
    return sorted_in


def _below(known: Mapping[AccountId, Account]) -> dict[AccountId, list[AccountId]]:
    """Each account with all sites below it."""
    groups = {account: [account] for account in known}
    for account in known:
        seen, above = {account}, known[account].parent_id
        # A chain of parents that bites its tail must not hang the program.
        while above is not None and above in known and above not in seen:
            groups[above].append(account)
            seen.add(above)
            above = known[above].parent_id
    return groups
