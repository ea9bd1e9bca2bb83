"""The grammar of the commands that say what support did to usage."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any


def iso_day(text: str) -> date:
    """A day such as 2026-03-31."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day such as 2026-03-31") from None


def add_insights(commands: Any, parents: Sequence[argparse.ArgumentParser]) -> None:
    """Add `metrics`, `ticket`, `explain` and `links`.

    Args:
        commands: What `ArgumentParser.add_subparsers` returned.
        parents: Flags that every command takes.
    """
    metrics = commands.add_parser(
        "metrics", parents=parents, help="what support did to usage, beside the traditional figures"
    )
    metrics.add_argument("--account", metavar="NAME", default=None, help="one account and its sites")
    metrics.add_argument("--from", type=iso_day, metavar="DAY", dest="first_day", default=None)
    metrics.add_argument("--to", type=iso_day, metavar="DAY", dest="last_day", default=None)
    metrics.add_argument("--high", action="store_true", help="only tickets of high priority")
    metrics.add_argument("--pod", metavar="NAME", default=None, help="one pod's accounts")
    metrics.add_argument("--feature", metavar="NAME", default=None, help="only tickets about this feature")
    ticket = commands.add_parser("ticket", parents=parents, help="one ticket in its context")
    ticket.add_argument("ticket", metavar="NUMBER", help="the ticket's number in the support desk")
    explain = commands.add_parser("explain", parents=parents, help="what stands behind a figure")
    explain.add_argument(
        "figure", metavar="FIGURE-ID", nargs="?", help="as 'Copy id' gives it; without one, the kinds of ids"
    )
    links = commands.add_parser(
        "links", parents=parents, help="open convergedesk: addresses of the support desk with this program"
    )
    links.add_argument("wanted", choices=("register", "remove"), help="for the present user alone")
