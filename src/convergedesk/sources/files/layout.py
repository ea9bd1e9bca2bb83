"""Where in a table the headings stand, and by what its cells are told apart.

Exports put titles and filters above the headings and totals below the rows. Both are found
by what a heading looks like: words, each of them once, over rows of the same width.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from convergedesk.sources.files.record_text import Dialect, Reading, RecordReader, one_line_cells

_DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x1f", "\x01")
_LOOKED_AT = 400
_DEEPEST_HEADING = 60
_TABLE_SHARE = 0.7
_PREAMBLE_SHARE = 0.25
_NUMBER = re.compile(r"[-+(]?[\s$€£¥]*\d[\d.,'\s]*[%)]?")
_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ]\d.*)?")
_MONTH = re.compile(r"\d{4}[-/.]?[MQ]?\d{1,2}|\d{1,2}[-/.]\d{4}|\d{4}", re.IGNORECASE)
_NO_HEADING = re.compile(r"(?i)true|false|null|none|n/?a|[^@\s]+@[^@\s]+\.\w+")
_FOOTER = re.compile(
    r"(?i)\W*(grand[ _-]?total|sub[ _-]?total|totals?|sum|summe|gesamt|gesamtsumme|insgesamt|average|count|"
    r"generated|exported|created|printed|downloaded|report|filter|page|seite|end of|copyright|confidential|"
    r"as of|stand|erstellt|exportiert|rows?|records?|source|note|\d[\d.,]* (?:rows?|records?|entries))\b.*",
    re.DOTALL,
)
_TOTAL = re.compile(r"(?i)\W*(?:grand[ _-]?|sub[ _-]?)?(?:totals?|sum|summe|gesamt(?:summe)?|insgesamt)\W*")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a delimited text is laid out.

    Attributes:
        dialect: How cells are told apart; its `columns` is the width of the rows.
        headings: As written; empty where there are none.
        header_line: First physical line of the headings, from 1; 0 where there are none.
        body_line: First physical line below them, from 1.
    """

    dialect: Dialect
    headings: tuple[str, ...]
    header_line: int
    body_line: int


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    lines: int
    cells: list[str]

    @property
    def blank(self) -> bool:
        return len(self.cells) == 1 and not self.cells[0].strip()


