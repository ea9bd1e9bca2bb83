"""The words of `convergedesk contracts`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def add_contracts(commands: Any, parents: Sequence[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "contracts", parents=list(parents), help="contracts with all their terms into or from a CSV file"
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--export", type=Path, metavar="FILE", help="write the contracts")
    what.add_argument("--import", dest="source", type=Path, metavar="FILE", help="take in contracts")
    what.add_argument("--template", type=Path, metavar="FILE", help="write an example to fill in")
    parser.add_argument("--account", metavar="NAME", help="export one account alone, with its sites")
