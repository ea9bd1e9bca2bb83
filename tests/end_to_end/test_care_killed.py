"""Killed while it backs up and changes its key, the program leaves a file that opens and backups that do."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from convergedesk.store.accounts import list_accounts
from convergedesk.store.engine import open_workspace as open_store
from convergedesk.store.info import read_info
from convergedesk.store.keys import Key, salt_of
from convergedesk.store.rekeying import draft_of
from convergedesk.workspace.backups import list_backups
from convergedesk.workspace.rekeying import clear_interrupted, opens
from convergedesk.workspace.session import create_workspace
from tests.end_to_end.care_loop import KEPT, FileKeyring, key_of, kind_of, words
from tests.store.rows import add_account

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills with a signal")
ROOT = Path(__file__).parents[2]
# Longer than a backup and a change of key of the small file take on a busy machine; a step that
# ends earlier is followed by the next, so that no kill is wasted.
_MOMENT_S = 0.5


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.converge"
    with create_workspace(path, Key.passphrase(words(0)), name="Book") as workspace:
        add_account(workspace.store, "Account 0")
        with workspace.store.write() as connection:
            rows = [(f"{number}", "x" * 2000) for number in range(1500)]
            connection.exec_driver_sql("INSERT INTO features (key, name) VALUES (?, ?)", rows)
    return path


class Worker:
    """Works on the file in processes that can be killed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.end_to_end.care_loop"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def killed_run(
        self, book: Path, keyring: Path, seed: int, first: int, after: float
    ) -> tuple[set[int], int]:
        """Kill it after so many seconds; gives the steps that it said were done, and the last begun."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([str(book), str(keyring), str(seed), str(first)]) + "\n")
        self._process.stdin.flush()
        told: dict[str, list[int]] = {"pid": [], "begins": [], "done": [], "ended": []}
        while not (told["pid"] and told["begins"]):
            self._read(told)
        Event().wait(after)
        os.kill(told["pid"][0], signal.SIGKILL)
        while not told["ended"]:
            self._read(told)
        assert told["ended"] == [-signal.SIGKILL]
        return set(told["done"]), max(told["begins"])

    def close(self) -> None:
        self._process.communicate()

    def _read(self, told: dict[str, list[int]]) -> None:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "it ended by itself"
        # A line that the kill cut in two promises nothing; what follows it stands behind it.
        for part in line.replace("}{", "}\n{").splitlines():
            try:
                [(what, value)] = json.loads(part[part.rindex("{") :]).items()
            except ValueError:
                continue
            told[what].append(value)


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


def check_whole(book: Path, keyring: FileKeyring, seed: int, done: set[int], begun: int) -> None:
    """Open the file as the program would, and every backup."""
    key = key_of(book, keyring, seed, begun)
    assert key is not None, "neither the keyring nor a passphrase opens the file"
    with open_store(book, key) as store:
        with store.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
            assert connection.exec_driver_sql("PRAGMA cipher_integrity_check").all() == []
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
            assert connection.exec_driver_sql("SELECT count(*) FROM features").scalar_one() == 1500
        names = {account.name for account in list_accounts(store)}
        uid = read_info(store).uid
    confirmed = {f"Account {step}" for step in done if kind_of(seed, step) == "edit"}
    assert confirmed <= names
    backups = list_backups(book.parent / "backups", uid, salt_of(book))
    made = sum(1 for step in done if kind_of(seed, step) == "backup")
    assert len(backups) >= min(made, KEPT)
    for backup in backups[:2]:
        held = key_of(backup.path, keyring, seed, begun)
        assert held is not None
        assert opens(backup.path, held)
    clear_interrupted(book, keyring)
    assert not draft_of(book).exists()
    assert {file.name for file in book.parent.iterdir()} <= {
        book.name,
        "backups",
        "keyring.json",
        "keyring.draft",
    }


def kill_again_and_again(worker: Worker, book: Path, seed: int, kills: int) -> None:
    keyring = book.with_name("keyring.json")
    chance = random.Random(seed)
    step, done = 1, set[int]()
    within = Counter[str]()
    for _ in range(kills):
        told, begun = worker.killed_run(book, keyring, seed, step, chance.random() * _MOMENT_S)
        done |= told
        check_whole(book, FileKeyring(keyring), seed, done, begun)
        if begun not in done:
            within[kind_of(seed, begun)] += 1
        step = begun + 1
    assert within.total(), "no kill met a step: let them come sooner"


def test_killed_while_backing_up_and_changing_keys_everything_opens(worker: Worker, book: Path) -> None:
    kill_again_and_again(worker, book, seed=2, kills=10)


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", range(8))
def test_killed_two_hundred_times_everything_opens(worker: Worker, book: Path, seed: int) -> None:
    kill_again_and_again(worker, book, seed, kills=25)
