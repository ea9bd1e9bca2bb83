"""Health, spend, commitments and adoption of accounts: computed from their studies and what is agreed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.account_figures import (
    AccountFigures,
    AdoptionFigure,
    CommitmentFigure,
    Missing,
)
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.billing import Contract
from convergedesk.domain.episode_cost import EpisodeCost
from convergedesk.domain.episodes import Episode, KeptEffect
from convergedesk.domain.money import Money
from convergedesk.domain.terms import commitments_on
from convergedesk.domain.tickets import TicketId
from convergedesk.domain.usage import Meter, MeterId
from convergedesk.figures.account import GoalView
from convergedesk.figures.account_adoption import (
    IN_USE,
    adoption_figure,
    breadth_before,
)
from convergedesk.figures.account_health import (
    BACK,
    IN_TOUCH_WITHIN,
    HealthFacts,
    OpenTicket,
    health_figure,
)
from convergedesk.figures.account_money import AccountMoney, account_money, last_known
from convergedesk.figures.billed_months import BilledMonths, by_currency
from convergedesk.figures.burn_down_path import BurnDownPath, BurnDowns
from convergedesk.figures.episode_costs import episode_costs
from convergedesk.figures.episodes import mask_of
from convergedesk.figures.goal_views import GoalReading
from convergedesk.figures.kept_effects import effects_of
from convergedesk.figures.priced_months import by_meter
from convergedesk.figures.spend import spend_figure
from convergedesk.figures.study_inputs import AccountStudy, Surroundings, read_studies
from convergedesk.figures.wording import count, percent, short_day
from convergedesk.store import contracts as store_contracts
from convergedesk.store import goals as store_goals
from convergedesk.store.account_figures import contact_days
from convergedesk.store.accounts import family, get
from convergedesk.store.billed_months import BilledMonth, billed_months
from convergedesk.store.engine import Store
from convergedesk.store.insights import episodes_of
from convergedesk.store.usage import meters

METHOD = "4"
"""Changes whenever the same inputs would give other results."""
COSTS_KEPT_DAYS = 400
"""What older episodes cost is computed when it is asked for."""
_MONTHS_BACK = 4


@dataclass(frozen=True)
class AccountFacts:
    """What was agreed with one account and its sites, beside its usage and tickets.

    Attributes:
        contracts: Every contract, newest first.
        bills: What was billed, by currency.
        goals: The goals with their standing.
        goals_then: As they stood 28 days before the last day with usage.
        contacts: Days of logged check-ins, oldest first.
    """

    contracts: tuple[Contract, ...]
    bills: Mapping[str, BilledMonths]
    goals: tuple[GoalView, ...]
    goals_then: tuple[GoalView, ...]
    contacts: tuple[date, ...]

    @cached_property
    def stated(self) -> Mapping[MeterId, tuple[Contract, ...]]:
        """The contracts with nothing but one meter's terms, by meter."""
        return by_meter(self.contracts)


def inputs_digest(study: AccountStudy, signatures: Iterable[str], today: date) -> str:
    """Digest of everything that the figures of an account follow from."""
    hashed = hashlib.blake2b(study.digest.encode(), digest_size=16)
    hashed.update(today.isoformat().encode())
    for one in signatures:
        hashed.update(one.encode())
    return hashed.hexdigest()


def read_facts(
    store: Store,
    groups: Mapping[AccountId, Sequence[AccountId]],
    studies: Sequence[AccountStudy],
    today: date,
) -> dict[AccountId, AccountFacts]:
    """Reads what was agreed with accounts.

    Args:
        store: The workspace.
        groups: For each account, itself and the sites that roll up into it.
        studies: The accounts that are asked for.
        today: The workspace's today.
    """
    everyone = sorted({member for study in studies for member in groups[study.account_id]})
    contracts = _by_account(store_contracts.of_accounts(store, everyone))
    billed: dict[AccountId, list[BilledMonth]] = {}
    for one in billed_months(store, everyone, _since(contracts, today)):
        billed.setdefault(one.account_id, []).append(one)
    reading = GoalReading(store, store_goals.of_accounts(store, everyone))
    contacts = contact_days(store, everyone)
    found: dict[AccountId, AccountFacts] = {}
    for study in studies:
        members = groups[study.account_id]
        found[study.account_id] = AccountFacts(
            contracts=tuple(one for member in members for one in contracts.get(member, ())),
            bills=by_currency(one for member in members for one in billed.get(member, ())),
            goals=reading.views(today, members),
            goals_then=reading.views_then(_as_of(study, today) - BACK, members),
            contacts=tuple(sorted(day for member in members for day in contacts.get(member, ()))),
        )
    return found


def _by_account(contracts: Iterable[Contract]) -> dict[AccountId, list[Contract]]:
    found: dict[AccountId, list[Contract]] = {}
    for one in contracts:
        found.setdefault(one.account_id, []).append(one)
    return found


