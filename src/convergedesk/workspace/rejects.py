"""Rows that were not taken: listed, exported, marked as settled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from convergedesk.domain.rejects import RejectQuery
from convergedesk.sync import rejects as sync_rejects
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.session import Workspace

if TYPE_CHECKING:
    from convergedesk.domain.rejects import RejectList


def rejects(workspace: Workspace, query: RejectQuery) -> RejectList:
    """The rejected rows that a query asks for, newest first."""
    return sync_rejects.rejects(workspace.store, query)


def export_rejects_csv(workspace: Workspace, path: Path, query: RejectQuery) -> int:
    """Write rejected rows as CSV that no spreadsheet takes for formulas; returns how many."""
    return sync_rejects.export_rejects_csv(workspace.store, path, query)


def resolve_rejects(workspace: Workspace, reject_ids: Sequence[int]) -> Changes:
    """Mark rows as settled; they leave the list."""
    sync_rejects.resolve_rejects(workspace.store, reject_ids, clock=workspace.clock)
    return Changes(frozenset(), frozenset({Kind.REJECTS}))
