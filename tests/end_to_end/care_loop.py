"""A program that edits, backs up and changes its key without end, saying each step before and after.

It reads lines of FILE, KEYRING, SEED and FIRST as JSON, and does the work of each in a process of its own,
which is quick to begin and can be killed. KEYRING is a JSON file that plays the system's keyring: written
whole, it outlives a kill as the real one does.
"""

from __future__ import annotations

import json
import os
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from convergedesk.store.info import read_info
from convergedesk.store.keys import Key
from convergedesk.workspace.backups import make_backup
from convergedesk.workspace.keys import find_key
from convergedesk.workspace.rekeying import change_key, clear_interrupted
from convergedesk.workspace.session import open_workspace
from tests.store.rows import add_account

KEPT = 5
_BEGAN = datetime(2026, 12, 10, 9, tzinfo=UTC)


class FileKeyring:
    """A `SecretStore` in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def everything(self) -> dict[str, str]:
        return json.loads(self._path.read_text()) if self._path.exists() else {}

    def get(self, name: str) -> str | None:
        return self.everything().get(name)

    def set(self, name: str, secret: str) -> None:
        self._write({**self.everything(), name: secret})

    def delete(self, name: str) -> None:
        self._write({kept: secret for kept, secret in self.everything().items() if kept != name})

    def _write(self, secrets: dict[str, str]) -> None:
        draft = self._path.with_suffix(".draft")
        draft.write_text(json.dumps(secrets))
        draft.replace(self._path)


class StepClock:
    """A day for every step."""

    def __init__(self, step: int) -> None:
        self._step = step

    def now(self) -> datetime:
        return _BEGAN + timedelta(days=self._step)


def words(step: int) -> str:
    """The passphrase that a step would choose."""
    return f"passphrase of step {step}"


def kind_of(seed: int, step: int) -> str:
    """What a step does."""
    return random.Random(f"{seed} {step}").choice(("edit", "backup", "to keyring", "to passphrase"))


def key_of(path: Path, keyring: FileKeyring, seed: int, step: int) -> Key | None:
    """What opens the file before that step: the keyring, or one of the passphrases so far."""
    from convergedesk.domain.errors import KeyMissingError
    from convergedesk.workspace.rekeying import opens

    try:
        return find_key(path, keyring)
    except KeyMissingError:
        chosen = [one for one in range(step, 0, -1) if kind_of(seed, one) == "to passphrase"]
        found = (Key.passphrase(words(one)) for one in [*chosen, 0])
        return next((key for key in found if opens(path, key)), None)


def do(path: Path, keyring: FileKeyring, seed: int, step: int, key: Key) -> Key:
    """Do a step; gives what opens the file afterwards."""
    kind = kind_of(seed, step)
    if kind in ("edit", "backup"):
        with open_workspace(path, key) as workspace:
            if kind == "edit":
                add_account(workspace.store, f"Account {step}")
            else:
                uid, own = read_info(workspace.store).uid, workspace.store.key
                make_backup(path, own, uid, path.parent / "backups", kept=KEPT, clock=StepClock(step))
        return key
    passphrase = words(step) if kind == "to passphrase" else None
    return change_key(path, key, keyring, passphrase=passphrase)


def say(what: str, step: int) -> None:
    """Print a line at once."""
    sys.stdout.write(json.dumps({what: step}) + "\n")
    sys.stdout.flush()


def main(path: str, keyring: str, seed: str, first: str) -> None:
    """Print a line before and after each step."""
    book, secrets = Path(path), FileKeyring(Path(keyring))
    clear_interrupted(book, secrets)
    key = key_of(book, secrets, int(seed), int(first))
    assert key is not None
    for step in range(int(first), sys.maxsize):
        say("begins", step)
        key = do(book, secrets, int(seed), step, key)
        say("done", step)


def serve() -> None:
    """Do what the lines of standard input say, each in a copy of this process."""
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            main(*json.loads(line))
            os._exit(0)
        say("pid", pid)
        _, status = os.waitpid(pid, 0)
        say("ended", os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    serve()
