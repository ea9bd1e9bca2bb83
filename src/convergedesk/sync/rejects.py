"""The rows that imports did not take: list, export, settle."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from convergedesk.domain.errors import SourceError
from convergedesk.domain.protocols import Clock, SystemClock
from convergedesk.domain.rejects import RejectList, RejectQuery
from convergedesk.store.engine import Store
from convergedesk.store.rejects import every_reject, list_rejects, resolve

# A spreadsheet takes a cell that begins so for a formula, and runs it (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_HEADER = ("File", "Line", "Rows", "What", "Code", "Reason", "Row as read")


def rejects(store: Store, query: RejectQuery | None = None) -> RejectList:
    """The rejects that fit a query; without one, the first of those that are not settled."""
    return list_rejects(store, query or RejectQuery())


def export_rejects_csv(store: Store, path: Path, query: RejectQuery | None = None) -> int:
    """Write rejects to a CSV file that spreadsheets open without running anything in it.

    The file is UTF-8 with a byte order mark, because Excel reads it wrongly without.

    Args:
        store: The workspace.
        path: The file; it is replaced.
        query: Which rejects; its limit and offset do not count.

    Returns:
        How many rejects were written.

    Raises:
        SourceError: The file cannot be written.
    """
    written = 0
    try:
        with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerow(_HEADER)
            for row in every_reject(store, query or RejectQuery()):
                cells = (row.stream, row.line, row.rows, row.entity.value, row.code, row.reason, row.raw)
                writer.writerow([_harmless(str(cell)) for cell in cells])
                written += 1
    except OSError as error:
        raise SourceError(
            f"“{path.name}” cannot be written there.",
            fix="Choose another folder, or close the file where it is open.",
            details=str(error),
        ) from error
    return written


def resolve_rejects(store: Store, ids: Sequence[int], *, clock: Clock | None = None) -> int:
    """Mark rejects as settled, because a person has seen to them; returns how many."""
    return resolve(store, ids, (clock or SystemClock()).now())


def _harmless(cell: str) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    cell = cell.replace("\0", "")
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
