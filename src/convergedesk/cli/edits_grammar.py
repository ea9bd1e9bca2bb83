"""The grammar of the commands about goals, and about edits and the way back from them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any


def add_edits(commands: Any, parents: Sequence[argparse.ArgumentParser]) -> None:
    """Add `goals`, `edits`, `undo` and `redo`.

    Args:
        commands: What `ArgumentParser.add_subparsers` returned.
        parents: Flags that every command takes.
    """
    commands.add_parser("goals", parents=parents, help="the goals of all accounts and where they stand")
    edits = commands.add_parser("edits", parents=parents, help="what was edited in the last 30 days")
    edits.add_argument("--deleted", action="store_true", help="only what was deleted and still is")
    edits.add_argument("--restore", type=int, metavar="N", help="bring back what edit N deleted")
    commands.add_parser("undo", parents=parents, help="take back the last edit")
    commands.add_parser("redo", parents=parents, help="do again what was taken back last")
