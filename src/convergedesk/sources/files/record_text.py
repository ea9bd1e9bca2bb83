"""One record of delimited text, taken apart cell by cell.

RFC 4180 with what people really export: spaces before an opening quote, a backslash before
a quote where the file writes them so, and quotes inside unquoted cells, which are plain
signs. This is the patient path; sound lines never come here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

QUOTE = '"'


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are told apart.

    Attributes:
        delimiter: One ASCII character; empty where every line is one cell.
        columns: Cells that a row has.
        quoted: True where quotes enclose cells.
        backslash: True where a backslash protects a quote.
    """

    delimiter: str
    columns: int
    quoted: bool = True
    backslash: bool = False


class Reading(Enum):
    """How far a record is after a line."""

    COMPLETE = auto()
    OPEN = auto()
    BROKEN = auto()


class RecordReader:
    """Reads one record, line by line, without going over a sign twice.

    Attributes:
        cells: The finished cells.
    """

    def __init__(self, dialect: Dialect) -> None:
        """Stand before a record's first line."""
        self._dialect = dialect
        self._parts: list[str] = []
        self._inside = False
        self.cells: list[str] = []

    def feed(self, line: str) -> Reading:
        """Take the next line, without its newline."""
        delimiter = self._dialect.delimiter
        if not delimiter:
            self.cells.append(line)
            return Reading.COMPLETE
        at = 0
        if self._inside:
            self._parts.append("\n")
            end = self._quoted(line, 0)
            if end is None:
                return Reading.OPEN
            if end < 0:
                return Reading.BROKEN
            if end == len(line):
                return Reading.COMPLETE
            at = end + 1
        return self._cells_from(line, at)

    def _cells_from(self, line: str, at: int) -> Reading:
        delimiter = self._dialect.delimiter
        while True:
            opening = at
            while self._dialect.quoted and line.startswith(" ", opening) and delimiter != " ":
                opening += 1
            if self._dialect.quoted and line.startswith(QUOTE, opening):
                end = self._quoted(line, opening + 1)
                if end is None:
                    return Reading.OPEN
                if end < 0:
                    return Reading.BROKEN
            else:
                end = line.find(delimiter, at)
                end = len(line) if end < 0 else end
                self.cells.append(line[at:end])
            if end == len(line):
                return Reading.COMPLETE
            at = end + 1

    def _quoted(self, line: str, start: int) -> int | None:
        """Where the quoted cell ends (its delimiter, or the line's end), None if open, -1 if broken."""
        self._inside = True
        at = start
        while (quote := line.find(QUOTE, at)) >= 0:
            protected = self._dialect.backslash and (quote - at - len(line[at:quote].rstrip("\\"))) % 2
            if protected:
                self._parts.append(line[at : quote - 1] + QUOTE)
                at = quote + 1
            elif line.startswith(QUOTE, quote + 1):
                self._parts.append(line[at : quote + 1])
                at = quote + 2
            else:
                self._parts.append(line[at:quote])
                self.cells.append("".join(self._parts))
                self._parts = []
                self._inside = False
                after = quote + 1
                while line.startswith(" ", after) and self._dialect.delimiter != " ":
                    after += 1
                ended = after == len(line) or line.startswith(self._dialect.delimiter, after)
                return after if ended else -1
        self._parts.append(line[at:])
        return None


def one_line_cells(line: str, dialect: Dialect) -> list[str] | None:
    """The cells of a record of one line; None where a quote is left open or misplaced."""
    reader = RecordReader(dialect)
    return reader.cells if reader.feed(line) is Reading.COMPLETE else None


def written_row(cells: list[str], delimiter: str) -> str:
    """The cells as one sound record of this delimiter, with LF at the end."""
    return delimiter.join(_enclosed(cell, delimiter) for cell in cells) + "\n"


def shown_row(cells: Iterable[str | None], delimiter: str = ",") -> str:
    """A row as people would write it: one line, quotes only where they are needed."""
    return delimiter.join(_enclosed(cell, delimiter) if cell else "" for cell in cells)


def _enclosed(cell: str, delimiter: str) -> str:
    if cell and delimiter not in cell and QUOTE not in cell and "\n" not in cell and "\r" not in cell:
        return cell
    return QUOTE + cell.replace(QUOTE, QUOTE * 2) + QUOTE
