"""The program, killed while it imports files: the workspace stays whole, and nothing is there twice."""

import json
import os
import random
import signal
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import monotonic

import pytest

from convergedesk.store.engine import open_workspace
from convergedesk.store.keys import Key
from tests.cli.program import COMMAND, PASSPHRASE, environment, good
from tests.sync.content import content

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills with a signal")
KEY = Key.passphrase(PASSPHRASE)
ACCOUNTS, TICKETS, DAYS = 200, 12_000, 60


def write_exports(folder: Path) -> Path:
    """What four systems export of the same customers; some rows are of customers nobody knows."""
    folder.mkdir()
    numbers = range(ACCOUNTS)
    days = [(date(2026, 3, 1) + timedelta(days=n)).isoformat() for n in range(DAYS)]
    write(folder / "accounts.csv", "account_id,account_name", (f"A-{n},Customer {n}" for n in numbers))
    write(
        folder / "subscriptions.csv",
        "subscription_id,account_id,start_date,mrr,currency",
        (f"S-{n},A-{n},2026-01-01,{100 + n},EUR" for n in numbers),
    )
    write(
        folder / "tickets.csv",
        "ticket_id,account_id,opened_at,priority,subject",
        (f"T-{n},A-{n % (ACCOUNTS + 5)},{days[n % DAYS]}T08:00:00Z,high,No. {n}" for n in range(TICKETS)),
    )
    write(
        folder / "usage.csv",
        "subscription_id,usage_date,metric,quantity",
        (f"S-{n},{day},{m},{n}" for n in range(ACCOUNTS + 2) for day in days for m in ("calls", "rows")),
    )
    return folder


def write(path: Path, heading: str, lines: Iterator[str]) -> None:
    path.write_text("\n".join([heading, *lines]) + "\n")


class Import:
    """`convergedesk import` in a process of its own."""

    def __init__(self, exports: Path, book: Path) -> None:
        self._process = subprocess.Popen(
            [*COMMAND, "import", str(exports), "--workspace", str(book), "--progress-json"],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        # The second until here goes into loading the program, where there is nothing to damage.
        self._process.stdout.readline()
        self._began = monotonic()

    def seconds(self) -> float:
        """Let it finish; returns how long that took."""
        out, _ = self._process.communicate()
        assert "summary" in json.loads(out.splitlines()[-1])
        return monotonic() - self._began

    def kill(self, after: float) -> bool:
        """Kill it after so many seconds; False where it had finished."""
        try:
            self._process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
        return self._process.returncode == -signal.SIGKILL


def kill_imports(folder: Path, kills: int, seed: int) -> None:
    exports = write_exports(folder / "exports")
    whole = folder / "whole.converge"
    took = Import(exports, whole).seconds()
    with open_workspace(whole, KEY) as store:
        expected = content(store)
    moments = random.Random(seed)
    landed = 0
    while landed < kills:
        book = folder / f"killed{landed}.converge"
        if not Import(exports, book).kill(moments.uniform(0, took)):
            remove(book)
            continue
        landed += 1
        if book.exists():
            assert good("doctor", "--workspace", book, "--json").json["sound"] is True
        told = good("import", exports, "--workspace", book, "--json", code=1).json
        assert told["rows"] == told["imported"] + told["rejected"]
        with open_workspace(book, KEY) as store:
            assert content(store) == expected
        remove(book)


def remove(book: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        book.with_name(book.name + suffix).unlink(missing_ok=True)


def test_killed_a_few_times_importing_again_ends_in_the_same_book(tmp_path: Path) -> None:
    kill_imports(tmp_path, 4, seed=3)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_killed_two_hundred_times_importing_again_ends_in_the_same_book(tmp_path: Path) -> None:
    kill_imports(tmp_path, 200, seed=20261122)
