"""One account: what is known of it, which tab is open, and when it is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.desktop.navigator import AccountPlace

if TYPE_CHECKING:
    from convergedesk.desktop.changes import ChangesBroadcast
    from convergedesk.desktop.jobs import JobContext, JobHandle, JobRunner
    from convergedesk.desktop.navigator import Navigator
    from convergedesk.desktop.pages.account.reads import AccountData, AccountReads
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.tickets import TicketId
    from convergedesk.figures.account import TimelineEntry
    from convergedesk.workspace.changes import Changes

OVERVIEW, TICKETS, GOALS, BILLING, TIMELINE = "overview", "tickets", "goals", "billing", "timeline"
TABS = (OVERVIEW, TICKETS, GOALS, BILLING, TIMELINE)


class AccountViewModel(QObject):
    """State and commands of the Account page.

    Signals:
        opened: Another account is being read; its id.
        changed: `data` is new.
        timeline_changed: `timeline` is new.
        tab_changed: Key of the tab that is open now.
        failed: The account could not be read; the exception.
    """

    opened = Signal(object)
    changed = Signal()
    timeline_changed = Signal()
    tab_changed = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        reads: AccountReads,
        jobs: JobRunner,
        navigator: Navigator,
        changes: ChangesBroadcast,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._reads = reads
        self._jobs = jobs
        self._navigator = navigator
        self._account_id: AccountId | None = None
        self._tab = OVERVIEW
        self._data: AccountData | None = None
        self._timeline: tuple[TimelineEntry, ...] | None = None
        self._reading: JobHandle | None = None
        self._reading_timeline: JobHandle | None = None
        changes.published.connect(self._on_published)
        changes.written_elsewhere.connect(self.reload)

    @property
    def account_id(self) -> AccountId | None:
        """The account on screen, or None before the first."""
        return self._account_id

    @property
    def data(self) -> AccountData | None:
        """The last good reading of the account, or None before the first."""
        return self._data

    @property
    def timeline(self) -> tuple[TimelineEntry, ...] | None:
        """What happened, newest first; None until the timeline was opened."""
        return self._timeline

    @property
    def tab(self) -> str:
        """Key of the open tab."""
        return self._tab

    def open(self, place: AccountPlace) -> None:
        """Show an account; without a tab in the place, at the tab that was open last there."""
        other = place.account_id != self._account_id
        if other:
            self._account_id = place.account_id
            self._data = None
            self._timeline = None
            self.opened.emit(place.account_id)
        tab = place.tab or (OVERVIEW if other else self._tab)
        self._set_tab(tab if tab in TABS else OVERVIEW)
        self.reload()

    @Slot(str)
    def choose_tab(self, tab: str) -> None:
        """Open a tab; coming back to this place later finds it open."""
        if self._account_id is not None and tab != self._tab:
            self._set_tab(tab)
            self._navigator.stay(AccountPlace(self._account_id, tab))
            if tab == TIMELINE and self._timeline is None:
                self._read_timeline()

    @Slot()
    def reload(self) -> None:
        """Read the account again; what is on screen stays until then."""
        if self._account_id is None:
            return
        account_id = self._account_id
        if self._reading is not None:
            self._reading.cancel()

        def read(_context: JobContext) -> AccountData:
            return self._reads.account(account_id)

        self._reading = self._jobs.submit(read, on_done=self._on_read, on_error=self._on_failed)
        if self._tab == TIMELINE or self._timeline is not None:
            self._read_timeline()

    @Slot(object)
    def open_ticket(self, ticket_id: TicketId) -> None:
        """Open a ticket."""
        self._navigator.open_ticket(ticket_id)

    @Slot(object)
    def open_account(self, account_id: AccountId) -> None:
        """Open another account, such as the parent or a site."""
        self._navigator.open_account(account_id)

    @Slot()
    def open_accounts(self) -> None:
        """Go to the list of accounts."""
        self._navigator.open_accounts()

    @Slot()
    def open_import(self) -> None:
        """Go to the import."""
        self._navigator.open_import()

    def _set_tab(self, tab: str) -> None:
        self._tab = tab
        self.tab_changed.emit(tab)

    def _read_timeline(self) -> None:
        if self._account_id is None:
            return
        account_id = self._account_id
        if self._reading_timeline is not None:
            self._reading_timeline.cancel()

        def read(_context: JobContext) -> tuple[TimelineEntry, ...]:
            return self._reads.timeline(account_id)

        self._reading_timeline = self._jobs.submit(
            read, on_done=self._on_timeline_read, on_error=self._on_failed
        )

    def _on_read(self, data: AccountData) -> None:
        self._data = data
        self.changed.emit()

    def _on_timeline_read(self, entries: tuple[TimelineEntry, ...]) -> None:
        self._timeline = entries
        self.timeline_changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    @Slot(object)
    def _on_published(self, changes: Changes) -> None:
        sites = self._data.header.sites if self._data is not None else ()
        if changes.accounts & {self._account_id, *(site.id for site in sites)}:
            self.reload()