def is_footer(cells: Sequence[str], *, after_gap: bool) -> bool:
    """True where a row at the very end of a table is a total or a remark rather than a record.

    Args:
        cells: The row.
        after_gap: True where a blank line stands above it.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return True
    few = len(filled) <= max(1, len(cells) // 3)
    if _TOTAL.fullmatch(filled[0]) is not None:
        return len(filled) < len(cells) or after_gap
    return len(filled) == 1 and (after_gap or _FOOTER.fullmatch(filled[0]) is not None) and few


def looks_like_headings(cells: Sequence[str]) -> bool:
    """True where the cells are words, hardly any twice, as headings are; months and days may follow."""
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) < 2 or len({name.casefold() for name in names}) < max(2, 0.7 * len(names)):
        return False
    if sum(not name for name in names) > (1 if len(names) < 6 else len(names) // 4):
        return False
    lead = next(name for name in names if name)
    if not any(sign.isalpha() for sign in lead) or any(len(name) > 120 for name in names):
        return False
    days = sum(_DAY.fullmatch(name) is not None for name in names)
    if 0 < days < 3:
        return False
    return not any(
        _NO_HEADING.fullmatch(name) or (_NUMBER.fullmatch(name) and not _MONTH.fullmatch(name) and not days)
        for name in names
    )


def heading_row(rows: Sequence[Sequence[str]], width: int) -> int | None:
    """Index of the row that holds the headings of a table of this width, or None."""
    for index, cells in enumerate(rows[:_DEEPEST_HEADING]):
        filled = sum(bool(cell.strip()) for cell in cells)
        if len(cells) == width and filled >= max(2, width * 0.6) and looks_like_headings(cells):
            return index
        if _NUMBER.fullmatch(cells[-1].strip() or "-") and len(cells) == width and filled == width:
            return None
    return None


def column_names(headings: Sequence[str], width: int) -> tuple[str, ...]:
    """The headings with empty ones named by number and repeated ones told apart."""
    names: list[str] = []
    taken: set[str] = set()
    for position in range(width):
        written = headings[position].strip() if position < len(headings) else ""
        stem = " ".join(written.split()) or f"column {position + 1}"
        name, number = stem, 2
        while name in taken:
            name, number = f"{stem} ({number})", number + 1
        taken.add(name)
        names.append(name)
    return tuple(names)


def _rows(lines: list[str], dialect: Dialect) -> list[_Row]:
    rows: list[_Row] = []
    at = 0
    while at < len(lines) and len(rows) < _LOOKED_AT:
        reader, end = RecordReader(dialect), at
        reading = reader.feed(lines[at])
        while reading is Reading.OPEN and end + 1 < min(len(lines), at + 50):
            end += 1
            reading = reader.feed(lines[end])
        if reading is Reading.COMPLETE:
            rows.append(_Row(at + 1, end - at + 1, reader.cells))
            at = end + 1
        else:
            rows.append(_Row(at + 1, 1, lines[at].split(dialect.delimiter)))
            at += 1
    return rows


def _protects_quotes(lines: list[str], delimiter: str) -> bool:
    """True where lines with a backslash before a quote make sense only if it protects the quote."""
    usual, protected = Dialect(delimiter, 0), Dialect(delimiter, 0, backslash=True)
    doubtful = [line for line in lines if '\\"' in line]
    for line in doubtful:
        if one_line_cells(line, usual) is not None and one_line_cells(line, protected) is None:
            return False
    return any(
        one_line_cells(line, usual) is None and one_line_cells(line, protected) is not None
        for line in doubtful
    )


def _layout_with(
    lines: list[str], delimiter: str, header_line: int | None, named: bool
) -> tuple[float, Layout] | None:
    backslash = _protects_quotes(lines, delimiter)
    rows = _rows(lines, Dialect(delimiter, 0, backslash=backslash))
    filled = [row for row in rows if not row.blank]
    widths = Counter(len(row.cells) for row in filled if len(row.cells) >= 2)
    if not widths:
        return None
    width, _ = max(widths.items(), key=lambda item: (item[1], item[0]))
    if header_line is None:
        index = heading_row([row.cells for row in filled], width)
        if index is None:
            # A heading that is narrower or wider than its rows is still the only one there.
            first = filled[0]
            lone = len(first.cells) >= max(2, width // 2) and looks_like_headings(first.cells)
            index = 0 if lone and len(first.cells) != width else None
    else:
        index = next((number for number, row in enumerate(filled) if row.line == header_line), None)
    if index is not None:
        header = filled[index]
        if len(header.cells) > width:
            width = len(header.cells)
        body = filled[index + 1 :]
        found = Layout(
            Dialect(delimiter, width, backslash=backslash),
            column_names(header.cells, width),
            header.line,
            header.line + header.lines,
        )
    else:
        start = 0
        if header_line is None:
            start = next(number for number, row in enumerate(filled) if len(row.cells) == width)
        body = filled[start:]
        found = Layout(
            Dialect(delimiter, width, backslash=backslash), column_names((), width), 0, filled[start].line
        )
    share = sum(len(row.cells) == width for row in body) / len(body) if body else 1.0
    if not named:
        above = sum(row.line < found.body_line for row in filled) - 1
        markdown = any(set("".join(row.cells)) == {"-"} for row in filled)
        prose = markdown or above > _PREAMBLE_SHARE * len(filled) or share < _TABLE_SHARE
        if prose or (index is None and len(body) < 3):
            return None
    # Ties go to the delimiter whose table has headings, then to the wider table.
    return share + (0.2 if index is not None else 0.0) + min(width, 50) / 1000, found


def find_layout(
    lines: list[str], *, named: bool, delimiter: str | None = None, header_line: int | None = None
) -> Layout | None:
    """How a text is laid out, judged by its first lines; None where it is no table.

    Args:
        lines: The first physical lines, without newlines.
        named: True where the file's name claims a table ('.csv'), so that less evidence will do.
        delimiter: The person's word; None to find out.
        header_line: The person's word, from 1, 0 for none; None to find out.
    """
    if delimiter is None and lines and re.fullmatch(r"(?i)sep=.", lines[0].strip("\r\n")):
        delimiter = lines[0].strip("\r\n")[4]
    candidates = (delimiter,) if delimiter else _DELIMITERS
    found = [
        candidate
        for sign in candidates
        if (candidate := _layout_with(lines, sign, header_line, named or delimiter is not None)) is not None
    ]
    return max(found, key=lambda item: item[0])[1] if found else None
