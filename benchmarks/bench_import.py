"""Usage rows into the encrypted file, beside a bare `executemany` of the same rows and beside peers.

Every repetition times the bare insert and the imports one after the other, so that what slows the machine
slows all of them; the best of each counts.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.figure import Figure
from benchmarks.workloads import KEY, UsageRows, usage_rows, write_csv
from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.records import (
    AccountKey,
    AccountRecord,
    EntityKind,
    Origin,
    RecordPage,
    UsageColumns,
)
from convergedesk.sources.files import Answers
from convergedesk.store.keys import Key, new_salt
from convergedesk.store.opening import connect
from convergedesk.sync.import_run import run_import
from convergedesk.workspace.imports import import_files
from convergedesk.workspace.session import Workspace, create_workspace

ACCOUNTS, METERS, DAYS = 300, 10, 365
REPETITIONS = 3
PEER_ROWS = 100_000
PAGE = 200_000
HERE = Path(__file__).parent


def bare(path: Path, rows: list[tuple[str, str, str, int]]) -> float:
    """Seconds for one `executemany` in one transaction, into a table without an index."""
    connection = connect(path, KEY.for_salt(new_salt()), create=True)
    connection.execute("PRAGMA journal_mode = wal")
    connection.execute(
        "CREATE TABLE usage (account TEXT NOT NULL, meter TEXT NOT NULL, day TEXT NOT NULL, "
        "quantity REAL NOT NULL) STRICT"
    )
    began = perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO usage VALUES (?, ?, ?, ?)", rows)
    connection.execute("COMMIT")
    seconds = perf_counter() - began
    connection.close()
    return seconds


def workspace(path: Path, rows: UsageRows) -> Workspace:
    """A workspace that knows the accounts, as the CRM lists them."""
    opened = create_workspace(path, Key.random(), name="Benchmark")
    records = tuple(
        AccountRecord(Origin(line, name), external_id=name, name=f"Customer {name}")
        for line, name in enumerate(rows.accounts, 2)
    )
    page = RecordPage(
        SystemKind.CRM, "files", "accounts.csv", EntityKind.ACCOUNTS, records, rows=len(records), last=True
    )
    run_import(opened.store, [page])
    return opened


def pages(rows: UsageRows) -> Iterator[RecordPage]:
    """The rows as pages in columns, as a source hands them over."""
    for start in range(0, len(rows), PAGE):
        cut = slice(start, start + PAGE)
        count = len(rows.days[cut])
        first = int(rows.account_codes[start])
        last = int(rows.account_codes[start + count - 1])
        yield RecordPage(
            SystemKind.USAGE,
            "files",
            "usage.csv",
            EntityKind.USAGE,
            usage=UsageColumns(
                tuple(AccountKey(external_id=name) for name in rows.accounts[first : last + 1]),
                rows.meters,
                rows.account_codes[cut] - rows.account_codes[start],
                rows.meter_codes[cut],
                rows.days[cut],
                rows.quantities[cut].astype("float64"),
                rows.days[cut].astype("int64"),
                (rows.days[cut] * 0 + 1).astype("int32"),
            ),
            rows=count,
            cursor=str(start + count),
            last=start + count == len(rows),
            account_system=SystemKind.CRM,
        )


def from_memory(path: Path, rows: UsageRows) -> float:
    """Seconds from columns in memory to the last commit."""
    with workspace(path, rows) as opened:
        began = perf_counter()
        summary = run_import(opened.store, pages(rows))
        seconds = perf_counter() - began
    assert summary.imported == len(rows), summary.message
    return seconds


def from_file(path: Path, rows: UsageRows, file: Path) -> float:
    """Seconds from a CSV file to the last commit and refreshed summaries, guessing included."""
    with workspace(path, rows) as opened:
        began = perf_counter()
        result = import_files(opened, [file], Answers())
        seconds = perf_counter() - began
    assert result.summary.imported == len(rows), result.summary.message
    return seconds


def again(path: Path, rows: UsageRows, file: Path) -> float:
    """Seconds for importing the same file a second time, which changes nothing."""
    with workspace(path, rows) as opened:
        import_files(opened, [file], Answers())
        began = perf_counter()
        result = import_files(opened, [file], Answers())
        seconds = perf_counter() - began
    assert result.summary.unchanged == len(rows), result.summary.message
    return seconds


def peer(name: str, file: Path, folder: Path) -> float:
    """Rows a second of a peer, in a process of its own, its imports not counted."""
    command = [sys.executable, str(HERE / f"peer_{name}.py"), str(file), str(folder / f"{name}.db")]
    # What dlt would send home, it must not; what it keeps between runs goes into the folder.
    environment = {**os.environ, "RUNTIME__DLTHUB_TELEMETRY": "false", "HOME": str(folder)}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr[-2000:]}")
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["rows"] == PEER_ROWS, result
    return result["rows"] / result["seconds"]


def run() -> list[Figure]:
    rows = usage_rows(ACCOUNTS, METERS, DAYS)
    tuples = rows.tuples()
    count = len(rows)
    seconds: dict[str, list[float]] = {"bare": [], "memory": [], "file": []}
    with TemporaryDirectory(prefix="convergedesk-bench-") as name:
        folder = Path(name)
        file = folder / "usage.csv"
        write_csv(file, tuples)
        for turn in range(REPETITIONS):
            seconds["bare"].append(bare(folder / f"bare{turn}.db", tuples))
            seconds["memory"].append(from_memory(folder / f"memory{turn}.converge", rows))
            seconds["file"].append(from_file(folder / f"file{turn}.converge", rows, file))
        second = again(folder / "again.converge", rows, file)
        short = folder / "short.csv"
        write_csv(short, tuples[:PEER_ROWS])
        peers = {
            words: peer(module, short, folder)
            for module, words in (("sqlite_utils", "sqlite-utils"), ("dlt", "dlt"))
        }
    speed = {what: count / min(times) for what, times in seconds.items()}
    note = f"{count:,} rows of {ACCOUNTS} accounts × {METERS} meters × {DAYS} days, best of {REPETITIONS}"
    return [
        Figure(
            "import of usage, CSV to committed, share of a bare executemany",
            100 * speed["file"] / speed["bare"],
            "%",
            limit=60,
            kind="ratio",
            lower_is_better=False,
            note=f"{note}; recognising the file and refreshing Home's figures are counted",
        ),
        Figure(
            "import of usage, columns in memory to committed, share of it",
            100 * speed["memory"] / speed["bare"],
            "%",
            kind="ratio",
            lower_is_better=False,
        ),
        Figure(
            "  bare executemany into SQLCipher", speed["bare"], "rows/s", note="one transaction, no index"
        ),
        Figure("  import from CSV", speed["file"], "rows/s"),
        Figure("  import from memory", speed["memory"], "rows/s"),
        Figure("  import of the same CSV again", count / second, "rows/s", note="nothing changes"),
        *(
            Figure(
                f"  {words}, CSV into plain SQLite",
                value,
                "rows/s",
                note=f"peer, {PEER_ROWS:,} of the rows, not encrypted, no linking",
            )
            for words, value in peers.items()
        ),
    ]
