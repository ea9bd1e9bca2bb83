"""How far the cells of a workbook lie apart, before a reader makes room for all that lies between them.

A cell typed by mistake at the far end of a sheet makes its used area millions of cells large. A reader
that lays the area out in memory would then take gigabytes for a table of a few rows.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO, Final

# A million rows of thirty columns; what is larger must be filled at least by a tenth.
_LARGEST_AREA: Final = 32_000_000
_LEAST_FILLED: Final = 0.1
_CHUNK: Final = 1 << 20
# No tag of a cell is longer, so none is missed where two chunks meet.
_LONGEST_TAG: Final = 400
# Cells that only carry a format close at once and have no value; readers leave them out.
_CELL: Final = re.compile(
    rb'<(?:\w+:)?c\s(?:[^<>]{0,150}?\s)?r="([A-Z]{1,3})([0-9]{1,7})"[^<>]{0,150}(?<!/)>'
)
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


def stray_cell(path: Path) -> str:
    """The last cell of a sheet whose used area is absurd for what it holds, or nothing.

    Only the XML of XLSX is looked at; a file that is none, or a damaged one, has no stray cells.
    """
    try:
        with zipfile.ZipFile(path) as workbook:
            for part in workbook.namelist():
                if _SHEET.fullmatch(part):
                    with workbook.open(part) as sheet:
                        stray = _stray_of(sheet)
                    if stray:
                        return stray
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
        return ""
    return ""


def _stray_of(sheet: IO[bytes]) -> str:
    columns: dict[bytes, int] = {}
    last_row = cells = 0
    rest = b""
    while chunk := sheet.read(_CHUNK):
        data = rest + chunk
        end = 0
        rows: set[bytes] = set()
        for found in _CELL.finditer(data):
            column, row = found.groups()
            cells += 1
            end = found.end()
            rows.add(row)
            if column not in columns:
                columns[column] = _number_of(column)
        last_row = max(last_row, max(map(int, rows), default=0))
        rest = data[max(end, len(data) - _LONGEST_TAG) :]
    area = last_row * max(columns.values(), default=0)
    if area <= _LARGEST_AREA or cells >= area * _LEAST_FILLED:
        return ""
    return f"{max(columns, key=columns.__getitem__).decode()}{last_row}"


def _number_of(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number
