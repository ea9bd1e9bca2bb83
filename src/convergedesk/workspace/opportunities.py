"""Opportunities: what accounts could still get out of what they have, and what was decided about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from convergedesk.domain.accounts import Account, AccountId
from convergedesk.domain.edits import EditId
from convergedesk.domain.engagement import Action, ActionId
from convergedesk.domain.goals import Goal, GoalState
from convergedesk.domain.money import MoneyRange
from convergedesk.domain.opportunities import DecisionState, OpportunityDecision, OpportunityKey
from convergedesk.domain.rates import ExchangeRate
from convergedesk.store import accounts, engagement, goals, info, rates
from convergedesk.store import opportunities as store_opportunities
from convergedesk.workspace.account_figures import openings as find_openings
from convergedesk.workspace.account_figures import portfolio_figures
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.session import Workspace

if TYPE_CHECKING:
    from convergedesk.domain.account_figures import AccountFigures, Missing
    from convergedesk.figures.account_figures import PreparedBurnDown
    from convergedesk.figures.openings import Opening
    from convergedesk.figures.reach import Reach
    from convergedesk.figures.under_use_book import UnderUseBook

_KINDS = frozenset({Kind.OPPORTUNITIES})


class OpportunityState(StrEnum):
    """Where an opportunity stands."""

    OPEN = "open"
    TAKEN_UP = "taken_up"
    NOT_NOW = "not_now"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Opportunity:
    """An opening with what a team knows and decided about it.

    Attributes:
        key: What decisions hang on.
        opening: What was computed.
        state: Where it stands today.
        decision: The last decision, also where it holds no more; None where none was made.
        action: What is to be done about it, or None.
        owner: Who looks after the account; empty where unknown.
        tier: The account's tier; empty where unknown.
        goal: An open goal of the account that it would serve, or None.
        value: Its value a month, in the reporting currency where a rate is stated; None where not known.
    """

    key: OpportunityKey
    opening: Opening
    state: OpportunityState
    decision: OpportunityDecision | None
    action: Action | None
    owner: str
    tier: str
    goal: Goal | None
    value: MoneyRange | None


@dataclass(frozen=True, slots=True)
class OpportunityBook:
    """All opportunities.

    Attributes:
        rows: Those without a decision first, then by certainty and money.
        reach: What the open ones add up to.
        use: Use of every meter beside its tier.
        as_of: Last day with usage, or None.
        missing: What the workspace lacks to say more, and what would bring it.
        reporting: The reporting currency, or None.
    """

    rows: tuple[Opportunity, ...]
    reach: Reach
    use: UnderUseBook
    as_of: date | None
    missing: tuple[Missing, ...]
    reporting: str | None


@dataclass(frozen=True, slots=True)
class OpportunityDetail:
    """The figures behind one opportunity, for its chart.

    Attributes:
        months: First days of the last whole months, oldest first.
        units: What the account used of the meter in them; None where nothing was reported.
        burn_down: The commitment that it is about, or None.
    """

    months: tuple[date, ...] = ()
    units: tuple[float | None, ...] = ()
    burn_down: PreparedBurnDown | None = None


def opportunity_book(workspace: Workspace, among: Collection[AccountId] | None = None) -> OpportunityBook:
    """Every opportunity, or those of some accounts."""
    from convergedesk.figures.reach import reach_of

    store = workspace.store
    with store.read_together():
        found = find_openings(workspace)
        known = {one.id: one for one in accounts.list_accounts(store)}
        decisions = store_opportunities.latest_decisions(store)
        reporting, stated = info.read_info(store).currency, rates.list_rates(store)
        wanted = [one for one in found.rows if among is None or one.account_id in among]
        served = _goals(workspace, {one.account_id for one in wanted})
        actions = _actions(workspace, decisions.values())
    rows = [
        _opportunity(workspace, one, known, decisions, served, actions, (reporting, stated)) for one in wanted
    ]
    rows.sort(key=lambda row: row.state is not OpportunityState.OPEN)
    still_open = [row.opening for row in rows if row.state is OpportunityState.OPEN]
    reach = reach_of(still_open, reporting, stated, workspace.today)
    return OpportunityBook(tuple(rows), reach, found.book, found.as_of, found.missing, reporting)


def opportunity_detail(workspace: Workspace, opportunity: Opportunity) -> OpportunityDetail:
    """What an opportunity's chart shows."""
    from convergedesk.workspace.account_figures import burn_downs

    opening = opportunity.opening
    if opening.meter_id is not None:
        figures = portfolio_figures(workspace, [opening.account_id]).get(opening.account_id)
        adoption = None if figures is None else figures.adoption
        meters = () if adoption is None else adoption.meters
        meter = next((one for one in meters if one.meter_id == opening.meter_id), None)
        if adoption is None or meter is None:
            return OpportunityDetail()
        # A month that has only begun would look like a fall.
        whole = [place for place, first in enumerate(adoption.months) if _is_over(first, figures)]
        return OpportunityDetail(
            tuple(adoption.months[place] for place in whole), tuple(meter.months[place] for place in whole)
        )
    contract, _, place = opening.subject.partition(":")
    for prepared in burn_downs(workspace, opening.account_id) if contract else ():
        if (str(prepared.figure.contract_id), str(prepared.figure.place)) == (contract, place):
            return OpportunityDetail(burn_down=prepared)
    return OpportunityDetail()


