"""From an edit to 'saved', as the pages make edits, and from there until every page shows it."""

from time import perf_counter

import numpy as np

from benchmarks.editing import EDITS, until_saved, with_goals
from benchmarks.figure import Figure
from benchmarks.program import Idle, program
from benchmarks.workloads import TYPICAL_WORDS, typical_copy
from convergedesk.desktop.jobs import Jobs

LIMIT_MS = 30
ACCOUNTS = 40


def run() -> list[Figure]:
    saved: dict[str, list[float]] = {name: [] for name in EDITS}
    visible: list[float] = []
    with typical_copy() as file, program(file) as desk:
        jobs, snapshot = desk.context.jobs, desk.context.portfolio.snapshot
        assert isinstance(jobs, Jobs)
        assert snapshot is not None
        idle = Idle(jobs)
        subjects = with_goals(desk, [row.account_id for row in snapshot.top_level[:ACCOUNTS]])
        for subject in subjects:
            desk.navigator.open_account(subject.account_id, "goals")
            idle.wait()
            for name, edit in EDITS.items():
                spent, changes = until_saved(desk, edit, subject)
                saved[name].append(spent)
                published = perf_counter()
                desk.context.changes.publish(changes)
                visible.append(spent + 1000 * (idle.wait() - published))
    everything = [one for times in saved.values() for one in times]
    return [
        Figure(
            "edit to saved, 95th percentile",
            float(np.percentile(everything, 95)),
            "ms",
            limit=LIMIT_MS,
            note=f"{len(everything)} edits in {TYPICAL_WORDS}",
        ),
        *(
            Figure(
                f"  {name}",
                float(np.percentile(times, 95)),
                "ms",
                limit=LIMIT_MS,
                note=f"median {np.median(times):.1f}",
            )
            for name, times in saved.items()
        ),
        Figure(
            "  to the account, its tab and Home read again and painted, 95th percentile",
            float(np.percentile(visible, 95)),
            "ms",
            note=f"median {np.median(visible):.0f}",
        ),
    ]
