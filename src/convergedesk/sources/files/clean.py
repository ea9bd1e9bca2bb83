"""Delimited text made sound: whatever the bytes, every row ends up staged or rejected.

A *row* is one record: a physical line below the headings, or the several lines that one
quoted cell joins. Lines without a sign are blank and no row. The invariant, which the tests
fuzz: lines = preamble + header + blank + footer + continuation + rows, and
rows = rows written + rejects.

A quote that is left open does not swallow what follows: its physical line becomes a reject
and reading resumes on the next line.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from convergedesk.sources.files.layout import Layout, is_footer
from convergedesk.sources.files.line_check import LARGEST_CELL, LARGEST_ROW, CheckedLines, check_lines
from convergedesk.sources.files.line_numbers import LineNumbers
from convergedesk.sources.files.record_text import Reading, RecordReader, written_row
from convergedesk.sources.files.reject_log import LONGEST_RAW, RejectLog
from convergedesk.sources.files.tables import Accounting
from convergedesk.sources.files.text_stream import LONGEST_LINE, REPLACEMENT, Chunk, LineChunks

_MOST_FOOTER_LINES = 30
_SMALL = LARGEST_CELL // 4
# Looking for the end of a quote is given up for the rest of a file once this much was looked
# at in vain, so that a file full of stray quotes is read in linear time.
_LOOKED_AT_IN_VAIN = 64 * 1024 * 1024
_REASONS = {
    "encoding": "The row holds bytes that are no text in this file's encoding.",
    "too_large": "A cell of the row is larger than 1 MB, or the row larger than 4 MB.",
    "unclosed_quote": "A quotation mark is opened and not closed where the cell ends.",
    "empty": "The row has delimiters but not one value.",
}


@dataclass(slots=True)
class _Doubt:
    """A line at which it is not yet known whether the table goes on below it."""

    line: int
    lines: int
    code: str
    raw: str
    cells: list[str]


class Cleaner:
    """Reads lines, writes sound rows to one file and the rest to a reject log.

    Attributes:
        rows: Sound rows written so far.
        longest: No written row has more bytes.
        numbers: The physical line of each written row.
    """

    def __init__(self, layout: Layout, target: Path, rejects: RejectLog, *, transcoded: bool) -> None:
        """Write sound rows of `layout` to `target` and the others to `rejects`."""
        self._layout = layout
        self._dialect = layout.dialect
        self._out = target.open("wb")
        self._rejects = rejects
        self._transcoded = transcoded
        self._line = 1
        self._vain = 0
        self._doubts: list[_Doubt] = []
        self._blank = self._footer = self._continuation = 0
        self.rows = 0
        self.longest = LARGEST_CELL
        self.numbers = LineNumbers(layout.body_line)

    def run(self, chunks: LineChunks) -> Accounting:
        """Read everything. Returns where every line went."""
        with self._out:
            self._read(chunks)
            self._end()
        lines = self._line - 1
        above = min(self._layout.body_line - 1, lines)
        header = 1 if self._layout.header_line else 0
        wrapped = max(0, above - self._layout.header_line) if header else 0
        preamble = (self._layout.header_line - 1) if header else above
        return Accounting(
            lines=lines,
            preamble=preamble,
            header=header,
            blank=self._blank,
            footer=self._footer,
            continuation=self._continuation + wrapped,
            rows=self.rows + self._rejects.count,
        )

    def _read(self, chunks: LineChunks) -> None:
        for chunk in chunks:
            if chunk.too_long:
                if self._line >= self._layout.body_line:
                    self._settle()
                    self._reject(self._line, "too_large", chunk.data.decode("utf-8", "replace"))
                self._line += 1
                continue
            rest = self._chunk(chunk)
            if rest:
                chunks.again(rest)

    def _chunk(self, chunk: Chunk) -> bytes:
        """Read one chunk; returns the whole lines that must be seen together with what follows."""
        checked = check_lines(chunk.data, self._dialect, transcoded=self._transcoded)
        first = self._line
        count = len(checked.ends)
        at = min(max(self._layout.body_line - first, 0), count)
        for index in (~checked.sound).nonzero()[0].tolist():
            if index < at:
                continue
            self._copy(chunk.data, checked, at, index, first)
            taken = self._patiently(chunk, checked, index, first + index)
            if taken == 0:
                self._line = first + index
                return chunk.data[int(checked.starts[index]) :]
            at = index + taken
        self._copy(chunk.data, checked, at, count, first)
        self._line = first + count
        return b""

    def _copy(self, data: bytes, checked: CheckedLines, start: int, end: int, first: int) -> None:
        if end <= start:
            return
        self._settle()
        self.numbers.step(self.rows, first + start)
        self._out.write(data[int(checked.starts[start]) : int(checked.ends[end - 1]) + 1])
        self.rows += end - start

    def _patiently(self, chunk: Chunk, checked: CheckedLines, index: int, line: int) -> int:
        """Read one unsound line; returns how many lines it took, 0 where more must be seen first."""

        def data_of(number: int) -> bytes:
            return chunk.data[int(checked.starts[number]) : int(checked.ends[number])]

        raw = data_of(index)
        text = self._text(raw)
        if text is None:
            self._doubt(_Doubt(line, 1, "encoding", raw[: LONGEST_RAW * 4].decode("utf-8", "replace"), []))
            return 1
        delimiter = self._dialect.delimiter
        if not text.strip(" \t\v\f\xa0\ufeff") and not (delimiter and delimiter in text):
            self._doubt(_Doubt(line, 1, "blank", "", []))
            return 1
        reader = RecordReader(self._dialect)
        reading = reader.feed(text)
        last = index
        seen = len(raw)
        while reading is Reading.OPEN and self._vain < _LOOKED_AT_IN_VAIN:
            if last + 1 == len(checked.ends):
                if chunk.final or seen > LONGEST_LINE:
                    break
                return 0
            last += 1
            raw = data_of(last)
            seen += len(raw)
            following = self._text(raw)
            if following is None:
                break
            reading = reader.feed(following)
        if reading is not Reading.COMPLETE or (last > index and len(reader.cells) != self._dialect.columns):
            self._vain += seen if last > index else 0
            self._doubt(_Doubt(line, 1, "unclosed_quote", text, []))
            return 1
        self._record(reader.cells, line, last - index + 1, text)
        return last - index + 1

    def _text(self, raw: bytes) -> str | None:
        if b"\0" in raw or (self._transcoded and REPLACEMENT in raw):
            return None
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return None

    def _record(self, cells: list[str], line: int, lines: int, text: str) -> None:
        width = self._dialect.columns
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        raw = text if lines == 1 else written_row(cells, self._dialect.delimiter)
        sizes = [len(cell.encode()) for cell in cells] if len(text) > _SMALL or lines > 1 else [0]
        if max(sizes, default=0) > LARGEST_CELL or sum(sizes) + len(sizes) > LARGEST_ROW:
            self._doubt(_Doubt(line, lines, "too_large", raw, []))
        elif not any(cell.strip() for cell in cells):
            self._doubt(_Doubt(line, lines, "empty", raw, []))
        elif len(cells) != width:
            self._doubt(_Doubt(line, lines, "ragged", raw, cells))
        else:
            self._settle()
            self.numbers.step(self.rows, line)
            row = written_row(cells, self._dialect.delimiter).encode()
            self.longest = max(self.longest, len(row))
            self._out.write(row)
            self.rows += 1
            self._continuation += lines - 1

    def _doubt(self, doubt: _Doubt) -> None:
        self._doubts.append(doubt)
        if len(self._doubts) > _MOST_FOOTER_LINES:
            self._settle_one(self._doubts.pop(0))

    def _settle(self) -> None:
        """The table goes on: what was in doubt is blank or a reject."""
        for doubt in self._doubts:
            self._settle_one(doubt)
        self._doubts.clear()

    def _settle_one(self, doubt: _Doubt) -> None:
        if doubt.code == "blank":
            self._blank += 1
            return
        self._reject(doubt.line, doubt.code, doubt.raw, cells=len(doubt.cells))
        self._continuation += doubt.lines - 1

    def _reject(self, line: int, code: str, raw: str, *, cells: int = 0) -> None:
        width = self._dialect.columns
        reason = _REASONS.get(code) or f"The row has {cells} cells where the table has {width} columns."
        self._rejects.add(line, code, reason, raw)

    def _end(self) -> None:
        """The file is over: totals and remarks at its end are a footer."""
        tail: list[_Doubt] = []
        while self._doubts:
            doubt = self._doubts[-1]
            gap = any(above.code == "blank" for above in self._doubts[:-1])
            if doubt.code in {"blank", "empty"} or (
                doubt.code == "ragged" and is_footer(doubt.cells, after_gap=gap)
            ):
                tail.append(self._doubts.pop())
            else:
                break
        self._settle()
        for doubt in tail:
            if doubt.code == "blank":
                self._blank += 1
            else:
                self._footer += 1
                self._continuation += doubt.lines - 1
