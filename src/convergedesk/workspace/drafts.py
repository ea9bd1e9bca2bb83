"""Drafts: what is being written, kept in the encrypted file until it is added or given up."""

from __future__ import annotations

from collections.abc import Mapping

from convergedesk.store import drafts
from convergedesk.workspace.session import Workspace


def keep_draft(workspace: Workspace, key: str, body: Mapping[str, object]) -> None:
    """Keep what a form holds.

    Args:
        workspace: The workspace.
        key: Which form for what, such as 'check-in:12'.
        body: The form's fields; whatever JSON can hold.
    """
    drafts.keep(workspace.store, key, body, now=workspace.clock.now())


def find_draft(workspace: Workspace, key: str) -> dict[str, object] | None:
    """What the form held, or None."""
    return drafts.find(workspace.store, key)


def drop_draft(workspace: Workspace, key: str) -> None:
    """Forget a draft. Within `workspace.edit` it goes in the moment that its text is kept for good."""
    drafts.drop(workspace.store, key)
