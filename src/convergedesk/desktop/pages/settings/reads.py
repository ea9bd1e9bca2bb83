"""What the settings page asks of the workspace and of this computer, called in jobs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from convergedesk.desktop.surroundings import Surroundings

if TYPE_CHECKING:
    from convergedesk.store.doctor import Finding
    from convergedesk.store.keys import Key
    from convergedesk.workspace.backups import RestorePreview
    from convergedesk.workspace.session import Workspace
    from convergedesk.workspace.settings import SettingsPlan

_RECOVERY = "safety.recovery"


class RecoveryState(NamedTuple):
    """What is known of the recovery key on paper.

    Attributes:
        printed_at: When it was printed or saved; None: never.
        tested_at: When it was typed in to try it; None: never.
        void: True where the key was changed since.
    """

    printed_at: datetime | None
    tested_at: datetime | None
    void: bool


NOT_PRINTED = RecoveryState(None, None, void=False)


def read_state(workspace: Workspace, around: Surroundings) -> tuple[Any, ...]:
    """The fields of a `SafetyState`, in their order."""
    from convergedesk.store.info import read_info
    from convergedesk.workspace.backups import backup_folder, list_backups

    settings = around.settings(workspace)
    folder = backup_folder(workspace.path, settings)
    uid, salt = read_info(workspace.store).uid, workspace.store.key.salt
    return (
        workspace.path,
        workspace.path.stat().st_size,
        settings.everything(),
        around.by_passphrase,
        _recovery(workspace),
        list_backups(folder, uid, salt),
        folder,
        workspace.sample,
    )


def recovery_lines(workspace: Workspace) -> tuple[str, ...]:
    """The four lines of the recovery key."""
    from convergedesk.domain.recovery_key import recovery_lines as lines

    return lines(workspace.store.key.key)


def is_its_key(workspace: Workspace, secret: bytes) -> bool:
    """True where these 32 bytes open the workspace."""
    from hmac import compare_digest

    return compare_digest(workspace.store.key.key, secret)


def note_recovery(workspace: Workspace, *, tested: bool) -> None:
    """Keep when the recovery key was printed or tried, and for which key."""
    from convergedesk.store.settings import read_settings, write_setting

    now = workspace.clock.now()
    salt = workspace.store.key.salt.hex()
    kept = read_settings(workspace.store).get(_RECOVERY)
    noted: dict[str, Any] = kept if isinstance(kept, dict) and kept.get("salt") == salt else {"salt": salt}
    noted["tested_at" if tested else "printed_at"] = now.isoformat()
    noted.setdefault("printed_at", now.isoformat())
    write_setting(workspace.store, _RECOVERY, noted, now=now)


def _recovery(workspace: Workspace) -> RecoveryState:
    from convergedesk.store.settings import read_settings

    kept = read_settings(workspace.store).get(_RECOVERY)
    if not isinstance(kept, dict):
        return NOT_PRINTED
    return RecoveryState(
        _instant(kept.get("printed_at")),
        _instant(kept.get("tested_at")),
        void=kept.get("salt") != workspace.store.key.salt.hex(),
    )


def _instant(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def change_key(
    path: Path, key: Key, around: Surroundings, *, passphrase: str | None, present: str | None
) -> Key:
    """Give the closed workspace another key."""
    from convergedesk.domain.errors import WrongKeyError
    from convergedesk.store.keys import Key as KeyType
    from convergedesk.workspace.rekeying import change_key as change
    from convergedesk.workspace.rekeying import opens

    if present is not None and not opens(path, KeyType.passphrase(present)):
        raise WrongKeyError("The present passphrase was not right. Nothing was changed.")
    return change(path, key, around.secrets, passphrase=passphrase)


def restore(backup: Path, path: Path, key: Key) -> tuple[Key, str]:
    """Put a backup in the place of the closed workspace."""
    from convergedesk.domain.protocols import SystemClock
    from convergedesk.store.backup import restore as put_in_place

    aside = put_in_place(backup, path, key, now=SystemClock().now())
    kept = "" if aside is None else f" What was there is kept as {aside.name}."
    return key, f"The backup was restored.{kept}"


def preview(
    backup: Path, workspace: Workspace, around: Surroundings, words: str | None
) -> tuple[RestorePreview, Key]:
    """Look into a backup, and find what opens it.

    Raises:
        KeyMissingError: It has another key, which the keyring does not hold.
        WorkspaceError: It does not open.
    """
    from convergedesk.store.keys import SALT_BYTES, salt_of
    from convergedesk.store.keys import Key as KeyType
    from convergedesk.workspace.backups import preview_restore
    from convergedesk.workspace.keys import find_key

    present = KeyType.raw(workspace.store.key.key)
    if words is not None:
        key = KeyType.passphrase(words)
    elif backup.is_file() and salt_of(backup)[:SALT_BYTES] == workspace.store.key.salt:
        key = present
    else:
        key = find_key(backup, around.secrets)
    found = preview_restore(backup, key, workspace.path, present)
    return found, KeyType.raw(key.for_salt(salt_of(backup)).key)


def check(workspace: Workspace, around: Surroundings) -> tuple[Finding, ...]:
    """Look the open workspace and its surroundings over."""
    from convergedesk.host.places import place_of
    from convergedesk.store.keys import Key as KeyType
    from convergedesk.workspace.doctor import examine

    return examine(
        workspace.path,
        KeyType.raw(workspace.store.key.key),
        secrets=around.secrets,
        settings=around.settings(),
        clock=workspace.clock,
        place_warning=lambda file: place_of(file).warning,
    )


def mend(findings: tuple[Finding, ...], path: Path, key: Key, around: Surroundings) -> tuple[str, ...]:
    """Cure what needs no decision in the closed workspace."""
    from convergedesk.domain.protocols import SystemClock
    from convergedesk.workspace.doctor import mend as cure

    return cure(findings, path, key, settings=around.settings(), clock=SystemClock())


def export(workspace: Workspace, around: Surroundings, target: Path) -> None:
    """Write all settings to a file."""
    from convergedesk.desktop.saving import save
    from convergedesk.workspace.settings import export_text

    text = export_text(around.settings(workspace), as_json=target.suffix == ".json")
    save(target, lambda path: path.write_text(text, encoding="utf-8"))


def plan(workspace: Workspace, around: Surroundings, source: Path) -> SettingsPlan:
    """What a file of settings would change."""
    from convergedesk.workspace.settings import plan_import

    return plan_import(source, around.settings(workspace))


def take(workspace: Workspace, around: Surroundings, found: SettingsPlan) -> None:
    """Choose what a file of settings says."""
    from convergedesk.workspace.settings import apply_plan

    apply_plan(found, around.settings(workspace))
