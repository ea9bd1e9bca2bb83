"""What keeps an open workspace safe: locking, backups, warnings about its place, settings in force."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from convergedesk.desktop.alerting.keeper import AlertKeeper
from convergedesk.desktop.alerting.tray import Tray
from convergedesk.desktop.backup_keeper import BackupKeeper
from convergedesk.desktop.insight_keeper import InsightKeeper
from convergedesk.desktop.locking.keeper import Keeper, Program
from convergedesk.desktop.mending import mend_imports
from convergedesk.desktop.navigator import ALERTS
from convergedesk.desktop.palette.commands import Command
from convergedesk.desktop.preferences import Preferences
from convergedesk.desktop.shell.shortcuts import add_shortcut
from convergedesk.desktop.surroundings import Surroundings
from convergedesk.desktop.theme.current import Mode, theme
from convergedesk.domain.declared_settings import OFFER_TOUR, REDUCED_MOTION, TEXT_SIZE, THEME, YOUR_NAME

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from convergedesk.desktop.desk import Desk
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.domain.alerts import AlertId
    from convergedesk.domain.protocols import SecretStore
    from convergedesk.host.places import Place

_WARNED = "warned_places"


class Care(QObject):
    """Made once Home is painted, and kept from workspace to workspace.

    Attributes:
        surroundings: This computer.
        keeper: Locks and unlocks.
        backups: Makes the daily backup.
        insights: Computes again what a change touched.
        alerts: Looks for what needs attention, and tells of it.

    Signals:
        other_wanted: The person wants to choose another workspace.
        workspace_wanted: The path of a workspace to open.
        created: The path of a workspace that was just made.
    """

    other_wanted = Signal()
    workspace_wanted = Signal(object)
    created = Signal(object)

    def __init__(
        self,
        program: Program,
        preferences: Preferences,
        secrets: SecretStore,
        new_workspaces: Path,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.surroundings = Surroundings(
            preferences.values, secrets, new_workspaces=new_workspaces, parent=self
        )
        self.keeper = Keeper(program, self.surroundings, self)
        self.backups = BackupKeeper(self.surroundings, self)
        self.insights = InsightKeeper(self)
        self._tray = Tray(self)
        self.alerts = AlertKeeper(
            self.surroundings.computer_setting, self._tray, is_watched=self._is_watched, parent=self
        )
        self._tray.opened.connect(self.alerts.open_told)
        self._tray.wanted.connect(self._show_window)
        self.alerts.alert_wanted.connect(self._on_alert_wanted)
        self.alerts.unseen_changed.connect(self._on_unseen)
        self._desk: Desk | None = None
        self.keeper.locked.connect(self._on_locked)
        self.keeper.other_wanted.connect(self.other_wanted)
        self.surroundings.other_wanted.connect(self.other_wanted)
        self.surroundings.workspace_wanted.connect(self.workspace_wanted)
        self.surroundings.workspace_created.connect(self.created)
        self.surroundings.backup_wanted.connect(self.backups.make_now)
        self.surroundings.setting_changed.connect(self._on_setting)
        self.backups.made.connect(self.surroundings.backup_made)
        self.backups.failed.connect(self._on_backup_failed)
        theme().changed.connect(self._on_look_changed)

    @property
    def lock_window(self) -> QWidget | None:
        """What is on screen in the window's place while the workspace is locked."""
        return self.keeper.window

    def take_over(self, desk: Desk, *, by_passphrase: bool | None) -> None:
        """Look after a workspace that is on screen; None keeps what is known of its key."""
        self._desk = desk
        desk.surroundings = self.surroundings
        if by_passphrase is not None:
            self.surroundings.by_passphrase = by_passphrase
        add_shortcut(desk.window, "Ctrl+Shift+L", self.keeper.lock)
        desk.menu.lock_wanted.connect(self.keeper.lock)
        desk.menu.workspaces_wanted.connect(self.show_workspaces)
        desk.help.tour_taken.connect(self._on_tour_taken)
        desk.palette.commands.add(self._commands)
        self.keeper.begin()
        self.backups.begin(desk.context)
        self.insights.begin(desk.context)
        self.alerts.begin(desk.context)
        desk.context.jobs.submit(self._look_around, on_done=self._on_place)
        mend_imports(desk.context)

    def offer_recovery_key(self) -> None:
        """Show the recovery key of a workspace that was just made, once."""
        desk = self._desk
        if desk is None:
            return
        from convergedesk.desktop.pages.settings.recovery_dialog import RecoveryDialog
        from convergedesk.desktop.pages.settings.view_model import SettingsViewModel

        model = SettingsViewModel(desk.context, self.surroundings, desk)

        def show(lines: tuple[str, ...]) -> None:
            if self._desk is desk:
                path = desk.session.path
                dialog = RecoveryDialog(desk.window, path.stem, path.name, lines)
                dialog.accepted.connect(lambda: model.note_recovery(tested=False))
                dialog.open()

        model.recovery_lines(show)

    def offer_tour(self) -> None:
        """Show around whoever opens a first workspace, once its accounts stand on screen."""
        if self._desk is not None and self.surroundings.computer_setting(OFFER_TOUR):
            self._desk.help.offer_tour()

    @Slot()
    def show_workspaces(self) -> None:
        """Show the workspaces of this computer."""
        if self._desk is not None:
            from convergedesk.desktop.workspaces_dialog import WorkspacesDialog

            desk = self._desk
            WorkspacesDialog(desk.window, self.surroundings, desk.context.jobs, desk.session.path).open()

    def stop(self) -> None:
        """The program ends or shows no workspace."""
        self.backups.stop()
        self.insights.stop()
        self.alerts.stop()
        self.keeper.stop()
        self._tray.put_away()
        self._desk = None

    def _is_watched(self) -> bool:
        return self._desk is not None and self._desk.window.isActiveWindow()

    @Slot()
    def _show_window(self) -> None:
        window = self.lock_window or (None if self._desk is None else self._desk.window)
        if window is not None:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()

    @Slot(object)
    def _on_alert_wanted(self, alert_id: AlertId | None) -> None:
        self._show_window()
        if self._desk is not None:
            self._desk.navigator.open_alerts(alert_id)

    @Slot(int)
    def _on_unseen(self, unseen: int) -> None:
        if self._desk is not None:
            self._desk.window.rail.set_count(ALERTS, unseen)

    def _commands(self) -> Iterable[Command]:
        around = self.surroundings
        return (
            Command(
                "lock", "Lock now", "lock-key", self.keeper.lock, ("Ctrl", "Shift", "L"), "hide away safe"
            ),
            Command(
                "workspaces",
                "Switch workspace…",
                "squares-four",
                self.show_workspaces,
                also="another new recent rename",
            ),
            Command("backup", "Back up now", "floppy-disk", around.backup_wanted.emit, also="copy save"),
        )

    @Slot()
    def _on_tour_taken(self) -> None:
        self.surroundings.settings().set(OFFER_TOUR, False)

    def _look_around(self, _context: JobContext) -> tuple[str, str, Place]:
        from convergedesk.host.places import place_of
        from convergedesk.host.private_folder import sweep
        from convergedesk.workspace.rekeying import clear_interrupted

        desk = self._desk
        if desk is None:
            raise RuntimeError("nothing is looked after")
        workspace = desk.context.workspace()
        workspace.author = self.surroundings.computer_setting(YOUR_NAME) or workspace.author
        clear_interrupted(workspace.path, self.surroundings.secrets)
        # Signed copies that a program showed and could not take away.
        sweep()
        return str(workspace.path), workspace.name, place_of(workspace.path)

    def _on_place(self, found: tuple[str, str, Place]) -> None:
        path, name, place = found
        self.surroundings.remember(Path(path), name)
        warned = self.surroundings.values.get(_WARNED, [])
        known = warned if isinstance(warned, list) else []
        if place.warning and path not in known and self._desk is not None:
            self.surroundings.values.set(_WARNED, [*known, path])
            self._desk.notify(place.warning, tone="warning")

    @Slot()
    def _on_locked(self) -> None:
        self.backups.stop()
        self.insights.stop()
        self.alerts.stop()
        self._desk = None

    @Slot(str)
    def _on_backup_failed(self, sentence: str) -> None:
        if self._desk is not None:
            self._desk.notify(sentence, tone="warning")

    @Slot(str)
    def _on_setting(self, key: str) -> None:
        around = self.surroundings
        if key == THEME.key:
            theme().set_mode(Mode(around.computer_setting(THEME)))
        elif key == TEXT_SIZE.key:
            percent = around.computer_setting(TEXT_SIZE)
            if percent:
                theme().set_text_scale(percent / 100)
            else:
                theme().use_system_text_scale()
        elif key == REDUCED_MOTION.key:
            theme().set_still(around.computer_setting(REDUCED_MOTION))

    @Slot()
    def _on_look_changed(self) -> None:
        """Light, dark and the size of text can be chosen in menus too; they last all the same."""
        if self._preferences.mode is not theme().mode:
            self._preferences.mode = theme().mode
        kept = self._preferences.text_scale
        shown = theme().text_scale
        if (kept or theme().system_text_scale()) != shown:
            self._preferences.text_scale = shown
