"""What dialogs and rows ask of the workspace: read before they open, and edits told with 'Undo'."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from convergedesk.desktop.faults import sentence_of

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.session import Workspace


def make_edit(
    context: PageContext,
    change: Callable[[Workspace], Changes],
    sentence: str,
    *,
    on_done: Callable[[], object] | None = None,
    on_error: Callable[[Exception], object] | None = None,
) -> None:
    """Run `change` off the GUI thread, then show `sentence` with 'Undo' and have pages read again.

    Args:
        context: The page's surroundings.
        change: The use case, called with the workspace.
        sentence: What was done.
        on_done: Called after success, such as to close a dialog.
        on_error: Called in place of a notice that tells why it failed.
    """

    def work(_job: JobContext) -> Changes:
        return change(context.workspace())

    def done(changes: Changes) -> None:
        if on_done is not None:
            on_done()
        context.edited(sentence, changes)

    def failed(error: Exception) -> None:
        if on_error is not None:
            on_error(error)
        else:
            context.notify(sentence_of(error), tone="critical")

    context.jobs.submit(work, write=True, on_done=done, on_error=failed)


def read_then(context: PageContext, read: Callable[[Workspace], Any], then: Callable[[Any], object]) -> None:
    """Read off the GUI thread and go on with what was read; a fault is told in a notice."""

    def work(_job: JobContext) -> Any:
        return read(context.workspace())

    def failed(error: Exception) -> None:
        context.notify(sentence_of(error), tone="critical")

    context.jobs.submit(work, on_done=then, on_error=failed)
