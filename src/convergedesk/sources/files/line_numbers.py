"""Which physical line each staged row began on.

Rows are staged without their line, because numbering ten million rows costs seconds; most
of the time the line is the row plus a constant, and where lines were left out, a step.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray


class LineNumbers:
    """Steps of the function row (from 0) to physical line (from 1)."""

    def __init__(self, first_line: int) -> None:
        """Row 0 stands on `first_line`, row 1 on the next, until a step says otherwise."""
        self._rows = array("q", [0])
        self._lines = array("q", [first_line])

    @classmethod
    def from_lines(cls, lines: NDArray[np.int64]) -> LineNumbers:
        """The numbering in which row i began on `lines[i]`; int64, shape (n,), ascending."""
        numbers = cls(int(lines[0]) if len(lines) else 1)
        for row in (np.flatnonzero(np.diff(lines) != 1) + 1).tolist():
            numbers.step(row, int(lines[row]))
        return numbers

    def step(self, row: int, line: int) -> None:
        """From `row` on, lines count from `line`; rows come in ascending order."""
        if self._lines[-1] + row - self._rows[-1] == line:
            return
        if self._rows[-1] == row:
            self._lines[-1] = line
        else:
            self._rows.append(row)
            self._lines.append(line)

    def of_rows(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The line of each row, int64, the same shape."""
        starts = np.frombuffer(self._rows, dtype=np.int64)
        lines = np.frombuffer(self._lines, dtype=np.int64)
        step = np.searchsorted(starts, rows, side="right") - 1
        return lines[step] + (rows - starts[step])

    def of(self, row: int) -> int:
        """The line of one row."""
        step = bisect_right(self._rows, row) - 1
        return self._lines[step] + row - self._rows[step]

    def first_row_after(self, line: int) -> int:
        """The first row that begins below a physical line."""
        step = bisect_right(self._lines, line) - 1
        if step < 0:
            return 0
        row = self._rows[step] + line - self._lines[step] + 1
        return min(row, self._rows[step + 1]) if step + 1 < len(self._rows) else row
