"""All accounts at once, as Home and Accounts show them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from convergedesk.domain.portfolio import HomeSnapshot
from convergedesk.domain.protocols import SystemClock
from convergedesk.store.first_paint import read_home

if TYPE_CHECKING:
    from convergedesk.store.keys import Key
    from convergedesk.workspace.session import Workspace


def home_first_paint(path: Path, key: Key) -> HomeSnapshot:
    """What Home shows, read before anything heavy is loaded.

    Raises:
        WorkspaceError: The file cannot be opened.
    """
    return read_home(path, key, now=SystemClock().now())


def home(workspace: Workspace) -> HomeSnapshot:
    """What Home shows, read from an open workspace."""
    from convergedesk.store.first_paint import snapshot

    with workspace.store.raw() as connection:
        return snapshot(connection, now=workspace.clock.now())
