"""The first rows of a table as they would be saved, and what would be rejected in all of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from convergedesk.domain.accounts import Lifecycle
from convergedesk.domain.billing import PriceModel
from convergedesk.domain.calendar import CalendarEventKind
from convergedesk.domain.money import Money
from convergedesk.domain.records import EntityKind, Reject
from convergedesk.domain.term_records import ContractTerm
from convergedesk.domain.tickets import Priority, TicketStatus
from convergedesk.sources.files.catalogue import Field, entities
from convergedesk.sources.files.file_set import FileSet
from convergedesk.sources.files.mapping import DateEvidence, FileMapping, Mapping
from convergedesk.sources.files.read_records import RowReader, record_batches
from convergedesk.sources.files.read_usage import UsageReader
from convergedesk.sources.files.source import missing_needs
from convergedesk.sources.files.tables import Table
from convergedesk.sources.files.typed_cells import Amount, Unreadable, cell_reader

_EXAMPLES = 5
_PHRASES = {
    "ragged": "wrong number of cells",
    "bad_date": "date cannot be read",
    "bad_number": "number cannot be read",
    "bad_value": "value cannot be read",
    "missing": "something needed is missing",
    "duplicate": "key stands twice",
    "encoding": "no text in this encoding",
    "too_large": "too large",
    "unclosed_quote": "quotation mark not closed",
    "empty": "empty",
}
_Cells = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the preview.

    Attributes:
        line: Physical line or row.
        values: One text for each field of the preview, as it would be saved.
        reject: Why the row would be rejected, or None.
    """

    line: int
    values: tuple[str, ...]
    reject: Reject | None


@dataclass(frozen=True, slots=True)
class RejectCount:
    """How many rows would be rejected for one reason.

    Attributes:
        code: As in Reject.
        phrase: The reason in a few words, such as 'key stands twice'.
        count: How many rows.
        examples: The first of them.
    """

    code: str
    phrase: str
    count: int
    examples: tuple[Reject, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import of a table would do.

    Attributes:
        table: Its name.
        fields: The fields that columns go to, in the order of the file.
        rows: The first rows.
        total_rows: Rows in all.
        accepted: How many of them would go in, as far as the file alone can tell.
        rejects: The others, by reason, most frequent first.
        date_evidence: Behind the question of the date order, or None.
        missing: What must be matched before anything can go in; empty where nothing.
    """

    table: str
    fields: tuple[Field, ...]
    rows: tuple[PreviewRow, ...]
    total_rows: int
    accepted: int
    rejects: tuple[RejectCount, ...]
    date_evidence: DateEvidence | None
    missing: str = ""


@dataclass(slots=True)
class _Tally:
    counts: dict[str, int] = field(default_factory=dict[str, int])
    examples: dict[str, list[Reject]] = field(default_factory=dict[str, list[Reject]])
    by_line: dict[int, Reject] = field(default_factory=dict[int, Reject])

    def add(self, reject: Reject, shown: range) -> None:
        self.counts[reject.code] = self.counts.get(reject.code, 0) + 1
        kept = self.examples.setdefault(reject.code, [])
        if len(kept) < _EXAMPLES:
            kept.append(reject)
        if reject.line in shown:
            self.by_line[reject.line] = reject

    def summed(self) -> tuple[RejectCount, ...]:
        order = sorted(self.counts.items(), key=lambda item: -item[1])
        return tuple(
            RejectCount(code, _PHRASES.get(code, code.replace("_", " ")), count, tuple(self.examples[code]))
            for code, count in order
        )


def preview(files: FileSet, mapping: Mapping, table: str, n: int = 5) -> Preview:
    """Read a table as it is mapped without keeping anything.

    Args:
        files: The opened files.
        mapping: How they are read.
        table: Name of the table; it may be mapped to nothing.
        n: How many rows to show.

    Raises:
        NotFoundError: There is no such table.
    """
    found, mapped = files.table(table), mapping.file(table)
    if mapped.entity is None:
        return Preview(table, (), (), found.rows, 0, (), None)
    entity = entities()[mapped.entity]
    columns = [
        (column, of)
        for column in mapped.columns
        if column.field and (of := entity.field(column.field)) is not None and found.column(column.column)
    ]
    first = _first_rows(files, found, n)
    shown = range(first[0][0] if first else 0, (first[-1][0] if first else 0) + 1)
    missing = missing_needs(mapped, mapped.entity)
    tally = _Tally()
    accepted = 0
    if not missing:
        accepted = _tallied(files, found, mapped, mapped.entity, tally, shown)
    readers = [
        (of, cell_reader(mapped, column, of), place.position)
        for column, of in columns
        if (place := found.column(column.column)) is not None
    ]
    rows = [
        PreviewRow(
            line,
            tuple(_shown(cells[position], read) for _, read, position in readers),
            tally.by_line.get(line) or _own_reject(found, mapped, mapped.entity, cells, line),
        )
        for line, cells in first
    ]
    unread = [PreviewRow(line, ("",) * len(readers), reject) for line, reject in tally.by_line.items()]
    taken = {row.line for row in rows}
    rows += [row for row in unread if row.line not in taken]
    return Preview(
        table=table,
        fields=tuple(of for _, of in columns),
        rows=tuple(sorted(rows, key=lambda row: row.line)[:n]),
        total_rows=found.rows,
        accepted=accepted,
        rejects=tally.summed(),
        date_evidence=mapped.date_evidence,
        missing=missing,
    )


def _own_reject(
    table: Table, mapped: FileMapping, kind: EntityKind, cells: _Cells, line: int
) -> Reject | None:
    """Why a row of a table whose mapping is incomplete would be rejected whatever is added."""
    if kind is EntityKind.USAGE or missing_needs(mapped, kind):
        return None
    outcome = RowReader(table, mapped, kind).read(cells, line)
    return outcome if isinstance(outcome, Reject) else None


def _tallied(
    files: FileSet, table: Table, mapped: FileMapping, kind: EntityKind, tally: _Tally, shown: range
) -> int:
    accepted = 0
    if kind is EntityKind.USAGE:
        for batch in UsageReader(files, table, mapped).batches():
            accepted += 0 if batch.usage is None else int(batch.usage.rows.sum())
            for reject in batch.rejects:
                tally.add(reject, shown)
        return accepted
    for batch in record_batches(files, table, mapped, kind):
        accepted += len(batch.records)
        for reject in batch.rejects:
            tally.add(reject, shown)
    return accepted


def _first_rows(files: FileSet, table: Table, n: int) -> list[tuple[int, _Cells]]:
    names = ", ".join(column.staged for column in table.columns)
    with files.scratch.connect() as connection:
        rows = connection.execute(
            f"SELECT rowid, {names} FROM {table.staged} ORDER BY rowid LIMIT {n}"
        ).fetchall()
    numbers = files.staged(table).numbers
    return [(numbers.of(int(row[0])), row[1:]) for row in rows]


def _shown(cell: str | None, read: object) -> str:
    if cell is None or not callable(read):
        return ""
    try:
        return value_text(read(cell))
    except Unreadable:
        return cell.strip()


def value_text(value: object) -> str:
    """A typed value as the preview shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value.day} {value:%b %Y %H:%M}"
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    if isinstance(value, Priority):
        return value.name.capitalize()
    if isinstance(value, (TicketStatus, Lifecycle, CalendarEventKind, ContractTerm, PriceModel)):
        return value.value.capitalize()
    if isinstance(value, Amount):
        return f"{value.number:,f} {value.currency or ''}".strip()
    if isinstance(value, Money):
        return f"{value.amount:,f} {value.currency}"
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    return str(value)
