"""What is computed and kept of usage, tickets and contracts: for the whole book and for one account."""

from __future__ import annotations

import resource
from datetime import UTC, datetime
from statistics import median, quantiles
from time import perf_counter, process_time

from benchmarks.figure import Figure
from benchmarks.workloads import KEY, LARGE, SMALL, TYPICAL_WORDS, copy_of, grown_file, typical_copy
from convergedesk.figures.insights import refresh_insights
from convergedesk.store.insights import episodes_of, forget, insights_of
from convergedesk.workspace.insights import ticket_insights
from convergedesk.workspace.session import Workspace, open_workspace
from convergedesk.workspace.tickets import ticket_detail

ACCOUNTS_ALONE = 12
TICKETS = 60


def refresh(workspace: Workspace, touched: list | None = None) -> float:
    """Seconds of one core that bringing the results up to date took."""
    begun = process_time()
    refresh_insights(workspace.store, touched, today=workspace.today, now=datetime.now(UTC))
    return process_time() - begun


def growth() -> float:
    """How many times as long ten times the accounts take, measured one after the other in this run."""
    spent: list[float] = []
    for accounts in (SMALL, LARGE):
        with copy_of(grown_file(accounts)) as path, open_workspace(path, KEY) as workspace:
            forget(workspace.store, [one.account_id for one in insights_of(workspace.store)])
            spent.append(refresh(workspace))
    return spent[1] / spent[0]


def run() -> list[Figure]:
    """Everything, nothing new, one account, one ticket, ten times the accounts."""
    with typical_copy() as path, open_workspace(path, KEY) as workspace:
        everyone = [one.account_id for one in insights_of(workspace.store)]
        forget(workspace.store, everyone)
        whole = refresh(workspace)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        again = refresh(workspace)
        alone: list[float] = []
        for account in everyone[:: max(len(everyone) // ACCOUNTS_ALONE, 1)]:
            forget(workspace.store, [account])
            alone.append(1000 * refresh(workspace, [account]))
        episodes = episodes_of(workspace.store)
        reads: list[float] = []
        for episode in episodes[:: max(len(episodes) // TICKETS, 1)]:
            begun = perf_counter()
            ticket_detail(workspace, episode.ticket_ids[0])
            ticket_insights(workspace, episode.ticket_ids[0])
            reads.append(1000 * (perf_counter() - begun))
    count = f"{len(episodes):,} episodes; {TYPICAL_WORDS}"
    return [
        Figure("effects: the whole book, one core", whole, "s", limit=15.0, note=count),
        Figure("effects: memory at its highest", peak, "MiB", limit=400.0),
        Figure("effects: the whole book again, nothing new", again, "s"),
        Figure("effects: one account, median", median(alone), "ms", limit=150.0),
        Figure("effects: ten times the accounts", growth(), "times as long", limit=11.0),
        Figure("effects: reading a ticket's context, p95", quantiles(reads, n=20)[-1], "ms", limit=100.0),
    ]
