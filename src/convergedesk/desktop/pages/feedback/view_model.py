"""Feedback of the chosen pod: reading, filtering, and what the page says of it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.desktop.pages.feedback.list_filter import FeedbackFilter, listed
from convergedesk.domain.feedback import Request
from convergedesk.figures.duplicates import Duplicate
from convergedesk.figures.feedback import FeedbackBook, FeedbackGroup
from convergedesk.figures.feedback_words import amounts, period_words
from convergedesk.figures.wording import count, number
from convergedesk.workspace.feedback import duplicates, feedback_book

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.workspace.changes import Changes

_CONCERNING = frozenset(
    {"feedback", "tickets", "billing", "accounts", "links", "pods", "insights", "contracts"}
)
_LONG_WITHOUT_ANSWER = 30


class _Found(NamedTuple):
    book: FeedbackBook
    duplicates: tuple[Duplicate, ...]


@dataclass(frozen=True, slots=True)
class FeedbackState:
    """Everything on the page.

    Attributes:
        title: What the feedback adds up to.
        subtitle: What it is ranked by.
        book: The figures.
        chosen: The filter in force.
        rows: The groups that match.
        total: How many groups there are.
        features: Names of the features that occur; '' where a group has none.
        duplicates: Pairs that may be one.
        note: What is missing for the ranking, and what would bring it; may be empty.
    """

    title: str
    subtitle: str
    book: FeedbackBook
    chosen: FeedbackFilter
    rows: tuple[FeedbackGroup, ...]
    total: int
    features: tuple[str, ...]
    duplicates: tuple[Duplicate, ...]
    note: str

    @property
    def requests(self) -> tuple[Request, ...]:
        """Requests that stand for themselves, by title."""
        own = [group.request for group in self.book.groups if group.request is not None]
        return tuple(sorted(own, key=lambda one: one.title.casefold()))


class FeedbackModel(QObject):
    """Follows the workspace, the chosen pod and the filters.

    Signals:
        loading: A reading began.
        changed: `state` is another one.
        failed: The feedback could not be read; the exception.
    """

    loading = Signal()
    changed = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        """Nothing is read before `open`."""
        super().__init__(parent)
        self._context = context
        self._chosen = FeedbackFilter()
        self._found: _Found | None = None
        self._reading: JobHandle | None = None
        self._shown = False
        self._outdated = True
        self._pod: object = None
        self._state: FeedbackState | None = None
        context.changes.published.connect(self._on_changes)
        context.changes.written_elsewhere.connect(self.reload)
        context.portfolio.changed.connect(self._on_portfolio)

    @property
    def state(self) -> FeedbackState | None:
        """What to show, or None before the first reading."""
        return self._state

    def appear(self) -> None:
        """The page is on screen: read what is not known yet."""
        self._shown = True
        if self._outdated:
            self.reload()

    def disappear(self) -> None:
        """Behind another page nothing is read."""
        self._shown = False

    @Slot()
    def reload(self) -> None:
        """Read again; what is on screen stays until the answer is there."""
        self._outdated = True
        if not self._shown:
            return
        if self._reading is not None:
            self._reading.cancel()
        self.loading.emit()
        portfolio = self._context.portfolio
        self._pod = portfolio.pod
        everybody = self._pod is None and bool(portfolio.rows)
        among = None if everybody else {row.account_id for row in portfolio.rows}

        def read(_job: JobContext) -> _Found:
            workspace = self._context.workspace()
            return _Found(feedback_book(workspace, among), duplicates(workspace))

        self._reading = self._context.jobs.submit(read, on_done=self._on_read, on_error=self._on_failed)

    def choose(self, **values: object) -> None:
        """Change some of the filter's fields."""
        chosen = replace(self._chosen, **values)
        if chosen != self._chosen:
            self._chosen = chosen
            self._compute()

    @Slot()
    def clear(self) -> None:
        """Lift every filter."""
        self._chosen = FeedbackFilter()
        self._compute()

    def find(self, key: Hashable | None) -> FeedbackGroup | None:
        """One of the groups that were read, or None."""
        rows = () if self._found is None else listed(self._found.book)
        return next((group for group in rows if group.key == key), None)

    def _compute(self) -> None:
        if self._found is None:
            return
        book = self._found.book
        rows = listed(book)
        own = {group.request.id for group in book.groups if group.request is not None}
        self._state = FeedbackState(
            title=_title(book, self._context.today()),
            subtitle=_subtitle(book),
            book=book,
            chosen=self._chosen,
            rows=tuple(group for group in rows if self._chosen.passes(group)),
            total=len(rows),
            features=tuple(sorted({_feature(group) for group in rows}, key=str.casefold)),
            duplicates=tuple(
                pair for pair in self._found.duplicates if pair.request.id in own and pair.other.id in own
            ),
            note=_note(book),
        )
        self.changed.emit()

    @Slot(object)
    def _on_changes(self, changes: Changes) -> None:
        if changes.kinds & _CONCERNING:
            self.reload()

    @Slot()
    def _on_portfolio(self) -> None:
        if self._context.portfolio.pod != self._pod:
            self.reload()

    def _on_read(self, found: _Found) -> None:
        self._outdated = False
        self._found = found
        self._compute()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)


def _feature(group: FeedbackGroup) -> str:
    return "" if group.feature is None else group.feature.name


def _title(book: FeedbackBook, today: date) -> str:
    requests = [group for group in book.groups if group.request is not None]
    if not requests:
        return "Feedback to be sorted" if book.unsorted else "No requests yet"
    waits = [group.waits_since for group in requests if group.waits_since is not None]
    late = sum((today - day).days >= _LONG_WITHOUT_ANSWER for day in waits)
    if not late:
        return f"{count(len(requests), 'request')}, none waits longer than a month for an answer"
    verb = "waits" if late == 1 else "wait"
    return f"{number(late)} of {count(len(requests), 'request')} {verb} longer than a month for an answer"


def _subtitle(book: FeedbackBook) -> str:
    if not book.billed:
        return ""
    said = f"By revenue at stake: billed {period_words(book)} to the accounts that ask"
    return f"{said}, {amounts(book.billed)} in all"


def _note(book: FeedbackBook) -> str:
    if not book.with_billing:
        return "No invoices of these months are known. Import billing to rank by revenue at stake."
    if book.mixed:
        apart = ", ".join(book.mixed)
        return f"Amounts in {apart} stand apart, since no exchange rate is stated between them."
    return ""
