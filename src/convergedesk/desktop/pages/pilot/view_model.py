"""The scorecard of the chosen pod, read in the background, and the day on which its pilot began."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.accounts import Pod, PodId
    from convergedesk.figures.pilot_scorecard import PilotBook
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.pilot import PilotPage

_SHOWN = frozenset({"insights", "usage", "billing", "accounts", "pods"})


class PilotViewModel(QObject):
    """State and commands of the pilot's page.

    Signals:
        loading: Nothing is on screen yet and a read began.
        loaded: `page` is another one.
        failed: The exception.
    """

    loading = Signal()
    loaded = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        """Nothing is read before `appear`."""
        super().__init__(parent)
        self._context = context
        self._pod: PodId | None = None
        self._reading: JobHandle | None = None
        self._page: PilotPage | None = None
        self._outdated = True
        self._on_screen = False
        context.changes.published.connect(self._on_published)
        context.changes.written_elsewhere.connect(self._change)

    @property
    def page(self) -> PilotPage | None:
        """What is on screen, or None before the first answer."""
        return self._page

    @property
    def book(self) -> PilotBook | None:
        """The scorecard, or None without any pod."""
        return None if self._page is None else self._page.book

    @property
    def pod(self) -> Pod | None:
        """The pod whose scorecard it is."""
        if self._page is None or self._page.book is None:
            return None
        wanted = self._page.book.pod_id
        return next((pod for pod in self._page.pods if pod.id == wanted), None)

    def appear(self) -> None:
        """The page is on screen: read where something changed since the last time."""
        self._on_screen = True
        if self._outdated:
            self.reload()

    def disappear(self) -> None:
        """The page is left: what changes meanwhile is read when it is back."""
        self._on_screen = False

    def choose(self, pod: PodId | None) -> None:
        """Show another pod."""
        if pod != self._pod:
            self._pod = pod
            self._change()

    def begin_on(self, day: date | None) -> None:
        """Say on which day the pilot began; can be undone."""
        from convergedesk.desktop.engagement.writing import make_edit
        from convergedesk.figures.wording import day as day_words
        from convergedesk.workspace.pilot import start_pilot

        pod = self.pod
        if pod is None or day == pod.started_on:
            return
        said = "Nobody knows when it began" if day is None else f"It began on {day_words(day)}"
        make_edit(self._context, lambda workspace: start_pilot(workspace, pod, day), f"{pod.name}: {said}")

    @Slot()
    def reload(self) -> None:
        """Read again; what is on screen stays until the answer is there."""
        self._outdated = False
        if self._reading is not None:
            self._reading.cancel()
        if self._page is None:
            self.loading.emit()
        work = partial(_read, self._context, self._pod)
        self._reading = self._context.jobs.submit(work, on_done=self._on_read, on_error=self._on_error)

    def _on_read(self, page: PilotPage) -> None:
        self._page = page
        self.loaded.emit()

    def _on_error(self, error: Exception) -> None:
        self._outdated = True
        self.failed.emit(error)

    @Slot(object)
    def _on_published(self, changes: Changes) -> None:
        if changes.kinds & _SHOWN:
            self._change()

    @Slot()
    def _change(self) -> None:
        self._outdated = True
        if self._on_screen:
            self.reload()


def _read(context: PageContext, pod: PodId | None, job: JobContext) -> PilotPage:
    from convergedesk.workspace.pilot import pilot_page

    return pilot_page(context.workspace(), pod, cancel=job)
