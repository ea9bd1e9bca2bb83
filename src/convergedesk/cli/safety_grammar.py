"""The grammar of the commands that keep a workspace safe."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def add_safety(commands: Any, parents: Sequence[argparse.ArgumentParser]) -> None:
    """Add `backup`, `restore`, `doctor`, `rekey`, `recovery-key` and `settings`.

    Args:
        commands: What `ArgumentParser.add_subparsers` returned.
        parents: Flags that every command takes.
    """
    backup = commands.add_parser("backup", parents=parents, help="copy the workspace, encrypted and checked")
    where = backup.add_mutually_exclusive_group()
    where.add_argument(
        "--to", type=Path, metavar="FILE", help="the copy to write; else the folder of daily backups"
    )
    where.add_argument("--list", action="store_true", help="list the daily backups, make none")
    restore = commands.add_parser(
        "restore", parents=parents, help="put a backup in the place of the workspace"
    )
    restore.add_argument("--from", type=Path, required=True, metavar="FILE", dest="source", help="the backup")
    restore.add_argument(
        "--preview", action="store_true", help="say what it holds and what would be lost, change nothing"
    )
    doctor = commands.add_parser("doctor", parents=parents, help="check the workspace and its surroundings")
    doctor.add_argument("--fix", action="store_true", help="mend what needs no decision, and tidy up")
    rekey = commands.add_parser(
        "rekey", parents=parents, help="change the passphrase, or move the key to the keyring"
    )
    to = rekey.add_mutually_exclusive_group(required=True)
    to.add_argument(
        "--new-passphrase-file", type=Path, metavar="FILE", help="file whose first line is the new passphrase"
    )
    to.add_argument("--to-keyring", action="store_true", help="let the keyring keep a new random key")
    commands.add_parser("recovery-key", parents=parents, help="print the recovery key, to be kept on paper")
    settings = commands.add_parser("settings", parents=parents, help="show, export or import settings")
    what = settings.add_mutually_exclusive_group()
    what.add_argument("--export", type=Path, metavar="FILE", help="write all as TOML, or as JSON (.json)")
    what.add_argument(
        "--import",
        type=Path,
        metavar="FILE",
        dest="source",
        help="read such a file; what fits is taken",
    )
