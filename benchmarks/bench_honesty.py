"""Whether what is said was there: planted dips against found ones, and data in which nothing was planted.

The sample's plan knows its incidents; the program sees only the file. RavenStack's usage is sparse and has no
planted effect, so its tickets have to end in 'not enough data' or 'inconclusive', and moving them to other
days must not bring up more findings than the method's false-alarm rate allows.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.figure import Figure
from benchmarks.planted import Planted, planted
from benchmarks.workloads import KEY
from convergedesk.domain.episodes import EffectPart, Episode
from convergedesk.figures.insights import refresh_insights
from convergedesk.sources.files import Answers, FileSource, guess, open_files
from convergedesk.store.accounts import list_accounts
from convergedesk.store.engine import Store, create_workspace
from convergedesk.store.insights import episodes_of
from convergedesk.store.study_inputs import study_tickets
from convergedesk.sync.import_run import run_import
from convergedesk.workspace.sample.build import build_sample
from convergedesk.workspace.sample.spec import SampleSpec
from convergedesk.workspace.sample.world import build_world
from convergedesk.workspace.session import open_workspace

SPEC = SampleSpec(accounts=100, days=730, seed=11)
RAVENSTACK = Path(os.environ.get("RAVENSTACK", Path(__file__).parents[2] / "shared" / "data" / "ravenstack"))
AS_OF = datetime(2025, 1, 2, 12, tzinfo=UTC)
TIMES = 5
FALSE_ALARMS = 0.07
DEPTHS = (("30 % and more", 0.30, 1.0, 65), ("15 to 30 %", 0.15, 0.30, None), ("under 15 %", 0.0, 0.15, None))
# A dip that lasts longer is the new level, which is what the next ticket is judged by.
LONGEST = 30
# Before it the program says 'too little history', as it should.
HISTORY = 42
# A ticket so long after the fall began is about it.
SOON = 3


def meets(one: Planted, first: date, last: date) -> bool:
    """Whether some of these days are days of the planted dip."""
    return one.onset <= last and first <= one.last


def outcome(one: Planted, episodes: list[Episode]) -> str:
    """'found', 'left open' (said to be inconclusive or not measurable) or 'missed'."""
    seen = [
        effect
        for episode in episodes
        for effect in episode.effects
        if effect.part is EffectPart.DURING and meets(one, effect.first_day, effect.last_day)
    ]
    if any(effect.verdict == "down" for effect in seen):
        return "found"
    return "left open" if seen else "missed"


def sample_figures() -> list[Figure]:
    """The planted dips that are found, by depth, and the dips that nobody planted."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sample.converge"
        build_sample(path, KEY, SPEC)
        with open_workspace(path, KEY) as workspace:
            names = {one.id: one.name for one in list_accounts(workspace.store)}
            episodes = episodes_of(workspace.store)
            written = {
                (names[ticket.account_id], ticket.opened_at.date())
                for ticket in study_tickets(workspace.store, list(names))
            }
    mine: dict[str, list[Episode]] = {}
    for episode in episodes:
        mine.setdefault(names[episode.account_id], []).append(episode)
    there = planted(build_world(SPEC))
    tested = [
        one
        for one in there
        if any((one.account, one.onset + timedelta(days=later)) in written for later in range(SOON))
        and (one.last - one.onset).days <= LONGEST
        and one.onset >= SPEC.first_day + timedelta(days=HISTORY)
    ]
    figures = [
        of_depth(
            name, [outcome(one, mine.get(one.account, [])) for one in tested if low <= one.depth < high], at
        )
        for name, low, high, at in DEPTHS
    ]
    said = [
        (names[episode.account_id], effect.first_day, effect.last_day)
        for episode in episodes
        for effect in episode.effects
        if effect.part is EffectPart.DURING and effect.verdict == "down"
    ]
    invented = sum(
        not any(one.account == account and meets(one, first, last) for one in there)
        for account, first, last in said
    )
    note = f"{invented} of {len(said)} dips that the program names, in {len(episodes):,} episodes"
    share = 100 * invented / max(len(episodes), 1)
    return [*figures, Figure("honesty: dips that nobody planted", share, "%", 100 * FALSE_ALARMS, note=note)]


