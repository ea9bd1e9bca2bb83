"""An import that is killed at any instant leaves a whole file, and importing again doubles nothing."""

import random
import shutil
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from convergedesk.store.engine import open_workspace
from convergedesk.sync.import_run import run_import
from tests.sync.big_book import KEY, pages
from tests.sync.content import content, count

ROOT = Path(__file__).parents[2]


def start(path: Path) -> subprocess.Popen[str]:
    """A real importing process that has just opened the file."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.sync.big_book", str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill_within(path: Path, seconds: float) -> bool:
    """Kill the import at a random instant of that span; True where it was still running."""
    with start(path) as process:
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return True
        return False


def kill_many_times(blank: Path, folder: Path, kills: int, seed: int) -> None:
    whole = folder / "whole.converge"
    shutil.copyfile(blank, whole)
    with start(whole) as process:
        began = monotonic()
        assert process.wait() == 0
        lasting = monotonic() - began
    with open_workspace(whole, KEY) as store:
        expected = content(store)
    moments = random.Random(seed)
    path = folder / "killed.converge"
    landed = 0
    for number in range(kills):
        if number % 5 == 0:
            shutil.copyfile(blank, path)
            for suffix in ("-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
        landed += kill_within(path, moments.uniform(0, lasting))
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
    assert landed > kills // 3, "too few kills met a running import to show anything"


def test_killed_ten_times_the_import_still_ends_in_the_same_book(blank: Path, tmp_path: Path):
    kill_many_times(blank, tmp_path, 10, seed=7)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_killed_two_hundred_times_the_import_still_ends_in_the_same_book(blank: Path, tmp_path: Path):
    kill_many_times(blank, tmp_path, 200, seed=11)
