"""From nothing to Home with its rows on screen, beside a bare window, in turns.

Whole processes on a virtual screen: the interpreter, the imports, the window, the key, the encrypted file,
the painting. The clock stops when the event loop turns again after the first painting of the table, and what
the program still does on its thread of windows before that is part of it.

The key comes the way it usually does, out of the system's keyring; and, for those who hand over a passphrase,
by deriving it.
"""

import os
import statistics
import subprocess
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from time import perf_counter

from benchmarks.figure import Figure
from benchmarks.screen import screen
from benchmarks.start_keyring import is_missing, keyring
from benchmarks.workloads import PASSPHRASE, TYPICAL_WORDS, typical_copy

LIMIT = 3.0
TURNS = 15
HERE = Path(__file__).parent
NAME = "start to an interactive Home, against a bare window"


def seconds_to_paint(command: list[str], environment: Mapping[str, str]) -> float:
    """Seconds from the start of a process to its word that it has painted."""
    began = perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = child.stdout.readline()
        seconds = perf_counter() - began
        child.stdout.read()
    assert said == "painted\n", said
    assert child.returncode == 0, child.returncode
    return seconds


def run() -> list[Figure]:
    missing = is_missing()
    with typical_copy() as workspace, screen() as shown:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "QT_"))},
            "HOME": str(workspace.parent),
            **shown,
        }
        environment.pop("PYTHON_KEYRING_BACKEND", None)
        bare = [sys.executable, str(HERE / "start_bare.py")]
        program = [sys.executable, str(HERE / "start_program.py"), str(workspace)]
        with nullcontext({}) if missing else keyring(workspace) as kept:
            by_keyring = {**environment, **kept}
            by_passphrase = {**environment, "CONVERGEDESK_PASSPHRASE": PASSPHRASE}
            # The first turn compiles, and reads from the disk what later ones find in memory.
            spent = [
                (
                    seconds_to_paint(bare, environment),
                    seconds_to_paint(program, by_passphrase),
                    0.0 if missing else seconds_to_paint(program, by_keyring),
                )
                for _ in range(TURNS + 1)
            ][1:]
    bare_s, passphrase_s, keyring_s = (statistics.median(column) for column in zip(*spent, strict=True))
    note = f"{TYPICAL_WORDS}; medians of {TURNS} turns"
    figures: list[Figure] = []
    if not missing:
        figures += [
            Figure(f"{NAME}: key in the keyring", keyring_s / bare_s, "×", LIMIT, kind="ratio", note=note),
            Figure("  Home", 1000 * keyring_s, "ms", note="key asked of a Secret Service"),
        ]
    how = f"no keyring to measure with, which needs {missing}; {note}" if missing else note
    return [
        *figures,
        Figure(f"{NAME}: passphrase", passphrase_s / bare_s, "×", LIMIT, kind="ratio", note=how),
        Figure("  Home", 1000 * passphrase_s, "ms", note="key derived from a passphrase"),
        Figure("  a bare PySide6 window", 1000 * bare_s, "ms"),
    ]
