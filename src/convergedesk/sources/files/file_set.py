"""The files that a person picked, with every table in them staged and ready to be looked at."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from convergedesk.domain.errors import CancelledError, NotFoundError, SourceError
from convergedesk.domain.protocols import CancelToken, NeverCancelled, Progress, no_progress
from convergedesk.sources.files.profile import Profile, profiles
from convergedesk.sources.files.scratch import Scratch, full_disk
from convergedesk.sources.files.stage import Staged, sampled_columns
from convergedesk.sources.files.tables import Accounting, ReadOptions, Skipped, Table, TableKind
from convergedesk.sources.files.text_stream import Watch, unwatched

_TABLE_ENDINGS = (".csv", ".tsv", ".tab", ".psv", ".csv.gz", ".tsv.gz")
_WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".ods")
_JSON_ENDINGS = (".jsonl", ".ndjson", ".json", ".jsonl.gz", ".ndjson.gz", ".json.gz")
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = (
    (b"%PDF", "a PDF, not a table"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"7z\xbc\xaf", "a packed archive: unpack it first"),
    (b"Rar!", "a packed archive: unpack it first"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)


def _listed(paths: Iterable[Path]) -> list[tuple[str, Path]]:
    """Names and files: those given, and those in given folders and one level below."""
    found: list[tuple[str, Path]] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(
                entry
                for pattern in ("*", "*/*")
                for entry in path.glob(pattern)
                if entry.is_file()
                and not any(part.startswith((".", "~$")) for part in entry.relative_to(path).parts)
            )
            found += [(entry.relative_to(path).as_posix(), entry) for entry in inside]
        elif path.is_file():
            found.append((path.name, path))
        else:
            raise SourceError(f"{path} is neither a file nor a folder.", fix="Check the name.")
    named: dict[str, Path] = {}
    for name, path in found:
        unique, number = name, 2
        while unique in named and named[unique].resolve() != path.resolve():
            unique, number = f"{name} ({number})", number + 1
        named[unique] = path
    return list(named.items())


def _watch(progress: Progress, cancel: CancelToken, before: int, total: int, name: str) -> Watch:
    def watch(read: int) -> None:
        if cancel.cancelled:
            raise CancelledError("Opening the files was stopped; nothing was saved.")
        if read:
            progress(min(before + read, total), total, f"Opening {name}")

    watch(0)
    return watch


class FileSet:
    """Some files, staged. Close it, or use it in a `with`, so that its private folder goes.

    Attributes:
        tables: What was found.
        skipped: What holds no table.
        scratch: Where the tables are staged.
    """

    def __init__(self, paths: Sequence[Path], progress: Progress, cancel: CancelToken) -> None:
        """Stage every table in `paths`; see `open_files`."""
        self.tables: tuple[Table, ...] = ()
        self.skipped: tuple[Skipped, ...] = ()
        self._staged: dict[str, Staged] = {}
        self._profiles: dict[str, tuple[Profile, ...]] = {}
        self._number = 0
        self._watch: Watch = unwatched
        self.scratch = Scratch()
        try:
            listed = _listed(paths)
            total = sum(path.stat().st_size for _, path in listed)
            done = 0
            for name, path in listed:
                progress(done, total, f"Opening {name}")
                self._watch = _watch(progress, cancel, done, total, name)
                self._add(name, path, ReadOptions())
                done += path.stat().st_size
            self._watch = unwatched
            progress(total, total, "Files opened")
        except BaseException:
            self.scratch.close()
            raise

    def table(self, name: str) -> Table:
        """The table of that name. Raises NotFoundError."""
        for table in self.tables:
            if table.name == name:
                return table
        raise NotFoundError(f"There is no file “{name}” among those that were opened.")

    def staged(self, table: Table) -> Staged:
        """The staged rows of a table."""
        return self._staged[table.staged]

    def profiles(self, table: Table) -> tuple[Profile, ...]:
        """What the values of each column of a table look like; worked out once."""
        if table.staged not in self._profiles:
            self._profiles[table.staged] = profiles(self.scratch, table)
        return self._profiles[table.staged]

    def reread(self, name: str, options: ReadOptions) -> Table:
        """Read a file again in another way; the new table takes the old one's place.

        Raises:
            SourceError: Read in that way the file holds no table, or the encoding is not known.
            NotFoundError: No file has that name.
        """
        before = self.table(name)
        tables = self.tables
        place = tables.index(before)
        self.tables = tuple(table for table in tables if table.path != before.path)
        try:
            self._stage(name.partition("#")[0], before.path, options)
            again = self.table(name)
        except NotFoundError as error:
            self.tables = tables
            raise SourceError(f"Read in that way, {before.title} holds no table.") from error
        except BaseException:
            self.tables = tables
            raise
        others = tuple(table for table in self.tables if table.name != name)
        self.tables = (*others[:place], again, *others[place:])
        return again

    def close(self) -> None:
        """Remove the private folder."""
        self.scratch.close()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def _add(self, name: str, path: Path, options: ReadOptions) -> None:
        size = 0
        try:
            size = path.stat().st_size
            reason = self._stage(name, path, options)
        except SourceError as error:
            reason = str(error)
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise full_disk(error) from error
            reason = f"cannot be read: {error.strerror or error}"
        if reason:
            self.skipped = (*self.skipped, Skipped(name, path, reason, size))

    def _stage(self, name: str, path: Path, options: ReadOptions) -> str:
        """Stage the tables of one file; returns why there are none, or nothing."""
        with path.open("rb") as file:
            head = file.read(4_096)
        if not head:
            return "empty"
        self._number += 1
        stem = f"t{self._number}"
        ending = path.name.lower()
        if head.startswith(b"PAR1"):
            return self._stage_parquet(stem, name, path, options)
        if head.startswith((b"PK\x03\x04", _OLD_WORKBOOK)):
            if head.startswith(b"PK") and not ending.endswith(_WORKBOOK_ENDINGS):
                return "a packed archive: unpack it first"
            return self._stage_workbook(stem, name, path, options)
        for mark, words in _OTHER_KINDS:
            if head.startswith(mark):
                return words
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")) and self._stage_json(
            stem, name, path, options
        ):
            return ""
        return self._stage_delimited(stem, name, path, options)

    def _stage_parquet(self, stem: str, name: str, path: Path, options: ReadOptions) -> str:
        from convergedesk.sources.files.columnar import stage_parquet

        found = stage_parquet(self.scratch, stem, path)
        self._keep(
            name, path, TableKind.PARQUET, found.staged, found.headings, found.accounting, "Parquet", options
        )
        return ""

    def _stage_json(self, stem: str, name: str, path: Path, options: ReadOptions) -> bool:
        from convergedesk.sources.files.columnar import stage_json

        named = path.name.lower().endswith(_JSON_ENDINGS)
        found = stage_json(self.scratch, stem, path, named=named, watch=self._watch)
        if found is not None:
            reading = "JSON, one record to a line"
            self._keep(
                name,
                path,
                TableKind.JSON_LINES,
                found.staged,
                found.headings,
                found.accounting,
                reading,
                options,
            )
        return found is not None

    def _stage_workbook(self, stem: str, name: str, path: Path, options: ReadOptions) -> str:
        from convergedesk.sources.files.spreadsheets import stage_workbook

        sheets = stage_workbook(self.scratch, stem, path, options.header_line)
        for sheet in sheets:
            reading = f"sheet “{sheet.sheet}”, " + (
                f"headings in row {sheet.header_line}" if sheet.header_line else "no headings"
            )
            self._keep(
                name if len(sheets) == 1 else f"{name}#{sheet.sheet}",
                path,
                TableKind.SPREADSHEET,
                sheet.staged,
                sheet.headings,
                sheet.accounting,
                reading,
                options,
                sheet=sheet.sheet,
                header_line=sheet.header_line,
            )
        return "" if sheets else "no sheet with a table in it"

    def _stage_delimited(self, stem: str, name: str, path: Path, options: ReadOptions) -> str:
        from convergedesk.sources.files.delimited import stage_delimited

        named = path.name.lower().endswith(_TABLE_ENDINGS)
        found = stage_delimited(self.scratch, stem, path, named=named, options=options, watch=self._watch)
        if found is None:
            return "no table in it"
        self._keep(
            name,
            path,
            TableKind.DELIMITED,
            found.staged,
            found.layout.headings,
            found.accounting,
            found.reading,
            options,
            header_line=found.layout.header_line,
        )
        return ""

    def _keep(
        self,
        name: str,
        path: Path,
        kind: TableKind,
        staged: Staged,
        headings: tuple[str, ...],
        accounting: Accounting,
        reading: str,
        options: ReadOptions,
        *,
        sheet: str | None = None,
        header_line: int = 1,
    ) -> None:
        facts = path.stat()
        mark = hashlib.sha256(f"{name}|{facts.st_size}|{facts.st_mtime_ns}|{options}".encode()).hexdigest()[
            :16
        ]
        self._staged[staged.name] = staged
        table = Table(
            name=name,
            path=path,
            kind=kind,
            columns=sampled_columns(self.scratch, staged.name, headings),
            accounting=accounting,
            reading=reading,
            staged=staged.name,
            fingerprint=mark,
            sheet=sheet,
            header_line=header_line,
            options=options,
            unreadable=staged.rejects.count,
        )
        self.tables = (*self.tables, table)


def open_files(
    paths: Sequence[Path], progress: Progress = no_progress, cancel: CancelToken | None = None
) -> FileSet:
    """Find and stage every table in files and folders.

    Args:
        paths: Files, or folders that are looked through one level deep. Hidden files are left out.
        progress: Told of bytes read.
        cancel: Asked every few megabytes.

    Raises:
        SourceError: A path does not exist, or there is no place for temporary files.
        DiskFullError: The temporary files do not fit.
        CancelledError: The person stopped it.
    """
    return FileSet(paths, progress, cancel or NeverCancelled())
