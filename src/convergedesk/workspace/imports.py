"""Importing files: from paths to a summary, the same for the wizard and the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from convergedesk.domain.protocols import CancelToken, NeverCancelled, Progress, no_progress
from convergedesk.workspace.import_totals import ImportTotals, TotalsTally
from convergedesk.workspace.session import Workspace

if TYPE_CHECKING:
    from convergedesk.domain.records import RecordPage
    from convergedesk.sources.files import Answers, FileSet, FileSource, Known, Mapping
    from convergedesk.sync.import_run import ImportSummary

# The one mapping that a workspace remembers: what was confirmed last for each file's name.
REMEMBERED = "files"


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
    """How to read the files: as a saved mapping says, as remembered, or as guessed.

    Args:
        workspace: Whose accounts and remembered mapping help; None for neither.
        files: The opened files.
        answers: What the person said.
        mapping_file: A TOML file that comes before what is remembered, or None.

    Raises:
        SourceError: The mapping file cannot be read or names what is not there.
    """
    from convergedesk.sources.files import apply_saved, guess, load_mapping, mapping_from_toml
    from convergedesk.store.mappings import kept_mapping

    if mapping_file is not None:
        return apply_saved(load_mapping(mapping_file), files, answers=answers)
    remembered = None if workspace is None else kept_mapping(workspace.store, REMEMBERED)
    if remembered is not None:
        return apply_saved(
            mapping_from_toml(remembered, where="the remembered mapping"), files, answers=answers
        )
    return guess(files, answers=answers, known=None if workspace is None else known(workspace))


def known(workspace: Workspace) -> Known:
    """Ids, names and domains of the workspace's accounts, against which columns are tried."""
    from convergedesk.sources.files import Known
    from convergedesk.store.account_labels import account_labels

    labels = account_labels(workspace.store)
    return Known(account_ids=labels.external_ids, account_names=labels.names, domains=labels.domains)


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
    """Import files or folders.

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
    from convergedesk.figures.summaries import refresh_summaries
    from convergedesk.sources.files import FileSource, mapping_to_toml, open_files, require_answers
    from convergedesk.store.mappings import keep_mapping
    from convergedesk.sync.import_run import dry_run, run_import

    token = cancel or NeverCancelled()
    with open_files(paths, progress=progress, cancel=token) as files:
        mapping = map_files(workspace, files, answers, mapping_file=mapping_file)
        require_answers(mapping)
        source = FileSource(files, mapping)
        total = sum(stream.rows for stream in source.streams())
        run = dry_run if dry else run_import
        tally = TotalsTally()
        summary = run(
            workspace.store,
            tally.watch(_pages(source)),
            progress=progress,
            cancel=token,
            total_rows=total,
            clock=workspace.clock,
        )
        skipped = tuple((one.name, one.reason) for one in files.skipped)
    if not dry:
        keep_mapping(workspace.store, REMEMBERED, mapping_to_toml(mapping), clock=workspace.clock)
        refresh_summaries(workspace.store, summary.accounts, today=workspace.today, now=workspace.clock.now())
    return ImportResult(summary, mapping, skipped, dry, tally.totals())


def _pages(source: FileSource) -> Iterator[RecordPage]:
    for stream in source.streams():
        yield from source.read(stream.name)
