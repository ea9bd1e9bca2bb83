"""Killed at any instant, the program has kept every edit that it said it had kept, whole."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from convergedesk.store.engine import open_workspace as open_store
from convergedesk.store.keys import Key
from convergedesk.store.search_index import is_behind, missing_rows
from convergedesk.workspace.session import create_workspace, open_workspace
from tests.end_to_end.edit_loop import StepClock, digest, steps
from tests.store.rows import add_account

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills with a signal")
KEY = bytes(range(32))
ROOT = Path(__file__).parents[2]
_LONGEST_RUN = 12
# Within this an edit begins, writes and is told.
_MOMENT_S = 0.02


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.converge"
    with create_workspace(path, Key.raw(KEY), name="Book") as workspace:
        add_account(workspace.store, "Acme")
    return path


def expected(book: Path, seed: int, count: int) -> list[str]:
    """The state before every step and after the last, from a run that nobody disturbs."""
    undisturbed = book.with_name("undisturbed.converge")
    shutil.copyfile(book, undisturbed)
    with open_workspace(undisturbed, Key.raw(KEY), clock=StepClock()) as workspace:
        return [digest(workspace.store), *steps(workspace, seed, 0, count)]


def killed_run(
    book: Path, seed: int, first: int, last: int, chance: random.Random
) -> Iterator[dict[str, object]]:
    """Let it edit, kill it within some step; gives what it said it had kept."""
    arguments = (str(book), KEY.hex(), str(seed), str(first), str(last))
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.end_to_end.edit_loop", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    for _ in range(chance.randrange(1, _LONGEST_RUN)):
        line = child.stdout.readline()
        if not line:
            break
        yield json.loads(line)
    Event().wait(chance.random() * _MOMENT_S)
    child.kill()
    rest, _ = child.communicate()
    # A line that the kill cut in two promises nothing.
    yield from (json.loads(line) for line in rest.splitlines(keepends=True) if line.endswith("\n"))


def check_whole(book: Path) -> str:
    """Open it as the program would; gives the state it is in."""
    with open_store(book, Key.raw(KEY)) as store:
        with store.write() as connection:
            assert not is_behind(connection)
            assert missing_rows(connection) == 0
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            assert connection.exec_driver_sql("PRAGMA cipher_integrity_check").all() == []
            assert connection.exec_driver_sql("SELECT count(*) FROM edit_open").scalar_one() == 0
            stray = "SELECT count(*) FROM edit_rows WHERE edit_id NOT IN (SELECT id FROM edits)"
            assert connection.exec_driver_sql(stray).scalar_one() == 0
        return digest(store)


def kill_again_and_again(book: Path, seed: int, kills: int) -> None:
    states = expected(book, seed, kills * (_LONGEST_RUN + 30))
    chance = random.Random(seed)
    step = 0
    for _ in range(kills):
        confirmed = step
        for told in killed_run(book, seed, step, len(states) - 1, chance):
            confirmed = int(str(told["step"])) + 1
            assert told["state"] == states[confirmed]
        found = check_whole(book)
        # The edit under way when it was killed is there whole or not at all; every earlier one is there.
        assert found in states[confirmed : confirmed + 2], f"after {confirmed} confirmed edits, seed {seed}"
        step = confirmed if found == states[confirmed] else confirmed + 1


def test_no_confirmed_edit_is_lost_when_the_program_is_killed(book: Path) -> None:
    kill_again_and_again(book, seed=4, kills=4)


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", range(8))
def test_no_confirmed_edit_is_lost_in_two_hundred_kills(book: Path, seed: int) -> None:
    kill_again_and_again(book, seed, kills=25)
