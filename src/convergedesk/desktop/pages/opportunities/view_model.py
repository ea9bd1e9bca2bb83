"""Opportunities of the chosen pod: reading, filtering, and what the page says of them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.desktop.pages.opportunities.list_filter import Decided, OpportunityFilter, currency_of
from convergedesk.figures.reach import likely_words, reach_words
from convergedesk.figures.wording import count, day
from convergedesk.workspace.opportunities import Opportunity, OpportunityBook, opportunity_book

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.workspace.changes import Changes

_CONCERNING = frozenset(
    {"opportunities", "insights", "usage", "billing", "contracts", "accounts", "links", "goals", "engagement"}
)


@dataclass(frozen=True, slots=True)
class OpportunityListState:
    """Everything on the page.

    Attributes:
        title: What is within reach.
        subtitle: What that rests on.
        book: The figures.
        chosen: The filter in force.
        rows: The opportunities that match.
        owners: Who looks after some account; '' where nobody does.
        currencies: Currencies of the values.
        largest: The largest upper limit of each currency, in minor units.
        note: How far usage is known, what is missing, and what would bring it.
        rates_wanted: True where sums stand apart for want of an exchange rate.
    """

    title: str
    subtitle: str
    book: OpportunityBook
    chosen: OpportunityFilter
    rows: tuple[Opportunity, ...]
    owners: tuple[str, ...]
    currencies: tuple[str, ...]
    largest: Mapping[str, float]
    note: str
    rates_wanted: bool


class OpportunitiesModel(QObject):
    """Follows the workspace, the chosen pod and the filters.

    Signals:
        loading: A reading began.
        changed: `state` is another one.
        failed: The opportunities could not be read; the exception.
    """

    loading = Signal()
    changed = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        """Nothing is read before the page appears."""
        super().__init__(parent)
        self._context = context
        self._chosen = OpportunityFilter()
        self._book: OpportunityBook | None = None
        self._reading: JobHandle | None = None
        self._shown = False
        self._outdated = True
        self._pod: object = None
        self._state: OpportunityListState | None = None
        context.changes.published.connect(self._on_changes)
        context.changes.written_elsewhere.connect(self.reload)
        context.portfolio.changed.connect(self._on_portfolio)

    @property
    def state(self) -> OpportunityListState | None:
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

        def read(_job: JobContext) -> OpportunityBook:
            return opportunity_book(self._context.workspace(), among)

        self._reading = self._context.jobs.submit(read, on_done=self._on_read, on_error=self._on_failed)

    def choose(self, **values: object) -> None:
        """Change some of the filter's fields."""
        chosen = replace(self._chosen, **values)
        if chosen != self._chosen:
            self._chosen = chosen
            self._compute()

    @Slot()
    def clear(self) -> None:
        """Lift every filter; what was decided stays out of the way."""
        self._chosen = OpportunityFilter()
        self._compute()

    def find(self, key: Hashable | None) -> Opportunity | None:
        """One of the opportunities that were read, or None."""
        rows = () if self._book is None else self._book.rows
        return next((row for row in rows if row.key == key), None)

    def _compute(self) -> None:
        book = self._book
        if book is None:
            return
        self._state = OpportunityListState(
            title=_title(book),
            subtitle=_subtitle(book),
            book=book,
            chosen=self._chosen,
            rows=tuple(row for row in book.rows if self._chosen.passes(row)),
            owners=tuple(sorted({row.owner for row in book.rows}, key=str.casefold)),
            currencies=tuple(sorted({currency_of(row) for row in book.rows} - {""})),
            largest=_largest(book),
            note=_note(book),
            rates_wanted=_apart(book),
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

    def _on_read(self, book: OpportunityBook) -> None:
        self._outdated = False
        self._book = book
        self._compute()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)


def _largest(book: OpportunityBook) -> dict[str, float]:
    found: dict[str, float] = {}
    for row in book.rows:
        if row.value is not None:
            high = row.value.high
            found[high.currency] = max(found.get(high.currency, 0.0), float(high.minor_units))
    return found


def _apart(book: OpportunityBook) -> bool:
    return book.reach.converted is None and len(book.reach.by_currency) > 1


def _note(book: OpportunityBook) -> str:
    said = [] if book.as_of is None else [f"Usage is known up to {day(book.as_of)}."]
    said += [f"{one.what} {one.brings}" for one in book.missing]
    if _apart(book):
        currencies = ", ".join(sorted(one.middle.currency for one in book.reach.by_currency))
        said.append(f"Amounts in {currencies} stand apart, since no exchange rate is stated between them.")
    return " ".join(said)


def _title(book: OpportunityBook) -> str:
    if book.reach.counted:
        return f"{reach_words(book.reach)} a month within reach"
    if any(Decided(row.state.value) is Decided.OPEN for row in book.rows):
        return "Openings without a price yet"
    return "Every opening is decided" if book.rows else "No opening stands out"


def _subtitle(book: OpportunityBook) -> str:
    reach = book.reach
    if not reach.counted:
        return ""
    many = count(len(reach.counted), "opening")
    where = count(reach.accounts, "account")
    left = " Estimated; inconclusive ones and unspent promises are not counted." if reach.without else ""
    return f"{many} in {where}, likely {likely_words(reach)} (80 %).{left or ' Estimated.'}"
