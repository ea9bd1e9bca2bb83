"""`convergedesk backup --to FILE`: a copy of the workspace, encrypted with the same key."""

from __future__ import annotations

import argparse

from convergedesk.cli.opening import opened
from convergedesk.cli.output import write_json
from convergedesk.cli.ports import Ports


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Write the copy; returns 0."""
    from convergedesk.store.backup import backup

    with opened(arguments, ports) as workspace:
        copy = backup(workspace.path, workspace.store.key, arguments.to.expanduser())
    if arguments.json:
        write_json(ports.out, {"backup": copy, "bytes": copy.stat().st_size})
    else:
        ports.out.write(f"Backed up to {copy}. The same key or passphrase opens it.\n")
    return 0