def take_up(workspace: Workspace, key: OpportunityKey, action: Action) -> Changes:
    """Decide to do something about it: an action with an owner and a day."""
    with workspace.edit(f"Took up “{action.title}”", account_id=key.account_id) as edit:
        action_id = engagement.add_action(workspace.store, action, now=workspace.clock.now())
        _decide(workspace, key, DecisionState.TAKEN_UP, action_id=action_id)
    kinds = _KINDS | {Kind.ENGAGEMENT}
    return Changes(frozenset({key.account_id}), kinds, edit_id=edit.id)


def put_off(workspace: Workspace, key: OpportunityKey, title: str, until: date, reason: str = "") -> Changes:
    """Decide not to look at it before a day."""
    with workspace.edit(f"Put off “{title}”", account_id=key.account_id) as edit:
        _decide(workspace, key, DecisionState.NOT_NOW, until=until, reason=reason)
    return _changed(key, edit.id)


def dismiss(workspace: Workspace, key: OpportunityKey, title: str, reason: str) -> Changes:
    """Decide that it is none; it stays listed among what was dismissed."""
    with workspace.edit(f"Dismissed “{title}”", account_id=key.account_id) as edit:
        _decide(workspace, key, DecisionState.DISMISSED, reason=reason)
    return _changed(key, edit.id)


def reopen(workspace: Workspace, key: OpportunityKey, title: str) -> Changes:
    """Take back what was decided; an action that was made stays."""
    with workspace.edit(f"Opened “{title}” again", account_id=key.account_id) as edit:
        store_opportunities.forget(workspace.store, key)
    return _changed(key, edit.id)


def _is_over(first: date, figures: AccountFigures | None) -> bool:
    """Whether the month's usage is known to its end."""
    last = figures.as_of if figures is not None else None
    return last is not None and (first + timedelta(days=32)).replace(day=1) <= last + timedelta(days=1)


def _decide(
    workspace: Workspace,
    key: OpportunityKey,
    state: DecisionState,
    *,
    until: date | None = None,
    reason: str = "",
    action_id: ActionId | None = None,
) -> None:
    now = workspace.clock.now()
    decision = OpportunityDecision(key, state, now, until, reason.strip(), workspace.author, action_id)
    store_opportunities.decide(workspace.store, decision, now=now)


def _opportunity(
    workspace: Workspace,
    opening: Opening,
    known: Mapping[AccountId, Account],
    decisions: Mapping[OpportunityKey, OpportunityDecision],
    served: Mapping[AccountId, list[Goal]],
    actions: Mapping[ActionId, Action],
    money: tuple[str | None, tuple[ExchangeRate, ...]],
) -> Opportunity:
    from convergedesk.figures.reach import value_in

    reporting, stated = money
    key = OpportunityKey(opening.account_id, opening.kind.value, opening.subject)
    decision = decisions.get(key)
    state = OpportunityState.OPEN
    if decision is not None and decision.holds(workspace.today):
        state = OpportunityState(decision.state.value)
    account = known.get(opening.account_id)
    action_id = None if decision is None else decision.action_id
    value = opening.value
    return Opportunity(
        key=key,
        opening=opening,
        state=state,
        decision=decision,
        action=None if action_id is None else actions.get(action_id),
        owner="" if account is None else account.success_manager or account.owner or "",
        tier="" if account is None else account.tier or "",
        goal=_matching(opening, served.get(opening.account_id, [])),
        value=None if value is None else value_in(value, reporting, stated, workspace.today),
    )


def _matching(opening: Opening, found: list[Goal]) -> Goal | None:
    """The goal that is measured by the meter, or else one whose title names it."""
    if opening.meter_id is None:
        return None
    linked = next((goal for goal in found if goal.meter_id == opening.meter_id), None)
    words = opening.title.casefold().split()
    named = (goal for goal in found if all(word in goal.title.casefold() for word in words))
    return linked or next(named, None)


def _goals(workspace: Workspace, wanted: Collection[AccountId]) -> dict[AccountId, list[Goal]]:
    """Open goals by the account that they count with, sites included."""
    if not wanted:
        return {}
    parents = {one.id: one.parent_id for one in accounts.list_accounts(workspace.store)}
    served: defaultdict[AccountId, list[Goal]] = defaultdict(list)
    for goal, _ in goals.everywhere(workspace.store):
        if goal.state is GoalState.OPEN:
            account: AccountId | None = goal.account_id
            while account is not None and account not in wanted:
                account = parents.get(account)
            if account is not None:
                served[account].append(goal)
    return served


def _actions(workspace: Workspace, decisions: Collection[OpportunityDecision]) -> dict[ActionId, Action]:
    owners = sorted({one.key.account_id for one in decisions if one.action_id is not None})
    return {one.id: one for one in engagement.actions_of(workspace.store, owners)} if owners else {}


def _changed(key: OpportunityKey, edit_id: EditId | None) -> Changes:
    return Changes(frozenset({key.account_id}), _KINDS, edit_id=edit_id)
