"""Which lines of a chunk are sound, found with whole-array operations.

A sound line needs no thought: it is valid UTF-8, has no NUL, as many cells as the table has
columns, and quotes that enclose whole cells. Sound lines are copied as they are; only the
others are read sign by sign.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from convergedesk.sources.files.record_text import Dialect
from convergedesk.sources.files.text_stream import REPLACEMENT

LARGEST_CELL = 1_000_000
LARGEST_ROW = 4_000_000
_LF, _QUOTE, _BACKSLASH = 10, 34, 92


@dataclass(frozen=True, slots=True)
class CheckedLines:
    """The lines of a chunk.

    Attributes:
        starts: Offset of each line's first byte, int64, shape (n,).
        ends: Offset of each line's LF, int64, shape (n,).
        sound: True where nothing is wrong with the line, bool, shape (n,).
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    sound: NDArray[np.bool_]


def check_lines(data: bytes, dialect: Dialect, *, transcoded: bool) -> CheckedLines:
    """Find the sound lines of a chunk.

    Args:
        data: Whole lines, each ended by LF.
        dialect: How cells are told apart.
        transcoded: True where U+FFFD stands for bytes that did not fit the encoding.
    """
    codes = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(codes == _LF)
    starts = np.empty_like(ends)
    if len(ends):
        starts[0] = 0
        starts[1:] = ends[:-1] + 1
    lengths = ends - starts
    sound = (lengths > max(dialect.columns - 1, 0)) & (lengths <= LARGEST_CELL)

    def spoil(places: NDArray[np.int64]) -> None:
        sound[np.searchsorted(ends, places)] = False

    if b"\0" in data:
        spoil(np.flatnonzero(codes == 0))
    if not data.isascii():
        _spoil_broken_text(data, starts, ends, sound, transcoded)
    if not dialect.delimiter:
        return CheckedLines(starts, ends, sound)
    delimiters = np.flatnonzero(codes == ord(dialect.delimiter))
    quotes = np.flatnonzero(codes == _QUOTE) if dialect.quoted and b'"' in data else delimiters[:0]
    if len(quotes):
        if dialect.backslash:
            spoil(np.flatnonzero(codes == _BACKSLASH))
        delimiters = _outside(quotes, delimiters, codes, dialect, starts, ends, spoil)
    counts = np.diff(np.searchsorted(delimiters, np.append(starts, len(codes))))
    sound &= counts == dialect.columns - 1
    return CheckedLines(starts, ends, sound)


def _outside(
    quotes: NDArray[np.int64],
    delimiters: NDArray[np.int64],
    codes: NDArray[np.uint8],
    dialect: Dialect,
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    spoil: Callable[[NDArray[np.int64]], None],
) -> NDArray[np.int64]:
    """The delimiters outside quotes; lines whose quotes do not enclose whole cells are spoiled."""
    first = np.searchsorted(quotes, starts)
    line = np.searchsorted(ends, quotes)
    closing = ((np.arange(len(quotes)) - first[line]) & 1).astype(bool)
    delimiter = ord(dialect.delimiter)
    # A quote at the very edge of the chunk has a line's edge as neighbour.
    before = np.where(quotes > 0, codes[quotes - 1], _LF)
    after = codes[np.minimum(quotes + 1, len(codes) - 1)]
    opens_well = (before == delimiter) | (before == _LF) | (before == _QUOTE)
    closes_well = (after == delimiter) | (after == _LF) | (after == _QUOTE)
    spoil(quotes[np.where(closing, ~closes_well, ~opens_well)])
    per_line = np.diff(np.append(first, len(quotes)))
    odd = np.flatnonzero(per_line & 1)
    spoil(starts[odd])
    number = np.searchsorted(quotes, delimiters)
    inside = (number - first[np.searchsorted(ends, delimiters)]) & 1
    return delimiters[inside == 0]


def _spoil_broken_text(
    data: bytes,
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    sound: NDArray[np.bool_],
    transcoded: bool,
) -> None:
    try:
        data.decode()
        if not (transcoded and REPLACEMENT in data):
            return
    except UnicodeDecodeError:
        pass
    for index, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        line = data[start:end]
        if line.isascii():
            continue
        if transcoded and REPLACEMENT in line:
            sound[index] = False
            continue
        try:
            line.decode()
        except UnicodeDecodeError:
            sound[index] = False
