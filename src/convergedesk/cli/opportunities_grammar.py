"""The grammar of the commands that say what customers ask for, and what they could still use."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any


def add_opportunities(commands: Any, parents: Sequence[argparse.ArgumentParser]) -> None:
    """Add `opportunities` and `feedback`.

    Args:
        commands: What `ArgumentParser.add_subparsers` returned.
        parents: Flags that every command takes.
    """
    opportunities = commands.add_parser(
        "opportunities", parents=parents, help="under-used meters, growth and commitments off pace, in money"
    )
    opportunities.add_argument("--account", metavar="NAME", default=None, help="one account and its sites")
    feedback = commands.add_parser(
        "feedback", parents=parents, help="what customers ask for, by revenue at stake"
    )
    feedback.add_argument("--account", metavar="NAME", default=None, help="one account and its sites")
