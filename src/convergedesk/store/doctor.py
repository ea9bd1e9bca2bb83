"""Checks that say whether a workspace is sound, and what to do where it is not."""

from __future__ import annotations

import platform
import shutil
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sqlcipher3 import dbapi2

from convergedesk import __version__
from convergedesk.domain.errors import ConvergeDeskError, WorkspaceBusyError
from convergedesk.store.engine import open_workspace
from convergedesk.store.faults import translating
from convergedesk.store.keys import Key
from convergedesk.store.opening import unlock
from convergedesk.store.schema import SCHEMA
from convergedesk.store.search_index import missing_rows

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check.

    Attributes:
        name: Stable short name, such as 'integrity'.
        ok: False where something should be done.
        sentence: What was found.
        fix: What to do; empty where all is well.
        repair: What `store.repairing.repair` or the workspace's own repairs call the cure; empty
            where only a person can help.
    """

    name: str
    ok: bool
    sentence: str
    fix: str = ""
    repair: str = ""


def doctor(path: Path, key: Key) -> list[Finding]:
    """Look a workspace over without changing it.

    Args:
        path: The workspace file.
        key: What opens it.

    Returns:
        Findings in the order of the checks; a file that does not open ends the list early.
    """
    findings = [_versions(), _room(path)]
    try:
        connection, _, number = unlock(path, key)
    except ConvergeDeskError as error:
        return [*findings, Finding("opens", ok=False, sentence=error.sentence, fix=error.fix)]
    try:
        findings.append(Finding("opens", ok=True, sentence="The file opens with its key."))
        findings.append(_schema(number))
        findings.append(_integrity(connection, path))
        findings.append(_references(connection, path))
    finally:
        connection.close()
    if number == SCHEMA and findings[-2].ok:
        findings.append(_search(path, key))
    return findings


def _versions() -> Finding:
    memory = dbapi2.connect(":memory:")
    (cipher,) = memory.execute("PRAGMA cipher_version").fetchone()
    memory.close()
    found = (
        f"ConvergeDesk {__version__}, Python {platform.python_version()}, "
        f"Qt {_version_of('PySide6-Essentials')}, "
        f"SQLCipher {cipher.split()[0]} on SQLite {dbapi2.sqlite_version}, "
        f"{platform.system()} {platform.release()}."
    )
    return Finding("versions", ok=True, sentence=found)


def _version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not known"


def _room(path: Path) -> Finding:
    folder = path.parent
    if not folder.is_dir():
        return Finding("space", ok=False, sentence=f"The folder “{folder}” does not exist.")
    free = shutil.disk_usage(folder).free
    # A backup or an upgrade needs a whole copy beside the file.
    needed = (path.stat().st_size if path.is_file() else 0) + 100 * _MEGABYTE
    if free < needed:
        return Finding(
            "space",
            ok=False,
            sentence=f"Only {free // _MEGABYTE} MB are free on the disk.",
            fix=f"Free at least {needed // _MEGABYTE} MB, so that a copy fits beside the workspace.",
        )
    return Finding("space", ok=True, sentence=f"{free // _MEGABYTE:,} MB are free on the disk.")


def _schema(number: int) -> Finding:
    if number < SCHEMA:
        return Finding(
            "schema",
            ok=True,
            sentence=f"The file has schema {number}; opening it brings it to {SCHEMA}, after a copy.",
        )
    return Finding("schema", ok=True, sentence=f"The file has schema {number}, which is current.")


def _integrity(connection: dbapi2.Connection, path: Path) -> Finding:
    try:
        with translating(path):
            # The first proves that no page was changed from outside, the second that they fit together.
            torn = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            rows = connection.execute("PRAGMA integrity_check(20)").fetchall()
    except ConvergeDeskError as error:
        return Finding("integrity", ok=False, sentence=error.sentence, fix=error.fix)
    if torn or [row[0] for row in rows] != ["ok"]:
        return Finding(
            "integrity",
            ok=False,
            sentence="Parts of the file cannot be read.",
            fix="Restore the latest backup; the damaged file is kept aside.",
        )
    return Finding("integrity", ok=True, sentence="Every page of the file reads well.")


def _references(connection: dbapi2.Connection, path: Path) -> Finding:
    try:
        with translating(path):
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    except ConvergeDeskError as error:
        return Finding("references", ok=False, sentence=error.sentence, fix=error.fix)
    if broken:
        return Finding(
            "references",
            ok=False,
            sentence=f"{_rows(len(broken))} to something that is not there.",
            fix="Restore the latest backup; the damaged file is kept aside.",
        )
    return Finding("references", ok=True, sentence="Every row finds what it refers to.")


def _search(path: Path, key: Key) -> Finding:
    cure = "Write the index anew; nothing of yours is in it alone."
    try:
        with open_workspace(path, key, busy_seconds=1) as store, store.write() as connection:
            wrong = missing_rows(connection)
    except WorkspaceBusyError:
        return Finding("search", ok=True, sentence="The search index was not checked: a program is writing.")
    except ConvergeDeskError:
        return Finding("search", ok=False, sentence="The search index is damaged.", fix=cure, repair="search")
    if wrong:
        said = f"The search index misses or has too much of {wrong:,} {'text' if wrong == 1 else 'texts'}."
        return Finding("search", ok=False, sentence=said, fix=cure, repair="search")
    return Finding("search", ok=True, sentence="Search finds everything that is there.")


def _rows(count: int) -> str:
    return "1 row refers" if count == 1 else f"{count:,} rows refer"
