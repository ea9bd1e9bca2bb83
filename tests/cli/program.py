"""Runs the program as a person at a terminal does: a process of its own, and what it said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from tests.cli.warm import WarmProgram

PASSPHRASE = "correct horse"
COMMAND = (sys.executable, "-m", "convergedesk")
_WARM = WarmProgram()


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


def environment(passphrase: str | None = PASSPHRASE) -> dict[str, str]:
    """This process's environment, with a passphrase or without."""
    values = dict(os.environ)
    values.pop("CONVERGEDESK_PASSPHRASE", None)
    if passphrase is not None:
        values["CONVERGEDESK_PASSPHRASE"] = passphrase
    return values


def run(
    *words: str | Path, passphrase: str | None = PASSPHRASE, stdin: str = "", fresh: bool = False
) -> Done:
    """Run the program to its end; it may fail, but never with a traceback.

    Args:
        words: What stands behind the program's name.
        passphrase: What CONVERGEDESK_PASSPHRASE holds; None for no such variable.
        stdin: Standard input.
        fresh: Start the interpreter anew, as a terminal does, instead of copying one that waits.
    """
    line = [str(word) for word in words]
    with NamedTemporaryFile() as given, NamedTemporaryFile() as out, NamedTemporaryFile() as err:
        given.write(stdin.encode())
        given.flush()
        streams = (given, out, err)
        if fresh or os.name == "nt":
            given.seek(0)
            ended = subprocess.run(
                [*COMMAND, *line],
                env=environment(passphrase),
                stdin=given,
                stdout=out,
                stderr=err,
                check=False,
            )
            code = ended.returncode
        else:
            code = _WARM.run(line, environment(passphrase), streams)
        done = Done(code, *(Path(stream.name).read_text(encoding="utf-8") for stream in streams[1:]))
    assert "Traceback" not in done.out + done.err, done.err
    assert "Error" not in done.err, done.err
    return done


def good(*words: str | Path, code: int = 0, passphrase: str | None = PASSPHRASE, fresh: bool = False) -> Done:
    """Run the program and expect it to succeed without a word of complaint."""
    done = run(*words, passphrase=passphrase, fresh=fresh)
    assert done.code == code, done.err
    assert done.err == ""
    return done
