"""A private folder with a DuckDB database in it, for the time that files are being read.

Every table is staged here once, all columns as text, so that looking at it again costs
nothing and no row has to fit into memory. The folder is removed when reading ends; one
that a killed process left behind is removed by the next.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self, cast

from numpy.typing import NDArray

from convergedesk.domain.errors import DiskFullError, SourceError

if TYPE_CHECKING:
    import duckdb

_PREFIX = "convergedesk-import-"
_THREADS = 2
_MEMORY = "384MB"


def quote_name(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''").replace("\0", "") + "'"


def exact_path(path: Path) -> str:
    """A path as DuckDB takes it for one file, with the signs of its patterns disarmed."""
    return "".join(f"[{sign}]" if sign in "[*?" else sign for sign in str(path))


def _process_lives(pid: int) -> bool:
    if os.name == "nt":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _remove_orphans(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        pid = folder.name.removeprefix(_PREFIX).split("-")[0]
        if pid.isdigit() and not _process_lives(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


class Scratch:
    """The private folder and its database.

    Attributes:
        folder: Readable by this user alone; gone after `close`.
    """

    def __init__(self) -> None:
        """Make the folder. Raises DiskFullError or SourceError where that is impossible."""
        parent = Path(tempfile.gettempdir())
        _remove_orphans(parent)
        try:
            self.folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=parent))
        except OSError as error:
            raise SourceError(
                "There is no place for temporary files.",
                fix=f"Make room in {parent}, or let TMPDIR name another folder.",
                details=str(error),
            ) from error
        self._connection: duckdb.DuckDBPyConnection | None = None

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own to the database; several can be read from at once."""
        import duckdb

        if self._connection is None:
            self._connection = duckdb.connect(
                str(self.folder / "scratch.duckdb"),
                config={
                    "threads": _THREADS,
                    "memory_limit": _MEMORY,
                    "temp_directory": str(self.folder / "spill"),
                    "preserve_insertion_order": True,
                    "autoinstall_known_extensions": False,
                    "autoload_known_extensions": False,
                    "allow_community_extensions": False,
                },
            )
            self._connection.execute("SET TimeZone = 'UTC'")
        return self._connection.cursor()

    def private_file(self, name: str) -> Path:
        """An empty file in the folder that only this user may read."""
        path = self.folder / name
        path.touch(mode=0o600)
        return path

    def close(self) -> None:
        """Close the database and remove the folder."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()


class _Arrays(Protocol):
    def fetchnumpy(self) -> dict[str, NDArray[Any]]: ...


def fetch_arrays(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, NDArray[Any]]:
    """The result of a query as one array a column."""
    return cast(_Arrays, connection.execute(sql)).fetchnumpy()


def fetch_count(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    """The one whole number that a query yields; 0 where it yields nothing."""
    # fetchone would leave the result open, and then the connection refuses other work.
    rows = connection.execute(sql).fetchall()
    return int(rows[0][0]) if rows and rows[0][0] is not None else 0


def full_disk(error: Exception) -> DiskFullError:
    """What to raise where temporary files do not fit."""
    return DiskFullError(
        "There is no room left for temporary files.",
        fix="Free some space, or let TMPDIR name a folder on another disk.",
        details=str(error),
    )


def disk_fault(error: Exception) -> Exception:
    """What to raise for a fault of the database: too little room in plain words, else the fault itself."""
    import duckdb

    text = str(error).lower()
    if any(words in text for words in ("no space left", "disk full", "max_temp_directory_size")):
        return full_disk(error)
    if isinstance(error, duckdb.OutOfMemoryException):
        return SourceError("A table has rows too long to be read in the memory there is.", details=str(error))
    return error
