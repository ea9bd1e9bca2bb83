"""What is in the files, worked out away from the GUI thread.

Everything here blocks and is called in jobs only, one call at a time.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from convergedesk.domain.errors import CancelledError, SourceError
from convergedesk.workspace import imports

if TYPE_CHECKING:
    from convergedesk.desktop.pages.importing.reading_dialog import Reading
    from convergedesk.domain.protocols import CancelToken, Progress
    from convergedesk.sources.files import FileSet, Mapping, Preview, Question, Skipped, Table
    from convergedesk.workspace.session import Workspace

PREVIEW_ROWS = 50
_PATIENCE_S = 0.5

Change = Callable[["FileSet", "Mapping"], "Mapping"]


@dataclass(frozen=True, slots=True)
class Findings:
    """What the files hold and how they would be read.

    Attributes:
        tables: Recognised tables.
        skipped: Files without one, each with the reason.
        mapping: How each table is read.
        questions: What only a person can answer.
    """

    tables: tuple[Table, ...]
    skipped: tuple[Skipped, ...]
    mapping: Mapping
    questions: tuple[Question, ...]


class Analysis:
    """The opened files with their mapping. Close it, so that its temporary folder goes."""

    def __init__(self, workspace: Callable[[], Workspace]) -> None:
        """`workspace` knows the accounts and the mapping that was used last."""
        self._workspace = workspace
        self._lock = Lock()
        self._files: FileSet | None = None
        self._mapping: Mapping | None = None
        self._closed = False

    def read(self, paths: Sequence[Path], progress: Progress, cancel: CancelToken) -> Findings:
        """Open files in place of those that were open; columns matched before stay as they are.

        Raises:
            SourceError: A path cannot be read.
            CancelledError: The person stopped it; what was open before stays open.
        """
        from convergedesk.sources.files import Answers, apply_saved, open_files

        files = open_files(paths, progress=progress, cancel=cancel)
        with self._using():
            try:
                mapping = (
                    apply_saved(self._mapping, files, answers=Answers())
                    if self._mapping is not None
                    else imports.map_files(self._workspace(), files, Answers())
                )
                if cancel.cancelled or self._closed:
                    raise CancelledError("Reading the files was stopped; nothing was saved.")
            except BaseException:
                files.close()
                raise
            if self._files is not None:
                self._files.close()
            self._files, self._mapping = files, mapping
            return self._findings()

    def change(self, change: Change) -> Findings:
        """Read the files in another way."""
        with self._using():
            self._mapping = change(self._open_files(), self._mapped())
            return self._findings()

    def preview(self, table: str) -> Preview:
        """The first rows of a table as they would be saved, with what would be rejected."""
        from convergedesk.sources.files import preview

        with self._using():
            return preview(self._open_files(), self._mapped(), table, n=PREVIEW_ROWS)

    def reread(self, table: str, reading: Reading) -> Findings:
        """Read one file in another way. Raises SourceError where it then holds no table."""
        from convergedesk.sources.files import with_entity

        with self._using():
            files, mapping = self._open_files(), self._mapped()
            before = mapping.file(table)
            if reading.options != before.options:
                files.reread(table, reading.options)
                mapping = with_entity(files, mapping, table, before.entity)
            self._mapping = mapping.change(
                table,
                lambda one: replace(
                    one,
                    options=reading.options,
                    decimals=reading.decimals,
                    time_zone=reading.time_zone,
                    duplicates=reading.duplicates,
                ),
            )
            return self._findings()

    def save_mapping(self, path: Path) -> None:
        """Write the mapping as TOML, for next time or for the command line."""
        from convergedesk.sources.files import save_mapping

        with self._using():
            save_mapping(self._mapped(), path)

    def load_mapping(self, path: Path) -> Findings:
        """Read the files as a saved mapping says; what it does not name is guessed."""
        from convergedesk.sources.files import Answers, apply_saved, load_mapping

        with self._using():
            self._mapping = apply_saved(load_mapping(path), self._open_files(), answers=Answers())
            return self._findings()

    def close(self) -> None:
        """Remove the temporary folder, or let whoever is reading right now remove it."""
        self._closed = True
        if self._lock.acquire(timeout=_PATIENCE_S):
            self._drop_files()
            self._lock.release()

    @contextmanager
    def _using(self) -> Generator[None]:
        with self._lock:
            try:
                yield
            finally:
                if self._closed:
                    self._drop_files()

    def _drop_files(self) -> None:
        files, self._files = self._files, None
        if files is not None:
            files.close()

    def _open_files(self) -> FileSet:
        if self._files is None:
            raise SourceError("No files are open.")
        return self._files

    def _mapped(self) -> Mapping:
        if self._mapping is None:
            raise SourceError("No files are open.")
        return self._mapping

    def _findings(self) -> Findings:
        from convergedesk.sources.files import questions

        files, mapping = self._open_files(), self._mapped()
        return Findings(files.tables, files.skipped, mapping, questions(mapping))


class MappingFile:
    """A mapping on disk for the child process, in a folder that only this user may read."""

    def __init__(self, analysis: Analysis) -> None:
        """Write it."""
        self._folder = Path(tempfile.mkdtemp(prefix="convergedesk-mapping-"))
        self.path = self._folder / "mapping.toml"
        analysis.save_mapping(self.path)

    def remove(self) -> None:
        """Take it away."""
        shutil.rmtree(self._folder, ignore_errors=True)
