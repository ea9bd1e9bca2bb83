"""Raw usage events, one line each, added up to days out of core: how much memory, how fast.

The program's own command line does it in a child process, whose greatest resident size counts.
`make bench ONLY=events EVENTS=1000000` takes fewer.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import duckdb

from benchmarks.figure import Figure
from benchmarks.workloads import PASSPHRASE

EVENTS = int(os.environ.get("EVENTS") or 10_000_000)
ACCOUNTS, METERS, DAYS = 300, 10, 365


def write_events(path: Path) -> None:
    """Events in the order of their time, as a product's log holds them."""
    duckdb.execute(
        f"""
        COPY (
            SELECT
                'E-' || n AS event_id,
                strftime(TIMESTAMP '2025-12-01' + INTERVAL (n * {DAYS * 86_400 / EVENTS}) SECOND,
                         '%Y-%m-%dT%H:%M:%SZ') AS occurred_at,
                'ACC-' || lpad((hash(n) % {ACCOUNTS})::VARCHAR, 5, '0') AS account_id,
                'meter_' || (hash(n + 1) % {METERS}) AS event_name,
                1 + hash(n + 2) % 9 AS quantity
            FROM range({EVENTS}) AS events(n)
        ) TO '{path}' (HEADER)
        """
    )


def import_child(folder: Path) -> tuple[float, float]:
    """Seconds, and greatest resident size in MiB, of `convergedesk import`."""
    command = [
        sys.executable,
        "-m",
        "convergedesk",
        "import",
        str(folder / "accounts.csv"),
        str(folder / "events.csv"),
        "--workspace",
        str(folder / "book.converge"),
    ]
    environment = {**os.environ, "CONVERGEDESK_PASSPHRASE": PASSPHRASE}
    began = perf_counter()
    with (folder / "said.txt").open("w+") as said:
        child = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = perf_counter() - began
        said.seek(0)
        assert child.returncode == 0, said.read()
    # Linux counts kilobytes, macOS bytes.
    return seconds, usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def run() -> list[Figure]:
    with TemporaryDirectory(prefix="convergedesk-bench-") as name:
        folder = Path(name)
        ids = (f"ACC-{n:05}" for n in range(ACCOUNTS))
        (folder / "accounts.csv").write_text(
            "account_id,account_name\n" + "".join(f"{one},Customer {one}\n" for one in ids)
        )
        write_events(folder / "events.csv")
        size = (folder / "events.csv").stat().st_size / 2**20
        seconds, peak = import_child(folder)
    note = f"{EVENTS:,} events, {size:,.0f} MiB of CSV; the whole process"
    return [
        Figure("raw events added up to days: peak memory", peak, "MiB", limit=1024, note=note),
        Figure("  their speed", EVENTS / seconds, "rows/s", note="start of the process to its end"),
    ]
