"""One account: header, usage, tickets, goals, billing, timeline, people. Sites are rolled up."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from functools import cached_property
from typing import Self

from convergedesk.domain.accounts import Account, AccountId, Person, PersonRole
from convergedesk.domain.billing import Contract, Invoice, Subscription
from convergedesk.domain.calendar import CalendarEvent
from convergedesk.domain.engagement import Action
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.goals import Goal, GoalState
from convergedesk.domain.tickets import Ticket
from convergedesk.domain.usage import Meter, MeterId
from convergedesk.figures.account import (
    AccountHeader,
    AccountUsage,
    BillingView,
    GoalView,
    People,
    TimelineEntry,
)
from convergedesk.figures.billing_view import billing_view, commitment_use, monthly_recurring
from convergedesk.figures.goal_standing import goal_view
from convergedesk.figures.goal_views import goal_views
from convergedesk.figures.people import lost_roles
from convergedesk.figures.timeline import (
    from_billing,
    from_events,
    from_people,
    from_tickets,
    newest_first,
    zone_of,
)
from convergedesk.figures.usage_view import CombinedUsage, combine
from convergedesk.store import (
    accounts,
    billing,
    calendar,
    commitments,
    contracts,
    engagement,
    goals,
    info,
    people,
    pods,
    rates,
    tickets,
    usage,
)
from convergedesk.workspace.calendar import with_holidays
from convergedesk.workspace.session import Workspace


def find_account(workspace: Workspace, text: str) -> AccountId:
    """The account that a person means by a name, the start of one, an id or a domain.

    Raises:
        NotFoundError: None fits, or several do; the sentence names what comes near.
    """
    found = accounts.find(workspace.store, text)
    if not found:
        raise NotFoundError(f"No account is called “{text}”.", fix="List them with: convergedesk accounts")
    exact = [one for one in found if one.name.casefold() == text.strip().casefold()]
    if len(exact) == 1 or len(found) == 1:
        return (exact or found)[0].id
    names = ", ".join(f"“{one.name}”" for one in found[:5])
    raise NotFoundError(f"Several accounts fit “{text}”: {names}.", fix="Give more of the name.")


class AccountReading:
    """Everything about one account, each part of the file read once however many figures need it.

    Lives as long as one screen is filled: what is written meanwhile, a later reading shows.
    """

    def __init__(self, workspace: Workspace, account_id: AccountId, *, with_sites: bool = True) -> None:
        """Nothing is read yet. `with_sites` rolls the account's sites up into its figures."""
        self._store = workspace.store
        self._today = workspace.today
        self._id = account_id
        self._with_sites = with_sites

    @classmethod
    @contextmanager
    def of(cls, workspace: Workspace, account_id: AccountId, *, with_sites: bool = True) -> Generator[Self]:
        """A reading of one state of the file, for as long as the block lasts."""
        with workspace.store.read_together():
            yield cls(workspace, account_id, with_sites=with_sites)

    def header(self) -> AccountHeader:
        """The head of the Account page."""
        store, today = self._store, self._today
        account = self._account
        return AccountHeader(
            account=account,
            parent=None if account.parent_id is None else accounts.get(store, account.parent_id),
            sites=accounts.sites(store, self._id),
            support_agents=tuple(p.name for p in self._ours if p.role is PersonRole.SUPPORT_AGENT),
            pods=pods.names_of(store, self._family),
            commitment=commitment_use(self._committed, self.invoice_heads, today),
            mrr=monthly_recurring(self._subscriptions, today),
            open_tickets=sum(one.closed_at is None for one in self.tickets),
            open_goals=sum(one.state is GoalState.OPEN for one in self._goals),
            today=today,
            fiscal_month=self._fiscal_month,
            lost=lost_roles(self._persons, today),
            actions_open=sum(one.done_on is None for one in self._actions),
            actions_overdue=sum(one.days_overdue(today) > 0 for one in self._actions),
        )

    def usage(self) -> AccountUsage:
        """All usage on one day axis, with tickets and calendar events to draw on it."""
        combined = self._combined
        return AccountUsage(
            account_id=self._id,
            first_day=combined.first_day,
            days=combined.days,
            meters=combined.meters,
            total=combined.total,
            total_label=combined.total_label,
            tickets=tuple(reversed(self.tickets)),
            events=self._events(combined),
            as_of=combined.last_day,
            fiscal_month=self._fiscal_month,
        )

    @cached_property
    def tickets(self) -> tuple[Ticket, ...]:
        """Every ticket, newest first."""
        return tickets.of_accounts(self._store, self._family)

    @cached_property
    def invoice_heads(self) -> tuple[Invoice, ...]:
        """Every invoice without its lines, newest first."""
        return commitments.invoice_heads(self._store, self._family)

    def goals(self) -> tuple[GoalView, ...]:
        """Goals with their standing; those linked to a meter are measured from its usage."""
        if any(goal.meter_id is not None and goal.account_id != self._id for goal in self._goals):
            # A site's goal is measured by the site's usage, here as everywhere.
            return goal_views(self._store, self._goals, self._today)
        history = goals.history(self._store, [goal.id for goal in self._goals]) if self._goals else {}
        linked = any(goal.meter_id is not None for goal in self._goals)
        combined = self._combined if linked else combine((), {})
        by_meter = {one.meter.id: one for one in combined.meters}
        views: list[GoalView] = []
        for goal in self._goals:
            linked_usage = None if goal.meter_id is None else by_meter.get(goal.meter_id)
            views.append(
                goal_view(
                    goal,
                    today=self._today,
                    meter=None if goal.meter_id is None else self._meters.get(goal.meter_id),
                    usage=linked_usage,
                    first_day=combined.first_day,
                    history=history.get(goal.id, ()),
                )
            )
        return tuple(views)

    def billing(self) -> BillingView:
        """The Billing tab."""
        names = {meter_id: meter.name for meter_id, meter in self._meters.items()}
        return billing_view(
            self._invoices,
            self._subscriptions,
            self._contracts,
            names,
            today=self._today,
            reporting=info.read_info(self._store).currency,
            rates=rates.list_rates(self._store),
            fiscal_month=self._fiscal_month,
        )

    def people(self) -> People:
        """Who is there, and who of us looks after them."""
        return People(self._persons, self._ours)

    def timeline(self) -> tuple[TimelineEntry, ...]:
        """Everything that happened, newest first."""
        store, family = self._store, self._family
        zone = zone_of(self._account.time_zone)
        return newest_first(
            (
                *from_tickets(self.tickets),
                *from_billing(zone, self._invoices, self._subscriptions, self._contracts),
                *from_people(
                    zone,
                    engagement.check_ins_of(store, family),
                    engagement.notes_of(store, family),
                    self._goals,
                    self._actions,
                    self._persons,
                ),
                *from_events(zone, calendar.of_accounts(store, family), billing.churn_of(store, family)),
            )
        )

    @cached_property
    def _account(self) -> Account:
        return accounts.get(self._store, self._id)

    def _events(self, combined: CombinedUsage) -> tuple[CalendarEvent, ...]:
        """What the calendar holds for the days of usage: kept entries, and public holidays."""
        kept = calendar.of_accounts(self._store, self._family)
        if combined.first_day is None or combined.last_day is None:
            return kept
        sites = accounts.sites(self._store, self._id) if self._with_sites else ()
        family = (self._account, *sites)
        places = sorted({(one.country, one.region or "") for one in family if one.country})
        return with_holidays(kept, places, range(combined.first_day.year, combined.last_day.year + 1))

    @cached_property
    def _fiscal_month(self) -> int:
        return self._account.fiscal_month or info.read_info(self._store).fiscal_month

    @cached_property
    def _family(self) -> tuple[AccountId, ...]:
        return accounts.family(self._store, self._id) if self._with_sites else (self._id,)

    @cached_property
    def _persons(self) -> tuple[Person, ...]:
        return people.persons_at(self._store, self._family)

    @cached_property
    def _actions(self) -> tuple[Action, ...]:
        return engagement.actions_of(self._store, self._family)

    @cached_property
    def _ours(self) -> tuple[Person, ...]:
        return people.pod_people(self._store, self._family)

    @cached_property
    def _contracts(self) -> tuple[Contract, ...]:
        return contracts.of_accounts(self._store, self._family)

    @cached_property
    def _committed(self) -> tuple[Contract, ...]:
        return commitments.committed_contracts(self._store, self._family)

    @cached_property
    def _invoices(self) -> tuple[Invoice, ...]:
        return billing.invoices_of(self._store, self._family)

    @cached_property
    def _subscriptions(self) -> tuple[Subscription, ...]:
        return billing.subscriptions_of(self._store, self._family)

    @cached_property
    def _goals(self) -> tuple[Goal, ...]:
        return goals.of_accounts(self._store, self._family)

    @cached_property
    def _meters(self) -> dict[MeterId, Meter]:
        return {meter.id: meter for meter in usage.meters(self._store)}

    @cached_property
    def _combined(self) -> CombinedUsage:
        return combine(usage.account_series(self._store, self._family), self._meters)


