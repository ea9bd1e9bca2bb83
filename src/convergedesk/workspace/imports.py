"""Importing files: from paths to a summary, the same for the wizard and the command line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.protocols import CancelToken, NeverCancelled, Progress, no_progress
from convergedesk.sync import file_import
from convergedesk.workspace.changes import EVERYTHING, Changes
from convergedesk.workspace.import_totals import ImportTotals, TotalsTally
from convergedesk.workspace.session import Workspace

if TYPE_CHECKING:
    from convergedesk.sync.file_import import Answers, FileSet, ImportSummary, Known, Mapping


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did.

    Attributes:
        summary: Rows, what became of them, and why some were rejected.
        mapping: How each file was read.
        skipped: (name, reason) of files that are no table.
        dry: True where nothing was kept.
        totals: Sums over what could be read.
    """

    summary: ImportSummary
    mapping: Mapping
    skipped: tuple[tuple[str, str], ...]
    dry: bool
    totals: ImportTotals


def map_files(
    workspace: Workspace | None, files: FileSet, answers: Answers, *, mapping_file: Path | None = None
) -> Mapping:
    """How to read the files; see `sync.file_import.map_files`. None: without a workspace's help."""
    store = None if workspace is None else workspace.store
    return file_import.map_files(store, files, answers, mapping_file=mapping_file)


def known(workspace: Workspace) -> Known:
    """Ids, names and domains of the workspace's accounts, against which columns are tried."""
    return file_import.known(workspace.store)


def import_files(
    workspace: Workspace,
    paths: Sequence[Path],
    answers: Answers,
    *,
    mapping_file: Path | None = None,
    dry: bool = False,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> ImportResult:
    """Import files or folders, and bring Home up to date.

    Args:
        workspace: Where to.
        paths: Files, or folders whose files are taken.
        answers: What a file cannot say itself.
        mapping_file: How to read them; None for remembered or guessed.
        dry: Do everything but keep nothing.
        progress: Told in rows.
        cancel: Asked before each page.

    Raises:
        QuestionError: A file needs an answer that was not given.
        SourceError: A path cannot be read.
        DiskFullError: No room; what was committed before stays.
    """
    tally = TotalsTally()
    done = file_import.import_paths(
        workspace.store,
        paths,
        answers,
        mapping_file=mapping_file,
        dry=dry,
        watch=tally.watch,
        progress=progress,
        cancel=cancel or NeverCancelled(),
        clock=workspace.clock,
        settle=partial(_refresh, workspace),
    )
    return ImportResult(done.summary, done.mapping, done.skipped, dry, tally.totals())


def mend_interrupted(workspace: Workspace) -> Changes | None:
    """Bring Home up to date after imports of a program that was killed; None where there were none.

    Call it where no import can be running.
    """
    from convergedesk.store.apply.rehearsal import has_interrupted
    from convergedesk.sync.import_run import settle_interrupted

    if not has_interrupted(workspace.store):
        return None
    _refresh(workspace, None)
    settle_interrupted(workspace.store, clock=workspace.clock)
    return Changes(frozenset(), EVERYTHING)


def _refresh(workspace: Workspace, accounts: Collection[AccountId] | None) -> None:
    from convergedesk.figures.summaries import refresh_summaries

    refresh_summaries(workspace.store, accounts, today=workspace.today, now=workspace.clock.now())
