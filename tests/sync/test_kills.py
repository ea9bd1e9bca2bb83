"""An import that is killed at any instant leaves a whole file, and importing again doubles nothing."""

import os
import random
import selectors
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from convergedesk.store.engine import open_workspace
from convergedesk.sync.import_run import run_import
from tests.sync.big_book import KEY, pages
from tests.sync.content import content, count

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are copies of another")
ROOT = Path(__file__).parents[2]


class Importer:
    """A program that imports the big book in processes of their own, quick enough to be killed often.

    Attributes:
        shortest: Seconds that the quickest import took that was left alone.
    """

    def __init__(self) -> None:
        self.shortest = 60.0
        command = [sys.executable, "-m", "tests.sync.big_book"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        self._lines = selectors.DefaultSelector()
        assert self._process.stdout is not None
        self._lines.register(self._process.stdout, selectors.EVENT_READ)

    def run(self, path: Path, *, kill_after: float | None = None) -> int:
        """Import; returns the exit code of the importing process (-9 where the kill met it)."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{path}\n".encode())
        ready, pid = self._process.stdout.readline().split()
        assert ready == b"ready"
        began = monotonic()
        if kill_after is not None and not self._lines.select(timeout=kill_after):
            os.kill(int(pid), signal.SIGKILL)
        ended, code = self._process.stdout.readline().split()
        assert ended == b"ended"
        if int(code) == 0:
            self.shortest = min(self.shortest, monotonic() - began)
        return int(code)

    def close(self) -> None:
        self._lines.close()
        self._process.communicate()


@pytest.fixture
def importer() -> Iterator[Importer]:
    importer = Importer()
    yield importer
    importer.close()


def kill_many_times(importer: Importer, blank: Path, folder: Path, kills: int, seed: int) -> None:
    whole = folder / "whole.converge"
    shutil.copyfile(blank, whole)
    assert importer.run(whole) == 0
    with open_workspace(whole, KEY) as store:
        expected = content(store)
    moments = random.Random(seed)
    path = folder / "killed.converge"
    landed = 0
    while landed < kills:
        if landed % 5 == 0:
            shutil.copyfile(blank, path)
            for suffix in ("-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
        if importer.run(path, kill_after=moments.uniform(0, importer.shortest)) != -signal.SIGKILL:
            continue
        landed += 1
        with open_workspace(path, KEY) as store:
            with store.read() as connection:
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
                assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
                committed, taken, waiting = connection.exec_driver_sql(
                    "SELECT (SELECT coalesce(max(imported + waiting), 0) FROM import_files f "
                    "WHERE stream = 'tickets.csv' AND run_id = (SELECT max(id) FROM import_runs)), "
                    "(SELECT count(*) FROM tickets), "
                    "(SELECT count(*) FROM waiting_rows WHERE entity = 'tickets')"
                ).one()
            # What the run's own record says is in is in.
            assert taken + waiting >= committed
        again = folder / "again.converge"
        shutil.copyfile(path, again)
        with open_workspace(again, KEY) as store:
            summary = run_import(store, pages())
            assert summary.rows == summary.imported + summary.rejected
            assert content(store) == expected
            assert count(store, "import_runs", "state = 'running'") == 0
        again.unlink()


def test_killed_ten_times_the_import_still_ends_in_the_same_book(
    importer: Importer, blank: Path, tmp_path: Path
):
    kill_many_times(importer, blank, tmp_path, 10, seed=7)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_killed_two_hundred_times_the_import_still_ends_in_the_same_book(
    importer: Importer, blank: Path, tmp_path: Path
):
    kill_many_times(importer, blank, tmp_path, 200, seed=11)
