"""Going from page to page: how long each switch takes, what it leaves in memory, and what it leaves behind.

Every page that the rail shows, an account at each of its tabs, and a ticket; the program itself, with its
real window, jobs and file. A switch ends when the program is idle again, with everything painted.
"""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.figure import Figure
from benchmarks.program import HEIGHT, WIDTH, Idle, program, wait_until
from benchmarks.workloads import TYPICAL_WORDS, typical_copy
from convergedesk.desktop.desk import Desk
from convergedesk.desktop.jobs import Jobs
from convergedesk.desktop.navigator import IMPORT, Place
from convergedesk.desktop.pages.account.tabs import TABS
from convergedesk.domain.tickets import TicketQuery
from convergedesk.workspace.tickets import tickets

LIMIT_MS = 100
MEMORY_MIB = 350
GROWTH_MIB = 5
BACKGROUND_S = 6
ROUNDS = 12
SWITCHES = 1000
PAGE_BYTES = 4096
MIB = 2**20


@dataclass(frozen=True)
class Stop:
    """A place to go to, anew each time it is asked for."""

    name: str
    go: Callable[[], None]


def seconds_later(seconds: float) -> Callable[[], bool]:
    """A condition that holds once so many seconds have passed."""
    until = perf_counter() + seconds
    return lambda: perf_counter() >= until


def resident_mib() -> float:
    """Memory of this process that is really there."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_BYTES / MIB


def stops(desk: Desk) -> list[Stop]:
    """Every page of the rail, every tab of an account, a ticket; another account and ticket every time."""
    navigator, snapshot = desk.navigator, desk.context.portfolio.snapshot
    assert snapshot is not None
    accounts = cycle([row.account_id for row in snapshot.top_level])
    newest = tickets(desk.session.workspace(), TicketQuery(limit=200)).rows
    shown = cycle([row.ticket.id for row in newest])

    def to_page(key: str) -> Callable[[], None]:
        return lambda: navigator.go(Place(key, () if key == IMPORT else None))

    def to_tab(key: str) -> Callable[[], None]:
        return lambda: navigator.open_account(next(accounts), key)

    rail = [Stop(spec.title, to_page(spec.key)) for spec in desk.window.pages.specs if spec.in_rail]
    tabs = [Stop(f"Account, {spec.title}", to_tab(spec.key)) for spec in TABS]
    return [*rail, *tabs, Stop("Ticket", lambda: navigator.open_ticket(next(shown)))]


def switch(stop: Stop, idle: Idle) -> float:
    """Goes there and returns the milliseconds until the program is idle again."""
    began = perf_counter()
    stop.go()
    return 1000 * (idle.wait() - began)


def objects(desk: Desk) -> int:
    """How many Qt objects the window holds, hidden ones too."""
    return len(desk.window.findChildren(QObject))


def timers(desk: Desk) -> int:
    """How many of them are timers that tick."""
    return sum(timer.isActive() for timer in desk.window.findChildren(QTimer))


def held_now(desk: Desk, idle: Idle) -> tuple[float, int, int, int]:
    """Memory, Qt objects, top-level widgets and ticking timers, with the same things on every page.

    An account with three check-ins needs more widgets than one without: only like is compared with like.
    """
    for stop in stops(desk):
        switch(stop, idle)
    gc.collect()
    idle.wait()
    return resident_mib(), objects(desk), len(QApplication.topLevelWidgets()), timers(desk)


def left_behind(desk: Desk, places: list[Stop], idle: Idle) -> list[Figure]:
    """What 1,000 switches leave in memory, once caches are full."""
    wander = cycle(places)
    for stop in islice(wander, 200):
        switch(stop, idle)
    before = held_now(desk, idle)
    for stop in islice(wander, SWITCHES):
        switch(stop, idle)
    after = held_now(desk, idle)
    growth, held, windows, ticking = (b - a for a, b in zip(before, after, strict=True))
    return [
        Figure(
            "memory after 1,000 more page switches, growth",
            growth,
            "MiB",
            limit=GROWTH_MIB,
            note=f"from {before[0]:.0f} to {after[0]:.0f} MiB",
        ),
        Figure("  Qt objects more than before", held, "", limit=0, note=f"{before[1]:,} before"),
        Figure("  top-level widgets more than before", windows, "", limit=0, note=f"{before[2]:,} before"),
        Figure("  ticking timers more than before", ticking, "", limit=0, note=f"{before[3]:,} before"),
    ]


def run() -> list[Figure]:
    with typical_copy() as file, program(file) as desk:
        jobs = desk.context.jobs
        assert isinstance(jobs, Jobs)
        idle = Idle(jobs)
        # What is computed and looked for in the background begins within four seconds of the start.
        wait_until(seconds_later(BACKGROUND_S))
        idle.wait()
        places = stops(desk)
        first = {stop.name: switch(stop, idle) for stop in places}
        gc.collect()
        memory = resident_mib()
        spent: dict[str, list[float]] = {stop.name: [] for stop in places}
        for _ in range(ROUNDS):
            for stop in places:
                spent[stop.name].append(switch(stop, idle))
        everything = [one for times in spent.values() for one in times]
        slowest_first = max(first, key=lambda name: first[name])
        return [
            Figure(
                "any page switch, 95th percentile",
                float(np.percentile(everything, 95)),
                "ms",
                limit=LIMIT_MS,
                note=f"{len(everything)} switches over {len(places)} pages and tabs of {TYPICAL_WORDS}; "
                f"{WIDTH}×{HEIGHT}, {QApplication.platformName()}",
            ),
            *(
                Figure(
                    f"  to {name}",
                    float(np.percentile(times, 95)),
                    "ms",
                    limit=LIMIT_MS,
                    note=f"median {np.median(times):.0f}, the first time {first[name]:.0f}",
                )
                for name, times in spent.items()
            ),
            Figure(
                "  the first time, when the page is built for it; slowest",
                first[slowest_first],
                "ms",
                note=slowest_first,
            ),
            Figure("memory after visiting every page", memory, "MiB", limit=MEMORY_MIB),
            *left_behind(desk, places, idle),
        ]
