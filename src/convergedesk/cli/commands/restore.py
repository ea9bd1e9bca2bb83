"""`convergedesk restore --from FILE`: a backup takes the place of the workspace."""

from __future__ import annotations

import argparse

from convergedesk.cli.opening import given_key, workspace_path
from convergedesk.cli.output import write_json
from convergedesk.cli.ports import Ports
from convergedesk.domain.protocols import SystemClock
from convergedesk.workspace.keys import find_key


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Check the backup, then put it in place; the former file is kept beside it. Returns 0."""
    from convergedesk.store.backup import restore

    source, target = arguments.source.expanduser(), workspace_path(arguments, ports)
    key = given_key(arguments, ports) or find_key(source, ports.secrets)
    kept = restore(source, target, key, now=SystemClock().now())
    if arguments.json:
        write_json(ports.out, {"restored": target, "replaced_file": kept})
        return 0
    ports.out.write(f"Restored {target} from {source}.\n")
    if kept is not None:
        ports.out.write(f"The file that was there is kept as {kept.name}.\n")
    return 0
