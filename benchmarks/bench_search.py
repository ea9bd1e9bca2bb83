"""Every keystroke of a day's searches in the typical workspace, and what the index adds to an import."""

import csv
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import select

from benchmarks.figure import Figure
from benchmarks.workloads import KEY, TYPICAL_WORDS, typical_copy
from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.records import (
    AccountKey,
    AccountRecord,
    EntityKind,
    Origin,
    Record,
    RecordPage,
    TicketRecord,
)
from convergedesk.sources.files import Answers
from convergedesk.store.engine import Store, open_workspace
from convergedesk.store.search import search
from convergedesk.store.tables import accounts, persons, ticket_messages, tickets
from convergedesk.store.tables.search import drop_index
from convergedesk.sync.import_run import run_import
from convergedesk.workspace.imports import import_files
from convergedesk.workspace.session import create_workspace

SEARCHES = 120
PAGE = 5_000
REPETITIONS = 2
HEAD = ("message_id", "ticket_id", "created_at", "author", "public", "body")


def typed(store: Store) -> Iterator[str]:
    """What people type: names, subjects, numbers, words that were said; letter by letter."""
    rng = random.Random(7)
    with store.read() as connection:
        names = connection.execute(select(accounts.c.name)).scalars().all()
        people = connection.execute(select(persons.c.name)).scalars().all()
        listed = connection.execute(select(tickets.c.number, tickets.c.title)).all()
        said = connection.execute(select(ticket_messages.c.body)).scalars().all()
    for turn in range(SEARCHES):
        number, title = rng.choice(listed)
        words = title.split()
        sentence = rng.choice(said).split()
        start = rng.randrange(max(1, len(sentence) - 2))
        meant = (
            rng.choice(names),
            f"@{rng.choice(people)}",
            f"#{number}",
            " ".join(words[: rng.randint(1, 3)]),
            " ".join(sentence[start : start + rng.randint(1, 2)]),
            f"{rng.choice(names).split()[0]} {words[-1]}",
        )[turn % 6]
        for letters in range(1, len(meant) + 1):
            yield meant[:letters]


def keystrokes(store: Store) -> list[float]:
    """Milliseconds of each."""
    taken: list[float] = []
    for text in list(typed(store)):
        began = perf_counter()
        search(store, text)
        taken.append(1000 * (perf_counter() - began))
    return taken


def write_messages(path: Path, store: Store) -> int:
    """The typical workspace's messages as a support desk exports them; returns how many."""
    listed = select(
        ticket_messages.c.external_id,
        tickets.c.number,
        ticket_messages.c.sent_at,
        ticket_messages.c.author,
        ticket_messages.c.audience,
        ticket_messages.c.body,
    ).join(tickets, tickets.c.id == ticket_messages.c.ticket_id)
    with store.read() as connection, path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        count = 0
        for key, number, sent_at, author, audience, text in connection.execute(
            listed.order_by(ticket_messages.c.id)
        ):
            writer.writerow((key, number, sent_at.isoformat(), author, audience == "shared", text))
            count += 1
    return count


def pages(entity: EntityKind, system: SystemKind, records: list[Record]) -> Iterator[RecordPage]:
    """Records as pages of one stream."""
    for start in range(0, len(records), PAGE):
        cut = records[start : start + PAGE]
        last = start + PAGE >= len(records)
        yield RecordPage(
            *(system, "files", f"{entity}.csv", entity, cut),
            rows=len(cut),
            last=last,
            account_system=SystemKind.CRM,
        )


def import_of_messages(path: Path, file: Path, numbers: list[str], *, indexed: bool) -> float:
    """Seconds from the file of messages to the last commit, in a workspace that knows the tickets."""
    opened_at = datetime(2026, 1, 5, tzinfo=UTC)
    with create_workspace(path, KEY, name="Benchmark") as opened:
        account = AccountRecord(Origin(2), external_id="A-1", name="Customer")
        run_import(opened.store, pages(EntityKind.ACCOUNTS, SystemKind.CRM, [account]))
        known: list[Record] = [
            TicketRecord(Origin(line), number, AccountKey(external_id="A-1"), opened_at, "Subject")
            for line, number in enumerate(numbers, 2)
        ]
        run_import(opened.store, pages(EntityKind.TICKETS, SystemKind.SUPPORT, known))
        if not indexed:
            with opened.store.write() as connection:
                drop_index(connection)
        began = perf_counter()
        result = import_files(opened, [file], Answers())
        seconds = perf_counter() - began
    assert result.summary.rejected == 0, result.summary.message
    return seconds


def run() -> list[Figure]:
    with TemporaryDirectory(prefix="convergedesk-bench-") as name, typical_copy() as path:
        folder, file = Path(name), Path(name) / "ticket_messages.csv"
        with open_workspace(path, KEY) as store:
            search(store, "warm up")
            taken = keystrokes(store)
            messages = write_messages(file, store)
            with store.read() as connection:
                numbers = list(connection.execute(select(tickets.c.number)).scalars())
        seconds: dict[bool, list[float]] = {False: [], True: []}
        for turn in range(REPETITIONS):
            for indexed in (False, True):
                target = folder / f"{turn}{indexed}.converge"
                seconds[indexed].append(import_of_messages(target, file, numbers, indexed=indexed))
    bare, full = min(seconds[False]), min(seconds[True])
    note = f"{TYPICAL_WORDS}, {messages:,} messages; {len(taken):,} keystrokes of {SEARCHES} searches"
    return [
        Figure("search, a keystroke, 95th percentile", quantiles(taken, n=20)[18], "ms", limit=20, note=note),
        Figure("  search, a keystroke, median", median(taken), "ms"),
        Figure(
            "import of ticket messages, with the index in step, relative to none",
            full / bare,
            "×",
            limit=1.3,
            kind="ratio",
            note=f"{messages:,} messages from CSV, best of {REPETITIONS}",
        ),
        Figure("  import of ticket messages", messages / full, "rows/s"),
    ]
