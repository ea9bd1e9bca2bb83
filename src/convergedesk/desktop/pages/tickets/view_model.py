"""The ticket history: filters, sorting, and rows that arrive as one scrolls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from convergedesk.desktop.pages.tickets.columns import opened_on
from convergedesk.domain.tickets import TicketQuery, TicketStatus
from convergedesk.workspace import tickets as use_cases

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.accounts import AccountId, PodId
    from convergedesk.domain.tickets import TicketPage, TicketRow
    from convergedesk.workspace.changes import Changes

CHUNK = 500


@dataclass(frozen=True, slots=True)
class TicketList:
    """What the table shows.

    Attributes:
        rows: Those read so far, in the order of the query.
        total: How many the filters leave.
        filtered: True where any filter but the pod is set.
        after: Where the rows go on that are not read yet; None once every row is here.
    """

    rows: tuple[TicketRow, ...]
    total: int
    filtered: bool
    after: tuple[Any, ...] | None


@dataclass(frozen=True, slots=True)
class TicketOverview:
    """What stands above the list, whatever is filtered.

    Attributes:
        total: Tickets of the pod, deleted ones not counted.
        unclosed: Those that are open or pending.
        unclosed_high: Those of them with high priority.
        first_opened_on: Day of the oldest opening, in its account's time zone; None without tickets.
        features: Names of features that any ticket is about.
    """

    total: int
    unclosed: int
    unclosed_high: int
    first_opened_on: date | None
    features: tuple[str, ...]


class TicketsViewModel(QObject):
    """State and commands of the Tickets page. Filtering and sorting happen in SQL."""

    loading = Signal()
    listed = Signal(object)
    extended = Signal(object)
    overviewed = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        """Nothing is read before `open`."""
        super().__init__(parent)
        self._context = context
        self._query = TicketQuery(limit=CHUNK, pod_id=context.portfolio.pod)
        self._list: TicketList | None = None
        self._reading: JobHandle | None = None
        self._stale = True
        context.changes.published.connect(self.apply_changes)
        context.changes.written_elsewhere.connect(self.reload)
        context.portfolio.pod_changed.connect(self.set_pod)

    @property
    def query(self) -> TicketQuery:
        """The filters and the order in force."""
        return self._query

    @property
    def listed_now(self) -> TicketList | None:
        """The rows on screen, or None before the first answer."""
        return self._list

    def open(self, query: TicketQuery | None = None) -> None:
        """Show the list, with the filters of `query` where one is given.

        Nothing is read where what is here is still true.
        """
        if query is not None:
            self._query = replace(query, limit=CHUNK, after=None, pod_id=self._query.pod_id)
            self._stale = True
        if self._stale:
            self._overview()
            self._read()

    def reload(self) -> None:
        """Read the list again, if it was ever read; what is on screen stays until the answer is there."""
        if self._list is not None:
            self._overview()
            self._read()

    def set_text(self, text: str) -> None:
        """Search numbers, titles and messages."""
        self._apply(replace(self._query, text=text.strip()))

    def set_status(self, status: TicketStatus | None) -> None:
        """Only tickets that stand so; None for all."""
        self._apply(replace(self._query, status=status))

    def set_high_only(self, high_only: bool) -> None:
        """Only high and urgent tickets."""
        self._apply(replace(self._query, high_only=high_only))

    def set_feature(self, feature: str | None) -> None:
        """Only tickets about a feature; None for all."""
        self._apply(replace(self._query, feature=feature))

    def set_account(self, account_id: AccountId | None) -> None:
        """Only one account's tickets; None for all."""
        self._apply(replace(self._query, account_id=account_id))

    def set_pod(self, pod_id: PodId | None) -> None:
        """Only the accounts of a pod, as the selector in the top bar says."""
        self._apply(replace(self._query, pod_id=pod_id))
        if not self._stale:
            self._overview()

    def set_opened(self, first: date | None, last: date | None) -> None:
        """Only tickets opened within these days, both inclusive; None leaves that end open."""
        self._apply(replace(self._query, opened_from=first, opened_to=last))

    def sort_by(self, key: str, descending: bool) -> None:
        """Order by a column; the answer comes sorted from the file."""
        self._apply(replace(self._query, sort=key, descending=descending))

    def clear_filters(self) -> None:
        """All tickets of the pod again, in the same order."""
        kept = self._query
        self._apply(TicketQuery(pod_id=kept.pod_id, sort=kept.sort, descending=kept.descending, limit=CHUNK))

    def fetch_more(self) -> None:
        """Read the next rows; does nothing while some are on their way or all are here."""
        reading = self._reading is not None and not self._reading.finished
        if self._list is None or self._list.after is None or reading:
            return
        query = replace(self._query, after=self._list.after)
        self._reading = self._context.jobs.submit(
            partial(_read, self._context, query), on_done=self._on_more, on_error=self._on_failed
        )

    def apply_changes(self, changes: Changes) -> None:
        """Read again when tickets or accounts changed; what is on screen stays meanwhile."""
        if changes.kinds & {"tickets", "accounts"}:
            self.reload()

    def _apply(self, query: TicketQuery) -> None:
        if query != self._query:
            self._query = query
            if not self._stale:
                self._read()

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        self._stale = False
        self.loading.emit()
        self._reading = self._context.jobs.submit(
            partial(_read, self._context, self._query), on_done=self._on_read, on_error=self._on_failed
        )

    def _on_read(self, answer: tuple[TicketQuery, TicketPage]) -> None:
        query, page = answer
        if query != self._query:
            return
        self._list = TicketList(page.rows, page.total, _is_filtered(query), page.after)
        self.listed.emit(self._list)

    def _on_more(self, answer: tuple[TicketQuery, TicketPage]) -> None:
        query, page = answer
        if replace(query, after=None) != self._query or self._list is None:
            return
        self._list = replace(self._list, rows=self._list.rows + page.rows, total=page.total, after=page.after)
        self.extended.emit(page.rows)

    def _overview(self) -> None:
        work = partial(_overview, self._context, self._query.pod_id)
        self._context.jobs.submit(work, on_done=self._on_overview, on_error=self._on_failed)

    def _on_overview(self, overview: TicketOverview) -> None:
        self.overviewed.emit(overview)

    def _on_failed(self, error: Exception) -> None:
        self._stale = True
        self.failed.emit(error)


def _is_filtered(query: TicketQuery) -> bool:
    return query != TicketQuery(
        pod_id=query.pod_id, sort=query.sort, descending=query.descending, limit=query.limit
    )


def _read(context: PageContext, query: TicketQuery, _job: JobContext) -> tuple[TicketQuery, TicketPage]:
    return query, use_cases.tickets(context.workspace(), query)


def _overview(context: PageContext, pod_id: PodId | None, _job: JobContext) -> TicketOverview:
    workspace = context.workspace()
    oldest = TicketQuery(pod_id=pod_id, sort="opened_at", descending=False, limit=1)
    first = use_cases.tickets(workspace, oldest)
    unclosed = [
        use_cases.tickets(workspace, replace(oldest, status=status, high_only=high_only)).total
        for high_only in (False, True)
        for status in (TicketStatus.OPEN, TicketStatus.PENDING)
    ]
    return TicketOverview(
        total=first.total,
        unclosed=unclosed[0] + unclosed[1],
        unclosed_high=unclosed[2] + unclosed[3],
        first_opened_on=opened_on(first.rows[0]) if first.rows else None,
        features=use_cases.ticket_features(workspace),
    )
