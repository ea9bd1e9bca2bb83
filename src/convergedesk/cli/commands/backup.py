"""`convergedesk backup`: a copy of the workspace, encrypted with the same key."""

from __future__ import annotations

import argparse

from convergedesk.cli.opening import opened
from convergedesk.cli.output import write_json, write_table
from convergedesk.cli.ports import Ports
from convergedesk.domain.declared_settings import BACKUPS_KEPT
from convergedesk.workspace.backups import backup_folder, list_backups, make_backup
from convergedesk.workspace.session import Workspace
from convergedesk.workspace.settings import Settings


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Write the copy, or list the ones that are there; returns 0."""
    from convergedesk.store.backup import backup

    with opened(arguments, ports) as workspace:
        if arguments.list:
            return _list(workspace, arguments, ports)
        if arguments.to is not None:
            copy = backup(workspace.path, workspace.store.key, arguments.to.expanduser())
        else:
            settings = Settings(ports.settings)
            copy = make_backup(
                workspace.path,
                workspace.store.key,
                _uid(workspace),
                backup_folder(workspace.path, settings),
                kept=settings.get(BACKUPS_KEPT),
                clock=workspace.clock,
            ).path
    if arguments.json:
        write_json(ports.out, {"backup": copy, "bytes": copy.stat().st_size})
    else:
        ports.out.write(f"Backed up to {copy}. The same key or passphrase opens it.\n")
    return 0


def _list(workspace: Workspace, arguments: argparse.Namespace, ports: Ports) -> int:
    folder = backup_folder(workspace.path, Settings(ports.settings))
    found = list_backups(folder, _uid(workspace), workspace.store.key.salt)
    if arguments.json:
        write_json(ports.out, {"folder": folder, "backups": found})
    elif not found:
        ports.out.write(f"There are no backups in {folder}.\n")
    else:
        rows = [
            (f"{one.made_at:%Y-%m-%d %H:%M:%S} UTC", f"{one.size / 1e6:,.1f} MB", str(one.path))
            for one in found
        ]
        write_table(ports.out, ("made", "size", "file"), rows, right=(1,))
    return 0


def _uid(workspace: Workspace) -> str:
    from convergedesk.store.info import read_info

    return read_info(workspace.store).uid
