"""What people enter and no import carries, written through the store's repositories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from convergedesk.domain.accounts import AccountId, PersonId
from convergedesk.domain.billing import Commitment, Contract, ContractId, Entitlement, MeterPrice, Ramp
from convergedesk.domain.engagement import Action, CheckIn, Note
from convergedesk.domain.errors import CancelledError
from convergedesk.domain.goals import GoalDraft, GoalMeasurement
from convergedesk.domain.protocols import CancelToken, Progress
from convergedesk.domain.usage import Meter, MeterId
from convergedesk.figures.goal_standing import measure
from convergedesk.store import accounts as account_store
from convergedesk.store import contracts as contract_store
from convergedesk.store import engagement as engagement_store
from convergedesk.store import goals as goal_store
from convergedesk.store import meters as meter_store
from convergedesk.store import people as people_store
from convergedesk.store import pictures as picture_store
from convergedesk.store import pods as pod_store
from convergedesk.store import usage as usage_store
from convergedesk.store.engine import Store
from convergedesk.workspace.sample.bar_picture import bar_picture
from convergedesk.workspace.sample.catalogue import PRODUCTS
from convergedesk.workspace.sample.contracts import ContractPlan, contracts_of
from convergedesk.workspace.sample.engagement import ActionPlan, CheckInPlan, GoalPlan, NotePlan
from convergedesk.workspace.sample.feedback_writing import write_feedback
from convergedesk.workspace.sample.names import email
from convergedesk.workspace.sample.pilot_contacts import PILOT_ACTIONS, PILOT_CHECK_INS, PILOT_NOTES
from convergedesk.workspace.sample.pilot_goals import PILOT_GOALS
from convergedesk.workspace.sample.plan import AccountPlan
from convergedesk.workspace.sample.routine import (
    routine_actions,
    routine_check_ins,
    routine_goals,
    routine_notes,
)
from convergedesk.workspace.sample.spec import LAST_DAY
from convergedesk.workspace.sample.team import PILOT_BEGAN, PILOT_POD, VENDOR_DOMAIN, pod_of, team_of
from convergedesk.workspace.sample.ticket_notes import write_ticket_notes
from convergedesk.workspace.sample.world import World

_Entry = TypeVar("_Entry", CheckInPlan, NotePlan, ActionPlan)


@dataclass(frozen=True, slots=True)
class _Ids:
    """How the plans' keys are called in the store."""

    accounts: Mapping[str, AccountId]
    meters: Mapping[str, MeterId]


def write_edits(store: Store, world: World, progress: Progress, cancel: CancelToken) -> None:
    """Add meters' names, people, pods, contracts, goals, contacts, notes, actions and feedback.

    Raises:
        CancelledError: The person stopped it; what was written stays.
    """
    ids = _ids(store, world)
    _name_meters(store)
    _add_team(store, world, ids)
    plans = {account.key: account for account in world.accounts}
    for done, account in enumerate(world.accounts):
        if cancel.cancelled:
            raise CancelledError("Creating the sample workspace was stopped.")
        progress(done, len(world.accounts), "Adding contracts, goals and notes")
        _add_contracts(store, account, ids, world.spec.first_day)
        goals = [goal for goal in PILOT_GOALS if goal.account == account.key]
        for goal in (*goals, *routine_goals(world.spec, account)):
            _add_goal(store, goal, ids, world)
        _add_contacts(store, world, account, ids)
    write_feedback(store, world, ids.accounts)
    pilots = {goal.account for goal in PILOT_GOALS} & ids.accounts.keys()
    write_ticket_notes(store, [ids.accounts[key] for key in sorted(pilots)])
    progress(len(plans), len(plans), "Adding contracts, goals and notes")


def _ids(store: Store, world: World) -> _Ids:
    by_domain = {account.domain: account.id for account in account_store.list_accounts(store)}
    accounts = {site.key: by_domain[site.domain] for site in world.sites if site.domain in by_domain}
    return _Ids(accounts, {meter.key: meter.id for meter in usage_store.meters(store)})


def _name_meters(store: Store) -> None:
    """The usage source names keys alone; names, units and how days combine are ours to state."""
    for meter in usage_store.meters(store):
        product = PRODUCTS.get(meter.key)
        if product is not None:
            known = Meter(
                meter.id, meter.key, product.name, product.unit, product.aggregation, absent_is_zero=False
            )
            meter_store.describe(store, known, now=_instant(LAST_DAY))


def _add_team(store: Store, world: World, ids: _Ids) -> None:
    now = _instant(world.spec.first_day)
    people: dict[str, PersonId] = {
        name: people_store.add_person(
            store, name, role, now=now, title=title, email=email(name, VENDOR_DOMAIN)
        )
        for name, role, title in team_of(world.pods)
    }
    for pod in world.pods:
        members = (pod.success_manager, *pod.agents)
        pod_id = pod_store.add_pod(
            store,
            pod.name,
            now=now,
            member_ids=[people[name] for name in members],
            account_ids=[ids.accounts[a.key] for a in world.accounts if pod_of(a.number, world.pods) is pod],
        )
        if pod.name == PILOT_POD:
            pod_store.start_pod(store, pod_id, PILOT_BEGAN, now=now)


