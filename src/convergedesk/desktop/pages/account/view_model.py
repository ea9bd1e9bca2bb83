"""One account: what is known of it, which tab is open, and when it is read again."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from convergedesk.desktop.navigator import AccountPlace
from convergedesk.desktop.pages.account.part import Part
from convergedesk.figures.wording import age
from convergedesk.workspace.changes import Changes, Kind

if TYPE_CHECKING:
    from convergedesk.desktop.changes import ChangesBroadcast
    from convergedesk.desktop.jobs import JobContext, JobHandle, JobRunner
    from convergedesk.desktop.navigator import Navigator
    from convergedesk.desktop.pages.account.adoption_view import AdoptionView
    from convergedesk.desktop.pages.account.reads import AccountBilling, AccountData, AccountReads
    from convergedesk.desktop.pages.account.study import AccountStudy
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.tickets import TicketId
    from convergedesk.figures.account import TimelineEntry

OVERVIEW, TICKETS, GOALS, BILLING, TIMELINE = "overview", "tickets", "goals", "billing", "timeline"
PEOPLE, NOTES, ACTIONS = "people", "notes", "actions"
CONTRACT, ADOPTION = "contract", "adoption"
_WITH_COURSES = frozenset({OVERVIEW, BILLING})
_MOST_KEPT = 12
_KEPT_FOR_S = 600.0


class AccountViewModel(QObject):
    """State and commands of the Account page.

    The accounts seen last are kept until something is written, so that going back and forth shows them at
    once; so is one that a list expects to be opened.

    Signals:
        opened: Another account is being read; its id.
        changed: `data` is new.
        study_changed: `study` is new.
        timeline_changed: `timeline` is new.
        billing_changed: `billing` is new.
        adoption_changed: `adoption` is new.
        tab_changed: Key of the tab that is open now.
        failed: The account could not be read; the exception.
    """

    opened = Signal(object)
    changed = Signal()
    study_changed = Signal()
    timeline_changed = Signal()
    billing_changed = Signal()
    adoption_changed = Signal()
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
        self._kept: OrderedDict[AccountId, tuple[float, AccountData]] = OrderedDict()
        self._expected: AccountId | None = None
        self._reading: JobHandle | None = None
        self._study: AccountStudy | None = None
        self._studies: dict[AccountId, AccountStudy] = {}
        self._studying: JobHandle | None = None
        # A timer fires when nothing waits to be painted any more: the page stands before its study begins.
        self._then = QTimer(self)
        self._then.setSingleShot(True)
        self._then.setInterval(0)
        self._then.timeout.connect(self._read_study)
        self._parts = {
            TIMELINE: Part(jobs, reads.timeline, self),
            BILLING: Part(jobs, reads.billing, self),
            ADOPTION: Part(jobs, reads.adoption, self),
        }
        self._comparing: JobHandle | None = None
        self._parts[TIMELINE].changed.connect(self.timeline_changed)
        self._parts[BILLING].changed.connect(self.billing_changed)
        self._parts[ADOPTION].changed.connect(self._on_adoption)
        for part in self._parts.values():
            part.failed.connect(self.failed)
        self._changes = changes
        changes.computing_changed.connect(self.study_changed)
        changes.published.connect(self._on_published)
        changes.written_elsewhere.connect(self._on_written_elsewhere)

    @property
    def account_id(self) -> AccountId | None:
        """The account on screen, or None before the first."""
        return self._account_id

    @property
    def data(self) -> AccountData | None:
        """The last good reading of the account, or None before the first."""
        return self._data

    @property
    def study(self) -> AccountStudy | None:
        """What was found of the account; None until that was read, which is after `data`."""
        return self._study

    @property
    def study_note(self) -> str:
        """What to keep in mind with what was found: its age while it is computed anew, and its sites."""
        study, parts = self._study, list[str]()
        if study is None:
            return ""
        if not study.rolled_up:
            parts.append("Its sites are counted in here.")
        if self._changes.computing and study.insights.computed_at is not None:
            seconds = (datetime.now(UTC) - study.insights.computed_at).total_seconds()
            parts.append(f"{age(seconds)} old, being computed anew.")
        return " ".join(parts)

    @property
    def timeline(self) -> tuple[TimelineEntry, ...] | None:
        """What happened, newest first; None until the timeline was opened."""
        return self._parts[TIMELINE].value

    @property
    def billing(self) -> AccountBilling | None:
        """What was billed and against what; None until that was opened."""
        return self._parts[BILLING].value

    @property
    def adoption(self) -> AdoptionView | None:
        """How the account uses what it has; None until that was opened."""
        return self._parts[ADOPTION].value

    @property
    def tab(self) -> str:
        """Key of the open tab."""
        return self._tab

    @property
    def with_sites(self) -> bool:
        """True while an account's sites are rolled up into its figures."""
        return self._reads.with_sites

    @Slot(object)
    def set_with_sites(self, on: object) -> None:
        """Roll sites up into every account's figures, or show each account alone."""
        if on is not self._reads.with_sites:
            self._reads.with_sites = bool(on)
            self._forget()
            self.reload()

    def open(self, place: AccountPlace) -> None:
        """Show an account; without a tab in the place, at the tab that was open last there."""
        other = place.account_id != self._account_id
        if other:
            self._account_id = place.account_id
            self._data = self._study = None
            for handle in (self._studying, self._comparing):
                if handle is not None:
                    handle.cancel()
            for part in self._parts.values():
                part.forget()
            self.opened.emit(place.account_id)
        self._set_tab(place.tab or (OVERVIEW if other else self._tab))
        kept = self._recall(place.account_id) if other else None
        if kept is None:
            self.reload()
        else:
            self._show(kept)
            self._read_part(self._tab)

    @Slot(object)
    def expect(self, account_id: AccountId) -> None:
        """Read an account that will probably be opened next, such as one that was selected in a list."""
        busy = self._reading is not None and not self._reading.finished
        if account_id != self._account_id and not busy and self._recall(account_id) is None:
            self._expected = account_id
            self._read(account_id)

    @Slot(str)
    def choose_tab(self, tab: str) -> None:
        """Open a tab; coming back to this place later finds it open."""
        if self._account_id is not None and tab != self._tab:
            self._set_tab(tab)
            self._navigator.stay(AccountPlace(self._account_id, tab))
            if tab in self._parts and self._parts[tab].value is None:
                self._read_part(tab)
            self._read_courses()

    @Slot()
    def reload(self) -> None:
        """Read the account again; what is on screen stays until then."""
        if self._account_id is None:
            return
        if self._expected != self._account_id:
            self._read(self._account_id)
        self._expected = None
        for tab, part in self._parts.items():
            if tab == self._tab or part.value is not None:
                self._read_part(tab)

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

    def _read(self, account_id: AccountId) -> None:
        if self._reading is not None:
            self._reading.cancel()

        def read(_context: JobContext) -> tuple[AccountId, AccountData]:
            return account_id, self._reads.account(account_id)

        self._reading = self._jobs.submit(read, on_done=self._on_read, on_error=self._on_failed)

    def _read_part(self, tab: str) -> None:
        if self._account_id is not None and tab in self._parts:
            self._parts[tab].read(self._account_id)

    def _recall(self, account_id: AccountId) -> AccountData | None:
        read_at, data = self._kept.get(account_id, (0.0, None))
        # What is said relative to today must not be of yesterday.
        return data if monotonic() - read_at < _KEPT_FOR_S else None

    def _forget(self) -> None:
        self._kept.clear()
        self._studies.clear()
        self._reads.forget()
        if self._expected is not None and self._reading is not None:
            self._reading.cancel()
        self._expected = None

    def _on_read(self, answer: tuple[AccountId, AccountData]) -> None:
        account_id, data = answer
        self._kept[account_id] = (monotonic(), data)
        self._kept.move_to_end(account_id)
        while len(self._kept) > _MOST_KEPT:
            self._studies.pop(self._kept.popitem(last=False)[0], None)
        if account_id == self._expected:
            self._expected = None
        else:
            self._show(data)

    def _show(self, data: AccountData) -> None:
        self._data = data
        kept = self._studies.get(data.header.account.id)
        # What was found before stays on screen while it is read anew.
        self._study = kept or self._study
        self.changed.emit()
        if kept is None:
            self._then.start()

    @Slot()
    def _read_study(self) -> None:
        data = self._data
        if self._studying is not None:
            self._studying.cancel()
        if data is None:
            return

        def read(_context: JobContext) -> tuple[AccountId, AccountStudy]:
            return data.header.account.id, self._reads.study(data)

        self._studying = self._jobs.submit(read, on_done=self._on_studied, on_error=self._on_failed)

    def _on_studied(self, answer: tuple[AccountId, AccountStudy]) -> None:
        account_id, study = answer
        if account_id == self._account_id:
            self._studies[account_id] = self._study = study
            self.study_changed.emit()
            self._read_courses()

    def _read_courses(self) -> None:
        """Read the ways of commitments, which take longest, where somebody sees them."""
        study, account_id = self._study, self._account_id
        if study is None or study.courses is not None or account_id is None or self._tab not in _WITH_COURSES:
            return

        def read(_context: JobContext) -> tuple[AccountId, AccountStudy]:
            return account_id, replace(study, courses=self._reads.courses(account_id))

        self._studying = self._jobs.submit(read, on_done=self._on_studied, on_error=self._on_failed)

    def _on_adoption(self) -> None:
        self.adoption_changed.emit()
        view, account_id = self.adoption, self._account_id
        if view is None or view.complete or account_id is None:
            return
        if self._comparing is not None:
            self._comparing.cancel()

        def read(_context: JobContext) -> tuple[AccountId, AdoptionView]:
            return account_id, self._reads.compared(account_id)

        self._comparing = self._jobs.submit(read, on_done=self._on_compared, on_error=self._on_failed)

    def _on_compared(self, answer: tuple[AccountId, AdoptionView]) -> None:
        account_id, view = answer
        if account_id == self._account_id:
            self._parts[ADOPTION].value = view
            self.adoption_changed.emit()

    def _on_failed(self, error: Exception) -> None:
        if self._expected is not None:
            # Nobody has asked for it yet; whoever does meets the fault then.
            self._expected = None
            return
        self.failed.emit(error)

    @Slot()
    def _on_written_elsewhere(self) -> None:
        self._forget()
        self.reload()

    @Slot(object)
    def _on_published(self, changes: Changes) -> None:
        self._forget()
        sites = self._data.header.sites if self._data is not None else ()
        if not changes.accounts & {self._account_id, *(site.id for site in sites)}:
            return
        if changes.kinds <= {Kind.INSIGHTS}:
            if self._data is not None:
                self._then.start()
                for tab in (BILLING, ADOPTION):
                    if tab == self._tab or self._parts[tab].value is not None:
                        self._read_part(tab)
        elif changes.kinds <= {Kind.ENGAGEMENT}:
            # Check-ins, notes and actions stand on tabs that read for themselves, and in the timeline.
            if self.timeline is not None:
                self._read_part(TIMELINE)
        else:
            self.reload()
