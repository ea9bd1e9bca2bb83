"""One account: header, usage, tickets, goals, billing, timeline, people. Sites are rolled up."""

from __future__ import annotations

from convergedesk.domain.accounts import AccountId, PersonRole
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.goals import GoalState
from convergedesk.domain.tickets import Ticket
from convergedesk.domain.usage import MeterId
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
    contracts,
    engagement,
    goals,
    people,
    tickets,
    usage,
)
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


def account_header(workspace: Workspace, account_id: AccountId) -> AccountHeader:
    """The head of the Account page."""
    store, today = workspace.store, workspace.today
    account = accounts.get(store, account_id)
    family = accounts.family(store, account_id)
    ours = people.pod_people(store, family)
    pods = people.list_pods(store)
    return AccountHeader(
        account=account,
        parent=None if account.parent_id is None else accounts.get(store, account.parent_id),
        sites=accounts.sites(store, account_id),
        support_agents=tuple(p.name for p in ours if p.role is PersonRole.SUPPORT_AGENT),
        pods=tuple(pod.name for pod in pods if set(pod.account_ids) & set(family)),
        commitment=commitment_use(
            contracts.of_accounts(store, family), billing.invoices_of(store, family), today
        ),
        mrr=monthly_recurring(billing.subscriptions_of(store, family), today),
        open_tickets=sum(one.closed_at is None for one in tickets.of_accounts(store, family)),
        open_goals=sum(one.state is GoalState.OPEN for one in goals.of_accounts(store, family)),
        today=today,
    )


def account_usage(workspace: Workspace, account_id: AccountId) -> AccountUsage:
    """All usage on one day axis, with tickets and calendar events to draw on it."""
    store = workspace.store
    family = accounts.family(store, account_id)
    combined = _combined(workspace, family)
    return AccountUsage(
        account_id=account_id,
        first_day=combined.first_day,
        days=combined.days,
        meters=combined.meters,
        total=combined.total,
        total_label=combined.total_label,
        tickets=tuple(reversed(tickets.of_accounts(store, family))),
        events=calendar.of_accounts(store, family),
        as_of=combined.last_day,
    )


def account_tickets(workspace: Workspace, account_id: AccountId) -> tuple[Ticket, ...]:
    """Every ticket, newest first."""
    return tickets.of_accounts(workspace.store, accounts.family(workspace.store, account_id))


def account_goals(workspace: Workspace, account_id: AccountId) -> tuple[GoalView, ...]:
    """Goals with their standing; those linked to a meter are measured from its usage."""
    store, today = workspace.store, workspace.today
    family = accounts.family(store, account_id)
    kept = goals.of_accounts(store, family)
    history = goals.history(store, [goal.id for goal in kept])
    linked = any(goal.meter_id is not None for goal in kept)
    combined = _combined(workspace, family) if linked else combine((), {})
    by_meter = {one.meter.id: one for one in combined.meters}
    views: list[GoalView] = []
    for goal in kept:
        linked_usage = None if goal.meter_id is None else by_meter.get(goal.meter_id)
        views.append(
            goal_view(
                goal,
                today=today,
                meter=None if linked_usage is None else linked_usage.meter,
                usage=linked_usage,
                first_day=combined.first_day,
                history=history.get(goal.id, ()),
            )
        )
    return tuple(views)


def account_billing(workspace: Workspace, account_id: AccountId) -> BillingView:
    """The Billing tab."""
    store = workspace.store
    family = accounts.family(store, account_id)
    return billing_view(
        billing.invoices_of(store, family),
        billing.subscriptions_of(store, family),
        contracts.of_accounts(store, family),
        {meter.id: meter.name for meter in usage.meters(store)},
        today=workspace.today,
    )


def account_timeline(workspace: Workspace, account_id: AccountId) -> tuple[TimelineEntry, ...]:
    """Everything that happened, newest first."""
    store = workspace.store
    family = accounts.family(store, account_id)
    zone = zone_of(accounts.get(store, account_id).time_zone)
    return newest_first(
        (
            *from_tickets(tickets.of_accounts(store, family)),
            *from_billing(
                zone,
                billing.invoices_of(store, family),
                billing.subscriptions_of(store, family),
                contracts.of_accounts(store, family),
            ),
            *from_people(
                zone,
                engagement.check_ins_of(store, family),
                engagement.notes_of(store, family),
                goals.of_accounts(store, family),
            ),
            *from_events(zone, calendar.of_accounts(store, family), billing.churn_of(store, family)),
        )
    )


def account_people(workspace: Workspace, account_id: AccountId) -> People:
    """Who is there, and who of us looks after them."""
    store = workspace.store
    family = accounts.family(store, account_id)
    return People(people.persons_at(store, family), people.pod_people(store, family))


def _combined(workspace: Workspace, family: tuple[AccountId, ...]) -> CombinedUsage:
    meters = {MeterId(meter.id): meter for meter in usage.meters(workspace.store)}
    return combine(usage.account_series(workspace.store, family), meters)
