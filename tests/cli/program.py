"""Runs the program as a person at a terminal does: a process of its own, and what it said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PASSPHRASE = "correct horse"
COMMAND = (sys.executable, "-m", "convergedesk")


@dataclass(frozen=True)
class Done:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object that `--json` prints."""
        assert self.out.count("\n") == 1, self.out
        return json.loads(self.out)


def environment(passphrase: str | None = PASSPHRASE, **changes: str) -> dict[str, str]:
    """This process's environment, with a passphrase or without."""
    values = {**os.environ, **changes}
    values.pop("CONVERGEDESK_PASSPHRASE", None)
    if passphrase is not None:
        values["CONVERGEDESK_PASSPHRASE"] = passphrase
    return values


def run(
    *words: str | Path,
    passphrase: str | None = PASSPHRASE,
    stdin: str = "",
    prefix: tuple[str, ...] = (),
    changes: Mapping[str, str] | None = None,
) -> Done:
    """Run the program to its end; it may fail, but never with a traceback."""
    ended = subprocess.run(
        [*prefix, *COMMAND, *map(str, words)],
        env=environment(passphrase, **(changes or {})),
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=90,
        check=False,
    )
    said = ended.stdout + ended.stderr
    assert "Traceback" not in said, said
    assert "Error" not in ended.stderr, ended.stderr
    return Done(ended.returncode, ended.stdout, ended.stderr)


def good(*words: str | Path, code: int = 0, passphrase: str | None = PASSPHRASE) -> Done:
    """Run the program and expect it to succeed without a word of complaint."""
    done = run(*words, passphrase=passphrase)
    assert done.code == code, done.err
    assert done.err == ""
    return done
