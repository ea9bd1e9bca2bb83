"""Brings Home up to date after an import whose process was killed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.workspace.changes import Changes


def mend_imports(context: PageContext) -> None:
    """Look in the background; where there was such an import, every page reads again."""
    context.jobs.submit(partial(_mend, context), write=True, on_done=partial(_publish, context))


def _mend(context: PageContext, _job: JobContext) -> Changes | None:
    from convergedesk.workspace.imports import mend_interrupted

    return mend_interrupted(context.workspace())


def _publish(context: PageContext, changes: Changes | None) -> None:
    if changes is not None:
        context.changes.publish(changes)
