"""`convergedesk restore --from FILE`: a backup takes the place of the workspace."""

from __future__ import annotations

import argparse
from pathlib import Path

from convergedesk.cli.opening import given_key, workspace_path
from convergedesk.cli.output import write_json, write_table
from convergedesk.cli.ports import Ports
from convergedesk.domain.errors import KeyMissingError
from convergedesk.domain.protocols import SystemClock
from convergedesk.store.keys import Key
from convergedesk.workspace.backups import RestorePreview, preview_restore
from convergedesk.workspace.keys import find_key

_SHOWN = 10


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Check the backup, then put it in place; the former file is kept beside it. Returns 0."""
    from convergedesk.store.backup import restore

    source, target = arguments.source.expanduser(), workspace_path(arguments, ports)
    key = given_key(arguments, ports) or find_key(source, ports.secrets)
    if arguments.preview:
        preview = preview_restore(source, key, target, _present_key(arguments, ports, target))
        if arguments.json:
            write_json(ports.out, preview)
        else:
            _tell(preview, ports)
        return 0
    kept = restore(source, target, key, now=SystemClock().now())
    if arguments.json:
        write_json(ports.out, {"restored": target, "replaced_file": kept})
        return 0
    ports.out.write(f"Restored {target} from {source}.\n")
    if kept is not None:
        ports.out.write(f"The file that was there is kept as {kept.name}.\n")
    return 0


def _present_key(arguments: argparse.Namespace, ports: Ports, target: Path) -> Key | None:
    try:
        return given_key(arguments, ports) or (find_key(target, ports.secrets) if target.exists() else None)
    except KeyMissingError:
        return None


def _tell(preview: RestorePreview, ports: Ports) -> None:
    ports.out.write(f"The backup holds “{preview.backup.name}”.\n")
    now = preview.present.counts if preview.present is not None else {}
    rows = [
        (words, f"{held:,}", f"{now[words]:,}" if words in now else "not known")
        for words, held in preview.backup.counts.items()
    ]
    write_table(ports.out, ("", "backup", "now"), rows, right=(1, 2))
    if preview.other:
        ports.out.write("It is a backup of another workspace than the one that is there.\n")
    for title, edits in (("Last edits in the backup", preview.backup.edits), ("Would be lost", preview.lost)):
        if edits:
            ports.out.write(f"{title}:\n")
        for edit in edits[:_SHOWN]:
            ports.out.write(f"  {edit.made_at:%Y-%m-%d %H:%M} UTC  {edit.label}\n")
        if len(edits) > _SHOWN:
            ports.out.write(f"  and {len(edits) - _SHOWN} more\n")
