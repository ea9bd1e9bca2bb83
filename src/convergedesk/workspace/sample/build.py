"""Builds a sample workspace: creates the file, imports the pages, adds what people enter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from convergedesk.domain.errors import CancelledError
from convergedesk.domain.protocols import (
    CancelToken,
    Clock,
    NeverCancelled,
    Progress,
    no_progress,
)
from convergedesk.domain.records import EntityKind, RecordPage
from convergedesk.figures.insights import refresh_insights
from convergedesk.figures.summaries import refresh_summaries
from convergedesk.store.engine import Store, create_workspace
from convergedesk.store.info import set_today
from convergedesk.store.keys import Key
from convergedesk.sync.import_run import run_import
from convergedesk.workspace.sample.crm import SOURCE
from convergedesk.workspace.sample.edits import write_edits
from convergedesk.workspace.sample.generator import world_pages
from convergedesk.workspace.sample.spec import SampleSpec
from convergedesk.workspace.sample.world import World, build_world

NAME = "Sample workspace"


class _OwnDay:
    """Stands still on the day that the sample is shown as of."""

    def __init__(self, spec: SampleSpec) -> None:
        self._now = datetime.combine(spec.today, time(12, 50), UTC)

    def now(self) -> datetime:
        return self._now


@dataclass(frozen=True, slots=True)
class SampleSummary:
    """What a sample workspace holds.

    Attributes:
        accounts: Customers.
        sites: Accounts that belong to one of them.
        tickets: Support tickets.
        messages: Messages on them.
        usage_rows: Daily values of all meters.
        invoices: Invoices and credit notes.
        today: The day that it is shown as of, ISO 8601.
    """

    accounts: int
    sites: int
    tickets: int
    messages: int
    usage_rows: int
    invoices: int
    today: str


def build_sample(
    path: Path,
    key: Key,
    spec: SampleSpec,
    *,
    salt: bytes | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    clock: Clock | None = None,
) -> SampleSummary:
    """Create a workspace file labelled as a sample, with 'today' fixed to the sample's own day.

    Args:
        path: Where; nothing may be there yet.
        key: What will open it.
        spec: Size and seed.
        salt: The file's first bytes, where its key went into the keyring beforehand.
        progress: Told in rows, then in accounts.
        cancel: Asked at every page and account.
        clock: Tells the time of the import; None for an afternoon of the sample's own day, so
            that its data is as old as the sample says, whenever it is built.

    Raises:
        WorkspaceError: Something is there already, or the folder cannot be written.
        DiskFullError: No room; nothing is left behind.
        CancelledError: The person stopped it; nothing is left behind.
    """
    token, told = cancel or NeverCancelled(), clock or _OwnDay(spec)
    store = create_workspace(path, key, name=NAME, sample=True, salt=salt, clock=told)
    try:
        summary = _fill(store, build_world(spec), progress, token, told)
    except BaseException:
        store.close()
        _remove(path)
        raise
    store.close()
    return summary


def _fill(store: Store, world: World, progress: Progress, cancel: CancelToken, clock: Clock) -> SampleSummary:
    set_today(store, world.spec.today)
    counts = dict.fromkeys(EntityKind, 0)
    pages = _counted(world_pages(world), counts)
    imported = run_import(store, pages, source=SOURCE, progress=progress, cancel=cancel, clock=clock)
    if imported.state != "done":
        raise CancelledError("Creating the sample workspace was stopped.")
    write_edits(store, world, progress, cancel)
    refresh_summaries(store, None, today=world.spec.today, now=clock.now())
    refresh_insights(store, None, today=world.spec.today, now=clock.now(), progress=progress, cancel=cancel)
    return SampleSummary(
        accounts=len(world.accounts),
        sites=counts[EntityKind.ACCOUNTS] - len(world.accounts),
        tickets=counts[EntityKind.TICKETS],
        messages=counts[EntityKind.TICKET_MESSAGES],
        usage_rows=counts[EntityKind.USAGE],
        invoices=counts[EntityKind.INVOICES],
        today=world.spec.today.isoformat(),
    )


def _counted(pages: Iterable[RecordPage], counts: dict[EntityKind, int]) -> Iterator[RecordPage]:
    for page in pages:
        counts[page.entity] += page.rows
        yield page


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
