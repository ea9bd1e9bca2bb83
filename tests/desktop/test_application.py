"""The program with its windows, real files and real threads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from convergedesk.desktop.application import Application
from convergedesk.desktop.desk import Desk
from convergedesk.desktop.navigator import AccountPlace
from convergedesk.desktop.opening import REFUSED
from convergedesk.desktop.pages.account.page import AccountPage
from convergedesk.desktop.pages.first_run.intents import ExploreSample, ImportFiles, OpenWorkspace
from convergedesk.desktop.pages.home.page import HomePage
from convergedesk.desktop.pages.importing.page import ImportPage
from convergedesk.desktop.preferences import Preferences
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.uncaught import Uncaught
from convergedesk.desktop.unlock_dialog import UnlockDialog
from convergedesk.desktop.welcome import Welcome
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.domain.declared_settings import OFFER_TOUR
from convergedesk.host.folders import Folders
from convergedesk.host.settings import SettingsFile
from convergedesk.host.single_instance import InstanceLock
from convergedesk.store.tables import accounts
from convergedesk.workspace.session import open_workspace
from tests.desktop.around import child, texts
from tests.desktop.pages.desk import KESTREL, NOW
from tests.desktop.workspace_files import KEY, WORDS, Secrets, filled_file, folders_in, locked_file

LEFT = Qt.MouseButton.LeftButton
PATIENCE_MS = 20_000


@dataclass
class Program:
    application: Application
    secrets: Secrets
    folders: Folders
    preferences: Preferences
    faults: list[BaseException]

    @property
    def desk(self) -> Desk:
        assert self.application.desk is not None
        return self.application.desk

    @property
    def welcome(self) -> Welcome:
        assert self.application.welcome is not None
        return self.application.welcome

    @property
    def dialog(self) -> UnlockDialog:
        assert self.application.unlock_dialog is not None
        return self.application.unlock_dialog


@pytest.fixture
def program(qtbot: QtBot, light: Theme, tmp_path: Path) -> Iterator[Program]:
    faults: list[BaseException] = []
    secrets, folders = Secrets(), folders_in(tmp_path)
    preferences = Preferences(SettingsFile(folders.settings / "settings.json"))
    uncaught = Uncaught(faults.append)
    application = Application(
        secrets=secrets,
        folders=folders,
        preferences=preferences,
        uncaught=uncaught,
        command=("python", "-m", "convergedesk"),
    )
    yield Program(application, secrets, folders, preferences, faults)
    application.close()
    uncaught.restore()
    assert faults == []


@pytest.fixture
def book(program: Program) -> Path:
    return filled_file(program.folders.workspace, program.secrets)


def opened(qtbot: QtBot, program: Program, path: Path) -> Desk:
    with qtbot.waitSignal(program.application.painted, timeout=PATIENCE_MS):
        program.application.open(path)
    return program.desk


def is_free(path: Path, program: Program) -> bool:
    lock = InstanceLock(path, program.folders.state)
    free = lock.acquire()
    lock.release()
    return free


def warm(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: desk.is_warm, timeout=PATIENCE_MS)


def until_shown(qtbot: QtBot, desk: Desk, kind: type) -> None:
    qtbot.waitUntil(lambda: isinstance(desk.window.pages.currentWidget(), kind), timeout=PATIENCE_MS)


def test_a_workspace_whose_key_is_in_the_keyring_opens_on_home(
    qtbot: QtBot, program: Program, book: Path
) -> None:
    desk = opened(qtbot, program, book)
    assert isinstance(desk.window.pages.currentWidget(), HomePage)
    assert "2 accounts" in texts(desk.window, ElidedLabel) or desk.context.portfolio.rows
    assert program.preferences.workspace == book
    assert desk.window.windowTitle() == "Home – ConvergeDesk"


def test_closing_the_window_puts_everything_away(qtbot: QtBot, program: Program, book: Path) -> None:
    desk = opened(qtbot, program, book)
    warm(qtbot, desk)
    with qtbot.waitSignal(program.application.ended, timeout=PATIENCE_MS):
        desk.window.close()
    assert program.preferences.load()
    assert is_free(book, program)
    assert (
        not book.with_name(f"{book.name}-wal").exists()
        or book.with_name(f"{book.name}-wal").stat().st_size == 0
    )


def test_a_place_asked_for_before_its_libraries_are_loaded_is_shown_then(
    qtbot: QtBot, program: Program, book: Path
) -> None:
    desk = opened(qtbot, program, book)
    desk.navigator.open_account(KESTREL)
    until_shown(qtbot, desk, AccountPage)
    qtbot.waitUntil(lambda: "Kestrel Payments" in texts(desk.window, ElidedLabel), timeout=PATIENCE_MS)


def test_back_and_forward_come_from_the_keyboard(qtbot: QtBot, program: Program, book: Path) -> None:
    desk = opened(qtbot, program, book)
    desk.navigator.open_accounts()
    desk.window.back_requested.emit()
    assert isinstance(desk.window.pages.currentWidget(), HomePage)
    desk.window.forward_requested.emit()
    assert not isinstance(desk.window.pages.currentWidget(), HomePage)
    desk.window.page_requested.emit("home")
    assert desk.navigator.place is not None
    assert desk.navigator.place.page == "home"


def test_a_write_by_another_process_shows_by_itself(qtbot: QtBot, program: Program, book: Path) -> None:
    desk = opened(qtbot, program, book)
    warm(qtbot, desk)
    desk.look_for_writes()
    with open_workspace(book, KEY) as other, other.store.write() as connection:
        values = {
            "id": 99,
            "name": "Newcomer",
            "name_key": "newcomer",
            "time_zone": "UTC",
            "lifecycle": "active",
        }
        connection.execute(insert(accounts).values(**values, created_at=NOW, updated_at=NOW))

    def arrived() -> bool:
        desk.look_for_writes()
        return any(row.name == "Newcomer" for row in desk.context.portfolio.rows)

    qtbot.waitUntil(arrived, timeout=PATIENCE_MS)


def test_a_wrong_passphrase_is_refused_and_the_right_one_opens(qtbot: QtBot, program: Program) -> None:
    path = locked_file(program.folders.workspace)
    program.application.open(path)
    qtbot.waitUntil(lambda: program.application.unlock_dialog is not None, timeout=PATIENCE_MS)
    field = program.dialog.findChildren(QLineEdit)[0]
    assert field.echoMode() == QLineEdit.EchoMode.Password
    field.setText("a guess")
    qtbot.mouseClick(child(program.dialog, Button, "Unlock"), LEFT)
    qtbot.waitUntil(lambda: REFUSED in texts(program.dialog, Label), timeout=PATIENCE_MS)
    field.setText(WORDS)
    with qtbot.waitSignal(program.application.painted, timeout=PATIENCE_MS):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert program.application.unlock_dialog is None
    assert "No accounts yet" in texts(program.desk.window, Label)


def test_giving_up_on_the_passphrase_leads_to_the_other_ways_in(qtbot: QtBot, program: Program) -> None:
    program.application.open(locked_file(program.folders.workspace))
    qtbot.waitUntil(lambda: program.application.unlock_dialog is not None, timeout=PATIENCE_MS)
    qtbot.mouseClick(child(program.dialog, Button, "Open another workspace"), LEFT)
    qtbot.waitUntil(lambda: program.application.welcome is not None, timeout=PATIENCE_MS)


def test_a_file_that_cannot_be_opened_is_explained_where_others_can_be_chosen(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    program.application.open(tmp_path / "gone.converge")
    qtbot.waitUntil(lambda: program.application.welcome is not None, timeout=PATIENCE_MS)
    fault = program.welcome.page.model.fault
    assert fault is not None
    assert "There is no workspace at" in fault.sentence


def test_the_first_run_knows_whether_there_is_a_keychain(qtbot: QtBot, program: Program) -> None:
    program.secrets.available = False
    program.application.show_first_run()
    with qtbot.waitSignal(program.welcome.page.model.passphrase_needed, timeout=PATIENCE_MS):
        program.welcome.page.model.explore_sample()


def test_files_chosen_in_the_first_run_land_in_the_import_of_a_new_workspace(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    table = tmp_path / "accounts.csv"
    table.write_text("external_id,name\nA-1,Marlowe Freight\n")
    program.application.show_first_run()
    program.welcome.page.chosen.emit(ImportFiles((table,), None))
    qtbot.waitUntil(lambda: program.application.desk is not None, timeout=PATIENCE_MS)
    until_shown(qtbot, program.desk, ImportPage)
    assert program.folders.workspace.exists()
    assert len(program.secrets.kept) == 1
    page = program.desk.window.pages.currentWidget()
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: page.model.state.findings is not None, timeout=PATIENCE_MS)


@pytest.mark.parametrize("intent", [lambda path: OpenWorkspace(path), lambda path: ExploreSample(None)])
def test_a_workspace_chosen_in_the_first_run_is_opened(
    qtbot: QtBot, program: Program, intent: Callable[[Path], object]
) -> None:
    path = filled_file(program.folders.sample, program.secrets)
    program.application.show_first_run()
    with qtbot.waitSignal(program.application.painted, timeout=PATIENCE_MS):
        program.welcome.page.chosen.emit(intent(path))
    assert program.desk.session.path == path
    assert program.application.welcome is None


def test_whoever_opens_a_first_workspace_is_shown_around_once(
    qtbot: QtBot, program: Program, book: Path
) -> None:
    program.application.show_first_run()
    program.welcome.page.chosen.emit(OpenWorkspace(book))
    qtbot.waitUntil(lambda: program.application.desk is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: program.desk.help.tour is not None, timeout=PATIENCE_MS)
    tour = program.desk.help.tour
    assert tour is not None
    tour.end()
    assert not OFFER_TOUR.read(program.preferences.values.get)


def test_another_workspace_takes_the_place_of_the_first(
    qtbot: QtBot, program: Program, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opened(qtbot, program, book)
    other = filled_file(tmp_path / "other.converge", program.secrets)
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.filesSelected.emit([str(other)]))
    with qtbot.waitSignal(program.application.painted, timeout=PATIENCE_MS):
        first.menu.workspace_wanted.emit()
    assert program.desk.session.path == other
    assert is_free(book, program)


def test_a_workspace_that_another_program_shows_is_not_opened_twice(
    qtbot: QtBot, program: Program, book: Path, tmp_path: Path
) -> None:
    held = InstanceLock(tmp_path / "other.converge", program.folders.state)
    other = filled_file(tmp_path / "other.converge", program.secrets)
    assert held.acquire()
    desk = opened(qtbot, program, book)
    program.application.open(other)
    assert program.desk is desk
    assert desk.window.notices.current is not None
    held.release()


def test_a_second_start_on_the_same_workspace_ends_at_once(
    qtbot: QtBot, program: Program, book: Path
) -> None:
    held = InstanceLock(book, program.folders.state)
    assert held.acquire()
    with qtbot.waitSignal(program.application.ended, timeout=PATIENCE_MS):
        program.application.open(book)
    assert program.application.desk is None
    held.release()


def test_the_account_of_a_place_is_kept_for_coming_back(qtbot: QtBot, program: Program, book: Path) -> None:
    desk = opened(qtbot, program, book)
    warm(qtbot, desk)
    desk.navigator.open_account(KESTREL, "billing")
    desk.navigator.open_home()
    desk.navigator.back()
    page = desk.window.pages.currentWidget()
    assert isinstance(page, AccountPage)
    assert desk.navigator.place is not None
    assert desk.navigator.place.argument == AccountPlace(KESTREL, "billing")
    qtbot.waitUntil(lambda: page.tabs.current() == "billing", timeout=PATIENCE_MS)
