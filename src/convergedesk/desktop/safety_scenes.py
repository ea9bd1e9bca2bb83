"""The settings, their dialogs, and the locked screen, for pictures."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from convergedesk.desktop.jobs import InlineJobs
from convergedesk.desktop.surroundings import MemoryValues, Surroundings

if TYPE_CHECKING:
    from convergedesk.desktop.desk import Desk
    from convergedesk.desktop.picture_stage import Stage

_PLACE = Path("workspace.converge")
_KEY = bytes(range(40, 72))
_DAY = datetime(2026, 12, 10, 12, 0, tzinfo=UTC)


def settings(stage: Stage) -> None:
    """Every group, a search, and a search without a result."""
    desk = _desk(stage)
    for group in ("security", "you", "appearance", "workspace"):
        desk.navigator.open_settings(group)
        _steady(_page(desk))
        stage.shoot(f"settings-{group}", desk.window)
    page = _page(desk)
    page.search.setText("passphrase")
    page.search.search_changed.emit("passphrase")
    stage.shoot("settings-search", desk.window)
    page.search.search_changed.emit("no such setting")
    stage.shoot("settings-no-match", desk.window)
    stage.put_away(desk.window)


def settings_dialogs(stage: Stage) -> None:
    """What the buttons of the settings open."""
    from convergedesk.desktop.pages.settings.check_dialog import CheckDialog
    from convergedesk.desktop.pages.settings.import_dialog import ImportSettingsDialog
    from convergedesk.desktop.pages.settings.recovery_dialog import RecoveryDialog, RecoveryTestDialog
    from convergedesk.desktop.pages.settings.restore_dialog import RestoreDialog
    from convergedesk.desktop.passphrase_dialog import PassphraseDialog
    from convergedesk.desktop.workspaces_dialog import NewWorkspaceDialog, WorkspacesDialog
    from convergedesk.domain.declared_settings import BACKUPS_KEPT, THEME
    from convergedesk.domain.recovery_key import recovery_lines
    from convergedesk.workspace.settings import SettingChange, SettingsPlan

    desk = _desk(stage)
    desk.navigator.open_settings("security")
    model = _page(desk).model
    _steady(_page(desk))
    window = desk.window
    around = model.around
    around.remember(Path("pilot pod.converge"), "Pilot pod")
    around.remember(_PLACE, "Workspace")
    plan = SettingsPlan(
        (SettingChange(THEME, "system", "dark"), SettingChange(BACKUPS_KEPT, 14, 30)),
        ("“security.lock_on_sleep” takes only on or off (true or false); “maybe” is not that.",),
        {"appearance.glow": 3},
    )
    for name, dialog in (
        ("passphrase", PassphraseDialog(window, ask_present=True)),
        (
            "recovery",
            RecoveryDialog(window, "Workspace", _PLACE.name, recovery_lines(_KEY), _DAY.date()),
        ),
        ("recovery-test", RecoveryTestDialog(window, model)),
        ("restore", RestoreDialog(window, _still(model), desk.today())),
        ("check", CheckDialog(window, _still(model))),
        ("import", ImportSettingsDialog(window, model, plan)),
        ("workspaces", WorkspacesDialog(window, around, InlineJobs(), _PLACE)),
        ("new-workspace", NewWorkspaceDialog(window, around, InlineJobs(), Path("workspaces"))),
    ):
        dialog.open()
        stage.shoot(f"settings-{name}", window)
        dialog.reject()
        stage.settle()
    stage.put_away(window)


def locked(stage: Stage) -> None:
    """Locked, by passphrase and by keyring, refused, and closed for a piece of work."""
    from convergedesk.desktop.locking.window import LockWindow
    from convergedesk.desktop.opening import REFUSED

    for name, by_passphrase in (("locked", True), ("locked-keyring", False)):
        window = LockWindow("Workspace", by_passphrase=by_passphrase)
        stage.show(window)
        stage.shoot(name, window)
        if by_passphrase:
            for _ in range(3):
                window.unlock.refuse(REFUSED)
            stage.shoot("locked-refused", window)
        stage.put_away(window)
    window = LockWindow("Workspace", by_passphrase=True)
    window.work("Changing the key")
    stage.show(window)
    stage.shoot("closed-for-work", window)
    stage.put_away(window)


class _StillModel:
    """Findings and a preview that are the same on every computer."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.state, self.around = model.state, model.around

    def preview(self, backup: Path, then: Any, wrong: Any, words: str | None = None) -> None:
        from convergedesk.store.contents import Contents, EditLine
        from convergedesk.store.keys import Key
        from convergedesk.workspace.backups import RestorePreview

        lost = (
            EditLine(3, _DAY.replace(hour=15, minute=4), "Logged a check-in with Kestrel Payments", "Amira"),
            EditLine(2, _DAY.replace(hour=14), "Moved the target of “Carriers live” to 80", "Amira"),
        )
        held = {"accounts": 300, "people": 812, "tickets": 29_410, "goals": 61, "check-ins": 204}
        before = Contents("u", "Workspace", _DAY, held, ())
        now = Contents("u", "Workspace", _DAY, held | {"tickets": 29_466, "check-ins": 205}, lost)
        then((RestorePreview(before, now, lost, other=False), Key.raw(_KEY)))

    def check(self, then: Any) -> None:
        from convergedesk.store.doctor import Finding

        then(
            (
                Finding("space", ok=True, sentence="48,200 MB are free on the disk."),
                Finding("opens", ok=True, sentence="The file opens with its key."),
                Finding("integrity", ok=True, sentence="Every page of the file reads well."),
                Finding("search", ok=True, sentence="Search finds everything that is there."),
                Finding(
                    "place",
                    ok=False,
                    sentence="This workspace lies in a folder that OneDrive synchronises. It copies the file "
                    "while it is being written, and may put an older copy in its place.",
                    fix="Move it to a folder of this computer alone, and put backups into the shared one.",
                ),
                Finding("keyring", ok=True, sentence="The keyring holds this workspace's key."),
            )
        )

    def mend(self, findings: Any) -> None:
        self._model.mend(findings)


def _still(model: Any) -> Any:
    return _StillModel(model)


def _desk(stage: Stage) -> Desk:
    desk = stage.desk(stage.snapshot)
    desk.surroundings = Surroundings(MemoryValues({"you.name": "Amira Haddad", "you.time_zone": "UTC"}))
    desk.surroundings.by_passphrase = True
    return desk


def _page(desk: Desk) -> Any:
    return desk.window.pages.currentWidget()


def _steady(page: Any) -> None:
    """Show a path and backups that are the same on every computer."""
    from dataclasses import replace

    from convergedesk.desktop.pages.settings.reads import RecoveryState
    from convergedesk.workspace.backups import Backup

    made = Backup(Path("missing.converge"), _DAY, 96_000_000, same_key=True)
    page.model.state = replace(
        page.model.state,
        path=_PLACE,
        folder=Path("backups"),
        size=412_000_000,
        sample=False,
        backups=(made,),
        recovery=RecoveryState(_DAY, None, void=False),
    )
    page.model.changed.emit()
