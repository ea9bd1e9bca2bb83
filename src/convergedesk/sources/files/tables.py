"""What a file turns out to hold: a table with columns, or a reason to skip it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class TableKind(StrEnum):
    """The form in which a table lies on the disk."""

    DELIMITED = "delimited"
    SPREADSHEET = "spreadsheet"
    PARQUET = "parquet"
    JSON_LINES = "json_lines"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a file, where the person knows better; None lets the program find out.

    Attributes:
        encoding: Python's name of the encoding, such as 'cp1252'.
        delimiter: One character.
        header_line: Physical line (or spreadsheet row) of the headings, counted from 1;
            0 where there are none.
    """

    encoding: str | None = None
    delimiter: str | None = None
    header_line: int | None = None


@dataclass(frozen=True, slots=True)
class Accounting:
    """Where every physical line of a file went.

    A *row* is one record: a physical line below the headings, or several that one quoted
    cell joins. `lines` is always the sum of all the others, and `rows` is always the
    number of records plus the number of rejects.

    Attributes:
        lines: Physical lines (ended by LF, CR LF or CR, or by the end of the file), rows of
            a sheet's used area, or rows of a columnar file.
        preamble: Above the headings: report titles, filters, blank lines.
        header: 1, or 0 where there are no headings.
        blank: Lines without a single sign, and wholly empty spreadsheet rows.
        footer: Below the last row: totals, 'Generated on', rows of delimiters only.
        continuation: Second and further lines of cells that run over several lines.
        rows: Everything else.
    """

    lines: int = 0
    preamble: int = 0
    header: int = 0
    blank: int = 0
    footer: int = 0
    continuation: int = 0
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the file names it.

    Attributes:
        position: From 0.
        name: The heading as written; 'column 3' where there is none. Unique in its table.
        samples: The first distinct values that are not empty, as written; at most eight.
    """

    position: int
    name: str
    samples: tuple[str, ...] = ()

    @property
    def staged(self) -> str:
        """The name of the column in the staged table."""
        return f"c{self.position}"


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was found in a file.

    Attributes:
        name: The file's path below the folder that was given, with '#sheet' where a
            workbook holds several tables. Unique in its set; also the stream's name.
        path: The file.
        kind: Its form.
        sheet: Name of the sheet, for workbooks.
        header_line: Physical line or row of the headings, from 1; 0 where there are none.
        columns: In order.
        accounting: Where every line went.
        reading: How it was read, in plain words.
        options: What the person said about reading it.
        staged: Name of the staged table.
        fingerprint: Changes when the file does.
        unreadable: How many of the rows are rejects already.
    """

    name: str
    path: Path
    kind: TableKind
    columns: tuple[Column, ...]
    accounting: Accounting
    reading: str
    staged: str
    fingerprint: str
    sheet: str | None = None
    header_line: int = 1
    options: ReadOptions = field(default=ReadOptions())
    unreadable: int = 0

    @property
    def title(self) -> str:
        """The file's own name."""
        return self.path.name

    @property
    def rows(self) -> int:
        """Data rows, the unreadable ones included."""
        return self.accounting.rows

    def column(self, name: str) -> Column | None:
        """The column of that heading, or None."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was looked at and holds no table.

    Attributes:
        name: As in `Table`.
        path: The file.
        reason: In plain words.
        size_bytes: Its size.
    """

    name: str
    path: Path
    reason: str
    size_bytes: int
