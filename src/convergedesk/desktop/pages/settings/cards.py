"""The cards of the settings page: every declared setting, and the rows that do something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.pages.settings.rows import Row, RowCard, SettingRow
from convergedesk.desktop.pages.settings.words import backup_sentence, key_sentence, recovery_sentence
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.button import Button
from convergedesk.domain.declared_settings import SETTINGS
from convergedesk.domain.settings import Group

if TYPE_CHECKING:
    from pathlib import Path

    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.pages.settings.view_model import SafetyState, SettingsViewModel

_FILES = "Settings (*.toml *.json)"
_ICONS = {
    "you.name": "user",
    "you.time_zone": "clock",
    "you.notifications": "bell",
    "you.quiet_from": "bell-slash",
    "you.quiet_to": "bell-slash",
    "appearance.theme": "sun",
    "appearance.text_size": "text-aa",
    "appearance.reduced_motion": "person-simple-walk",
    "security.lock_after_minutes": "timer",
    "security.lock_on_sleep": "moon",
    "backups.daily": "hard-drives",
    "backups.kept": "stack",
    "backups.folder": "folder",
    "workspace.name": "tag",
    "workspace.fiscal_month": "calendar-blank",
    "workspace.currency": "coin",
}


class SafetyCards(QObject):
    """Builds the cards and opens the dialogs that their buttons ask for.

    Attributes:
        all: The cards from top to bottom.
    """

    def __init__(self, model: SettingsViewModel, context: PageContext) -> None:
        super().__init__(model)
        self._model = model
        self._context = context
        self._groups: dict[RowCard, str] = {}
        self._words: dict[QWidget, str] = {}
        self._settings: list[SettingRow] = []
        for group in (Group.YOU, Group.APPEARANCE):
            self._fill(self._card(group), group)
        self._add_security()
        self._add_backups()
        self._add_workspace()

    @property
    def all(self) -> tuple[RowCard, ...]:
        """The cards from top to bottom."""
        return tuple(self._groups)

    def group_of(self, card: RowCard) -> str:
        """The group with which a card is shown."""
        return self._groups[card]

    def matches(self, row: QWidget, words: str) -> bool:
        """True where a search finds the row."""
        if isinstance(row, SettingRow):
            return row.setting.matches(words)
        return all(word in self._words.get(row, "") for word in words.casefold().split())

    def show_state(self, state: SafetyState) -> None:
        """Show what holds."""
        for row in self._settings:
            row.show_value(state.values.get(row.setting.key))
        zone, today = self._model.around.zone(), self._context.today()
        self._key.say(key_sentence(state))
        self._change.setVisible(state.by_passphrase)
        self._to_keyring.setVisible(state.by_passphrase)
        self._to_passphrase.setVisible(not state.by_passphrase)
        self._recovery.say(*recovery_sentence(state, zone, today))
        self._test.setVisible(state.recovery.printed_at is not None and not state.recovery.void)
        self._last.say(backup_sentence(state, zone, today))

    def _card(self, group: str, title: str = "") -> RowCard:
        card = RowCard(title)
        self._groups[card] = group
        return card

    def _fill(self, card: RowCard, group: Group) -> None:
        for setting in (one for one in SETTINGS if one.group is group):
            row = SettingRow(setting, _ICONS.get(setting.key, "gear-six"))
            row.chosen.connect(self._model.choose)
            self._settings.append(row)
            card.add_row(row)

    def _row(
        self, card: RowCard, icon: str, title: str, sentence: str, *controls: QWidget, also: str = ""
    ) -> Row:
        row = Row(icon, title, sentence, controls)
        self._words[row] = f"{title} {sentence} {also}".casefold()
        card.add_row(row)
        return row

    def _add_security(self) -> None:
        card = self._card("security", "Security")
        always = StatusText("On, always", "good", "check-circle")
        everything = "Everything on disk is encrypted: records, search index, drafts, backups."
        self._row(card, "lock-simple", "Workspace encryption", everything, always)
        self._change = self._button("Change passphrase", self._on_change)
        self._to_keyring = self._button("Use the keyring", self._on_to_keyring)
        self._to_passphrase = self._button("Use a passphrase", self._on_to_passphrase)
        buttons = (self._to_keyring, self._to_passphrase, self._change)
        also = "passphrase keyring rekey"
        self._key = self._row(card, "key", "Where the key lives", "", *buttons, also=also)
        self._test = self._button("Test it", self._on_test)
        show = self._button("Print…", self._on_print)
        self._recovery = self._row(
            card, "lifebuoy", "Recovery key", "", self._test, show, also="paper lost print"
        )
        self._fill(card, Group.SECURITY)
        lock = self._button("Lock now", self._model.around.lock_wanted.emit)
        sentence = "Ctrl Shift L, from anywhere. What you are typing is saved first."
        self._row(card, "lock-key", "Lock", sentence, lock)

    def _add_backups(self) -> None:
        card = self._card("security", "Backups")
        self._fill(card, Group.BACKUPS)
        now = self._button("Back up now", self._model.back_up)
        restore = self._button("Restore…", self._on_restore)
        self._last = self._row(card, "arrow-counter-clockwise", "Backups so far", "", now, restore)
        card = self._card("security", "Health")
        check = self._button("Check…", self._on_check)
        sentence = "Reads every page of the file, the search index, its place, its key and its backups."
        self._row(card, "first-aid-kit", "Check this workspace", sentence, check, also="doctor repair")

    def _add_workspace(self) -> None:
        card = self._card("workspace")
        self._fill(card, Group.WORKSPACE)
        card = self._card("workspace", "Workspaces")
        switch = self._button("Switch…", self._on_switch)
        sentence = "Each is a file of its own, with a key of its own and one window."
        self._row(card, "squares-four", "Other workspaces", sentence, switch, also="open new recent")
        card = self._card("workspace", "Settings as a file")
        export = self._button("Export…", self._on_export)
        take = self._button("Import…", self._on_import)
        sentence = "For another computer or a colleague. No keys and no passphrases are in it."
        self._row(card, "file-text", "Export and import", sentence, export, take, also="toml json")

    def _button(self, text: str, slot: object) -> Button:
        button = Button(text)
        button.clicked.connect(slot)
        return button

    @Slot()
    def _on_change(self) -> None:
        from convergedesk.desktop.passphrase_dialog import PassphraseDialog

        dialog = PassphraseDialog(self._window(), ask_present=True)
        present = dialog.present
        if present is not None:
            dialog.chosen.connect(lambda words: self._model.change_key(words, present.text()))
        dialog.open()

    @Slot()
    def _on_to_passphrase(self) -> None:
        from convergedesk.desktop.passphrase_dialog import PassphraseDialog

        dialog = PassphraseDialog(self._window())
        dialog.chosen.connect(self._model.change_key)
        dialog.open()

    @Slot()
    def _on_to_keyring(self) -> None:
        from convergedesk.desktop.widgets.dialog import confirmation

        sentence = (
            "A new random key goes into this computer's keyring. Nothing has to be typed from then on, and "
            "your passphrase opens the workspace no more. The recovery key on paper becomes void."
        )
        dialog = confirmation(self._window(), "Let the keyring keep the key?", sentence, "Use the keyring")
        dialog.accepted.connect(lambda: self._model.change_key(None))
        dialog.open()

    @Slot()
    def _on_print(self) -> None:
        from convergedesk.desktop.pages.settings.recovery_dialog import RecoveryDialog

        def show(lines: tuple[str, ...]) -> None:
            name = str(self._model.state.values.get("workspace.name", "Workspace"))
            dialog = RecoveryDialog(self._window(), name, self._model.state.path.name, lines)
            dialog.accepted.connect(lambda: self._model.note_recovery(tested=False))
            dialog.open()

        self._model.recovery_lines(show)

    @Slot()
    def _on_test(self) -> None:
        from convergedesk.desktop.pages.settings.recovery_dialog import RecoveryTestDialog

        RecoveryTestDialog(self._window(), self._model).open()

    @Slot()
    def _on_restore(self) -> None:
        from convergedesk.desktop.pages.settings.restore_dialog import RestoreDialog

        RestoreDialog(self._window(), self._model, self._context.today()).open()

    @Slot()
    def _on_check(self) -> None:
        from convergedesk.desktop.pages.settings.check_dialog import CheckDialog

        CheckDialog(self._window(), self._model).open()

    @Slot()
    def _on_switch(self) -> None:
        from convergedesk.desktop.workspaces_dialog import WorkspacesDialog

        path = self._model.state.path
        WorkspacesDialog(self._window(), self._model.around, self._context.jobs, path).open()

    @Slot()
    def _on_export(self) -> None:
        from convergedesk.desktop.widgets.file_chooser import FileChooser

        def write(paths: tuple[Path, ...]) -> None:
            self._model.export(paths[0])

        chooser = FileChooser(self._window())
        chooser.chosen.connect(write)
        chooser.ask_where_to_save("Export the settings", "convergedesk-settings.toml", _FILES)

    @Slot()
    def _on_import(self) -> None:
        from convergedesk.desktop.pages.settings.import_dialog import ImportSettingsDialog
        from convergedesk.desktop.widgets.file_chooser import FileChooser

        def ask(paths: tuple[Path, ...]) -> None:
            self._model.plan_import(
                paths[0], lambda plan: ImportSettingsDialog(self._window(), self._model, plan).open()
            )

        chooser = FileChooser(self._window())
        chooser.chosen.connect(ask)
        chooser.ask_file("Import settings", _FILES)

    def _window(self) -> QWidget:
        page = self._model.parent()
        if not isinstance(page, QWidget):
            raise TypeError("the settings live on a page")
        return page
