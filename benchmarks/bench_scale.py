"""Ten times the accounts: whether anything that a person waits for grows faster than the data."""

import gc
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import perf_counter

import numpy as np

from benchmarks.bench_pages import resident_mib, stops, switch
from benchmarks.editing import EDITS, until_saved, with_goals
from benchmarks.figure import Figure
from benchmarks.program import Idle, program
from benchmarks.workloads import LARGE, SMALL, copy_of, grown_file
from convergedesk.desktop.desk import Desk
from convergedesk.desktop.jobs import Jobs
from convergedesk.domain.tickets import TicketQuery
from convergedesk.workspace.portfolio import home
from convergedesk.workspace.search import search
from convergedesk.workspace.tickets import tickets

GROWTH = LARGE / SMALL
ROUNDS = 5
WORDS = ("invoice", "timeout", "export fails", "ko", "gateway 5")


def milliseconds(call: Callable[[], object], times: int = 7) -> float:
    """The median of a few calls."""
    spent: list[float] = []
    for _ in range(times):
        began = perf_counter()
        call()
        spent.append(1000 * (perf_counter() - began))
    return float(np.median(spent))


def deepest_page(desk: Desk) -> float:
    """Reads the last rows of all tickets, as a person does who scrolls to the end."""
    workspace = desk.session.workspace()
    page = tickets(workspace, TicketQuery(limit=500))
    spent = 0.0
    while page.after is not None:
        began = perf_counter()
        page = tickets(workspace, TicketQuery(limit=500, after=page.after))
        spent = 1000 * (perf_counter() - began)
    return spent


def measure(accounts: int) -> dict[str, float]:
    """What a workspace with so many accounts costs: milliseconds, and MiB for memory."""
    found: dict[str, float] = {}
    with copy_of(grown_file(accounts)) as file, program(file) as desk:
        jobs, snapshot = desk.context.jobs, desk.context.portfolio.snapshot
        assert isinstance(jobs, Jobs)
        assert snapshot is not None
        workspace, idle = desk.session.workspace(), Idle(jobs)
        idle.wait()
        places = stops(desk)
        for stop in places:
            switch(stop, idle)
        gc.collect()
        found["memory after visiting every page"] = resident_mib()
        # Round by round: a page is switched to from another one.
        rounds = [[switch(stop, idle) for stop in places] for _ in range(ROUNDS)]
        for stop, spent in zip(places, np.median(rounds, axis=0).tolist(), strict=True):
            found[f"switch to {stop.name}"] = spent
        found["all accounts read for Home"] = milliseconds(lambda: home(workspace))
        found["the last 500 tickets of the list"] = deepest_page(desk)
        for words in WORDS:
            took = milliseconds(lambda words=words: search(workspace, words))
            found["search, a keystroke, slowest"] = max(found.get("search, a keystroke, slowest", 0.0), took)
        subjects = with_goals(desk, [row.account_id for row in snapshot.top_level[:20]])
        for name, edit in EDITS.items():
            times = [until_saved(desk, edit, subject)[0] for subject in subjects]
            found[f"{name}, saved"] = float(np.median(times))
    return found


def run() -> list[Figure]:
    # Each in a process of its own, so that the second does not profit from what the first has loaded.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as apart:
        small, large = apart.map(measure, (SMALL, LARGE))
    return [
        Figure(
            f"{name}: {LARGE:,} accounts relative to {SMALL}",
            large[name] / small[name],
            "×",
            limit=GROWTH,
            kind="ratio",
            note=f"from {small[name]:.1f} to {large[name]:.1f}",
        )
        for name in small
    ]
