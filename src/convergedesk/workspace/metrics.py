"""The converged metrics of a period, as the Metrics page and the command line ask for them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from convergedesk.domain.accounts import AccountId, PodId
from convergedesk.domain.episodes import EffectPart, Episode
from convergedesk.domain.tickets import TicketId
from convergedesk.figures.metric_tickets import TicketColumns
from convergedesk.figures.metrics import KPI_HORIZON, AccountUse, Metrics
from convergedesk.figures.metrics import metrics as summed_up
from convergedesk.store import accounts as store_accounts
from convergedesk.store import insights as store_insights
from convergedesk.store import metric_rows
from convergedesk.store import pods as store_pods
from convergedesk.store import tickets as store_tickets
from convergedesk.workspace.session import Workspace

LATELY = 365


@dataclass(frozen=True, slots=True)
class MetricsQuery:
    """Which tickets the metrics speak of.

    Attributes:
        account_id: One account and its sites, or None for all.
        pod_id: A pod's accounts, or None for all.
        first_day: First day of opening (UTC); None: a year before the last.
        last_day: Last day; None: the workspace's today.
        high_only: Only high and urgent tickets.
        feature: Name of a feature, or None for all.
    """

    account_id: AccountId | None = None
    pod_id: PodId | None = None
    first_day: date | None = None
    last_day: date | None = None
    high_only: bool = False
    feature: str | None = None


def metrics(workspace: Workspace, query: MetricsQuery) -> Metrics:
    """The converged metrics of a period."""
    first, last = period_of(workspace, query)
    begin = datetime.combine(first, time.min, tzinfo=UTC)
    end = datetime.combine(last + timedelta(days=1), time.min, tzinfo=UTC)
    with workspace.store.read_together():
        heads = _heads(workspace, query)
        chosen = None if query.account_id is None and query.pod_id is None else sorted(heads)
        rows = metric_rows.ticket_rows(
            workspace.store, chosen, begin, end, high_only=query.high_only, feature=query.feature
        )
        tickets = TicketColumns.of_rows([row for row in rows if row[1] in heads]).counted_with(heads)
        accounts = sorted(set(heads.values()))
        members, wanted = set(accounts), set(tickets.ranks())
        episodes = [
            episode
            for episode in store_insights.episodes_between(workspace.store, begin, end, KPI_HORIZON)
            if episode.account_id in members and not wanted.isdisjoint(episode.ticket_ids)
        ]
        use = _use(metric_rows.use_rows(workspace.store, None if chosen is None else accounts))
        known = store_tickets.by_ids(workspace.store, _judged(episodes, wanted))
    return summed_up((first, last), accounts, tickets, episodes, use, known)


def period_of(workspace: Workspace, query: MetricsQuery) -> tuple[date, date]:
    """First and last day that a query speaks of."""
    last = query.last_day or workspace.today
    return query.first_day or last - timedelta(days=LATELY - 1), last


def _judged(episodes: Sequence[Episode], wanted: AbstractSet[TicketId]) -> list[TicketId]:
    """The first wanted ticket of each episode that was judged."""
    found: list[TicketId] = []
    for episode in episodes:
        effect = episode.effect(EffectPart.AFTER, KPI_HORIZON)
        if effect is not None and effect.estimate is not None:
            found += [one for one in episode.ticket_ids if one in wanted][:1]
    return found


def _heads(workspace: Workspace, query: MetricsQuery) -> dict[AccountId, AccountId]:
    """Every account that is looked at, with the one that its figures roll up into."""
    known = store_accounts.list_accounts(workspace.store)
    present = [one.id for one in known if one.gone_since is None]
    parents = {one.id: one.parent_id for one in known}
    among = set(_members(workspace, query, present))
    heads: dict[AccountId, AccountId] = {}
    for account in present if query.account_id is None else among:
        if account not in among:
            continue
        head, seen = account, {account}
        while (above := parents.get(head)) is not None and above in among and above not in seen:
            head = above
            seen.add(above)
        heads[account] = head
    return heads


def _members(workspace: Workspace, query: MetricsQuery, present: Sequence[AccountId]) -> Sequence[AccountId]:
    if query.account_id is not None:
        return store_accounts.family(workspace.store, query.account_id)
    if query.pod_id is None:
        return present
    pod = next((one for one in store_pods.list_pods(workspace.store) if one.id == query.pod_id), None)
    shared: set[AccountId] = set()
    for account in () if pod is None else pod.account_ids:
        shared.update(store_accounts.family(workspace.store, account))
    return [account for account in present if account in shared]


def _use(
    rows: Sequence[tuple[int, str | None, str | None, float | None]],
) -> Mapping[AccountId, AccountUse]:
    found: dict[AccountId, AccountUse] = {}
    for account, monday, totals, change in rows:
        weeks = () if totals is None else json.loads(totals)
        found[AccountId(account)] = AccountUse(
            change=change,
            monday=None if monday is None else date.fromisoformat(monday),
            weeks=tuple(math.nan if total is None else total for total in weeks),
        )
    return found
