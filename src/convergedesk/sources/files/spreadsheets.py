"""Workbooks (XLSX, XLS, XLSB, ODS): every sheet that holds a table becomes a staged table."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from convergedesk.domain.errors import SourceError
from convergedesk.sources.files.layout import column_names, heading_row
from convergedesk.sources.files.line_numbers import LineNumbers
from convergedesk.sources.files.record_text import written_row
from convergedesk.sources.files.reject_log import RejectLog
from convergedesk.sources.files.scratch import Scratch
from convergedesk.sources.files.sheet_extent import stray_cell
from convergedesk.sources.files.stage import Staged, drop_footer, stage_csv, without_footer
from convergedesk.sources.files.tables import Accounting

_LOOKED_AT = 200
_LARGEST_SHEET_ROW = 4_000_000
_CellValue = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class StagedSheet:
    """A sheet in the scratch database.

    Attributes:
        sheet: Its name.
        staged: The table.
        headings: The columns' names.
        header_line: Row of the headings, from 1; 0 where there are none.
        accounting: Where its rows went.
    """

    sheet: str
    staged: Staged
    headings: tuple[str, ...]
    header_line: int
    accounting: Accounting


def cell_text(value: _CellValue) -> str:
    """A cell's value as the other formats would write it: ISO dates, whole numbers without a point."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds" if not value.microsecond else "microseconds")
    if isinstance(value, timedelta):
        return repr(value.total_seconds() / 60)
    return value.isoformat() if isinstance(value, (date, time)) else str(value)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a first look at a sheet finds.

    Attributes:
        rows: From the first row to the last that the sheet has.
        filled: Which of them hold anything, from 0.
        width: Columns up to the last that holds anything.
        head: The first rows that hold anything.
    """

    rows: int
    filled: Sequence[int]
    width: int
    head: tuple[list[str], ...]


def _shape(sheet: CalamineSheet) -> _Shape:
    filled: array[int] = array("L")
    head: list[list[str]] = []
    width = number = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        if row.count("") == len(row):
            continue
        last = next((at for at in range(len(row), 0, -1) if not _is_blank(row[at - 1])), 0)
        if last:
            filled.append(number - 1)
            width = max(width, last)
            if len(head) < _LOOKED_AT:
                head.append([cell_text(value) for value in row])
    return _Shape(number, filled, width, tuple(row[:width] for row in head))


def _is_blank(value: _CellValue) -> bool:
    return isinstance(value, str) and (not value or value.isspace())


def stage_workbook(scratch: Scratch, stem: str, path: Path, header_line: int | None) -> list[StagedSheet]:
    """Stage every sheet that holds a table.

    Args:
        scratch: Where to.
        stem: The staged tables are named after it.
        path: The workbook.
        header_line: The person's word on the row of the headings; None to find out.

    Raises:
        SourceError: The workbook is damaged, or protected by a password.
    """
    staged: list[StagedSheet] = []
    stray = stray_cell(path)
    if stray:
        raise SourceError(
            f"{path.name} has a sheet whose cells reach to {stray}, far from its table: too large to read.",
            fix=f"Delete what lies around {stray} and save the workbook again.",
        )
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
        names = [found.name for found in workbook.sheets_metadata if found.typ is SheetTypeEnum.WorkSheet]
        for number, name in enumerate(names):
            table = _stage_sheet(scratch, f"{stem}_{number}", workbook.get_sheet_by_name(name), header_line)
            if table is not None:
                staged.append(table)
    except CalamineError as error:
        protected = "password" in str(error).lower()
        raise SourceError(
            f"{path.name} is protected by a password."
            if protected
            else f"{path.name} is a damaged workbook.",
            fix="Open it in your spreadsheet program and save it again, without a password.",
            details=str(error),
        ) from error
    return staged


def _stage_sheet(
    scratch: Scratch, name: str, sheet: CalamineSheet, header_line: int | None
) -> StagedSheet | None:
    shape = _shape(sheet)
    width, filled = shape.width, shape.filled
    if width < 2 or len(filled) < 2:
        return None
    if header_line is None:
        found = heading_row(shape.head, width)
        header = None if found is None else filled[found]
    else:
        header = header_line - 1 if 0 < header_line <= shape.rows else None
    first = 0 if header is None else header + 1
    numbers = LineNumbers(first + 1)
    rejects = RejectLog(scratch.private_file(f"{name}.rejects.csv"))
    rejects.finish()
    target = scratch.private_file(f"{name}.csv")
    written = longest = 0
    headings: list[str] = []
    with target.open("w", encoding="utf-8", errors="replace", newline="") as out:
        for number, values in enumerate(sheet.iter_rows()):
            if number == header:
                headings = [cell_text(value) for value in values[:width]]
            if number < first or all(_is_blank(value) for value in values):
                continue
            numbers.step(written, number + 1)
            row = written_row([cell_text(value).replace("\0", "") for value in values[:width]], ",")
            longest = max(longest, len(row) * 4)
            out.write(row)
            written += 1
    staged = Staged(name, numbers, rejects)
    stage_csv(
        scratch,
        name,
        target,
        delimiter=",",
        quoted=True,
        skip=0,
        columns=width,
        crlf=False,
        longest=min(longest, _LARGEST_SHEET_ROW),
    )
    target.unlink()
    footers = drop_footer(scratch, staged, width)
    header_rows = 0 if header is None else 1
    accounting = Accounting(
        lines=shape.rows,
        preamble=first - header_rows,
        header=header_rows,
        blank=shape.rows - first - written,
        rows=written,
    )
    return StagedSheet(
        sheet.name,
        staged,
        column_names(headings, width),
        header_rows and first,
        without_footer(accounting, footers),
    )