def _since(contracts: Mapping[AccountId, Sequence[Contract]], today: date) -> date:
    """The first day whose bills matter: of running terms, and of those that roll over into them."""
    days = [today - timedelta(days=31 * _MONTHS_BACK)]
    for mine in contracts.values():
        terms = [term for contract in mine for term in contract.commitments]
        days += [term.starts_on for term in terms if term.ends_on >= today]
        days += [term.starts_on for term in terms if term.rollover_share]
    return min(days).replace(day=1)


def _as_of(study: AccountStudy, today: date) -> date:
    last = last_known(study, today)
    return today - timedelta(days=1) if last is None else study.day(last)


def account_figures_of(
    study: AccountStudy,
    episodes: Sequence[Episode],
    kept: str,
    facts: AccountFacts,
    meters: Mapping[MeterId, Meter],
    *,
    today: date,
    now: datetime,
) -> AccountFigures:
    """Everything that is kept of an account beside the effects of its tickets.

    Args:
        study: Its usage and tickets.
        episodes: Its episodes.
        kept: The kept effects of its last days, as JSON.
        facts: What was agreed with it.
        meters: Every meter.
        today: The workspace's today.
        now: The instant to note as time of computation.
    """
    last = last_known(study, today)
    as_of = None if last is None else study.day(last)
    money = money_of(study, episodes, facts, today)
    spend = tuple(figure for one in money if (figure := spend_figure(one)) is not None)
    burning = [BurnDowns(one) for one in money]
    commitments = tuple(one.figure(place) for one in burning for place in range(len(one)))
    adoption = adoption_figure(study, facts.contracts, meters, last=last, today=today)
    facts_now = _facts(
        study, episodes, kept, facts, commitments, adoption, as_of or today - timedelta(days=1)
    )
    facts_then = None if last is None else _facts_then(study, episodes, kept, facts, burning, last)
    return AccountFigures(
        account_id=study.account_id,
        computed_at=now,
        as_of=as_of,
        health=health_figure(facts_now, facts_then, as_of=as_of),
        spend=spend,
        commitments=commitments,
        adoption=adoption,
        costs=episode_costs(
            study,
            episodes,
            (facts.contracts, facts.stated),
            _fees(money),
            last,
            since=(as_of or today) - timedelta(days=COSTS_KEPT_DAYS),
        ),
        missing=_missing(study, facts, spend, last),
    )


def _fees(money: Sequence[AccountMoney]) -> Money | None:
    """The steady monthly fees of the bills, where they are of one currency."""
    known = [Money(fees, one.currency) for one in money if (fees := one.billed.fees) is not None]
    return known[0] if len(known) == 1 else None


def money_of(
    study: AccountStudy, episodes: Sequence[Episode], facts: AccountFacts, today: date
) -> tuple[AccountMoney, ...]:
    """The account's usage as money, one entry for each currency."""
    running = commitments_on(facts.contracts, today)
    mask = over_mask(study, episodes)
    return account_money(study, mask, facts.contracts, facts.stated, facts.bills, running, today)


def _is_over(episode: Episode) -> bool:
    return episode.restoration is None or episode.restoration.restored


def _facts(
    study: AccountStudy,
    episodes: Sequence[Episode],
    kept: str,
    facts: AccountFacts,
    commitments: Sequence[CommitmentFigure],
    adoption: AdoptionFigure | None,
    day: date,
) -> HealthFacts:
    main = max(commitments, key=lambda one: (one.starts_on, one.promise.minor_units), default=None)
    unused: list[str] = []
    words = ""
    if adoption is not None:
        has = [one for one in adoption.meters if one.entitled or (one.entitled is None and one.last_used)]
        unused = [one.name for one in has if one.state != IN_USE]
        words = f"{adoption.used} of {count(adoption.entitled, 'meter')} in use"
    return HealthFacts(
        day=day,
        effects=_effects(kept, "now"),
        goals=facts.goals,
        episodes=episodes,
        tickets=_tickets(study, day),
        numbers=_numbers(study, episodes),
        contact_on=facts.contacts[-1] if facts.contacts else None,
        pace=None if main is None else main.pace,
        pace_words="" if main is None else _pace_words(main),
        breadth=None if adoption is None else adoption.breadth,
        breadth_words=words,
        unused=unused,
    )


