"""State and commands of the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.desktop.context import PageContext
from convergedesk.desktop.pages.settings import reads
from convergedesk.desktop.surroundings import ClosedWork, Surroundings
from convergedesk.domain.declared_settings import BACKUP_FOLDER, WORKSPACE_NAME
from convergedesk.domain.errors import ConvergeDeskError
from convergedesk.domain.settings import Scope, Setting

if TYPE_CHECKING:
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.store.doctor import Finding
    from convergedesk.store.keys import Key
    from convergedesk.workspace.backups import RestorePreview
    from convergedesk.workspace.settings import SettingsPlan


@dataclass(frozen=True, slots=True)
class SafetyState:
    """What the page shows beside the settings themselves.

    Attributes:
        path: The workspace file.
        size: Its bytes.
        values: What holds, by key.
        by_passphrase: True where a passphrase opens it, False where the keyring does.
        recovery: What is known of the recovery key on paper.
        backups: The backups, newest first.
        folder: Where they go.
        sample: True for made-up data, which is not backed up by itself.
    """

    path: Path = field(default_factory=Path)
    size: int = 0
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    by_passphrase: bool = False
    recovery: reads.RecoveryState = reads.NOT_PRINTED
    backups: tuple[Any, ...] = ()
    folder: Path = field(default_factory=Path)
    sample: bool = False


class SettingsViewModel(QObject):
    """Reads and chooses settings; asks the program for what needs the file closed.

    Signals:
        changed: The state is another.
        failed: The exception that kept the state from being read.
        refused: The key of a setting and why its value was not kept.
        told: Something was done: a sentence and its tone.
    """

    changed = Signal()
    failed = Signal(object)
    refused = Signal(str, str)
    told = Signal(str, str)

    def __init__(self, context: PageContext, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.around = surroundings
        self.state = SafetyState()
        surroundings.backup_made.connect(self._on_backup_made)

    def read(self) -> None:
        """Read everything that the page shows."""

        def work(_context: JobContext) -> SafetyState:
            found = reads.read_state(self._context.workspace(), self.around)
            return SafetyState(*found)

        self._context.jobs.submit(work, on_done=self._on_read, on_error=self.failed.emit)

    @Slot(object, object)
    def choose(self, setting: Setting[Any], value: object) -> None:
        """Choose a value; it holds at once."""

        def work(_context: JobContext) -> None:
            workspace = self._context.workspace() if setting.scope is Scope.WORKSPACE else None
            self.around.settings(workspace).set(setting, value)

        def done(_nothing: None) -> None:
            self.state.values[setting.key] = value
            self.around.setting_changed.emit(setting.key)
            if setting.scope is Scope.WORKSPACE:
                self._context.portfolio.refresh()
            if setting in (BACKUP_FOLDER, WORKSPACE_NAME):
                self.read()

        def wrong(error: Exception) -> None:
            if isinstance(error, ConvergeDeskError):
                self.refused.emit(setting.key, str(error))

        self._context.jobs.submit(work, write=True, on_done=done, on_error=wrong)

    @Slot()
    def back_up(self) -> None:
        """Make a backup now."""
        self.around.backup_wanted.emit()

    def change_key(self, passphrase: str | None, present: str | None = None) -> None:
        """Change the passphrase, or with None let the keyring keep a new key."""
        path, around = self.state.path, self.around

        def work(key: Key) -> tuple[Key, str]:
            new = reads.change_key(path, key, around, passphrase=passphrase, present=present)
            around.by_passphrase = passphrase is not None
            return new, "The key was changed. A recovery key on paper is void now: print a new one."

        around.closed_work_wanted.emit(ClosedWork("Changing the key", work))

    def restore(self, backup: Path, backup_key: Key, *, by_passphrase: bool | None = None) -> None:
        """Put a backup in the workspace's place; what is there now is kept beside it.

        Args:
            backup: The backup.
            backup_key: What opens it.
            by_passphrase: Whether that came from a passphrase; None: as the workspace's own key.
        """
        path, around = self.state.path, self.around

        def work(_key: Key) -> tuple[Key, str]:
            done = reads.restore(backup, path, backup_key)
            if by_passphrase is not None:
                around.by_passphrase = by_passphrase
            return done

        around.closed_work_wanted.emit(ClosedWork("Restoring the backup", work))

    def recovery_lines(self, then: Callable[[tuple[str, ...]], None]) -> None:
        """Hand over the four lines of the recovery key."""

        def work(_context: JobContext) -> tuple[str, ...]:
            return reads.recovery_lines(self._context.workspace())

        self._context.jobs.submit(work, on_done=then, on_error=self._on_failed)

    def note_recovery(self, *, tested: bool) -> None:
        """Remember that the recovery key is on paper, or that it was tried."""

        def work(_context: JobContext) -> None:
            reads.note_recovery(self._context.workspace(), tested=tested)

        self._context.jobs.submit(work, write=True, on_done=self._on_noted, on_error=self._on_failed)

    def test_recovery(self, secret: bytes, then: Callable[[bool], None]) -> None:
        """Say whether a recovery key is the one of this workspace."""

        def work(_context: JobContext) -> bool:
            return reads.is_its_key(self._context.workspace(), secret)

        self._context.jobs.submit(work, on_done=then, on_error=self._on_failed)

    def preview(
        self,
        backup: Path,
        then: Callable[[tuple[RestorePreview, Key]], None],
        wrong: Callable[[Exception], None],
        words: str | None = None,
    ) -> None:
        """Look into a backup; with a passphrase where it has another key."""

        def work(_context: JobContext) -> tuple[RestorePreview, Key]:
            return reads.preview(backup, self._context.workspace(), self.around, words)

        self._context.jobs.submit(work, on_done=then, on_error=wrong)

    def check(self, then: Callable[[tuple[Finding, ...]], None]) -> None:
        """Look the workspace and its surroundings over."""

        def work(_context: JobContext) -> tuple[Finding, ...]:
            return reads.check(self._context.workspace(), self.around)

        self._context.jobs.submit(work, on_done=then, on_error=self._on_failed)

    def mend(self, findings: tuple[Finding, ...]) -> None:
        """Cure what needs no decision; the file is closed meanwhile."""
        path, around = self.state.path, self.around

        def work(key: Key) -> tuple[Key, str]:
            return key, " ".join(reads.mend(findings, path, key, around))

        around.closed_work_wanted.emit(ClosedWork("Mending the workspace", work))

    def export(self, target: Path) -> None:
        """Write the settings to a file."""

        def work(_context: JobContext) -> None:
            reads.export(self._context.workspace(), self.around, target)

        def done(_nothing: None) -> None:
            self.told.emit(f"Settings are in {target.name}. No keys and no passphrases are in it.", "good")

        self._context.jobs.submit(work, on_done=done, on_error=self._on_failed)

    def plan_import(self, source: Path, then: Callable[[SettingsPlan], None]) -> None:
        """Read a file of settings and say what it would change."""

        def work(_context: JobContext) -> SettingsPlan:
            return reads.plan(self._context.workspace(), self.around, source)

        self._context.jobs.submit(work, on_done=then, on_error=self._on_failed)

    def take(self, plan: SettingsPlan) -> None:
        """Choose what a file of settings says."""

        def work(_context: JobContext) -> None:
            reads.take(self._context.workspace(), self.around, plan)

        def done(_nothing: None) -> None:
            for change in plan.changes:
                self.around.setting_changed.emit(change.setting.key)
            self.told.emit(f"{len(plan.changes)} settings were taken over.", "good")
            self.read()

        self._context.jobs.submit(work, write=True, on_done=done, on_error=self._on_failed)

    def _on_read(self, state: SafetyState) -> None:
        self.state = state
        self.changed.emit()

    def _on_noted(self, _nothing: None) -> None:
        self.read()

    @Slot(object)
    def _on_backup_made(self, backup: Any) -> None:
        self.told.emit(f"Backed up and checked: {backup.path.name}", "good")
        self.read()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, ConvergeDeskError):
            self.told.emit(str(error), "critical")
