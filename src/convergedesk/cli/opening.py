"""Finds the key and opens the workspace that a command names."""

from __future__ import annotations

import argparse
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from convergedesk.cli.ports import Ports
from convergedesk.domain.errors import UsageError
from convergedesk.domain.recovery_key import read_recovery_key
from convergedesk.store.keys import Key
from convergedesk.workspace.keys import find_key, new_key
from convergedesk.workspace.session import Workspace, create_workspace, open_workspace


def workspace_path(arguments: argparse.Namespace, ports: Ports) -> Path:
    """The file that `--workspace` names, or the usual one."""
    return (arguments.workspace or ports.default_workspace).expanduser()


def key_of(arguments: argparse.Namespace, ports: Ports) -> tuple[Path, Key]:
    """The workspace's file and what opens it.

    The key comes from standard input (`--key-stdin`), else from `--recovery-key-file`, else
    from `--passphrase-file`, else from CONVERGEDESK_PASSPHRASE, else from the keyring.

    Raises:
        WorkspaceError: There is no such file, or no key for it.
    """
    path = workspace_path(arguments, ports)
    return path, given_key(arguments, ports) or find_key(path, ports.secrets)


def given_key(arguments: argparse.Namespace, ports: Ports) -> Key | None:
    """The key or passphrase that was handed over, or None."""
    if arguments.key_stdin:
        return _key_from_line(ports.stdin.readline().decode().rstrip("\r\n"))
    if arguments.recovery_key_file is not None:
        return Key.raw(read_recovery_key(_text(arguments.recovery_key_file)))
    if arguments.passphrase_file is not None:
        return Key.passphrase(first_line(arguments.passphrase_file))
    passphrase = ports.environ.get("CONVERGEDESK_PASSPHRASE")
    return Key.passphrase(passphrase) if passphrase else None


@contextmanager
def opened(arguments: argparse.Namespace, ports: Ports) -> Generator[Workspace]:
    """The workspace, open for the time of the block."""
    path, key = key_of(arguments, ports)
    with open_workspace(path, key) as workspace:
        yield workspace


@contextmanager
def opened_or_created(arguments: argparse.Namespace, ports: Ports) -> Generator[Workspace]:
    """The workspace, created where there is no such file yet; its key goes into the keyring."""
    path = workspace_path(arguments, ports)
    if path.exists():
        with opened(arguments, ports) as workspace:
            yield workspace
        return
    key, salt = new_key(ports.secrets, given=given_key(arguments, ports))
    with create_workspace(path, key, name=path.stem, salt=salt) as workspace:
        yield workspace


def _key_from_line(line: str) -> Key:
    kind, _, secret = line.partition(":")
    if kind == "passphrase":
        return Key.passphrase(secret)
    try:
        return Key.from_text(secret if kind == "key" else line)
    except ValueError:
        raise UsageError("Standard input held no key.") from None


def first_line(path: Path) -> str:
    """The passphrase that a file holds. Raises UsageError where it cannot be read."""
    return _text(path).split("\n", 1)[0].rstrip("\r")


def _text(path: Path) -> str:
    try:
        return path.expanduser().read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The file “{path}” cannot be read.", details=str(error)) from error
