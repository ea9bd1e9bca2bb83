"""A workspace and its surroundings looked over: the file, its place, its key, its backups."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from convergedesk.domain.declared_settings import DAILY_BACKUPS
from convergedesk.domain.errors import ConvergeDeskError, KeyringUnavailableError, WorkspaceError
from convergedesk.domain.protocols import Clock, SecretStore
from convergedesk.figures.wording import count
from convergedesk.store.contents import read_contents
from convergedesk.store.doctor import Finding, doctor
from convergedesk.store.keys import Key, salt_name, salt_of
from convergedesk.store.repairing import rebuild_search, tidy
from convergedesk.workspace.backups import backup_folder, list_backups, make_backup
from convergedesk.workspace.settings import Settings

_NEW = timedelta(days=1)
_OLD_BACKUP = timedelta(days=3)
SEARCH, ACCESS, BACKUP, TIDY = "search", "access", "backup", "tidy"


def examine(
    path: Path,
    key: Key,
    *,
    secrets: SecretStore,
    settings: Settings,
    clock: Clock,
    place_warning: Callable[[Path], str],
) -> tuple[Finding, ...]:
    """Look a workspace and what it depends on over, without changing anything.

    Args:
        path: The workspace file.
        key: What opens it.
        secrets: The keyring.
        settings: Where backups go.
        clock: Tells how old the last backup is.
        place_warning: What speaks against the place where a file lies, or nothing.
    """
    findings = [*doctor(path, key), _place(place_warning(path)), _keyring(path, secrets)]
    if path.is_file():
        findings.append(_access(path))
        if next(one.ok for one in findings if one.name == "opens"):
            findings.append(_backups(path, key, settings, clock.now()))
    return tuple(findings)


def mend(
    findings: Sequence[Finding], path: Path, key: Key, *, settings: Settings, clock: Clock
) -> tuple[str, ...]:
    """Cure what needs no person to decide, and tidy the file up.

    Returns:
        A sentence for everything that was done, or that could not be.
    """
    cures: dict[str, Callable[[], str]] = {
        ACCESS: lambda: _keep_to_oneself(path),
        SEARCH: lambda: _search(path, key),
        BACKUP: lambda: _back_up(path, key, settings, clock),
        TIDY: lambda: _tidy(path, key),
    }
    wanted = {one.repair for one in findings if not one.ok}
    if all(one.ok for one in findings if one.name in ("opens", "integrity", "references")):
        wanted.add(TIDY)
    said: list[str] = []
    for name, cure in cures.items():
        if name in wanted:
            try:
                said.append(cure())
            except ConvergeDeskError as error:
                said.append(str(error))
    return tuple(said)


def _place(warning: str) -> Finding:
    if warning:
        fix = "Move it to a folder of this computer alone, and put backups into the shared one instead."
        return Finding("place", ok=False, sentence=warning, fix=fix)
    return Finding("place", ok=True, sentence="The file lies on a disk of this computer.")


def _keyring(path: Path, secrets: SecretStore) -> Finding:
    try:
        held = path.is_file() and secrets.get(salt_name(salt_of(path))) is not None
    except KeyringUnavailableError as error:
        said = f"{error.sentence} Workspaces with a passphrase open all the same."
        return Finding("keyring", ok=True, sentence=said)
    words = "holds this workspace's key" if held else "answers; this workspace has a passphrase"
    return Finding("keyring", ok=True, sentence=f"The keyring {words}.")


def _access(path: Path) -> Finding:
    mode = stat.S_IMODE(path.stat().st_mode)
    if sys.platform != "win32" and mode & (stat.S_IWGRP | stat.S_IWOTH):
        return Finding(
            "access",
            ok=False,
            sentence="Other people of this computer may change the file, though not read what is in it.",
            fix="Keep it to yourself.",
            repair=ACCESS,
        )
    return Finding("access", ok=True, sentence="Only you can change the file.")


def _backups(path: Path, key: Key, settings: Settings, now: datetime) -> Finding:
    if not settings.get(DAILY_BACKUPS):
        said = "Daily backups are switched off."
        return Finding("backups", ok=False, sentence=said, fix="Switch them on in Settings.", repair=BACKUP)
    try:
        held = read_contents(path, key)
    except WorkspaceError as error:
        return Finding("backups", ok=False, sentence=error.sentence, fix=error.fix)
    found = list_backups(backup_folder(path, settings), held.uid, salt_of(path))
    if not found and now - held.created_at < _NEW:
        said = "There is no backup yet; the first one is made when the program is opened."
        return Finding("backups", ok=True, sentence=said)
    past = [one for one in found if one.made_at <= now]
    if not past or now - past[0].made_at > _OLD_BACKUP:
        said = "There is no backup of the last three days."
        return Finding("backups", ok=False, sentence=said, fix="Make one now.", repair=BACKUP)
    said = f"{count(len(found), 'backup')}, the latest of {past[0].made_at:%Y-%m-%d %H:%M} UTC."
    return Finding("backups", ok=True, sentence=said)


def _keep_to_oneself(path: Path) -> str:
    try:
        path.chmod(0o600)
    except OSError:
        return "The file's permissions could not be changed: it belongs to somebody else."
    return "Only you can change the file now."


def _search(path: Path, key: Key) -> str:
    rebuild_search(path, key)
    return "The search index was written anew."


def _back_up(path: Path, key: Key, settings: Settings, clock: Clock) -> str:
    uid = read_contents(path, key).uid
    folder = backup_folder(path, settings)
    made = make_backup(path, key.for_salt(salt_of(path)), uid, folder, clock=clock)
    return f"A backup was made and checked: {made.path.name}."


def _tidy(path: Path, key: Key) -> str:
    saved = max(0, tidy(path, key))
    return f"The file was tidied up and is {saved / 1_000_000:,.1f} MB smaller."
