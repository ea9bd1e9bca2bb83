"""What a workspace file holds, in numbers that two files can be compared by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from convergedesk.store.faults import translating
from convergedesk.store.instants import from_microseconds
from convergedesk.store.keys import Key
from convergedesk.store.opening import unlock

_COUNTED = {
    "accounts": "accounts",
    "persons": "people",
    "tickets": "tickets",
    "contracts": "contracts",
    "goals": "goals",
    "check_ins": "check-ins",
    "notes": "notes",
    "actions": "actions",
}
_MOST_EDITS = 200


@dataclass(frozen=True, slots=True)
class EditLine:
    """One edit as the history shows it.

    Attributes:
        number: Its place in the order of edits.
        made_at: When.
        label: What was done.
        author: By whom; may be empty.
    """

    number: int
    made_at: datetime
    label: str
    author: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds.

    Attributes:
        uid: The workspace's identity.
        name: As the person calls it.
        created_at: When it was created.
        counts: Records that nobody deleted, by what they are called.
        edits: The latest edits, newest first.
    """

    uid: str
    name: str
    created_at: datetime
    counts: dict[str, int]
    edits: tuple[EditLine, ...]


def read_contents(path: Path, key: Key) -> Contents:
    """Look into a file without changing it, whatever release wrote it.

    Raises:
        WorkspaceError: It does not open.
    """
    connection, _, _ = unlock(path, key)
    try:
        with translating(path):
            return _read(connection)
    finally:
        connection.close()


def _read(connection: dbapi2.Connection) -> Contents:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    info = connection.execute("SELECT uid, name, created_at FROM workspace_info").fetchone()
    counts = {words: _count(connection, table) for table, words in _COUNTED.items() if table in tables}
    edits: list[EditLine] = []
    if "edits" in tables:
        found = connection.execute(
            "SELECT id, made_at, label, author FROM edits WHERE undone_at IS NULL ORDER BY id DESC LIMIT ?",
            (_MOST_EDITS,),
        )
        edits = [EditLine(number, from_microseconds(at), label, by) for number, at, label, by in found]
    return Contents(info[0], info[1], from_microseconds(info[2]), counts, tuple(edits))


def _count(connection: dbapi2.Connection, table: str) -> int:
    columns = {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
    where = " WHERE deleted_at IS NULL" if "deleted_at" in columns else ""
    (found,) = connection.execute(f'SELECT count(*) FROM "{table}"{where}').fetchone()  # noqa: S608
    return int(found)
