"""The form of settings, what its rows do, and its dialogs, over a real workspace."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from convergedesk.desktop.pages.settings.check_dialog import CheckDialog
from convergedesk.desktop.pages.settings.import_dialog import ImportSettingsDialog
from convergedesk.desktop.pages.settings.page import SettingsPage
from convergedesk.desktop.pages.settings.recovery_dialog import RecoveryDialog, RecoveryTestDialog
from convergedesk.desktop.pages.settings.restore_dialog import RestoreDialog
from convergedesk.desktop.pages.settings.rows import Row, SettingRow
from convergedesk.desktop.surroundings import ClosedWork, MemoryValues, Surroundings
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.fields import Select, TextField
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.desktop.widgets.switch import Switch
from convergedesk.domain.declared_settings import BACKUP_FOLDER, SETTINGS
from convergedesk.domain.recovery_key import recovery_lines
from convergedesk.store.keys import Key, new_salt, salt_of
from convergedesk.store.rekeying import rekey
from convergedesk.workspace.backups import make_backup
from convergedesk.workspace.settings import Settings
from tests.desktop.around import child, texts
from tests.desktop.pages.desk import KEY, NOW, TODAY, Desk, StandingClock, open_desk
from tests.desktop.workspace_files import Secrets
from tests.store.rows import add_account

LEFT = Qt.MouseButton.LeftButton


@dataclass
class Form:
    page: SettingsPage
    desk: Desk
    around: Surroundings
    values: MemoryValues
    qtbot: QtBot
    changed: list[str] = field(default_factory=list)
    closed: list[ClosedWork] = field(default_factory=list)

    def row(self, key: str) -> SettingRow:
        rows = self.page.findChildren(SettingRow)
        return next(row for row in rows if row.setting.key == key)

    def control(self, key: str) -> object:
        return self.row(key).control

    def shown(self) -> list[str]:
        return [row.title for row in self.page.findChildren(Row) if row.isVisible()]

    def press(self, text: str) -> None:
        self.qtbot.mouseClick(child(self.page, Button, text), LEFT)

    def title(self) -> str:
        return texts(self.page, ElidedLabel)[0]

    def dialog(self, kind: type) -> object:
        return self.page.window().findChild(kind)

    def settings(self) -> Settings:
        return self.around.settings(self.desk.workspace)


@pytest.fixture
def form(qtbot: QtBot, light: Theme, tmp_path: Path) -> Iterator[Form]:
    desk = open_desk(tmp_path)
    values = MemoryValues()
    around = Surroundings(values, Secrets(), new_workspaces=tmp_path)
    page = SettingsPage(desk.context, around)
    qtbot.addWidget(page)
    page.resize(1440, 900)
    page.show()
    found = Form(page, desk, around, values, qtbot)
    around.setting_changed.connect(found.changed.append)
    around.closed_work_wanted.connect(found.closed.append)
    page.open(None)
    yield found
    desk.workspace.close()


def test_every_declared_setting_has_a_row_that_shows_what_holds(form: Form) -> None:
    assert {row.setting.key for row in form.page.findChildren(SettingRow)} == {one.key for one in SETTINGS}
    kept = form.control("backups.kept")
    assert isinstance(kept, TextField)
    assert kept.text() == "14"
    lock = form.control("security.lock_after_minutes")
    assert isinstance(lock, Select)
    assert lock.currentText() == "after 15 min"


def test_a_choice_holds_at_once(form: Form) -> None:
    switch = form.control("backups.daily")
    assert isinstance(switch, Switch)
    form.qtbot.mouseClick(switch, LEFT)
    assert form.values.get("backups.daily") is False
    assert form.changed == ["backups.daily"]
    lock = form.control("security.lock_after_minutes")
    assert isinstance(lock, Select)
    lock.set_value(5)
    assert form.values.get("security.lock_after_minutes") == 5


def test_a_workspaces_setting_goes_into_its_file(form: Form) -> None:
    form.page.open("workspace")
    month = form.control("workspace.fiscal_month")
    assert isinstance(month, Select)
    month.set_value(4)
    assert form.settings().everything()["workspace.fiscal_month"] == 4
    name = form.control("workspace.name")
    assert isinstance(name, TextField)
    name.setFocus()
    name.selectAll()
    form.qtbot.keyClicks(name, "Pilot pod")
    form.qtbot.keyClick(name, Qt.Key.Key_Return)
    assert form.settings().everything()["workspace.name"] == "Pilot pod"


def test_what_does_not_fit_is_said_while_typing_and_not_kept(form: Form) -> None:
    kept = form.control("backups.kept")
    assert isinstance(kept, TextField)
    kept.setFocus()
    kept.selectAll()
    form.qtbot.keyClicks(kept, "1")
    assert "Takes a whole number from 2 to 365." in texts(form.row("backups.kept"), Label)
    form.qtbot.keyClick(kept, Qt.Key.Key_Return)
    assert kept.text() == "14"
    assert form.values.get("backups.kept") is None


def test_a_search_looks_through_all_groups(form: Form) -> None:
    form.page.focus_search()
    form.qtbot.keyClicks(form.page.search, "night")
    form.qtbot.keyClick(form.page.search, Qt.Key.Key_Return)
    assert form.shown() == ["Theme"]
    form.page.search.setText("zzz")
    form.qtbot.keyClick(form.page.search, Qt.Key.Key_Return)
    assert form.shown() == []
    assert "No setting is called that" in texts(form.page, Label)
    form.qtbot.keyClick(form.page.search, Qt.Key.Key_Escape)
    assert "Recovery key" in form.shown()


def test_groups_show_their_own_rows(form: Form) -> None:
    form.page.open("appearance")
    assert form.shown() == ["Theme", "Text size", "Less motion"]


def test_the_recovery_key_is_printed_then_tested_then_known(form: Form, tmp_path: Path) -> None:
    assert form.title() == "Your data is encrypted; print the recovery key"
    form.press("Print…")
    dialog = form.dialog(RecoveryDialog)
    assert isinstance(dialog, RecoveryDialog)
    dialog.save_to((tmp_path / "sheet.pdf",))
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    form.qtbot.mouseClick(child(dialog, Button, "I have it on paper"), LEFT)
    assert form.title() == "Your data is encrypted; test the recovery key"
    form.press("Test it")
    test = form.dialog(RecoveryTestDialog)
    assert isinstance(test, RecoveryTestDialog)
    test.field.setText("\n".join(recovery_lines(bytes(32))))
    form.qtbot.mouseClick(test.test, LEFT)
    assert any("another workspace" in text for text in texts(test, Label))
    test.field.setText("\n".join(recovery_lines(KEY.secret)))
    form.qtbot.mouseClick(test.test, LEFT)
    assert any(text.startswith("It opens this workspace") for text in texts(test, Label))
    assert form.title() == "Your data is encrypted, and you can get back in"


def test_a_changed_key_voids_the_sheet(form: Form) -> None:
    form.page.model.note_recovery(tested=True)
    path = form.desk.workspace.path
    form.desk.workspace.close()
    rekey(path, KEY.for_salt(salt_of(path)), KEY.for_salt(new_salt()))
    from convergedesk.workspace.session import open_workspace

    form.desk.workspace = open_workspace(path, KEY, clock=StandingClock())
    again = form.desk.context._replace(workspace=lambda: form.desk.workspace)
    page = SettingsPage(again, form.around)
    form.qtbot.addWidget(page)
    page.show()
    page.open(None)
    assert texts(page, ElidedLabel)[0] == "Your data is encrypted; print the new recovery key"


def test_the_buttons_follow_where_the_key_lives(form: Form) -> None:
    assert [text for text in texts(form.page, Button) if "passphrase" in text] == ["Use a passphrase"]
    form.around.by_passphrase = True
    form.page.open(None)
    buttons = texts(form.page, Button)
    assert "Change passphrase" in buttons
    assert "Use the keyring" in buttons


def test_moving_the_key_to_the_keyring_asks_first(form: Form) -> None:
    form.around.by_passphrase = True
    form.page.open(None)
    form.press("Use the keyring")
    assert form.closed == []
    buttons = [one for one in form.page.window().findChildren(Button) if one.text() == "Use the keyring"]
    form.qtbot.mouseClick(buttons[-1], LEFT)
    assert [work.title for work in form.closed] == ["Changing the key"]


def back_up(form: Form) -> Path:
    workspace = form.desk.workspace
    from convergedesk.store.info import read_info

    uid = read_info(workspace.store).uid
    folder = workspace.path.parent / "backups"
    return make_backup(workspace.path, workspace.store.key, uid, folder, clock=StandingClock()).path


def test_a_restore_shows_what_would_be_lost_and_then_closes_the_file(form: Form) -> None:
    back_up(form)
    add_account(form.desk.workspace.store, "Later")
    form.page.open(None)
    assert any("1 backup. Last: 10 Dec" in text for text in texts(form.page, Label))
    form.press("Restore…")
    dialog = form.dialog(RestoreDialog)
    assert isinstance(dialog, RestoreDialog)
    shown = texts(dialog, Label)
    assert shown[shown.index("Accounts") + 1 : shown.index("Accounts") + 3] == ["3", "4"]
    assert dialog.confirm.isEnabled()
    form.qtbot.mouseClick(dialog.confirm, LEFT)
    assert [work.title for work in form.closed] == ["Restoring the backup"]


def test_a_backup_of_another_key_asks_for_its_passphrase(form: Form) -> None:
    copy = back_up(form)
    rekey(copy, KEY.for_salt(salt_of(copy)), Key.passphrase("other words").for_salt(salt := new_salt()))
    assert salt_of(copy) == salt
    form.page.open(None)
    form.press("Restore…")
    dialog = form.dialog(RestoreDialog)
    assert isinstance(dialog, RestoreDialog)
    assert dialog.words.isVisible()
    assert not dialog.confirm.isEnabled()
    dialog.words.setText("wrong")
    form.qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    assert any("does not open" in text for text in texts(dialog, Label))
    dialog.words.setText("other words")
    form.qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    assert dialog.confirm.isEnabled()


def test_without_backups_there_is_nothing_to_restore(form: Form) -> None:
    form.press("Restore…")
    dialog = form.dialog(RestoreDialog)
    assert isinstance(dialog, RestoreDialog)
    assert "There are no backups yet." in texts(dialog, Label)
    assert not dialog.confirm.isEnabled()


def test_the_check_lists_what_was_found_and_offers_to_mend(form: Form) -> None:
    page = form.page
    button = next(one for one in page.findChildren(Button) if one.text() == "Check…")
    button.click()
    dialog = form.dialog(CheckDialog)
    assert isinstance(dialog, CheckDialog)
    shown = texts(dialog, Label)
    assert "The file opens with its key." in shown
    assert "Every page of the file reads well." in shown
    form.qtbot.mouseClick(dialog.mend, LEFT)
    assert [work.title for work in form.closed] == ["Mending the workspace"]
    key, said = form.closed[0].work(KEY)
    assert key is KEY
    assert said


def test_settings_go_to_a_file_and_come_back(form: Form, tmp_path: Path) -> None:
    target = tmp_path / "settings.json"
    form.page.model.export(target)
    kept = json.loads(target.read_text())
    assert kept["backups.kept"] == 14
    target.write_text(json.dumps({**kept, "backups.kept": 30, "security.lock_on_sleep": "maybe", "a.b": 1}))
    plans: list[object] = []
    form.page.model.plan_import(target, plans.append)
    dialog = ImportSettingsDialog(form.page, form.page.model, plans[0])  # pyright: ignore[reportArgumentType]
    dialog.open()
    shown = texts(dialog, Label)
    assert "1 setting would change." in shown
    assert any("on or off" in text for text in shown)
    assert any("a.b" in text for text in shown)
    form.qtbot.mouseClick(child(dialog, Button, "Take these settings"), LEFT)
    assert form.values.get("backups.kept") == 30
    assert form.changed == ["backups.kept"]


def test_a_chosen_backup_folder_is_where_backups_are_looked_for(form: Form, tmp_path: Path) -> None:
    row = form.row("backups.folder")
    row.chosen.emit(BACKUP_FOLDER, str(tmp_path / "stick"))
    assert form.page.model.state.folder == tmp_path / "stick"


def test_times_are_shown_in_the_viewers_zone(form: Form) -> None:
    back_up(form)
    form.values.set("you.time_zone", "Asia/Tokyo")
    form.page.open(None)
    tokyo = NOW + timedelta(hours=9)
    assert any(f"{tokyo:%H:%M}, checked" in text for text in texts(form.page, Label))
    assert tokyo.date() == TODAY


def test_the_sheet_fits_one_page(qapp: object, tmp_path: Path) -> None:
    from convergedesk.desktop.pages.settings.recovery_sheet import write_pdf

    path = tmp_path / "sheet.pdf"
    write_pdf(str(path), "Workspace", "workspace.converge", recovery_lines(bytes(32)), TODAY)
    assert path.read_bytes().count(b"/Type /Page\n") == 1
