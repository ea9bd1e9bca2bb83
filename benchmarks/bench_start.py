"""From nothing to Home with its rows on screen, beside a bare window, in turns.

Whole processes on a virtual screen: the interpreter, the imports, the window, the passphrase, the encrypted
file, the painting. The clock stops when the event loop turns again after the first painting of the table.
"""

import os
import statistics
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

from benchmarks.figure import Figure
from benchmarks.screen import screen
from benchmarks.workloads import PASSPHRASE, TYPICAL_WORDS, typical_copy

LIMIT = 3.0
TURNS = 15
HERE = Path(__file__).parent


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
    with typical_copy() as workspace, screen() as shown:
        home = str(workspace.parent)
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "QT_"))},
            "HOME": home,
            "CONVERGEDESK_PASSPHRASE": PASSPHRASE,
            **shown,
        }
        bare = [sys.executable, str(HERE / "start_bare.py")]
        program = [sys.executable, "-m", "benchmarks.start_program", str(workspace)]
        # The first turn compiles, and reads from the disk what later ones find in memory.
        spent = [
            (seconds_to_paint(bare, environment), seconds_to_paint(program, environment))
            for _ in range(TURNS + 1)
        ][1:]
    bare_s, program_s = (statistics.median(column) for column in zip(*spent, strict=True))
    return [
        Figure(
            "start to an interactive Home, against a bare window",
            program_s / bare_s,
            "×",
            limit=LIMIT,
            kind="ratio",
            note=f"{TYPICAL_WORDS}; medians of {TURNS} turns",
        ),
        Figure("  a bare PySide6 window", 1000 * bare_s, "ms"),
        Figure("  Home", 1000 * program_s, "ms", note="key derived from a passphrase"),
    ]
