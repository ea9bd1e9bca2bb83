"""The grammar of the command that says what needs attention."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

STATES = ("open", "snoozed", "expected", "resolved")


def add_alerts(commands: Any, parents: Sequence[argparse.ArgumentParser]) -> None:
    """Add `alerts`.

    Args:
        commands: What `ArgumentParser.add_subparsers` returned.
        parents: Flags that every command takes.
    """
    alerts = commands.add_parser("alerts", parents=parents, help="what needs attention, and why")
    alerts.add_argument("--account", metavar="NAME", default=None, help="one account and its sites")
    alerts.add_argument(
        "--state", choices=STATES, default=None, help="only these; without it all but what is closed"
    )
    alerts.add_argument(
        "--no-refresh", action="store_true", help="list what is kept, without looking at usage and tickets"
    )
    alerts.add_argument("--rules", action="store_true", help="list the rules instead")
    alerts.add_argument(
        "--preview",
        metavar="KIND",
        default=None,
        help="what the rule of that kind would have raised in the last 90 days",
    )
    alerts.add_argument(
        "--export-rules", type=Path, metavar="FILE", default=None, help="write the rules for all accounts"
    )
    alerts.add_argument(
        "--import-rules", type=Path, metavar="FILE", default=None, help="take over rules written so"
    )
