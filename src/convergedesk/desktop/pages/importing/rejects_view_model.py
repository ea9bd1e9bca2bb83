"""Rows that were not taken: read page by page, filtered, exported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from convergedesk.domain.rejects import RejectQuery
from convergedesk.figures.wording import count
from convergedesk.workspace import rejects as use_cases

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.rejects import RejectList, RejectRow
    from convergedesk.workspace.changes import Changes

CHUNK = 500


@dataclass(frozen=True, slots=True)
class RejectsState:
    """What the Rejects tab shows.

    Attributes:
        rows: Those read so far, by file and line.
        total: How many physical rows the filters leave.
        by_code: Rows by reason, under the other filters.
        complete: True once every reject is here.
        filtered: True where a filter is set.
    """

    rows: tuple[RejectRow, ...]
    total: int
    by_code: Mapping[str, int]
    complete: bool
    filtered: bool


class RejectsViewModel(QObject):
    """State and commands of the Rejects tab.

    Signals:
        loading: A reading began.
        listed: A `RejectsState`.
        extended: A tuple of further rows.
        said: A sentence for the notice.
        failed: An exception.
    """

    loading = Signal()
    listed = Signal(object)
    extended = Signal(object)
    said = Signal(str)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        """Nothing is read before `open`."""
        super().__init__(parent)
        self._context = context
        self._query = RejectQuery(limit=CHUNK)
        self._state: RejectsState | None = None
        self._reading: JobHandle | None = None
        context.changes.published.connect(self.apply_changes)
        context.changes.written_elsewhere.connect(self.reload)

    @property
    def state(self) -> RejectsState | None:
        """What was read last, or None before the first answer."""
        return self._state

    @property
    def query(self) -> RejectQuery:
        """The filters in force."""
        return self._query

    def open(self) -> None:
        """Read the list if it was not read yet."""
        if self._state is None:
            self._read()

    def reload(self) -> None:
        """Read again, if it was ever read."""
        if self._state is not None:
            self._read()

    def apply_changes(self, changes: Changes) -> None:
        """Read again when rejects may have changed."""
        if changes.kinds & {"rejects", "links"}:
            self.reload()

    def set_text(self, text: str) -> None:
        """Only rejects whose reason or row contains this."""
        self._apply(replace(self._query, text=text.strip()))

    def set_code(self, code: str | None) -> None:
        """Only rejects of one reason; None for all."""
        self._apply(replace(self._query, code=code))

    def clear_filters(self) -> None:
        """All rejects again."""
        self._apply(RejectQuery(limit=CHUNK))

    def fetch_more(self) -> None:
        """Read the next rows; does nothing while some are on their way or all are here."""
        reading = self._reading is not None and not self._reading.finished
        if self._state is None or self._state.complete or reading:
            return
        query = replace(self._query, offset=len(self._state.rows))
        self._reading = self._context.jobs.submit(
            partial(_read, self._context, query), on_done=self._on_more, on_error=self._on_failed
        )

    def export(self, path: Path) -> None:
        """Save the rejects under the filters in force as CSV."""
        query = replace(self._query, offset=0)
        self._context.jobs.submit(
            lambda _job: use_cases.export_rejects_csv(self._context.workspace(), path, query),
            on_done=partial(self._on_exported, path.name),
            on_error=self._on_failed,
        )

    def _apply(self, query: RejectQuery) -> None:
        if query != self._query:
            self._query = query
            self._read()

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        self.loading.emit()
        self._reading = self._context.jobs.submit(
            partial(_read, self._context, self._query), on_done=self._on_read, on_error=self._on_failed
        )

    def _on_read(self, answer: tuple[RejectQuery, RejectList]) -> None:
        query, found = answer
        if query != self._query:
            return
        self._state = RejectsState(
            found.rows, found.total, found.by_code, len(found.rows) >= found.listed, _is_filtered(query)
        )
        self.listed.emit(self._state)

    def _on_more(self, answer: tuple[RejectQuery, RejectList]) -> None:
        query, found = answer
        if replace(query, offset=0) != self._query or self._state is None:
            return
        known = {row.id for row in self._state.rows}
        fresh = tuple(row for row in found.rows if row.id not in known)
        rows = self._state.rows + fresh
        self._state = replace(self._state, rows=rows, complete=len(rows) >= found.listed or not found.rows)
        self.extended.emit(fresh)

    def _on_exported(self, name: str, rows: int) -> None:
        self.said.emit(f"{count(rows, 'rejected row')} saved as “{name}”")

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)


def _is_filtered(query: RejectQuery) -> bool:
    return query != RejectQuery(limit=query.limit)


def _read(context: PageContext, query: RejectQuery, _job: JobContext) -> tuple[RejectQuery, RejectList]:
    return query, use_cases.rejects(context.workspace(), query)
