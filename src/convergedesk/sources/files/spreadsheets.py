"""Workbooks (XLSX, XLS, XLSB, ODS): every sheet that holds a table becomes a staged table."""

from __future__ import annotations

from collections.abc import Iterator
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


def _text_rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    for row in sheet.to_python(skip_empty_area=False):
        yield [cell_text(value) for value in row]


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
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
        names = [found.name for found in workbook.sheets_metadata if found.typ is SheetTypeEnum.WorkSheet]
        for number, name in enumerate(names):
            rows = list(_text_rows(workbook.get_sheet_by_name(name)))
            table = _stage_rows(scratch, f"{stem}_{number}", name, rows, header_line)
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


def _stage_rows(
    scratch: Scratch, name: str, sheet: str, rows: list[list[str]], header_line: int | None
) -> StagedSheet | None:
    filled = [any(cell.strip() for cell in row) for row in rows]
    width = max((_filled_width(row) for row in rows), default=0)
    if width < 2 or sum(filled) < 2:
        return None
    rows = [row[:width] for row in rows]
    if header_line is None:
        found = heading_row([row for row, some in zip(rows, filled, strict=True) if some][:_LOOKED_AT], width)
        header = None if found is None else [number for number, some in enumerate(filled) if some][found]
    else:
        header = header_line - 1 if 0 < header_line <= len(rows) else None
    first = 0 if header is None else header + 1
    numbers = LineNumbers(first + 1)
    rejects = RejectLog(scratch.private_file(f"{name}.rejects.csv"))
    rejects.finish()
    target = scratch.private_file(f"{name}.csv")
    written = longest = 0
    last = max(number for number, some in enumerate(filled) if some)
    with target.open("w", encoding="utf-8", errors="replace", newline="") as out:
        for number in range(first, last + 1):
            if filled[number]:
                numbers.step(written, number + 1)
                row = written_row([cell.replace("\0", "") for cell in rows[number]], ",")
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
        lines=len(rows),
        preamble=first - header_rows,
        header=header_rows,
        blank=len(rows) - first - written,
        rows=written,
    )
    headings = column_names(() if header is None else rows[header], width)
    return StagedSheet(
        sheet, staged, headings, 0 if header is None else header + 1, without_footer(accounting, footers)
    )


def _filled_width(row: list[str]) -> int:
    return max((number + 1 for number, cell in enumerate(row) if cell.strip()), default=0)
