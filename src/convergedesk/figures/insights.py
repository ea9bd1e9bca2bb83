"""Computes what tickets did to usage, keeps it, and computes again only what a change touched."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime

import numpy as np

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.episodes import Episode, KeptInsights
from convergedesk.domain.protocols import CancelToken, NeverCancelled, Progress, no_progress
from convergedesk.figures.account_figures import METHOD as FIGURES_METHOD
from convergedesk.figures.account_figures import account_figures_of, inputs_digest, read_facts
from convergedesk.figures.briefs import refresh_briefs
from convergedesk.figures.episodes import MeterRows, account_figures, episodes_of_study
from convergedesk.figures.study_inputs import AccountStudy, Surroundings, read_studies, tickets_by_account
from convergedesk.insights.episode_study import TicketDays, study_episodes
from convergedesk.store.account_figures import drop_others, signatures
from convergedesk.store.account_figures import keep as keep_figures
from convergedesk.store.account_figures import kept_inputs as figures_inputs
from convergedesk.store.accounts import list_accounts
from convergedesk.store.calendar import list_events
from convergedesk.store.engine import Store
from convergedesk.store.insights import episodes_of, insights_of, keep, kept_inputs
from convergedesk.store.study_inputs import StudyTicket
from convergedesk.store.usage import meters

METHOD = "3"
"""Changes whenever the same inputs would give other results; what an older method found is computed anew."""
_ACCOUNTS_AT_ONCE = 48
_TICKETS_AT_ONCE = 8 * _ACCOUNTS_AT_ONCE


def refresh_insights(
    store: Store,
    touched: Collection[AccountId] | None,
    *,
    today: date,
    now: datetime,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> frozenset[AccountId]:
    """Brings the kept results up to date.

    Accounts whose inputs are the same as when they were computed are left alone, so asking for all of them
    after a start costs little more than reading them. Every batch is kept as soon as it is done.

    Args:
        store: The workspace.
        touched: The accounts that a change touched; None for all.
        today: The workspace's today; days from it on are not over.
        now: The instant to note as time of computation.
        progress: Told in accounts.
        cancel: Asked before each batch.

    Returns:
        The accounts that were computed.
    """
    token = cancel or NeverCancelled()
    known = {account.id: account for account in list_accounts(store)}
    around = Surroundings({meter.id: meter for meter in meters(store)}, known, list_events(store), today)
    groups = _groups({account.id: account.parent_id for account in known.values()}, touched)
    computed: set[AccountId] = set()
    kept = kept_inputs(store, METHOD)
    kept_figures = figures_inputs(store, FIGURES_METHOD)
    wanted = sorted(groups)
    tickets: Mapping[AccountId, Sequence[StudyTicket]] = {}
    for done in range(0, len(wanted), _ACCOUNTS_AT_ONCE):
        if token.cancelled:
            break
        progress(done, len(wanted), "Comparing usage with what was expected")
        batch = {account: groups[account] for account in wanted[done : done + _ACCOUNTS_AT_ONCE]}
        if done % _TICKETS_AT_ONCE == 0:
            # They lie scattered over the file: read by batch, most of it would be read for each.
            ahead = wanted[done : done + _TICKETS_AT_ONCE]
            tickets = tickets_by_account(store, sorted({one for account in ahead for one in groups[account]}))
        studies = read_studies(store, batch, around, tickets)
        stale = [study for study in studies if kept.get(study.account_id) != study.digest]
        new: dict[AccountId, tuple[str, list[Episode]]] = {}
        if stale:
            insights, episodes = _computed(stale, now)
            keep(store, insights, episodes, method=METHOD)
            computed.update(study.account_id for study in stale)
            new = {one.account_id: (one.figures, []) for one in insights}
            for episode in episodes:
                new[episode.account_id][1].append(episode)
        computed.update(_refresh_figures(store, batch, studies, around, now, kept_figures, new))
    if touched is None and not token.cancelled:
        keep(store, (), (), method=METHOD, keeps=known)
        drop_others(store, known)
    computed |= refresh_briefs(store, today=today, now=now, computed=computed)
    progress(len(wanted), len(wanted), "Comparing usage with what was expected")
    return frozenset(computed)


def _refresh_figures(
    store: Store,
    batch: Mapping[AccountId, Sequence[AccountId]],
    studies: Sequence[AccountStudy],
    around: Surroundings,
    now: datetime,
    kept: Mapping[AccountId, str],
    new: Mapping[AccountId, tuple[str, list[Episode]]],
) -> list[AccountId]:
    """Brings what follows from usage and from what is agreed up to date, where either changed."""
    signed = signatures(store, sorted({member for group in batch.values() for member in group}))
    digests = {
        study.account_id: inputs_digest(
            study, (signed.get(member, "") for member in batch[study.account_id]), around.today
        )
        for study in studies
    }
    stale = [study for study in studies if kept.get(study.account_id) != digests[study.account_id]]
    if not stale:
        return []
    accounts = [study.account_id for study in stale]
    facts = read_facts(store, batch, stale, around.today)
    effects = dict(new)
    old = [account for account in accounts if account not in new]
    effects.update({one.account_id: (one.figures, []) for one in insights_of(store, old)} if old else {})
    for episode in episodes_of(store, old) if old else ():
        effects[episode.account_id][1].append(episode)
    found = [
        account_figures_of(
            study,
            effects[study.account_id][1] if study.account_id in effects else [],
            effects[study.account_id][0] if study.account_id in effects else "{}",
            facts[study.account_id],
            around.meters,
            today=around.today,
            now=now,
        )
        for study in stale
    ]
    keep_figures(store, [(one, digests[one.account_id]) for one in found], method=FIGURES_METHOD)
    return accounts


def _groups(
    parents: Mapping[AccountId, AccountId | None], touched: Collection[AccountId] | None
) -> dict[AccountId, list[AccountId]]:
    """The accounts to look at, each with itself and all sites below it."""
    groups: dict[AccountId, list[AccountId]] = {account: [account] for account in parents}
    above: dict[AccountId, list[AccountId]] = {}
    for account in parents:
        above[account] = list(_ancestors(account, parents))
        for ancestor in above[account]:
            groups[ancestor].append(account)
    if touched is None:
        return groups
    wanted = {a for account in touched if account in parents for a in (account, *above[account])}
    return {account: groups[account] for account in wanted}


def _ancestors(account: AccountId, parents: Mapping[AccountId, AccountId | None]) -> Iterator[AccountId]:
    seen = {account}
    current = parents.get(account)
    while current is not None and current in parents and current not in seen:
        yield current
        seen.add(current)
        current = parents[current]


def _computed(studies: Sequence[AccountStudy], now: datetime) -> tuple[list[KeptInsights], list[Episode]]:
    judged = [study for study in studies if study.total is not None]
    found: dict[AccountId, list[Episode]] = {}
    insights: list[KeptInsights] = []
    if judged:
        first = min(study.first_day for study in judged)
        days = max((study.first_day - first).days + study.usage.days for study in judged)
        usage = np.full((len(judged), days), np.nan)
        unusual = np.zeros(usage.shape, dtype=np.bool_)
        tickets: list[TicketDays] = []
        behind: list[int] = []
        for row, study in enumerate(judged):
            shift = (study.first_day - first).days
            usage[row, shift : shift + study.usage.days] = study.total
            unusual[row, shift : shift + study.usage.days] = study.unusual
            for place, local in enumerate(study.tickets):
                opened = study.index(local.opened_on)
                if 0 <= opened < study.usage.days:
                    resolved = None if local.resolved_on is None else study.index(local.resolved_on) + shift
                    tickets.append(TicketDays(row, opened + shift, resolved, local.ticket.high))
                    behind.append(place)
        ends = [None if study.left is None else max((study.left - first).days, 0) for study in judged]
        for one in study_episodes(usage, first.weekday(), tickets, unusual=unusual, peers=False, ends=ends):
            study = judged[one.row]
            places = [behind[t] for t in one.tickets]
            found.setdefault(study.account_id, []).append(episodes_of_study(study, one, places, first))
    episodes: list[Episode] = []
    for study in studies:
        mine = MeterRows.of(study).with_affected(found.get(study.account_id, []))
        episodes += mine
        last = None if study.total is None else _last_day(study)
        figures = json.dumps(account_figures(study, mine), allow_nan=False)
        insights.append(KeptInsights(study.account_id, study.digest, now, last, figures))
    return insights, episodes


def _last_day(study: AccountStudy) -> date | None:
    if study.total is None:
        return None
    seen = np.flatnonzero(np.isfinite(study.total))
    return study.day(int(seen[-1])) if seen.size else None
