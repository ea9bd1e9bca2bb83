"""Daily backups: when one is due, where it goes, which ones stay, and what going back would mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from convergedesk.domain.declared_settings import BACKUP_FOLDER, BACKUPS_KEPT
from convergedesk.domain.errors import ReadOnlyError
from convergedesk.domain.protocols import Clock
from convergedesk.store.backup import copy_file, remove_with_side_files
from convergedesk.store.contents import Contents, EditLine, read_contents
from convergedesk.store.faults import translating
from convergedesk.store.keys import FileKey, Key, salt_of
from convergedesk.workspace.settings import Settings

_FOLDER = "backups"
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"-(?P<uid>[0-9a-f]{8})-(?P<stamp>\d{8}T\d{6}Z)\.converge(?P<part>\.part.*)?$")
_SHORT = 8


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that lies in the folder.

    Attributes:
        path: The file.
        made_at: When, as its name says.
        size: In bytes.
        same_key: False where the workspace has had another key since.
    """

    path: Path
    made_at: datetime
    size: int
    same_key: bool


@dataclass(frozen=True, slots=True)
class RestorePreview:
    """What putting a backup in the place of the workspace would mean.

    Attributes:
        backup: What the backup holds.
        present: What the workspace holds; None where it does not open.
        lost: Edits that the backup does not have yet, newest first.
        other: True where the backup is of another workspace.
    """

    backup: Contents
    present: Contents | None
    lost: tuple[EditLine, ...]
    other: bool


def backup_folder(workspace: Path, settings: Settings) -> Path:
    """Where backups of that workspace file go."""
    chosen = settings.get(BACKUP_FOLDER)
    return Path(chosen) if chosen else workspace.parent / _FOLDER


def list_backups(folder: Path, uid: str, salt: bytes) -> tuple[Backup, ...]:
    """Backups of a workspace, newest first; none where the folder is not there."""
    found: list[Backup] = []
    for path in _files(folder):
        match = _NAME.search(path.name)
        if match is None or match["part"] or match["uid"] != uid[:_SHORT]:
            continue
        try:
            made = datetime.strptime(match["stamp"], _STAMP).replace(tzinfo=UTC)
            found.append(Backup(path, made, path.stat().st_size, salt_of(path) == salt))
        except (OSError, ValueError):
            continue
    return tuple(sorted(found, key=lambda one: one.made_at, reverse=True))


def is_due(backups: Sequence[Backup], now: datetime, zone: tzinfo | None = None) -> bool:
    """True where no backup was made on this day, by the clock of this computer.

    Backups of the future, which a clock that was set back leaves, do not count.
    """
    past = [one.made_at for one in backups if one.made_at <= now]
    return not past or max(past).astimezone(zone).date() < now.astimezone(zone).date()


def make_backup(
    path: Path, key: FileKey, uid: str, folder: Path, *, kept: int = BACKUPS_KEPT.default, clock: Clock
) -> Backup:
    """Copy the workspace into the folder, check the copy, and delete the oldest ones beyond `kept`.

    Args:
        path: The workspace file, open or closed.
        key: Its key; the copy has the same.
        uid: The workspace's identity.
        folder: Where backups go; made where it is missing.
        kept: How many stay. Backups whose time has not come yet are never deleted: the clock
            may have been set back, and they are good.
        clock: Tells the time.

    Raises:
        DiskFullError: No room; no backup was deleted and none was made.
        ReadOnlyError: The folder cannot be written.
        DamagedWorkspaceError: The copy cannot be read back, because the workspace is damaged.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReadOnlyError(
            f"The backup folder “{folder}” cannot be made.",
            fix="Choose another folder in Settings.",
            details=str(error),
        ) from error
    _sweep(folder, uid)
    now = clock.now().astimezone(UTC).replace(microsecond=0)
    target = folder / f"{path.stem}-{uid[:_SHORT]}-{now.strftime(_STAMP)}.converge"
    copy_file(path, key, target)
    made = Backup(target, now, target.stat().st_size, same_key=True)
    _prune(list_backups(folder, uid, key.salt), made, kept, now)
    return made


def preview_restore(backup: Path, key: Key, workspace: Path, present_key: Key | None) -> RestorePreview:
    """Look into a backup and compare it with the workspace; nothing is changed.

    Args:
        backup: The backup.
        key: What opens it.
        workspace: The file that it would replace; need not be there.
        present_key: What opens that one; None where nothing is known to.

    Raises:
        WorkspaceError: The backup does not open.
    """
    from convergedesk.domain.errors import WorkspaceError

    held = read_contents(backup, key)
    present: Contents | None = None
    if workspace.exists() and present_key is not None:
        try:
            present = read_contents(workspace, present_key)
        except WorkspaceError:
            # Damaged, which may be why somebody wants the backup.
            present = None
    if present is None or present.uid != held.uid:
        return RestorePreview(held, present, (), other=present is not None)
    last = max((edit.number for edit in held.edits), default=0)
    lost = tuple(edit for edit in present.edits if edit.number > last)
    return RestorePreview(held, present, lost, other=False)


def _prune(backups: Sequence[Backup], made: Backup, kept: int, now: datetime) -> None:
    past = [one for one in backups if one.made_at <= now and one.path != made.path]
    for one in past[max(kept - 1, 1) :]:
        with translating(one.path):
            remove_with_side_files(one.path)


def _sweep(folder: Path, uid: str) -> None:
    """Remove what backups that were killed left behind."""
    for path in _files(folder):
        match = _NAME.search(path.name)
        if match is not None and match["part"] and match["uid"] == uid[:_SHORT]:
            path.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