def account_header(workspace: Workspace, account_id: AccountId) -> AccountHeader:
    """The head of the Account page."""
    return AccountReading(workspace, account_id).header()


def account_usage(workspace: Workspace, account_id: AccountId) -> AccountUsage:
    """All usage on one day axis, with tickets and calendar events to draw on it."""
    return AccountReading(workspace, account_id).usage()


def account_tickets(workspace: Workspace, account_id: AccountId) -> tuple[Ticket, ...]:
    """Every ticket, newest first."""
    return AccountReading(workspace, account_id).tickets


def reached(workspace: Workspace, account_id: AccountId, *, with_sites: bool = True) -> tuple[AccountId, ...]:
    """The accounts whose rows an account's lists hold: its own, and those of its sites where they count."""
    return accounts.reach(workspace.store, account_id, with_sites=with_sites)


def account_goals(
    workspace: Workspace, account_id: AccountId, *, with_sites: bool = True
) -> tuple[GoalView, ...]:
    """Goals with their standing; those linked to a meter are measured from its usage."""
    return AccountReading(workspace, account_id, with_sites=with_sites).goals()


def account_billing(workspace: Workspace, account_id: AccountId, *, with_sites: bool = True) -> BillingView:
    """The Billing tab."""
    return AccountReading(workspace, account_id, with_sites=with_sites).billing()


def account_timeline(
    workspace: Workspace, account_id: AccountId, *, with_sites: bool = True
) -> tuple[TimelineEntry, ...]:
    """Everything that happened, newest first."""
    return AccountReading(workspace, account_id, with_sites=with_sites).timeline()


def account_people(workspace: Workspace, account_id: AccountId) -> People:
    """Who is there, and who of us looks after them."""
    return AccountReading(workspace, account_id).people()
