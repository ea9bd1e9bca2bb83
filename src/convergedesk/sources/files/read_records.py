"""Rows of a staged table as pages of typed records and rejects, in the order of their lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from convergedesk.domain.records import ContractTermRecord, EntityKind, Origin, Record, Reject
from convergedesk.sources.files.build_records import build_record
from convergedesk.sources.files.catalogue import entities
from convergedesk.sources.files.file_set import FileSet
from convergedesk.sources.files.mapping import Duplicates, FileMapping
from convergedesk.sources.files.record_text import shown_row
from convergedesk.sources.files.reject_log import shown_raw
from convergedesk.sources.files.tables import Table
from convergedesk.sources.files.typed_cells import Unreadable, cell_reader
from convergedesk.sources.files.typed_row import Row

ROWS_A_PAGE = 5_000
# Rows of a contract belong together, so a file of terms is one page, and goes in as a whole.
_ROWS_TOGETHER = 10**9
_WHOSE = ("account_id", "account_name", "account_domain", "contract")
_KEY_FIELDS = ("external_id", "number")


@dataclass(frozen=True, slots=True)
class RecordBatch:
    """Some rows, typed.

    Attributes:
        records: Those that could be read.
        rejects: Those that could not, in the order of their lines.
        line: The last physical line that the batch accounts for.
        last: True where the table ends here.
    """

    records: tuple[Record, ...]
    rejects: tuple[Reject, ...]
    line: int
    last: bool


class RowReader:
    """Turns raw rows of one table into records."""

    def __init__(self, table: Table, mapping: FileMapping, kind: EntityKind) -> None:
        """Prepare a reader for each mapped column."""
        entity = entities()[kind]
        self._kind = kind
        self._mapping = mapping
        self._readers = [
            (column.position, field.key, cell_reader(mapping, mapped, field))
            for mapped in mapping.columns
            if mapped.field
            and (field := entity.field(mapped.field)) is not None
            and (column := table.column(mapped.column)) is not None
        ]
        self._constants = dict(mapping.constants)
        self._whose = [
            column.position
            for key in _WHOSE
            for mapped in mapping.columns_of(key)
            if kind is EntityKind.CONTRACT_TERMS and (column := table.column(mapped.column)) is not None
        ]

    def read(self, cells: tuple[str | None, ...], line: int) -> Record | Reject:
        """The record of a row, or why there is none."""
        raw = row_text(cells)
        values: dict[str, object] = dict(self._constants)
        try:
            for position, key, reader in self._readers:
                text = cells[position]
                value = None if text is None else reader(text)
                if value is not None:
                    values[key] = value
            record = build_record(self._kind, Row(values, Origin(line, raw), self._mapping))
        except Unreadable as fault:
            return Reject(line, fault.reason, raw, fault.code, self._part_of(cells))
        if isinstance(record, ContractTermRecord):
            return replace(record, part_of=self._part_of(cells))
        return record

    def _part_of(self, cells: tuple[str | None, ...]) -> str:
        """Whose contract and which, as the row writes it; empty where rows stand for themselves."""
        return " / ".join((cells[position] or "").strip().casefold() for position in self._whose)


def row_text(cells: tuple[str | None, ...]) -> str:
    """A row as one line of text, cut to what a record keeps."""
    return shown_raw(shown_row(cells))


def repeated_rows(files: FileSet, table: Table, mapping: FileMapping) -> dict[int, tuple[str, int]]:
    """Rows whose key stands in another row that is taken: row number to key and that row's line."""
    named = [column for key in _KEY_FIELDS for column in mapping.columns_of(key)]
    column = table.column(named[0].column) if named else None
    if column is None:
        return {}
    taken = "max" if mapping.duplicates is Duplicates.LAST else "min"
    key = f"trim({column.staged})"
    with files.scratch.connect() as connection:
        rows = connection.execute(
            f"SELECT t.rowid, d.k, d.taken FROM {table.staged} t JOIN ("
            f" SELECT {key} AS k, {taken}(rowid) AS taken FROM {table.staged} WHERE {key} <> '' "
            f" GROUP BY {key} HAVING count(*) > 1) d ON {key} = d.k WHERE t.rowid <> d.taken"
        ).fetchall()
    numbers = files.staged(table).numbers
    return {int(row): (str(text), numbers.of(int(first))) for row, text, first in rows}


def record_batches(
    files: FileSet, table: Table, mapping: FileMapping, kind: EntityKind, *, after_line: int = 0
) -> Iterator[RecordBatch]:
    """Read a table from below a physical line to its end.

    Args:
        files: Where the table is staged.
        table: The table.
        mapping: How it is read.
        kind: What its rows are; not usage.
        after_line: Rows and rejects up to this line are left out.
    """
    reader = RowReader(table, mapping, kind)
    most = _ROWS_TOGETHER if kind is EntityKind.CONTRACT_TERMS else ROWS_A_PAGE
    repeated = repeated_rows(files, table, mapping)
    records: list[Record] = []
    rejects: list[Reject] = []
    line = after_line
    unread = _Unread(files.staged(table).rejects.after(after_line))
    for line, row, cells in _rows_after(files, table, after_line):
        for reject in unread.up_to(line):
            rejects.append(reject)
            if len(records) + len(rejects) >= most:
                yield RecordBatch(tuple(records), tuple(rejects), reject.line, last=False)
                records, rejects = [], []
        if row in repeated:
            key, first = repeated[row]
            reason = f"“{key}” stands in line {first:,} too, and that row was taken."
            rejects.append(Reject(line, reason, row_text(cells), "duplicate"))
        else:
            outcome = reader.read(cells, line)
            rejects.append(outcome) if isinstance(outcome, Reject) else records.append(outcome)
        if len(records) + len(rejects) >= most:
            yield RecordBatch(tuple(records), tuple(rejects), line, last=False)
            records, rejects = [], []
    for reject in unread.rest():
        if len(records) + len(rejects) >= most:
            yield RecordBatch(tuple(records), tuple(rejects), line, last=False)
            records, rejects = [], []
        rejects.append(reject)
        line = reject.line
    yield RecordBatch(tuple(records), tuple(rejects), line, last=True)


class _Unread:
    """Rejects from reading, handed out as the rows around them pass by."""

    def __init__(self, rejects: Iterator[Reject]) -> None:
        self._rejects = rejects
        self._next = next(rejects, None)

    def up_to(self, line: int) -> Iterator[Reject]:
        while self._next is not None and self._next.line < line:
            reject, self._next = self._next, next(self._rejects, None)
            yield reject

    def rest(self) -> Iterator[Reject]:
        if self._next is not None:
            yield self._next
        yield from self._rejects


def _rows_after(
    files: FileSet, table: Table, after_line: int
) -> Iterator[tuple[int, int, tuple[str | None, ...]]]:
    """Line, row number and cells of each staged row below a line."""
    numbers = files.staged(table).numbers
    first = numbers.first_row_after(after_line)
    names = ", ".join(column.staged for column in table.columns)
    with files.scratch.connect() as connection:
        result = connection.execute(
            f"SELECT rowid, {names} FROM {table.staged} WHERE rowid >= {first} ORDER BY rowid"
        )
        while rows := result.fetchmany(ROWS_A_PAGE):
            for row in rows:
                number = int(row[0])
                yield numbers.of(number), number, row[1:]
