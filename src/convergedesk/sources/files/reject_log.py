"""Rows that could not even be read, kept on the disk until their table is."""

from __future__ import annotations

import csv
import heapq
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from convergedesk.domain.records import Reject

LONGEST_RAW = 4_000


def shown_raw(text: str) -> str:
    """The text of a row as a reject keeps it: cut, and with control signs made visible."""
    cut = text[:LONGEST_RAW]
    if cut.isprintable():
        return cut
    # U+2400 and on are the pictures of the control characters.
    pictured = "".join(chr(0x2400 + ord(sign)) if sign < " " and sign not in "\t\n" else sign for sign in cut)
    return pictured.encode("utf-8", "replace").decode()


class RejectLog:
    """Rejects appended while a file is read, in one or more parts of ascending lines.

    Attributes:
        count: How many there are.
    """

    def __init__(self, path: Path) -> None:
        """Keep them in `path`, which exists and is empty."""
        self._paths = [path]
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file)
        self.count = 0

    def new_part(self, path: Path) -> None:
        """What is added from now on begins anew with low lines, and is kept in `path`."""
        self._file.close()
        self._paths.append(path)
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file)

    def add(self, line: int, code: str, reason: str, raw: str) -> None:
        """Append one."""
        self._writer.writerow((line, code, reason, shown_raw(raw)))
        self.count += 1

    def finish(self) -> None:
        """No more will come; may be said again."""
        self._file.close()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish."""
        self.finish()

    def after(self, line: int) -> Iterator[Reject]:
        """Those on lines below `line`, ascending."""
        return heapq.merge(*(_read(path, line) for path in self._paths), key=lambda reject: reject.line)


def _read(path: Path, line: int) -> Iterator[Reject]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            if int(row[0]) > line:
                yield Reject(int(row[0]), row[2], row[3], row[1])