def _add_contracts(store: Store, account: AccountPlan, ids: _Ids, first_day: date) -> None:
    added: dict[str, ContractId] = {}
    for plan in contracts_of(account, first_day):
        contract = _contract(plan, ids.accounts[account.key], ids.meters)
        amended = None if plan.amends is None else added[plan.amends]
        # Signed a fortnight before it holds.
        now = _instant(plan.starts_on - timedelta(days=14))
        added[plan.external_id] = contract_store.add(store, replace(contract, amends_id=amended), now=now)


def _contract(plan: ContractPlan, account_id: AccountId, meters: Mapping[str, MeterId]) -> Contract:
    promise = plan.commitment
    commitments = (
        ()
        if promise is None
        else (
            Commitment(
                promise.starts_on,
                promise.ends_on,
                promise.amount,
                ramps=tuple(Ramp(day, amount) for day, amount in promise.ramps),
                rollover_share=promise.rollover_share,
                prepaid=promise.prepaid,
                overage_share=promise.overage_share,
            ),
        )
    )
    return Contract(
        ContractId(0),
        account_id,
        plan.external_id,
        plan.name,
        plan.starts_on,
        plan.ends_on,
        plan.currency,
        prices=tuple(
            MeterPrice(meters[entry.meter], entry.effective_from, entry.model, entry.tiers)
            for entry in plan.prices
            if entry.meter in meters
        ),
        entitlements=tuple(
            Entitlement(meters[meter], day, quantity)
            for meter, day, quantity in plan.entitlements
            if meter in meters
        ),
        commitments=commitments,
        sla_terms=plan.sla_terms,
        notice_days=plan.notice_days,
        billing_zone=plan.billing_zone,
    )


def _add_goal(store: Store, plan: GoalPlan, ids: _Ids, world: World) -> None:
    start, current = plan.start, plan.values[-1].value if plan.values else None
    if plan.meter is not None and plan.measure is not None:
        if plan.meter not in ids.meters:
            return
        current = _measured(plan, world, LAST_DAY)
        start = plan.start if plan.start is not None else _measured(plan, world, plan.agreed_on)
    if start is None:
        return
    draft = GoalDraft(
        title=plan.title,
        start=start,
        target=plan.target,
        current=current,
        unit=plan.unit,
        agreed_on=plan.agreed_on,
        due_on=plan.due_on,
        owner=plan.owner,
        evidence=plan.evidence,
        audience=plan.audience,
        state=plan.state,
        meter_id=None if plan.meter is None else ids.meters[plan.meter],
        measure=plan.measure,
    )
    goal = goal_store.create(store, ids.accounts[plan.account], draft, now=_instant(plan.agreed_on))
    for value in plan.values:
        recorded = GoalMeasurement(goal.id, value.day, value.value, plan.reported_by, value.note)
        goal_store.record(store, recorded, now=_instant(value.day))


def _measured(plan: GoalPlan, world: World, day: date) -> float | None:
    """What the linked meter says on a day, to three digits; None with too little usage."""
    block = world.usage[plan.account]
    row = next(
        (row for meter, row in zip(block.plan.meters, block.values, strict=True) if meter.key == plan.meter),
        None,
    )
    if row is None or plan.measure is None:
        return None
    value = measure(row[: (day - block.first_day).days + 1], day, plan.measure)
    return None if value is None else float(f"{value:.3g}")


def _add_contacts(store: Store, world: World, account: AccountPlan, ids: _Ids) -> None:
    account_id, first_day = ids.accounts[account.key], world.spec.first_day
    for check_in in _of(account, (*routine_check_ins(world.spec, account), *PILOT_CHECK_INS)):
        held = account.utc(check_in.held)
        if held.date() >= first_day:
            engagement_store.add_check_in(store, _check_in(check_in, account_id, held), now=held)
    for note in _of(account, (*routine_notes(world.spec, account), *PILOT_NOTES)):
        written = account.utc(note.written)
        if written.date() >= first_day:
            body = note.body
            if note.bars:
                picture = bar_picture(note.bars)
                picture_store.keep(store, picture, now=written)
                body += f"\n\n![{note.bars_say}](picture:{picture.digest})"
            judged = (note.pulse, note.pulse_reason)
            entry = Note(account_id, written, note.author, body, note.audience, *judged)
            engagement_store.add_note(store, entry, now=written)
    for action in _of(account, (*routine_actions(world.spec, account), *PILOT_ACTIONS)):
        entry = Action(account_id, action.title, action.owner, action.due_on, action.done_on)
        engagement_store.add_action(store, entry, now=_instant(action.due_on - timedelta(days=9)))


def _check_in(plan: CheckInPlan, account_id: AccountId, held: datetime) -> CheckIn:
    return CheckIn(account_id, held, plan.channel, plan.author, plan.attendees, plan.summary, plan.next_step)


def _of(account: AccountPlan, entries: Iterable[_Entry]) -> list[_Entry]:
    return [entry for entry in entries if entry.account == account.key]


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)
