"""One import from its first page to its summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from time import monotonic

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.errors import CancelledError, ConvergeDeskError
from convergedesk.domain.protocols import (
    CancelToken,
    Clock,
    NeverCancelled,
    Progress,
    SystemClock,
    no_progress,
)
from convergedesk.domain.records import RecordPage
from convergedesk.store.apply.rehearsal import close_interrupted, rehearsal
from convergedesk.store.apply.writer import ImportWriter
from convergedesk.store.engine import Store
from convergedesk.sync.apply import PageApplier
from convergedesk.sync.summary import ImportSummary, StreamSummary, overlap_notes

__all__ = ["ImportSummary", "StreamSummary", "dry_run", "run_import", "settle_interrupted"]


def run_import(
    store: Store,
    pages: Iterable[RecordPage],
    *,
    source: str = "files",
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    clock: Clock | None = None,
    total_rows: int | None = None,
    resumed: frozenset[str] = frozenset(),
    settle: Callable[[frozenset[AccountId]], object] | None = None,
) -> ImportSummary:
    """Bring pages into a workspace.

    Every page is committed with its rejects, its counts and its cursor before the next one is
    asked for. Streams may come in any order: rows whose account, subscription, ticket or
    invoice comes later are linked at the end.

    Args:
        store: The workspace.
        pages: From a source, page by page.
        source: Name of the source that all pages carry.
        progress: Told the rows that are in after every page.
        cancel: Asked before every page. The run then ends as 'cancelled', and everything up
            to the last committed page stays.
        clock: Tells the time.
        total_rows: Rows to expect, for the progress.
        resumed: Streams that go on after a cursor: what they lack is neither gone nor settled.
        settle: Told the accounts whose data changed, before the run counts as ended. A run that
            is killed until then is interrupted, and the next one tells of every account.

    Raises:
        ConvergeDeskError: The disk is full, the file is locked, a file cannot be read and the
            like; the run is marked as failed and what was committed stays.
    """
    run = _Run(store, source, clock or SystemClock(), resumed, settle)
    try:
        state = run.read(pages, cancel or NeverCancelled(), progress, total_rows)
    except BaseException as error:
        run.fail(error)
        raise
    return run.finish(state)


def dry_run(
    store: Store,
    pages: Iterable[RecordPage],
    *,
    source: str = "files",
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    clock: Clock | None = None,
    total_rows: int | None = None,
) -> ImportSummary:
    """What `run_import` would do, found by doing it to a copy that is thrown away.

    The copy is encrypted with the workspace's own key. Arguments as `run_import`.
    """
    with rehearsal(store) as copy:
        return run_import(
            copy,
            pages,
            source=source,
            progress=progress,
            cancel=cancel,
            clock=clock,
            total_rows=total_rows,
        )


def settle_interrupted(store: Store, *, clock: Clock | None = None) -> int:
    """Mark imports of a program that was killed as interrupted; returns how many there were.

    `run_import` does so by itself. Call it where no import can be running.
    """
    return close_interrupted(store, (clock or SystemClock()).now())


class _Run:
    def __init__(
        self,
        store: Store,
        source: str,
        clock: Clock,
        resumed: frozenset[str],
        settle: Callable[[frozenset[AccountId]], object] | None,
    ) -> None:
        self._clock = clock
        self._settle = settle
        self._began = monotonic()
        self._writer = ImportWriter(store, source, clock.now(), resumed=resumed)
        self._applier = PageApplier(self._writer)
        self._rows = 0
        self._gone = 0

    def read(
        self, pages: Iterable[RecordPage], cancel: CancelToken, progress: Progress, total_rows: int | None
    ) -> str:
        try:
            for page in pages:
                if cancel.cancelled:
                    return "cancelled"
                self._applier.apply(page)
                self._rows += page.rows
                progress(self._rows, total_rows, f"Reading {page.stream}")
        except CancelledError:
            return "cancelled"
        if cancel.cancelled:
            return "cancelled"
        progress(self._rows, total_rows, "Linking rows to accounts")
        self._applier.link_late()
        self._gone = self._writer.complete(self._applier.parents())
        return "done"

    def finish(self, state: str) -> ImportSummary:
        writer = self._writer
        summary = ImportSummary(
            run_id=writer.run_id,
            state=state,
            streams=tuple(StreamSummary.of(tally) for tally in writer.tallies),
            seconds=monotonic() - self._began,
            usage_outside_subscription=writer.outside_term,
            usage_values_in_several_files=writer.shared_values,
            usage_values_repeated=writer.repeated_values,
            gone=self._gone,
            late_rows=writer.late_rows,
            accounts=writer.touched,
            notes=overlap_notes(writer.shared_values, writer.repeated_values),
        )
        if self._settle is not None:
            self._settle(writer.touched)
        writer.finish(self._clock.now(), state, summary.message, summary.to_json())
        return summary

    def fail(self, error: BaseException) -> None:
        """Record that the run failed, if the workspace can still be written."""
        known = isinstance(error, ConvergeDeskError)
        message = str(error) if known else "The import ended unexpectedly. What was read up to then is kept."
        # A full disk refuses this too; the fault itself is on its way to the person.
        with suppress(ConvergeDeskError):
            if self._settle is not None:
                self._settle(self._writer.touched)
            self._writer.finish(self._clock.now(), "failed", message, {})
