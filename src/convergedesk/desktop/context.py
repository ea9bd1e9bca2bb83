"""What every page is handed: where its data comes from and whom it tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from convergedesk.desktop.changes import ChangesBroadcast
    from convergedesk.desktop.jobs import JobRunner
    from convergedesk.desktop.navigator import Navigator
    from convergedesk.desktop.portfolio.feed import Portfolio
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.session import Workspace


class Notify(Protocol):
    """Shows a short sentence at the window's foot."""

    def __call__(self, text: str, undo: Callable[[], None] | None = None, tone: str = "good") -> None:
        """Show `text` for some seconds, with 'Undo' where there is a way back."""
        ...


class PageContext(NamedTuple):
    """The surroundings of a page.

    Attributes:
        workspace: The open workspace; called within a job only, since the first call opens the file.
        jobs: Runs reads and writes off the GUI thread.
        navigator: Sends the person elsewhere.
        changes: Told after a write; tells of writes.
        portfolio: All accounts and the chosen pod.
        notify: Shows a notice.
        today: The workspace's today.
    """

    workspace: Callable[[], Workspace]
    jobs: JobRunner
    navigator: Navigator
    changes: ChangesBroadcast
    portfolio: Portfolio
    notify: Notify
    today: Callable[[], date]

    def edited(self, sentence: str, changes: Changes) -> None:
        """After an edit: tell every page, and show the sentence with 'Undo'."""
        from convergedesk.desktop.undoing import tell_edit

        tell_edit(self, sentence, changes)
