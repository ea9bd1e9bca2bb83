"""Makes the daily backup while the program is open, off the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from convergedesk.domain.declared_settings import BACKUPS_KEPT, DAILY_BACKUPS
from convergedesk.domain.errors import ConvergeDeskError

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.desktop.surroundings import Surroundings
    from convergedesk.workspace.backups import Backup

# What a person does first after the start comes before.
_FIRST_MS = 20_000
_AGAIN_MS = 30 * 60_000


class BackupKeeper(QObject):
    """Looks soon after the start and every half hour whether a backup is due.

    Signals:
        made: A `Backup`.
        failed: A sentence.
    """

    made = Signal(object)
    failed = Signal(str)

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Nothing happens before `begin`."""
        super().__init__(parent)
        self._around = surroundings
        self._context: PageContext | None = None
        self._running = False
        self._told = ""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    def begin(self, context: PageContext) -> None:
        """Look after this workspace from now on."""
        self._context = context
        self._running = False
        self._timer.start(_FIRST_MS)

    def stop(self) -> None:
        """The workspace is about to be closed."""
        self._timer.stop()
        self._context = None

    @Slot()
    def look(self) -> None:
        """Make a backup where one is due."""
        self._timer.setInterval(_AGAIN_MS)
        if self._context is not None and self._around.computer_setting(DAILY_BACKUPS):
            self._begin(only_if_due=True)

    @Slot()
    def make_now(self) -> None:
        """Make a backup whether or not one is due."""
        self._begin(only_if_due=False)

    def _begin(self, *, only_if_due: bool) -> None:
        context = self._context
        if context is None or self._running:
            return
        self._running = True

        def work(_job: JobContext) -> Backup | None:
            from convergedesk.store.info import read_info
            from convergedesk.workspace.backups import backup_folder, is_due, list_backups, make_backup

            workspace = context.workspace()
            settings = self._around.settings()
            folder = backup_folder(workspace.path, settings)
            uid, key = read_info(workspace.store).uid, workspace.store.key
            if only_if_due:
                found = list_backups(folder, uid, key.salt)
                if workspace.sample or not is_due(found, workspace.clock.now()):
                    return None
            kept = settings.get(BACKUPS_KEPT)
            return make_backup(workspace.path, key, uid, folder, kept=kept, clock=workspace.clock)

        context.jobs.submit(work, on_done=self._on_made, on_error=self._on_failed)

    def _on_made(self, backup: Backup | None) -> None:
        self._running = False
        if backup is not None:
            self._told = ""
            self.made.emit(backup)

    def _on_failed(self, error: Exception) -> None:
        self._running = False
        if not isinstance(error, ConvergeDeskError):
            return
        # The same fault every half hour would only teach people to look away.
        if str(error) != self._told:
            self._told = str(error)
            self.failed.emit(f"Today's backup could not be made. {error}")