def _facts_then(
    study: AccountStudy,
    episodes: Sequence[Episode],
    kept: str,
    facts: AccountFacts,
    burning: Sequence[BurnDowns],
    last: int,
) -> HealthFacts | None:
    """What the factors stood on 28 days earlier, as far as it is known today."""
    then = last - BACK.days
    if then < 0:
        return None
    day = study.day(then)
    paces = [
        pace for one in burning for place in range(len(one)) if (pace := one.pace_on(place, day)) is not None
    ]
    return HealthFacts(
        day=day,
        effects=_effects(kept, "earlier"),
        goals=facts.goals_then,
        episodes=episodes,
        tickets=_tickets(study, day),
        numbers={},
        contact_on=max((one for one in facts.contacts if one <= day), default=None),
        pace=paces[0] if paces else None,
        pace_words="",
        breadth=breadth_before(study, facts.contracts, then, day),
        breadth_words="",
        unused=(),
    )


def _effects(kept: str, name: str) -> dict[int, KeptEffect]:
    return {effect.horizon: effect for effect in effects_of(kept, name)}


def _numbers(study: AccountStudy, episodes: Sequence[Episode]) -> dict[int, str]:
    first = {one.ticket_ids[0] for one in episodes if one.restoration is not None and one.ticket_ids}
    return {local.ticket.id: local.ticket.number for local in study.tickets if local.ticket.id in first}


def _tickets(study: AccountStudy, day: date) -> tuple[OpenTicket, ...]:
    """The tickets that say something of a day: those open on it, and those of the months before."""
    since = day - IN_TOUCH_WITHIN
    return tuple(
        OpenTicket(local.ticket.number, local.opened_on, local.resolved_on, local.ticket.high)
        for local in study.tickets
        if local.opened_on >= since or local.resolved_on is None or local.resolved_on > day
    )


def _pace_words(one: CommitmentFigure) -> str:
    if one.pace is None:
        return "the term has just begun"
    words = f"{percent(one.pace)} of its pace"
    if one.exhausted is not None and one.exhausted < one.ends_on:
        return f"{words}, reached about {short_day(one.exhausted)}"
    return words


def _missing(
    study: AccountStudy, facts: AccountFacts, spend: Sequence[object], last: int | None
) -> tuple[Missing, ...]:
    found: list[Missing] = []
    if last is None:
        found.append(Missing("No daily usage is known.", "Import usage by day and meter."))
    if not facts.contracts:
        found.append(Missing("No contract is known.", "Add it under Contract, or import contracts."))
    elif not spend and last is not None:
        found.append(Missing("No contract prices what is used.", "Add the prices under Contract."))
    if not facts.bills:
        found.append(Missing("Nothing was billed lately.", "Import invoices."))
    if not study.tickets:
        found.append(Missing("No ticket is known.", "Import tickets."))
    if not facts.goals:
        found.append(Missing("No goal is agreed.", "Add a goal under Goals."))
    return tuple(found)


def over_mask(study: AccountStudy, episodes: Sequence[Episode]) -> NDArray[np.bool_]:
    """Days of trouble that is over, no part of what the days ahead are expected from, shape (days,)."""
    return mask_of(study, [one for one in episodes if one.resolved_on is not None and _is_over(one)])


@dataclass(frozen=True, slots=True)
class PreparedBurnDown:
    """A running commitment whose way can be asked for under any change of use, without reading anything.

    Attributes:
        figure: The commitment as things are.
    """

    figure: CommitmentFigure
    _burning: BurnDowns
    _place: int

    def path(self, change: float = 0.0) -> BurnDownPath:
        """The way through the term if the use still to come changes by a share, such as −0.1."""
        return self._burning.path(self._place, change)


def burn_downs_of(store: Store, account_id: AccountId, today: date) -> tuple[PreparedBurnDown, ...]:
    """The running commitments of an account, its sites rolled up, ready for any what-if."""
    study, facts, episodes = _read_one(store, account_id, today)
    found = [BurnDowns(one) for one in money_of(study, episodes, facts, today)]
    return tuple(
        PreparedBurnDown(one.figure(place), one, place) for one in found for place in range(len(one))
    )


def cost_of_ticket(
    store: Store, account_id: AccountId, ticket_id: TicketId, today: date
) -> EpisodeCost | None:
    """What the episode of a ticket of an account and its sites cost, however long ago; None without a dip."""
    study, facts, episodes = _read_one(store, account_id, today)
    money = money_of(study, episodes, facts, today)
    last = last_known(study, today)
    found = episode_costs(
        study, episodes, (facts.contracts, facts.stated), _fees(money), last, of_ticket=ticket_id
    )
    return found[0] if found else None


def _read_one(
    store: Store, account_id: AccountId, today: date
) -> tuple[AccountStudy, AccountFacts, tuple[Episode, ...]]:
    group = {account_id: family(store, account_id)}
    accounts = {one: get(store, one) for one in group[account_id]}
    around = Surroundings({meter.id: meter for meter in meters(store)}, accounts, (), today)
    (study,) = read_studies(store, group, around)
    return study, read_facts(store, group, [study], today)[account_id], episodes_of(store, [account_id])
