"""A year of the calendar: which one, what of it is shown, and its edits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.domain.calendar import CalendarEvent, CalendarEventKind

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.accounts import AccountId
    from convergedesk.workspace.calendar import CalendarBook
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.session import Workspace


class CalendarViewModel(QObject):
    """State and commands of the Calendar page.

    Signals:
        changed: `book`, the chosen kinds or the pod are others.
        saved: An entry that a dialog submitted is kept.
        save_failed: It is not; the exception.
        failed: The calendar could not be read; the exception.
    """

    changed = Signal()
    saved = Signal()
    save_failed = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._year: int | None = None
        self._book: CalendarBook | None = None
        self._kinds = frozenset(CalendarEventKind)
        self._job: JobHandle | None = None
        context.changes.published.connect(self._on_published)
        context.changes.written_elsewhere.connect(self.reload)
        context.portfolio.pod_changed.connect(self._on_pod)

    @property
    def book(self) -> CalendarBook | None:
        """The year as it was read last, or None before that."""
        return self._book

    @property
    def year(self) -> int:
        """The year on screen."""
        return self._context.today().year if self._year is None else self._year

    @property
    def kinds(self) -> frozenset[CalendarEventKind]:
        """The kinds that are shown."""
        return self._kinds

    @property
    def names(self) -> dict[AccountId, str]:
        """What accounts are called."""
        return {} if self._book is None else {one.id: one.name for one in self._book.accounts}

    @property
    def of_pod(self) -> tuple[CalendarEvent, ...]:
        """The year's entries that concern the chosen pod."""
        if self._book is None:
            return ()
        portfolio = self._context.portfolio
        if portfolio.pod is None:
            return self._book.events
        ids = {row.account_id for row in portfolio.rows}
        countries = {row.country for row in portfolio.rows}
        return tuple(
            one
            for one in self._book.events
            if (one.account_id is None or one.account_id in ids)
            and (one.country is None or one.country in countries)
        )

    @property
    def events(self) -> tuple[CalendarEvent, ...]:
        """What is shown."""
        return tuple(one for one in self.of_pod if one.kind in self._kinds)

    def show_year(self, year: int) -> None:
        """Show another year."""
        if year != self._year or self._book is None:
            self._year = year
            self.reload()

    def set_kind(self, kind: CalendarEventKind, *, on: bool) -> None:
        """Show entries of a kind, or hide them."""
        self._kinds = self._kinds | {kind} if on else self._kinds - {kind}
        self.changed.emit()

    @Slot()
    def reload(self) -> None:
        """Read the year again; what is on screen stays until then."""
        year = self.year
        if self._job is not None:
            self._job.cancel()

        def work(_job: JobContext) -> CalendarBook:
            from convergedesk.workspace.calendar import calendar_book

            return calendar_book(self._context.workspace(), year)

        self._job = self._context.jobs.submit(work, on_done=self._on_read, on_error=self._on_failed)

    def save(self, event: CalendarEvent) -> None:
        """Keep an entry: a new one where it has no id."""

        def work(workspace: Workspace) -> Changes:
            from convergedesk.workspace import calendar

            add_or_change = calendar.add_event if event.id is None else calendar.change_event
            return add_or_change(workspace, event)

        done = "Added" if event.id is None else "Saved"
        self._write(work, f"{done} “{event.title}”")

    def delete(self, event: CalendarEvent) -> None:
        """Delete an entry; 'Undo' brings it back."""
        event_id = event.id
        if event_id is None:
            self._context.notify("Public holidays come with the country and are not deleted", tone="text_2")
            return

        def work(workspace: Workspace) -> Changes:
            from convergedesk.workspace.calendar import delete_event

            return delete_event(workspace, event_id)

        self._write(work, f"Deleted “{event.title}”")

    def _write(self, write: Callable[[Workspace], Changes], sentence: str) -> None:
        def work(_job: JobContext) -> Changes:
            return write(self._context.workspace())

        def done(changes: Changes) -> None:
            self.saved.emit()
            self._context.edited(sentence, changes)

        self._context.jobs.submit(work, write=True, on_done=done, on_error=self.save_failed.emit)

    def _on_read(self, book: CalendarBook) -> None:
        self._book = book
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    @Slot(object)
    def _on_pod(self, _pod: object) -> None:
        if self._book is not None:
            self.changed.emit()

    @Slot(object)
    def _on_published(self, changes: Changes) -> None:
        from convergedesk.workspace.changes import Kind

        if self._book is not None and changes.kinds & {Kind.CALENDAR, Kind.ACCOUNTS}:
            self.reload()
