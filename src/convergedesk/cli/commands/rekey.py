"""`convergedesk rekey`: another passphrase, or the key moved to the keyring."""

from __future__ import annotations

import argparse

from convergedesk.cli.opening import first_line, key_of
from convergedesk.cli.output import write_json
from convergedesk.cli.ports import Ports
from convergedesk.domain.errors import UsageError


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Change the key; returns 0."""
    from convergedesk.workspace.rekeying import change_key

    path, key = key_of(arguments, ports)
    words = None if arguments.to_keyring else first_line(arguments.new_passphrase_file)
    if words == "":
        raise UsageError("The new passphrase is empty.", fix="Write it into the file's first line.")
    change_key(path, key, ports.secrets, passphrase=words)
    if arguments.json:
        write_json(ports.out, {"workspace": path, "key_in_keyring": words is None})
        return 0
    place = "The keyring keeps its new key" if words is None else "Its new passphrase opens it"
    ports.out.write(
        f"Changed the key of {path}. {place}; the recovery key on paper is void.\n"
        "Backups made before still open with the former key or passphrase.\n"
    )
    return 0
