"""Follows addresses such as 'convergedesk://ticket/48213' once there is a workspace to go to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent

from convergedesk.desktop.faults import sentence_of
from convergedesk.domain.deep_links import is_link
from convergedesk.domain.errors import ConvergeDeskError

if TYPE_CHECKING:
    from convergedesk.desktop.desk import Desk
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.workspace.deep_links import LinkTarget


def follow_link(desk: Desk, text: str) -> None:
    """Go where an address leads; where it leads nowhere, say so and stay."""
    context = desk.context

    def done(target: LinkTarget) -> None:
        if target.ticket_id is not None:
            context.navigator.open_ticket(target.ticket_id)
        else:
            context.navigator.open_account(target.account_id)

    def failed(error: Exception) -> None:
        if not isinstance(error, ConvergeDeskError):
            raise error
        context.notify(sentence_of(error), tone="warning")

    context.jobs.submit(partial(_resolve, desk, text), on_done=done, on_error=failed)


def _resolve(desk: Desk, text: str, _job: JobContext) -> LinkTarget:
    from convergedesk.workspace.deep_links import resolve_link

    return resolve_link(desk.session.workspace(), text)


class LinkEvents(QObject):
    """Hears the addresses that macOS hands to a program that runs already."""

    def __init__(self, app: QObject, follow: Callable[[str], object]) -> None:
        """`follow` is called with each of them."""
        super().__init__(app)
        self._follow = follow
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and is_link(event.url().toString()):
            self._follow(event.url().toString())
            return True
        return super().eventFilter(watched, event)
