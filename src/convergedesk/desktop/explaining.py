"""Opens 'Why?' over a window: what a figure rests on, and the places its rows lead to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.faults import sentence_of
from convergedesk.figures.why import Link, LinkKind, Why, with_sources

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.desktop.navigator import Navigator
    from convergedesk.desktop.widgets.why import WhyDialog
    from convergedesk.domain.goals import GoalId
    from convergedesk.domain.kinds import AccountId
    from convergedesk.domain.tickets import TicketId

_TABS = {LinkKind.INVOICE: "billing", LinkKind.CONTRACT: "contract"}


class Explaining(QObject):
    """One for each window. One dialog at a time."""

    def __init__(self, window: QWidget, context: PageContext) -> None:
        """Nothing is built before it is asked for."""
        super().__init__(window)
        self._context = context
        self.dialog: WhyDialog | None = None

    def show(self, widget: QWidget, answer: Why | str | None) -> None:
        """Open what stands behind a figure.

        Args:
            widget: Where the figure stands.
            answer: The explanation, or the figure's id, by which it is read in a job; None opens nothing.
        """
        if isinstance(answer, str):
            self._context.jobs.submit(
                partial(_read, self._context, answer),
                on_done=partial(self._open, widget),
                on_error=self._on_failed,
            )
        elif answer is not None:
            self._open(widget, answer)

    def _open(self, widget: QWidget, why: Why) -> None:
        snapshot = self._context.portfolio.snapshot
        known = why if snapshot is None else with_sources(why, snapshot.freshness)
        self.dialog = open_why(widget, known)
        self.dialog.link_opened.connect(self._on_link)

    @Slot(object)
    def _on_link(self, link: object) -> None:
        open_link(self._context.navigator, cast("Link", link))

    def _on_failed(self, error: Exception) -> None:
        self._context.notify(sentence_of(error), tone="warning")


def explaining_of(widget: QWidget, context: PageContext | None = None) -> Explaining | None:
    """The one of the widget's window; made where there is none yet and a context is at hand."""
    found = widget.window().findChild(Explaining)
    if found is not None or context is None:
        return found
    return Explaining(widget.window(), context)


def show_why(widget: QWidget, answer: Why | str | None, context: PageContext | None = None) -> None:
    """Open what stands behind a figure of `widget`; see `Explaining.show`."""
    explaining = explaining_of(widget, context)
    if explaining is not None:
        explaining.show(widget, answer)
    elif isinstance(answer, Why):
        open_why(widget, answer)


def open_why(widget: QWidget, why: Why) -> WhyDialog:
    """The dialog, open over the widget's window."""
    from convergedesk.desktop.widgets.why import WhyDialog

    dialog = WhyDialog(widget, "", why)
    dialog.open()
    return dialog


def open_link(navigator: Navigator, link: Link) -> None:
    """Go where a row behind a figure leads."""
    if link.kind is LinkKind.TICKET:
        navigator.open_ticket(cast("TicketId", link.id))
    elif link.kind is LinkKind.GOAL:
        navigator.open_goals(cast("GoalId", link.id))
    else:
        navigator.open_account(cast("AccountId", link.id), link.tab or _TABS.get(link.kind))


def _read(context: PageContext, figure_id: str, _job: JobContext) -> Why:
    from convergedesk.workspace.explain import explain

    return explain(context.workspace(), figure_id)
