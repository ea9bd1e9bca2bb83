"""Files into a workspace: mapped as remembered or guessed, read page by page, linked and applied."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.protocols import CancelToken, Clock, Progress
from convergedesk.domain.records import RecordPage
from convergedesk.store.engine import Store

if TYPE_CHECKING:
    from convergedesk.sources.files import Answers, FileSet, FileSource, Known, Mapping
    from convergedesk.sync.summary import ImportSummary

# The one mapping that a workspace remembers: what was confirmed last for each file's name.
REMEMBERED = "files"


@dataclass(frozen=True, slots=True)
class FileImport:
    """What an import of files did.

    Attributes:
        summary: Rows, what became of them, and why some were rejected.
        mapping: How each file was read.
        skipped: (name, reason) of files that are no table, or a table of no known kind.
    """

    summary: ImportSummary
    mapping: Mapping
    skipped: tuple[tuple[str, str], ...]


def map_files(
    store: Store | None, files: FileSet, answers: Answers, *, mapping_file: Path | None = None
) -> Mapping:
    """How to read the files: as a saved mapping says, as remembered, or as guessed.

    Args:
        store: The workspace whose accounts and remembered mapping help; None for neither.
        files: The opened files.
        answers: What the person said.
        mapping_file: A TOML file that comes before what is remembered, or None.

    Raises:
        SourceError: The mapping file cannot be read or names what is not there.
    """
    from convergedesk.sources.files import apply_saved, guess, load_mapping, mapping_from_toml
    from convergedesk.store.mappings import kept_mapping

    labels = None if store is None else known(store)
    if mapping_file is not None:
        return apply_saved(load_mapping(mapping_file), files, answers=answers, known=labels, strict=True)
    remembered = None if store is None else kept_mapping(store, REMEMBERED)
    if remembered is not None:
        saved = mapping_from_toml(remembered, where="the remembered mapping")
        return apply_saved(saved, files, answers=answers, known=labels)
    return guess(files, answers=answers, known=labels)


def known(store: Store) -> Known:
    """Ids, names and domains of the workspace's accounts, against which columns are tried."""
    from convergedesk.sources.files import Known
    from convergedesk.store.account_labels import account_labels

    labels = account_labels(store)
    return Known(account_ids=labels.external_ids, account_names=labels.names, domains=labels.domains)


def import_paths(
    store: Store,
    paths: Sequence[Path],
    answers: Answers,
    *,
    mapping_file: Path | None,
    dry: bool,
    watch: Callable[[Iterator[RecordPage]], Iterator[RecordPage]],
    progress: Progress,
    cancel: CancelToken,
    clock: Clock,
    settle: Callable[[frozenset[AccountId]], object],
) -> FileImport:
    """Import files or folders; the mapping that was used is remembered.

    Args:
        store: The workspace.
        paths: Files, or folders whose files are taken.
        answers: What a file cannot say itself.
        mapping_file: How to read them; None for remembered or guessed.
        dry: Do everything but keep nothing.
        watch: Sees every page on its way in.
        progress: Told in rows.
        cancel: Asked before each page.
        clock: Tells the time.
        settle: As `run_import` takes it; not called where `dry`.

    Raises:
        QuestionError: A file needs an answer that was not given.
        SourceError: A path cannot be read.
        DiskFullError: No room; what was committed before stays.
    """
    from convergedesk.sources.files import FileSource, mapping_to_toml, open_files, require_answers
    from convergedesk.store.mappings import keep_mapping
    from convergedesk.sync.import_run import dry_run, run_import

    with open_files(paths, progress=progress, cancel=cancel) as files:
        mapping = map_files(store, files, answers, mapping_file=mapping_file)
        require_answers(mapping)
        if not dry:
            # Before the first page: if the program is killed, importing again must read the same.
            keep_mapping(store, REMEMBERED, mapping_to_toml(mapping), clock=clock)
        source = FileSource(files, mapping)
        run = dry_run if dry else partial(run_import, settle=settle)
        summary = run(
            store,
            watch(_pages(source)),
            progress=progress,
            cancel=cancel,
            total_rows=sum(stream.rows or 0 for stream in source.streams()),
            clock=clock,
        )
        skipped = (
            *((one.name, one.reason) for one in files.skipped),
            *((one.table, _left_aside(files, one.table)) for one in mapping.files if one.entity is None),
        )
    return FileImport(summary, mapping, skipped)


def _left_aside(files: FileSet, table: str) -> str:
    rows = files.table(table).rows
    return f"its columns fit no kind of data, so its {rows:,} {'row stays' if rows == 1 else 'rows stay'} out"


def _pages(source: FileSource) -> Iterator[RecordPage]:
    for stream in source.streams():
        yield from source.read(stream.name)
