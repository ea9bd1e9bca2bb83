"""All accounts at once, as Home and Accounts show them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from convergedesk.domain.portfolio import HomeSnapshot

if TYPE_CHECKING:
    from convergedesk.store.keys import FileKey, Key
    from convergedesk.workspace.session import Workspace


def home_first_paint(
    path: Path, key: Key, *, today: date, derived: FileKey | None = None
) -> tuple[HomeSnapshot, FileKey] | None:
    """What Home shows, read before anything heavy is loaded, and the file's key.

    Args:
        path: The workspace.
        key: What opens it.
        today: The computer's day.
        derived: What `key.for_salt` gave for this file, where that was done already.

    Returns:
        None where the file must be brought up to date first, by `open_workspace`.

    Raises:
        WorkspaceError: The file cannot be opened.
    """
    from convergedesk.store.first_paint import read_home

    return read_home(path, key, today=today, derived=derived)


def home(workspace: Workspace) -> HomeSnapshot:
    """What Home shows, read from an open workspace."""
    from convergedesk.store.home import home_snapshot

    return home_snapshot(workspace.store, today=workspace.today)