def of_depth(name: str, outcomes: list[str], limit: float | None) -> Figure:
    """How many of the planted dips that could be judged are found."""
    counts = Counter(outcomes)
    judged = counts["found"] + counts["missed"]
    return Figure(
        f"honesty: planted dips of {name} that are found",
        100 * counts["found"] / max(judged, 1),
        "%",
        limit=limit,
        lower_is_better=False,
        note=f"{counts['found']} of {judged}; {counts['left open']} more are left open for a stated reason, "
        f"such as a holiday among the days; {SPEC.accounts} accounts",
    )


def verdicts(store: Store) -> Counter[str]:
    """How the 7, 14 and 28 days after each resolution were judged, of the accounts' totals."""
    return Counter(
        "not measured" if effect.abstained else effect.verdict
        for episode in episodes_of(store)
        for effect in episode.effects
        if effect.part is EffectPart.AFTER and effect.meter_id is None
    )


def judged(store: Store) -> Counter[str]:
    """Everything computed anew, and the verdicts."""
    refresh_insights(store, None, today=AS_OF.date(), now=AS_OF)
    return verdicts(store)


def move_tickets(store: Store, chance: np.random.Generator) -> None:
    """Give each account's tickets other days: all by one distance, past the end and in again at the front."""
    with store.write() as connection:
        first, last = connection.exec_driver_sql("SELECT min(opened_at), max(opened_at) FROM tickets").one()
        span = last - first + 1
        accounts = [str(row[0]) for row in connection.exec_driver_sql("SELECT id FROM accounts")]
        far = {account: int(chance.integers(span // 10, span - span // 10)) for account in accounts}
        connection.exec_driver_sql(
            "UPDATE tickets SET closed_at = closed_at - opened_at, opened_at = "
            "? + (opened_at - ? + (SELECT json_extract(?, '$.' || account_id))) % ?",
            (first, first, json.dumps(far), span),
        )
        connection.exec_driver_sql("UPDATE tickets SET closed_at = closed_at + opened_at")


@contextmanager
def ravenstack() -> Iterator[Store]:
    """The real exports in a workspace of their own."""
    with TemporaryDirectory() as folder, open_files([RAVENSTACK]) as files:
        source = FileSource(files, guess(files, answers=Answers(currency="USD")))
        pages = [page for stream in source.streams() for page in source.read(stream.name)]
        with create_workspace(Path(folder) / "ravenstack.converge", KEY, name="RavenStack") as store:
            run_import(store, pages)
            yield store


def ravenstack_figures() -> list[Figure]:
    """What is said of data without planted effects, as it is and with its tickets moved."""
    if not RAVENSTACK.is_dir():
        return []
    chance = np.random.default_rng(20)
    with ravenstack() as store:
        real = judged(store)
        moved: Counter[str] = Counter()
        for _ in range(TIMES):
            move_tickets(store, chance)
            moved += judged(store)
    silent = real["inconclusive"] + real["not measured"]
    return [
        Figure(
            "honesty: RavenStack, 'not enough data' or 'inconclusive'",
            100 * silent / max(real.total(), 1),
            "%",
            limit=90,
            lower_is_better=False,
            note=words(real),
        ),
        Figure(
            f"honesty: RavenStack with its tickets moved {TIMES} times, findings",
            100 * (moved["up"] + moved["down"]) / max(moved.total(), 1),
            "%",
            limit=100 * FALSE_ALARMS,
            note=words(moved),
        ),
    ]


def words(counts: Counter[str]) -> str:
    """'120 not measured, 30 inconclusive …'."""
    return ", ".join(f"{counts[kind]:,} {kind}" for kind in ("not measured", "inconclusive", "down", "up"))


def run() -> list[Figure]:
    return [*sample_figures(), *ravenstack_figures()]
