"""`convergedesk links`: has the system open convergedesk: addresses with this program, or no longer."""

from __future__ import annotations

import argparse

from convergedesk.cli.output import write_json
from convergedesk.cli.ports import Ports


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Tell the system, and print what was done; returns 0."""
    said = ports.open_links(arguments.wanted == "register")
    if arguments.json:
        write_json(ports.out, {"done": said})
    else:
        ports.out.write(f"{said}\n")
    return 0
