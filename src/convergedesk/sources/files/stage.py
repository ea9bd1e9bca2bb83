"""Puts a table into the scratch database, every column as text, and looks at what came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from convergedesk.domain.errors import SourceError
from convergedesk.sources.files.layout import is_footer
from convergedesk.sources.files.line_numbers import LineNumbers
from convergedesk.sources.files.reject_log import RejectLog
from convergedesk.sources.files.scratch import Scratch, disk_fault, exact_path, quote_text
from convergedesk.sources.files.tables import Accounting, Column

_SAMPLES = 8
_SAMPLED_ROWS = 2_000
_TAIL = 30
# DuckDB's buffers are eight times the longest row, so this is raised only where it must be.
_USUAL_ROW = 2_000_000
_MOST_COLUMNS = 3_000


@dataclass(slots=True)
class Staged:
    """A table in the scratch database.

    Attributes:
        name: Its name there; columns are c0, c1, … as text, rows in the file's order.
        numbers: From row number to physical line.
        rejects: Rows that could not be read.
    """

    name: str
    numbers: LineNumbers
    rejects: RejectLog


def stage_csv(
    scratch: Scratch,
    name: str,
    path: Path,
    *,
    delimiter: str,
    quoted: bool,
    skip: int,
    columns: int,
    crlf: bool,
    longest: int,
) -> int | None:
    """Stage a sound CSV file.

    Args:
        scratch: Where to.
        name: Name of the new table.
        path: The file; every row has the same number of cells.
        delimiter: One character; empty where every line is one cell.
        quoted: True where quotes enclose cells.
        skip: Physical lines above the first row.
        columns: Cells in a row.
        crlf: True where lines end in CR LF.
        longest: No row has more bytes than this.

    Returns:
        How many rows came in, or None where DuckDB finds the file unsound after all.

    Raises:
        DiskFullError: No room for the scratch database.
        SourceError: There are more columns than can be staged.
    """
    if columns > _MOST_COLUMNS:
        raise SourceError(
            f"A table has {columns:,} columns; {_MOST_COLUMNS:,} is the most that can be read.",
            fix="Delete the columns that are not needed.",
        )
    shape = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(columns))
    quote = quote_text('"' if quoted else "")
    ends = r"\r\n" if crlf else r"\n"
    reading = (
        f"auto_detect=false, header=false, skip={skip}, new_line='{ends}', "
        f"delim={quote_text(delimiter or chr(1))}, quote={quote}, escape={quote}, nullstr='', "
        "all_varchar=true, strict_mode=true, null_padding=false, "
        f"max_line_size={max(longest + 2, _USUAL_ROW)}, columns={{{shape}}}"
    )
    with scratch.connect() as connection:
        connection.execute(f"DROP TABLE IF EXISTS {name}")
        try:
            result = connection.execute(
                f"CREATE TABLE {name} AS SELECT * FROM read_csv({quote_text(exact_path(path))}, {reading})"
            ).fetchall()
        except (duckdb.InvalidInputException, duckdb.ConversionException):
            return None
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            raise disk_fault(error) from error
    return int(result[0][0]) if result else 0


def drop_footer(scratch: Scratch, staged: Staged, columns: int) -> int:
    """Take totals and remarks off the end of a staged table; returns how many rows they were."""
    names = ", ".join(f"c{number}" for number in range(columns))
    with scratch.connect() as connection:
        tail = connection.execute(
            f"SELECT rowid, {names} FROM {staged.name} ORDER BY rowid DESC LIMIT {_TAIL}"
        ).fetchall()
        lines = [staged.numbers.of(int(row[0])) for row in tail]
        footers: list[int] = []
        for place, row in enumerate(tail[:-1]):
            gap = lines[place] - lines[place + 1] > 1
            if not is_footer(["" if cell is None else str(cell) for cell in row[1:]], after_gap=gap):
                break
            footers.append(int(row[0]))
        if footers:
            connection.execute(f"DELETE FROM {staged.name} WHERE rowid >= {min(footers)}")
    return len(footers)


def sampled_columns(scratch: Scratch, name: str, headings: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a staged table with the first few distinct values of each."""
    samples: list[dict[str, None]] = [{} for _ in headings]
    names = ", ".join(f"c{number}[:200]" for number in range(len(headings)))
    with scratch.connect() as connection:
        rows = connection.execute(f"SELECT {names} FROM {name} LIMIT {_SAMPLED_ROWS}").fetchall()
    for row in rows:
        for cell, seen in zip(row, samples, strict=True):
            if cell is not None and len(seen) < _SAMPLES and (text := str(cell).strip()):
                seen.setdefault(text)
    return tuple(Column(number, heading, tuple(samples[number])) for number, heading in enumerate(headings))


def without_footer(accounting: Accounting, footers: int) -> Accounting:
    """The accounting after some rows turned out to be a footer."""
    return Accounting(
        lines=accounting.lines,
        preamble=accounting.preamble,
        header=accounting.header,
        blank=accounting.blank,
        footer=accounting.footer + footers,
        continuation=accounting.continuation,
        rows=accounting.rows - footers,
    )
