"""Writes the sample's feedback through the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.feedback import Feedback, Request, RequestId
from convergedesk.domain.tickets import TicketId
from convergedesk.store import feedback, tickets, usage
from convergedesk.store.engine import Store
from convergedesk.workspace.sample.feedback import PILOT_FEEDBACK, FeedbackPlan, routine_feedback
from convergedesk.workspace.sample.plan import AccountPlan
from convergedesk.workspace.sample.requests import REQUESTS, RequestPlan
from convergedesk.workspace.sample.world import World


def write_feedback(store: Store, world: World, accounts: Mapping[str, AccountId]) -> None:
    """Add what customers said, and the requests that it belongs to.

    Args:
        store: The workspace.
        world: What the sample is about.
        accounts: Ids by the plans' keys.
    """
    said = [plan for plan in _planned(world) if plan[1].account in accounts]
    wanted = {plan.request for _, plan in said}
    wanted |= {one.merged_into for one in REQUESTS if one.key in wanted}
    requests = _requests(store, wanted, world.spec.first_day)
    numbers = {plan.ticket for _, plan in said if plan.ticket}
    known = _tickets(store, sorted({accounts[plan.account] for _, plan in said if plan.ticket}), numbers)
    for account, plan in said:
        given = account.utc(plan.given)
        item = Feedback(
            accounts[plan.account],
            given,
            plan.body,
            plan.author,
            plan.audience,
            ticket_id=known.get(plan.ticket),
            request_id=requests.get(plan.request),
        )
        feedback.add_item(store, item, now=given)


def _planned(world: World) -> list[tuple[AccountPlan, FeedbackPlan]]:
    by_key = {site.key: site for site in world.sites}
    by_hand = [(by_key[plan.account], plan) for plan in PILOT_FEEDBACK if plan.account in by_key]
    drawn = [(account, plan) for account in world.accounts for plan in routine_feedback(world.spec, account)]
    first = world.spec.first_day
    return [(account, plan) for account, plan in (*by_hand, *drawn) if plan.given.date() >= first]


def _requests(store: Store, wanted: set[str], first_day: date) -> dict[str, RequestId]:
    features = {one.name: one for one in usage.features(store)}
    ids: dict[str, RequestId] = {}
    plans = [plan for plan in REQUESTS if plan.key in wanted]
    for plan in plans:
        now = datetime.combine(max(plan.status_on, first_day), time(10), UTC)
        request = Request(plan.title, plan.status, plan.status_on, plan.answer, features.get(plan.feature))
        ids[plan.key] = feedback.add_request(store, request, now=now)
    for plan in plans:
        if plan.merged_into:
            _merge(store, ids, plan)
    return ids


def _merge(store: Store, ids: Mapping[str, RequestId], plan: RequestPlan) -> None:
    request = feedback.get_request(store, ids[plan.key])
    merged = replace(request, merged_into_id=ids[plan.merged_into])
    feedback.edit_request(store, merged, now=datetime.combine(plan.status_on, time(11), UTC))


def _tickets(store: Store, accounts: list[AccountId], numbers: set[str]) -> dict[str, TicketId]:
    found = tickets.of_accounts(store, accounts)
    return {one.number: one.id for one in found if one.number in numbers}
