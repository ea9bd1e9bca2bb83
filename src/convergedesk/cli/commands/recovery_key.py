"""`convergedesk recovery-key`: what opens the file when keyring and passphrase are lost."""

from __future__ import annotations

import argparse

from convergedesk.cli.opening import opened
from convergedesk.cli.output import write_json
from convergedesk.cli.ports import Ports
from convergedesk.domain.recovery_key import recovery_lines


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Print the key; returns 0."""
    with opened(arguments, ports) as workspace:
        lines = recovery_lines(workspace.store.key.key)
    if arguments.json:
        write_json(ports.out, {"recovery_key": lines})
        return 0
    ports.out.write("\n".join(lines) + "\n")
    ports.err.write(
        "Whoever has this opens the workspace. Keep it on paper, not in a file of this computer; "
        "it is void once the key is changed.\n"
    )
    return 0
